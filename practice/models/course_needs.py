"""Who needs which course, by role."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from partnerships.models import Partnership
from pledges.models import Course
from practice.querysets import CourseNeedQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


class Need(models.TextChoices):
    """How much somebody in a role needs a course."""

    REQUIRED = "required", "Required"
    RECOMMENDED = "recommended", "Recommended"


@tracked(within="partnership")
class CourseNeed(models.Model):
    """That people in a role need a course: a cell of the training map."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="course_needs"
    )
    role = models.CharField(max_length=80, help_text="As measures name it: team manager.")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="needs")
    need = models.CharField(max_length=20, choices=Need, default=Need.REQUIRED)
    again_after_months = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many work in this role, if known."
    )

    objects = CourseNeedQuerySet.as_manager()

    class Meta:
        ordering = ["role", "course__name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("role"), "course", name="course_needed_once"),
            models.CheckConstraint(condition=Q(need__in=Need.values), name="need_known"),
        ]
        triggers = [OfOnePartnership("course")]

    def __str__(self):
        return f"{self.role}: {self.course}"
