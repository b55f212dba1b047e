"""The performance framework's figures: what is measured, and what was read when."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from planning.models import Domain
from pledges.models.actions import Rating
from pledges.querysets import MeasureQuerySet, ReadingQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

FIGURE = {"max_digits": 14, "decimal_places": 2}


class Unit(models.TextChoices):
    """What a figure counts."""

    NUMBER = "number", "Number"
    PERCENT = "percent", "Per cent"
    POUNDS = "pounds", "Pounds"
    DAYS = "days", "Days"
    SCORE = "score", "Score"


class Frequency(models.TextChoices):
    """How often a figure is read."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    HALF_YEARLY = "half_yearly", "Twice a year"
    YEARLY = "yearly", "Once a year"


class Better(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"


@tracked(exclude=["request_key"], within="partnership")
class Measure(models.Model):
    """A performance figure: from a baseline towards a target."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=200)
    meaning = models.TextField(blank=True, help_text="What it tells, and what it leaves out.")
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.NUMBER)
    unit_words = models.CharField(
        max_length=60, blank=True, help_text="What is counted: couples, practitioners, referrals."
    )
    better = models.CharField(max_length=10, choices=Better, default=Better.HIGHER)
    baseline = models.DecimalField(**FIGURE, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(**FIGURE, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    frequency = models.CharField(max_length=20, choices=Frequency, default=Frequency.QUARTERLY)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_measures"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    source = models.CharField(max_length=300, blank=True, help_text="Where the figure comes from.")
    domains = models.ManyToManyField(Domain, through="MeasuredDomain", related_name="measures")
    ended_on = models.DateField(null=True, blank=True, help_text="No longer read from this day.")
    request_key = models.UUIDField(null=True, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) ^ Q(baseline_on__isnull=False),
                name="measure_baseline_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) ^ Q(target_on__isnull=False),
                name="measure_target_on_a_day",
            ),
        ]
        triggers = [OfOnePartnership("organisation")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("measure", args=[self.partnership.slug, self.pk])


@tracked(within="measure")
class MeasuredDomain(models.Model):
    """That a measure says something about a domain of the planning tool."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("measure", "domain", name="measured_domain_once")]

    def __str__(self):
        return f"{self.measure} measures {self.domain}"


@tracked(exclude=["request_key"], within="measure")
class Reading(models.Model):
    """What a measure was on a day. ``rating`` is only what somebody said against the rule
    (pledges/rating.py), with their reason; the rule's own word is computed and never stored.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    read_on = models.DateField(help_text="The day that the figure is of.")
    value = models.DecimalField(**FIGURE)
    source = models.CharField(max_length=300, blank=True)
    comment = models.TextField(blank=True)
    rating = models.CharField(max_length=10, choices=Rating, blank=True)
    rating_reason = models.TextField(blank=True)
    request_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_on"]
        constraints = [
            models.UniqueConstraint("measure", "read_on", name="reading_once_a_day"),
            models.CheckConstraint(
                condition=Q(rating="") | Q(rating__in=Rating.values) & ~Q(rating_reason=""),
                name="reading_rated_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.measure} on {self.read_on}"
