"""Measures: what must be done to work to a standard, by whom, and in what time."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from practice.models.standards import StandardVersion, of_an_approved_version
from practice.querysets import StandardMeasureQuerySet
from rpcportal.kit.tracking import tracked


class LimitUnit(models.TextChoices):
    """What a time limit counts. The law often says which days; a local rule often does not."""

    HOURS = "hours", "hours"
    CALENDAR_DAYS = "calendar_days", "calendar days"
    WORKING_DAYS = "working_days", "working days"
    DAYS_UNSAID = "days_unsaid", "days (calendar or working days: not yet decided)"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"


class Scope(models.TextChoices):
    """Where a measure holds."""

    ALL = "all", "Everywhere"
    SOCIAL_CARE = "social_care", "Children’s social care"
    EARLY_HELP = "early_help", "Early help"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Schools and settings"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary and community organisations"


def scopes():
    """A list of scopes."""
    return ArrayField(models.CharField(max_length=20, choices=Scope), default=list, blank=True)


@tracked(within="version")
class StandardMeasure(models.Model):
    """What must be done, by whom, and in what time: a measure of a standard.

    “Within 10 days of opening, a family network meeting; allocated practitioner and team manager;
    considered in early help.” ``key`` stays the same from version to version, so that audits can
    be compared.
    """

    version = models.ForeignKey(StandardVersion, on_delete=models.CASCADE, related_name="measures")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(max_length=500)
    trigger = models.CharField(
        max_length=200, blank=True, help_text="From when the time counts; empty without a limit."
    )
    limit_number = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_unit = models.CharField(max_length=20, choices=LimitUnit, blank=True)
    required_in = scopes()
    considered_in = scopes()
    roles = ArrayField(
        models.CharField(max_length=80), default=list, help_text="Who is responsible."
    )
    frequency = models.CharField(max_length=80, blank=True, help_text="For example, every visit.")
    exception = models.TextField(blank=True)
    on_file = models.TextField(blank=True, help_text="What to see on file.")
    source = models.CharField(
        max_length=300, blank=True, help_text="Empty: the partnership's own rule."
    )

    objects = StandardMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint("version", "key", name="measure_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(limit_number__isnull=True, limit_unit="")
                | Q(limit_number__isnull=False, limit_number__gt=0) & ~Q(limit_unit=""),
                name="limit_has_number_and_unit",
            ),
            models.CheckConstraint(
                condition=~Q(required_in__overlap=F("considered_in")),
                name="required_or_considered",
            ),
        ]
        triggers = [of_an_approved_version("measure_stays")]

    def __str__(self):
        return self.text
