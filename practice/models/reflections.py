"""Questions to oneself and to a team, and what people answered."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from practice.querysets import QuestionSetQuerySet, ReflectionQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


@tracked(exclude=["request_key"], within="partnership")
class QuestionSet(models.Model):
    """Questions that are answered together. Without a partnership it is starter content."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="question_sets"
    )
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    retired_on = models.DateField(null=True, blank=True, help_text="Not offered from this day.")
    request_key = models.UUIDField(null=True, unique=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_set_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) ^ ~Q(key=""), name="set_of_somebody"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("question_set", args=[partnership.slug, self.pk])

    @property
    def is_starter(self):
        """Whether it came with the portal."""
        return self.partnership_id is None


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", "In words"
    SCALE = "scale", "On a scale from 0 to 10"
    PANE = "pane", "By a place in the window: TO, FOR, NOT or WITH"


class Pane(models.TextChoices):
    """The window of challenge and support."""

    WITH = "with", "WITH: high challenge, high support"
    TO = "to", "TO: high challenge, low support"
    FOR = "for", "FOR: low challenge, high support"
    NOT = "not", "NOT: low challenge, low support"


@tracked(within="set")
class Question(models.Model):
    """One question of a set."""

    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=QuestionKind, default=QuestionKind.TEXT)
    help = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["set", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_known"
            )
        ]

    def __str__(self):
        return self.words


class Reflection(models.Model):
    """What somebody answered, alone or for a team. It has no history: it is private.

    Alone, only ``user`` sees it, until they share it with their team (``organisation``). Its
    writer can remove it for good.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reflections")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose members may read it; nothing while it is private.",
    )
    is_of_team = models.BooleanField(default=False, help_text="Answered in a team, not alone.")
    request_key = models.UUIDField(null=True, unique=True)
    written_at = models.DateTimeField(default=timezone.now)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_of_team=False) | Q(organisation__isnull=False),
                name="team_reflection_has_its_team",
            )
        ]
        triggers = [
            OfOnePartnership("organisation"),
            OfOnePartnership("set", or_nobodys=True, name="set_of_one_partnership"),
        ]

    def __str__(self):
        return f"{self.set}, {self.written_at:%d %m %Y}"

    def get_absolute_url(self):
        return reverse("reflection", args=[self.partnership.slug, self.pk])


class ReflectionAnswer(models.Model):
    """The answer to one question, beside the words that the question had then."""

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=QuestionKind)
    words = models.TextField(blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    pane = models.CharField(max_length=10, choices=Pane, blank=True)

    class Meta:
        ordering = ["reflection", "position"]
        constraints = [
            models.UniqueConstraint("reflection", "position", name="answered_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__lte=10), name="scale_from_0_to_10"
            ),
        ]

    def __str__(self):
        return self.question
