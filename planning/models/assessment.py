"""An assessment: one scoring of an area on a date, domain by domain.

The database holds what must always be true. Beside the constraints here, triggers
(migration 0002) refuse every change to a sheet that was agreed, levels outside the
framework's scale, and domains of another framework.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from planning.models.framework import Domain, Framework
from planning.querysets import AssessmentQuerySet, EntryQuerySet, PriorityActionQuerySet
from rpcportal.kit.tracking import tracked


class Status(models.TextChoices):
    """Where an assessment stands. Open ones may be changed, closed ones never."""

    DRAFT = "draft", "Draft"
    ILLUSTRATIVE = "illustrative", "Illustrative"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Superseded"

    @property
    def is_open(self):
        """Whether an assessment in this status may be changed."""
        return self in OPEN


OPEN = (Status.DRAFT, Status.ILLUSTRATIVE)
# The database holds this table too (migration 0002); a test compares the two.
TRANSITIONS = {
    Status.DRAFT: {Status.ILLUSTRATIVE, Status.AGREED},
    Status.ILLUSTRATIVE: {Status.DRAFT},
    Status.AGREED: {Status.SUPERSEDED},
    Status.SUPERSEDED: set(),
}


@tracked(exclude=["request_key", "import_digest"], within="partnership")
class Assessment(models.Model):
    """One scoring of a partnership's area, on a date, against one framework."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="assessments"
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    note = models.TextField(blank=True, help_text="Words that stand at the head of the sheet.")

    version = models.PositiveSmallIntegerField(default=1)
    previous_version = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    reopening_reason = models.TextField(blank=True)

    agreed_name = models.CharField(max_length=150, blank=True)
    agreed_role = models.CharField(max_length=150, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    # As they were called on that day: renaming a partnership changes no agreed sheet.
    agreed_area = models.CharField(max_length=120, blank=True, editable=False)
    agreed_partnership = models.CharField(max_length=120, blank=True, editable=False)
    agreed_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_recorded_at = models.DateTimeField(null=True, blank=True)

    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # The page that asked for it: the same click twice starts one assessment.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    # What it was imported from: the same sheet twice makes one assessment.
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="assessment_status_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=OPEN)
                    | (~Q(agreed_name="") & ~Q(agreed_role="") & Q(agreed_on__isnull=False))
                ),
                name="assessment_agreed_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("assessed_on")),
                name="assessment_agreed_on_or_after_its_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(version=1, previous_version__isnull=True)
                    | (Q(version__gt=1, previous_version__isnull=False) & ~Q(reopening_reason=""))
                ),
                name="assessment_later_version_says_why",
            ),
            models.UniqueConstraint(
                "partnership",
                "framework",
                "import_digest",
                condition=~Q(import_digest=""),
                name="assessment_imported_once",
            ),
        ]

    def __str__(self):
        return f"{self.area}, {self.assessed_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("assessment", args=[self.pk])

    @property
    def area(self):
        """The area's name: of today, or as it was when the sheet was agreed."""
        return self.agreed_area or self.partnership.area

    @property
    def agreement(self):
        """Who agreed it, in what role, on what day, and the number of who recorded that."""
        return (self.agreed_name, self.agreed_role, self.agreed_on, self.agreed_recorded_by_id)

    @property
    def is_open(self):
        """Whether it may still be changed."""
        return Status(self.status).is_open

    @property
    def is_illustrative(self):
        """Whether it is an example, not the area's own plan."""
        return self.status == Status.ILLUSTRATIVE


class Written(models.Model):
    """Something that several people write at once.

    ``writers`` remembers, for each part, which open page wrote what now stands there and
    which of its saves that was: a page never clashes with itself, even when the answer
    to its last save was lost on the way. See planning/merging.py.
    """

    writers = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


def half_steps(field):
    """Between 1 and 9 in half steps; the framework's own top is held by a trigger."""
    return Q(**{f"{field}__isnull": True}) | (
        Q(**{f"{field}__gte": 1, f"{field}__lte": 9}) & Q(**{field: Floor(F(field) * 2) / 2})
    )


@tracked(exclude=["writers", "updated_by", "updated_at", "agreed_in"], within="assessment")
class Entry(Written):
    """One domain in an assessment. No level and not “not applicable” means not yet scored."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="entries")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="entries")
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    target = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    # Who sees to it that the domain is written up. It moves on when that person leaves.
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    not_applicable = models.BooleanField(default=False)
    not_applicable_reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    gaps = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    # What stands on a draft need not be what the room agreed: this says that it is.
    agreed_in = models.ForeignKey(
        "planning.Workshop", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["domain__number"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint("assessment", "domain", name="entry_once_for_a_domain"),
            models.CheckConstraint(condition=half_steps("level"), name="entry_level_half_steps"),
            models.CheckConstraint(condition=half_steps("target"), name="entry_target_half_steps"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(level__isnull=True),
                name="entry_not_applicable_has_no_level",
            ),
        ]

    def __str__(self):
        return f"{self.domain} in {self.assessment}"


@tracked(exclude=["writers"], within="entry")
class EvidenceReference(Written):
    """Evidence that lies elsewhere: its title, where it is, and what it shows."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="references")
    key = models.UUIDField(help_text="Made by the page, so that saving twice makes one.")
    title = models.CharField(max_length=300)
    location = models.CharField(max_length=1000, blank=True)
    shows = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("entry", "key", name="evidence_reference_once")]

    def __str__(self):
        return self.title


@tracked(exclude=["writers"], within="assessment")
class PriorityAction(Written):
    """A SMART action agreed in the workshop. It serves one domain or several."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="priority_actions"
    )
    domains = models.ManyToManyField(Domain, related_name="priority_actions")
    key = models.UUIDField(help_text="Made by the page, so that saving twice makes one.")
    what = models.TextField()
    measure = models.TextField(blank=True, help_text="How we will know.")
    owner = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)

    objects = PriorityActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("assessment", "key", name="priority_action_once")]

    def __str__(self):
        return self.what


@tracked(within="priorityaction")
class DomainOfAction(PriorityAction.domains.through):
    """That a priority action serves a domain: Django's own row, with a history."""

    class Meta:
        proxy = True


@tracked(within="entry")
class UnsettledText(models.Model):
    """Words that met other words: kept beside what stands there until someone decides.

    ``part`` names the box on the domain's page, as planning/parts.py does.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="unsettled")
    part = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=100, blank=True, help_text="The open page it came from.")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "entry", "part", "author", "page", name="unsettled_text_once_for_a_page"
            )
        ]

    def __str__(self):
        return f"{self.part} by {self.author}"
