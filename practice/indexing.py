"""What the search looks at is made here, from what is in force.

An entry says nothing of its own: it can be made anew from its thing at any time. Every verb that
changes what can be found says ``refresh`` in its own transaction. A version that comes into
force, or a standard that goes, on a day to come has no verb on that day: the night sees to it.
"""

from collections import defaultdict

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Q, Value

from practice.entry_making import MADE_OF, readable, words_of
from practice.models import LibraryEntry, LibraryWord, PracticeModel, Standard

BATCH = 500

# --- Keeping the index ---------------------------------------------------------------------


def refresh(*things):
    """Make the entries of these things anew: standards, resources, evidence statements,
    definitions, preferred words, practice models (with their standards). What is withdrawn or
    retired loses its own.

    Every verb that changes what the search finds says so here, in its own transaction. Many
    things at once cost no more queries than one; things of which the search finds nothing (sets
    of questions) may be among them.
    """
    wanted = defaultdict(set)
    for each in things:
        if type(each) in MADE_OF:
            wanted[type(each)].add(each.pk)
    if models := wanted.get(PracticeModel):
        of_models = Standard.objects.filter(pillar__model__in=models)
        wanted[Standard] |= set(of_models.values_list("pk", flat=True))
    if wanted:
        _refresh(wanted)


def forget(kind, *numbers):
    """Take out the entries of things of one kind (EntryKind) that are removed.

    ``numbers`` are those of standards, resources, statements, definitions, preferred words or
    whole models; who takes out a part of a model, or a measure, refreshes what it was part of.
    """
    kinds = next(kinds for _, kinds in MADE_OF.values() if kind in kinds)
    LibraryEntry.objects.filter(kind__in=kinds, page__in=numbers).delete()


@transaction.atomic
def _refresh(wanted):
    entries, stale = [], Q()
    for sort, numbers in wanted.items():
        make, kinds = MADE_OF[sort]
        stale |= Q(kind__in=kinds, page__in=numbers)
        entries += make(numbers) if numbers else []
    standing = {(each.kind, each.item) for each in entries}
    before = LibraryEntry.objects.filter(stale).values_list("pk", "kind", "item")
    gone = [pk for pk, kind, item in before if (kind, item) not in standing]
    LibraryEntry.objects.filter(pk__in=gone).delete()
    store(entries)


def store(entries):
    """Write entries that were made, over those that stand.

    In one order, so that two who write the same never wait for each other.
    """
    for each in entries:
        each.named = _vector(each.title, "A")
        each.words = (
            each.named
            + _vector(f"{each.note}\n{', '.join(each.roles)}", "B")
            + _vector(each.text, "C")
        )
    names = [field.name for field in LibraryEntry._meta.concrete_fields]
    LibraryEntry.objects.bulk_create(
        sorted(entries, key=lambda each: (each.kind, each.item)),
        update_conflicts=True,
        unique_fields=["kind", "item"],
        update_fields=[name for name in names if name not in {"id", "kind", "item"}],
    )
    _note_words(entries)


def _vector(text, weight):
    return SearchVector(Value(readable(text)), config="library", weight=weight)


def _note_words(entries):
    pairs = {(each.partnership_id or 0, word) for each in entries for word in words_of(each)}
    rows = [LibraryWord(partnership_id=area or None, word=word) for area, word in sorted(pairs)]
    LibraryWord.objects.bulk_create(rows, ignore_conflicts=True)


# --- All of it -----------------------------------------------------------------------------


def refresh_everything():
    """Make all entries anew, and forget words that stand nowhere any more.

    In steps, so that nobody who writes meanwhile waits for long.
    """
    for sort, (_, kinds) in MADE_OF.items():
        for numbers in _batches(sort):
            _refresh({sort: numbers})
        there = sort.objects.values("pk")
        LibraryEntry.objects.filter(kind__in=kinds).exclude(page__in=there).delete()
    _forget_words()


def see_to_index(now):
    """The night's work: what came into force today is found, what went is not."""
    refresh_everything()


def entries_made_anew():
    """Entries as they should stand, unsaved; for whoever checks those that do."""
    for sort, (make, _) in MADE_OF.items():
        for numbers in _batches(sort):
            yield from make(numbers)


def _batches(sort):
    numbers = list(sort.objects.order_by("pk").values_list("pk", flat=True))
    return [set(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH)]


def _forget_words():
    used = defaultdict(set)
    entries = LibraryEntry.objects.only("partnership_id", "title", "note", "text")
    for each in entries.iterator(chunk_size=BATCH):
        used[each.partnership_id] |= words_of(each)
    rows = LibraryWord.objects.values_list("pk", "partnership_id", "word")
    unused = [pk for pk, area, word in rows.iterator() if word not in used[area]]
    LibraryWord.objects.filter(pk__in=unused).delete()
