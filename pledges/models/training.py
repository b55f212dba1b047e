"""Training: courses, when they were held, and how many from where were there."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from pledges.querysets import CourseQuerySet, SessionQuerySet, TrainingTargetQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_SESSION = (
    "(SELECT c.partnership_id FROM pledges_session s JOIN pledges_course c ON c.id = s.course_id"
    " WHERE s.id = NEW.session_id)"
)


@tracked(exclude=["request_key"], within="partnership")
class Course(models.Model):
    """A course that practitioners take."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="courses")
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=150, blank=True)
    about = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="No longer held from this day.")
    request_key = models.UUIDField(null=True, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("course", args=[self.partnership.slug, self.pk])


@tracked(exclude=["request_key"], within="course")
class Session(models.Model):
    """One time that a course is held."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField()
    place = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)
    request_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.course} on {self.held_on}"


class Setting(models.TextChoices):
    """Where those who were trained work."""

    EARLY_YEARS = "early_years", "Early years"
    SCHOOLS = "schools", "Schools and colleges"
    EARLY_HELP = "early_help", "Early help and family hubs"
    SOCIAL_CARE = "social_care", "Children’s social care"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary and community"
    JUSTICE = "justice", "Courts and justice"
    OTHER = "other", "Other"


@tracked(within="session")
class Attendance(models.Model):
    """How many people of one organisation and setting were there. Nobody is named."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    setting = models.CharField(max_length=20, choices=Setting)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "session",
                "organisation",
                "setting",
                nulls_distinct=False,
                name="attendance_once",
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="attendance_of_somebody"),
        ]
        triggers = [OfOnePartnership("organisation", here=OF_SESSION)]

    def __str__(self):
        return f"{self.people} at {self.session}"


@tracked(within="partnership")
class TrainingTarget(models.Model):
    """How many people are to be trained between two days: “600 practitioners by March”."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="training_targets"
    )
    words = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    from_on = models.DateField()
    by_on = models.DateField()
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, help_text="Or all courses."
    )

    objects = TrainingTargetQuerySet.as_manager()

    class Meta:
        ordering = ["by_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_on__gte=F("from_on")), name="training_target_days_in_order"
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="training_target_of_somebody"),
        ]
        triggers = [OfOnePartnership("course")]

    def __str__(self):
        return self.words
