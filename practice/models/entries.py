"""What the search looks at: one row for each thing of the library, made from it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from partnerships.models import Partnership
from practice.models.practice_models import ModelPart, PracticeModel
from practice.querysets import LibraryEntryQuerySet
from practice.querysets.entries import by_kind, first_of_title

STARTER = Q(partnership__isnull=True)


class EntryKind(models.TextChoices):
    """What a thing of the library is. In the order of the filter."""

    STANDARD = "standard", "Standards"
    MEASURE = "measure", "Measures"
    RESOURCE = "resource", "Resources"
    STATEMENT = "statement", "Evidence"
    DEFINITION = "definition", "Definitions"
    WORD = "word", "Preferred words"
    PART = "part", "Practice models"


class LibraryEntry(models.Model):
    """One thing as the search, the lists by role, limit and domain, and a domain's page find it.

    It is made by practice/indexing.py from what is in force, and can be made anew at any time.
    ``page`` is the number of what its link leads to: for a measure that of its standard.
    """

    kind = models.CharField(max_length=20, choices=EntryKind)
    item = models.PositiveBigIntegerField(help_text="The number of the thing among its kind.")
    page = models.PositiveBigIntegerField()
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    model = models.ForeignKey(
        PracticeModel, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    pillar = models.ForeignKey(
        ModelPart, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    copied_from = models.PositiveBigIntegerField(
        null=True, help_text="The item of the starter content in whose place it stands."
    )
    title = models.TextField()
    text = models.TextField(blank=True, help_text="Everything else that can be found, plain.")
    note = models.CharField(
        max_length=300, blank=True, help_text="What a list says beside the title."
    )
    domains = ArrayField(models.BigIntegerField(), default=list)
    levels = models.JSONField(
        default=dict, help_text="Domain -> the levels that it helps to reach; [] for all."
    )
    roles = ArrayField(models.TextField(), default=list)
    required_in = ArrayField(models.TextField(), default=list)
    considered_in = ArrayField(models.TextField(), default=list)
    words = SearchVectorField()
    named = SearchVectorField(help_text="The words of the title alone.")

    objects = LibraryEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "library entries"
        constraints = [
            models.UniqueConstraint("kind", "item", name="library_entry_once"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
        ]
        indexes = [
            GinIndex("partnership", "words", name="library_entry_words"),
            GinIndex("partnership", "named", name="library_entry_named"),
            # Of the starters no index above can tell, because they have no partnership.
            GinIndex("words", condition=STARTER, name="library_starter_words"),
            GinIndex("named", condition=STARTER, name="library_starter_named"),
            # Few answer: these find them. Many answer: the first of them in the order of lists.
            GinIndex(
                *("partnership", "domains", "roles", "required_in", "considered_in"),
                name="library_entry_filters",
            ),
            models.Index(
                "partnership", by_kind(), first_of_title(), "id", name="library_entry_order"
            ),
            models.Index("partnership", "kind", name="library_entry_kind"),
            # Few: what stands in the place of starter content.
            models.Index(
                "partnership",
                "kind",
                "copied_from",
                condition=Q(copied_from__isnull=False),
                name="library_entry_instead",
            ),
        ]

    def __str__(self):
        return self.title


class LibraryWord(models.Model):
    """A word that stands somewhere in a partnership's library, for those who mistype it."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership", "word", nulls_distinct=False, name="library_word_once"
            )
        ]
        indexes = [
            GinIndex("partnership", OpClass("word", name="gin_trgm_ops"), name="library_word_own"),
            GinIndex(
                OpClass("word", name="gin_trgm_ops"), condition=STARTER, name="library_word_starter"
            ),
        ]

    def __str__(self):
        return self.word
