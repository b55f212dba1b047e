"""A workshop on an assessment: its plan, who is invited, where the room is, who came."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Occasion, Organisation, Sector, User
from planning.models.assessment import Assessment, Entry
from planning.models.room_guards import of_one_assessment
from planning.querysets import WorkshopQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_SHEET = "(SELECT partnership_id FROM planning_assessment WHERE id = NEW.assessment_id)"
OF_WORKSHOPS_SHEET = (
    "(SELECT partnership_id FROM planning_assessment WHERE id ="
    " (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id))"
)


class Stage(models.TextChoices):
    """What the room is doing: what the projector and the phones show between two votes."""

    WELCOME = "welcome", "Welcome"
    DOMAIN = "domain", "A domain"
    DOTS = "dots", "Dots"
    CLOSING = "closing", "Closing"


@tracked(exclude=["version", "prework_key", "request_key"], within="assessment")
class Workshop(models.Model):
    """One workshop on an assessment. Phones join through ``occasion``, made when it is opened.

    No state of the room lives in a browser or a server process: ``stage`` and ``entry`` say what
    the room is at, and ``version`` counts every change that a screen shows, for its polls.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="workshops")
    name = models.CharField(max_length=120)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=150, blank=True)
    to_read = models.TextField(blank=True, help_text="What to read before, and links to it.")

    prework_closes_at = models.DateTimeField(
        null=True, blank=True, help_text="When scoring beforehand ends; none without pre-work."
    )
    prework_counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Stands in the link that everybody may have; each who opens it gets a paper of their own.
    prework_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="workshop"
    )
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.WELCOME)
    entry = models.ForeignKey(
        Entry, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    what_next = models.TextField(blank=True, help_text="What happens next, in the room's words.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    request_key = models.UUIDField(null=True, unique=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="workshop_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DOMAIN) | Q(entry__isnull=False),
                name="workshop_is_at_a_domain",
            ),
        ]
        triggers = [
            OfOnePartnership("occasion", here=OF_SHEET),
            of_one_assessment(here="NEW.assessment_id"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("workshop", args=[self.assessment_id, self.pk])

    @property
    def partnership(self):
        """The partnership whose area is scored."""
        return self.assessment.partnership

    @property
    def partnership_id(self):
        """Its number, for permissions."""
        return self.assessment.partnership_id

    @property
    def takes_prework(self):
        """Whether people can still score beforehand."""
        return (
            self.prework_closes_at is not None
            and self.prework_counted_at is None
            and timezone.now() < self.prework_closes_at
        )


@tracked(within="workshop")
class AgendaItem(models.Model):
    """A line of the agenda: a domain, or something else, and its minutes."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150, blank=True, help_text="Empty for a domain.")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("workshop", "entry", name="agenda_domain_once"),
            models.CheckConstraint(
                condition=Q(title="") ^ Q(entry__isnull=True), name="agenda_item_is_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=600), name="agenda_minutes_within_a_day"
            ),
        ]
        triggers = [of_one_assessment()]

    def __str__(self):
        return self.title or str(self.entry.domain)


# The name and address of somebody without an account must be forgettable.
@tracked(exclude=["name", "email"], noticed=["name", "email"], within="workshop")
class Invitee(models.Model):
    """An invited organisation, and whom of it, if that is known.

    Nothing here says whether somebody has scored beforehand: their paper's key is made of this
    row's number and a secret of the portal (planning/prework.py), and stands nowhere beside it.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_words = models.CharField(
        max_length=150, blank=True, help_text="An organisation that is not in the list."
    )
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    invited_at = models.DateTimeField(
        null=True, blank=True, help_text="When the link for scoring beforehand was last sent."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "workshop", Lower("email"), condition=~Q(email=""), name="invitee_once"
            ),
            models.UniqueConstraint(
                "workshop",
                "organisation",
                condition=Q(email=""),
                name="invited_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(organisation_words=""),
                name="invitee_has_one_organisation",
            ),
        ]
        triggers = [OfOnePartnership("organisation", here=OF_WORKSHOPS_SHEET)]

    def __str__(self):
        return self.organisation_name

    @property
    def organisation_name(self):
        """The organisation, from the list or in words."""
        return self.organisation.name if self.organisation_id else self.organisation_words


@tracked(within="workshop")
class ParkedPoint(models.Model):
    """Something to come back to: on the parking list until it is settled."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="parked_points")
    text = models.CharField(max_length=500)
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    request_key = models.UUIDField(unique=True, editable=False)
    parked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    parked_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=500, blank=True, help_text="What became of it.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        triggers = [of_one_assessment()]

    def __str__(self):
        return self.text


@tracked(within="workshop", prefix="workshop_came")
class WorkshopAttendance(models.Model):
    """How many people of an organisation, or of a sector, were there."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_words = models.CharField(max_length=150, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "workshop",
                "organisation",
                "organisation_words",
                "sector",
                name="workshop_attendance_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(organisation_words=""),
                name="workshop_attendance_has_one",
            ),
        ]
        triggers = [OfOnePartnership("organisation", here=OF_WORKSHOPS_SHEET)]

    def __str__(self):
        return self.organisation_name

    @property
    def organisation_name(self):
        """The organisation, or the sector of somebody who named none."""
        if self.organisation_id:
            return self.organisation.name
        return self.organisation_words or self.get_sector_display()


@tracked(within="workshop")
class WorkshopTable(models.Model):
    """A group at a table, which scores a copy of its own."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("workshop", "number", name="workshop_table_once")]

    def __str__(self):
        return self.name or f"Table {self.number}"


@tracked(exclude=["revision"], within="table")
class TableEntry(models.Model):
    """What a table wrote of one domain. ``revision`` says what a page has seen of it."""

    table = models.ForeignKey(WorkshopTable, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    evidence = models.TextField(blank=True)
    gaps = models.TextField(blank=True)
    actions = models.TextField(blank=True, help_text="One action to a line.")
    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # When its words were put on the sheet: not twice by two clicks.
    taken_over_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["entry__domain__number"]
        verbose_name_plural = "table entries"
        constraints = [models.UniqueConstraint("table", "entry", name="table_entry_once")]
        triggers = [
            of_one_assessment(
                here="(SELECT w.assessment_id FROM planning_workshop w"
                " JOIN planning_workshoptable t ON t.workshop_id = w.id WHERE t.id = NEW.table_id)"
            )
        ]

    def __str__(self):
        return f"{self.entry.domain}, {self.table}"


class Paper(models.Model):
    """One person's scores beforehand: whoever has the link has the paper.

    It knows nobody's name, nor the link itself (``key`` is made of it, planning/prework.py), and
    it is gone once the answers were counted. It has no history, so that nothing is left of it.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="papers")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)

    def __str__(self):
        return f"Paper for {self.workshop}"
