"""How a partnership works: a practice model with its parts."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from practice.querysets import ModelPartQuerySet, PracticeModelQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


class Guiding(models.TextChoices):
    """What a model is led by."""

    PRINCIPLE = "principle", "Guiding principle"
    QUESTION = "question", "Guiding question"


@tracked(exclude=["request_key"], within="partnership")
class PracticeModel(models.Model):
    """One way of working, with its parts and standards.

    Without a partnership it is starter content, which everybody reads and nobody changes. A
    partnership that wants it takes it on: it gets a copy (``copied_from``) to change and approve.
    """

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="practice_models",
    )
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True, help_text="One or two sentences.")
    source = models.CharField(max_length=300, blank=True, help_text="Where it comes from.")
    source_link = models.URLField(blank=True, max_length=500)
    guiding = models.CharField(max_length=20, choices=Guiding, default=Guiding.PRINCIPLE)
    guiding_words = models.CharField(max_length=300, blank=True)
    guiding_meaning = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    mission = models.TextField(blank=True)
    retired_on = models.DateField(
        null=True, blank=True, help_text="From this day nobody works by it any more."
    )
    request_key = models.UUIDField(null=True, unique=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PracticeModelQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_model_once"),
            models.UniqueConstraint("partnership", "copied_from", name="model_taken_on_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) ^ ~Q(key=""), name="model_of_somebody"
            ),
        ]
        triggers = [OfOnePartnership("copied_from", or_nobodys=True)]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("practice_model", args=[partnership.slug, self.pk])

    @property
    def is_starter(self):
        """Whether it came with the portal."""
        return self.partnership_id is None


class PartKind(models.TextChoices):
    """What a part of a model is. In the order in which a page and the poster show them."""

    APPROACH = "approach", "Approach"
    METHOD = "method", "Method"
    PILLAR = "pillar", "Pillar"
    OBJECTIVE = "objective", "Objective"
    VALUE = "value", "Value"
    MARK = "mark", "Mark of practice"
    QUESTION = "question", "Question"
    PANE = "pane", "Pane of the window"
    OUTCOME = "outcome", "Outcome"
    MILESTONE = "milestone", "Step of the journey"


@tracked(within="model")
class ModelPart(models.Model):
    """A pillar, a value, a question …: one of several of its kind in a model.

    Standards stand under pillars. A value has behaviours, a step of the journey says when. A
    pane of the window says on which side of its two axes it lies: the upper half is high
    challenge, the right half high support.
    """

    model = models.ForeignKey(PracticeModel, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=PartKind)
    position = models.PositiveSmallIntegerField(help_text="Its place among those of its kind.")
    name = models.CharField(max_length=200)
    meaning = models.TextField(blank=True)
    behaviours = models.TextField(blank=True, help_text="Of a value: one in each line.")
    when = models.CharField(max_length=60, blank=True, help_text="Of a step of the journey.")
    high_challenge = models.BooleanField(null=True, blank=True, help_text="Of a pane.")
    high_support = models.BooleanField(null=True, blank=True, help_text="Of a pane.")

    objects = ModelPartQuerySet.as_manager()

    class Meta:
        ordering = ["model", "kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartKind.values), name="part_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=PartKind.PANE)
                | Q(high_challenge__isnull=False, high_support__isnull=False),
                name="pane_has_its_place",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def behaviour_lines(self):
        """The behaviours of a value, one by one."""
        return [line.strip() for line in self.behaviours.splitlines() if line.strip()]
