"""Who carries it on: champions, family ambassadors, peer reviews, events and publicity."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from partnerships.models import Organisation, Partnership, User
from pledges.models.actions import Action
from pledges.querysets import ChampionQuerySet, PeerReviewQuerySet, PublicityQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


class ChampionKind(models.TextChoices):
    """What somebody is for the partnership."""

    CHAMPION = "champion", "Champion"
    AMBASSADOR = "ambassador", "Family ambassador"


@tracked(
    exclude=["name", "role", "email", "request_key"],
    noticed=["name", "role", "email"],
    within="partnership",
)
class Champion(models.Model):
    """Somebody who keeps relationships on the agenda where they work, or a parent who speaks
    for families. Of an ambassador nothing is kept but a name and how to reach them.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="champions")
    kind = models.CharField(max_length=20, choices=ChampionKind, default=ChampionKind.CHAMPION)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="champions"
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=150, blank=True, help_text="A champion's job title.")
    email = models.EmailField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    request_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="champion_days_in_order",
            ),
        ]
        triggers = [OfOnePartnership("organisation")]

    def __str__(self):
        return self.name


@tracked(exclude=["request_key"], within="partnership")
class PeerReview(models.Model):
    """One organisation or area looks at another's work, and says what it found.

    Each side is an organisation of the partnership, or in words when it is from elsewhere.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="peer_reviews"
    )
    reviewer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_given"
    )
    reviewer_words = models.CharField(max_length=150, blank=True)
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_had"
    )
    subject_words = models.CharField(max_length=150, blank=True)
    held_on = models.DateField(help_text="The day, or the day it is planned for.")
    looked_at = models.TextField(blank=True, help_text="What the review looked at.")
    strengths = models.TextField(blank=True)
    findings = models.TextField(blank=True, help_text="What could be better.")
    actions = models.ManyToManyField(Action, through="ReviewAction", related_name="peer_reviews")
    request_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PeerReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        triggers = [OfOnePartnership("reviewer", "subject")]

    def __str__(self):
        return f"{self.reviewer_name} reviews {self.subject_name}"

    def get_absolute_url(self):
        return reverse("peer_review", args=[self.partnership.slug, self.pk])

    @property
    def reviewer_name(self):
        """Who looked."""
        return self.reviewer.name if self.reviewer_id else self.reviewer_words

    @property
    def subject_name(self):
        """Whose work was looked at."""
        return self.subject.name if self.subject_id else self.subject_words


@tracked(within="review")
class ReviewAction(models.Model):
    """That an action came of a peer review."""

    review = models.ForeignKey(PeerReview, on_delete=models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("review", "action", name="review_action_once")]
        triggers = [
            OfOnePartnership(
                "action",
                here="(SELECT partnership_id FROM pledges_peerreview WHERE id = NEW.review_id)",
            )
        ]

    def __str__(self):
        return f"{self.action} came of {self.review}"


class PublicityKind(models.TextChoices):
    """How people heard of it."""

    EVENT = "event", "Event"
    PRESS = "press", "Press, radio or television"
    SOCIAL = "social", "Social media"
    WEBSITE = "website", "Website or newsletter"
    PRINT = "print", "Leaflet or poster"
    OTHER = "other", "Other"


@tracked(exclude=["request_key"], within="partnership")
class Publicity(models.Model):
    """An event, or something that was published, and how many people it reached."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="publicity")
    kind = models.CharField(max_length=20, choices=PublicityKind)
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="publicity"
    )
    held_on = models.DateField()
    reached = models.PositiveIntegerField(null=True, blank=True, help_text="How many people.")
    link = models.URLField(blank=True, max_length=500)
    note = models.TextField(blank=True)
    request_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "publicity"
        ordering = ["-held_on", "-pk"]
        triggers = [OfOnePartnership("organisation")]

    def __str__(self):
        return self.title
