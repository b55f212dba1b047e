"""Words: what they mean here, and which ones we prefer."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from practice.querysets import DefinitionQuerySet, PreferredWordQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


class Words(models.Model):
    """What definitions and preferred words have in common. Without a partnership: starter content.

    A partnership's own copy of a starter stands in its place.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Starter content stands in the order of its file."
    )
    request_key = models.UUIDField(null=True, unique=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_%(class)s_once"),
            models.UniqueConstraint("partnership", "copied_from", name="%(class)s_copied_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) ^ ~Q(key=""), name="%(class)s_of_somebody"
            ),
        ]
        triggers = [OfOnePartnership("copied_from", or_nobodys=True)]

    @property
    def is_starter(self):
        """Whether it came with the portal."""
        return self.partnership_id is None


@tracked(exclude=["request_key"], within="partnership")
class Definition(Words):
    """What a term means here, and what it does not mean."""

    term = models.CharField(max_length=120)
    meaning = models.TextField(help_text="Markdown.")
    is_not = models.TextField(blank=True, help_text="What it is not, in Markdown.")
    link = models.URLField(blank=True, max_length=500)

    objects = DefinitionQuerySet.as_manager()

    class Meta(Words.Meta):
        ordering = ["position", "term", "pk"]

    def __str__(self):
        return self.term

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("definition", args=[partnership.slug, self.pk])


@tracked(exclude=["request_key"], within="partnership")
class PreferredWord(Words):
    """An entry of the language guide: instead of this, say that, because."""

    instead_of = models.CharField(max_length=200)
    prefer = models.CharField(max_length=300)
    why = models.TextField(blank=True)

    objects = PreferredWordQuerySet.as_manager()

    class Meta(Words.Meta):
        ordering = ["position", "instead_of", "pk"]

    def __str__(self):
        return self.instead_of

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("preferred_word", args=[partnership.slug, self.pk])
