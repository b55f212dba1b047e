"""What the search says of each thing of the library: entries, made and not yet stored."""

import html
import re
import unicodedata
import uuid
from collections import defaultdict

from django.utils import timezone
from django.utils.html import strip_tags

from practice.limits_in_words import time_limit
from practice.models import (
    Bearing,
    Definition,
    EntryKind,
    EvidenceStatement,
    LibraryEntry,
    PartKind,
    PracticeModel,
    PreferredWord,
    Resource,
    Standard,
    StandardVersion,
)
from rpcportal.kit import rich_text
from rpcportal.kit.forms import plain_text

LONGEST_NOTE = 300
NO_SOURCE = "No source yet"
LONGEST = 100_000  # characters of one text: PostgreSQL indexes no more than a megabyte
# Parts and models are numbered apart, and stand in the index side by side.
OF_MODELS = 2**60
WORD = re.compile(r"[^\W\d_]{3,60}")
# PostgreSQL reads “parent/carer” as the path of a file, “<parent>” as a tag, and “0-10” as minus
# ten: nobody would find the words in them.
BETWEEN_WORDS = re.compile(r"[/\\<>_|]|(?<=\d)-(?=\d)")
# From a starter statement and a partnership to the key of the copy: used twice is used once.
COPIES = uuid.UUID("6f0d3e52-7a55-4bb0-9d0c-3c7f0a1c1e11")


# --- Words ---------------------------------------------------------------------------------


def readable(text):
    """A text in which PostgreSQL finds every word that people see in it."""
    return BETWEEN_WORDS.sub(" ", text)


def bare(text):
    """In small letters, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _plain(markdown):
    """The words of a text in Markdown, without its signs."""
    return html.unescape(strip_tags(rich_text.render(markdown))).strip() if markdown else ""


def _text(*texts):
    return " · ".join(plain_text(each) for each in texts if each)[:LONGEST]


def _note(*texts):
    note = " · ".join(" ".join(each.split()) for each in texts if each)
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…"


def _roles(names):
    return sorted({name.strip().lower() for name in names if name.strip()})


# --- Entries of things ---------------------------------------------------------------------


def _bearings(name, numbers):
    """Number of the thing -> {domain: levels}."""
    found = defaultdict(dict)
    rows = Bearing.objects.filter(**{f"{name}__in": numbers}).order_by("domain_id")
    for thing, domain, levels in rows.values_list(name, "domain_id", "levels"):
        found[thing][domain] = sorted(levels)
    return found


def _where(bearing):
    return {
        "domains": list(bearing),
        "levels": {str(domain): levels for domain, levels in bearing.items()},
    }


def _standards(numbers):
    """Those in force, and the measures of their versions."""
    today = timezone.localdate()
    versions = (
        StandardVersion.objects.in_force(today)
        .filter(standard__in=numbers)
        .exclude(standard__pillar__model__retired_on__lte=today)
        .select_related("standard__pillar")
        .prefetch_related("measures", "sources")
    )
    bearings = _bearings("standard", numbers)
    return [
        entry
        for version in versions
        for entry in _of_version(version, bearings[version.standard_id])
    ]


def _of_version(version, bearing):
    standard, measures = version.standard, version.measures.all()
    pillar = standard.pillar
    common = {
        "page": standard.pk,
        "partnership_id": standard.partnership_id,
        "model_id": pillar.model_id,
        "pillar_id": pillar.pk,
        **_where(bearing),
    }
    required = {scope for measure in measures for scope in measure.required_in}
    considered = {scope for measure in measures for scope in measure.considered_in}
    yield LibraryEntry(
        kind=EntryKind.STANDARD,
        item=standard.pk,
        title=_text(version.statement),
        text=_text(
            _plain(version.about), version.descriptors, *(str(s) for s in version.sources.all())
        ),
        note=_note(pillar.name),
        roles=_roles(role for measure in measures for role in measure.roles),
        required_in=sorted(required),
        considered_in=sorted(considered),
        **common,
    )
    for each in measures:
        yield LibraryEntry(
            kind=EntryKind.MEASURE,
            item=each.pk,
            title=_text(each.text),
            text=_text(each.trigger, each.frequency, each.exception, each.on_file, each.source),
            note=_note(time_limit(each)),
            roles=_roles(each.roles),
            required_in=sorted(each.required_in),
            considered_in=sorted(each.considered_in),
            **common,
        )


def _models(numbers):
    """Those that people work by, and their parts."""
    today = timezone.localdate()
    models = PracticeModel.objects.filter(pk__in=numbers).exclude(retired_on__lte=today)
    entries = []
    for each in models.prefetch_related("parts"):
        entries.append(_of_model(each))
        entries += [_of_part(part, each) for part in each.parts.all()]
    return entries


def _of_model(model):
    texts = (model.summary, model.guiding_words, model.guiding_meaning, model.vision)
    return LibraryEntry(
        kind=EntryKind.PART,
        item=OF_MODELS + model.pk,
        page=model.pk,
        partnership_id=model.partnership_id,
        model=model,
        title=_text(model.name),
        text=_text(*map(_plain, texts), _plain(model.mission), model.source),
        note="Practice model",
    )


def _of_part(part, model):
    return LibraryEntry(
        kind=EntryKind.PART,
        item=part.pk,
        page=model.pk,
        partnership_id=model.partnership_id,
        model=model,
        pillar_id=part.pk if part.kind == PartKind.PILLAR else None,
        title=_text(part.name),
        text=_text(_plain(part.meaning), part.behaviours, part.when),
        note=_note(part.get_kind_display(), model.name),
    )


def _resources(numbers):
    bearings = _bearings("resource", numbers)
    return [
        LibraryEntry(
            kind=EntryKind.RESOURCE,
            item=each.pk,
            page=each.pk,
            partnership_id=each.partnership_id,
            copied_from=each.copied_from_id,
            title=_text(each.name),
            text=_text(_plain(each.what), *each.methods, each.length, each.stage, each.source),
            note=_note(each.get_kind_display(), each.length),
            roles=_roles(each.audience),
            **_where(bearings[each.pk]),
        )
        for each in Resource.objects.filter(pk__in=numbers)
    ]


def copy_key(partnership_number, starter_number):
    """The key of a partnership's own copy of a starter statement."""
    return uuid.uuid5(COPIES, f"{partnership_number}/{starter_number}")


def _statements(numbers):
    bearings = _bearings("statement", numbers)
    statements = list(EvidenceStatement.objects.filter(pk__in=numbers))
    starters = EvidenceStatement.objects.starters().values_list("pk", flat=True)
    areas = {each.partnership_id for each in statements} - {None}
    copies = {copy_key(area, starter): starter for starter in starters for area in areas}
    return [
        LibraryEntry(
            kind=EntryKind.STATEMENT,
            item=each.pk,
            page=each.pk,
            partnership_id=each.partnership_id,
            copied_from=copies.get(each.request_key),
            title=_text(each.claim),
            text=_text(each.population, each.year, each.source),
            # Marked first: nothing is cut off there.
            note=_note(not each.source and NO_SOURCE, each.figure, each.population, each.year),
            **_where(bearings[each.pk]),
        )
        for each in statements
    ]


def _words(kind, each, **values):
    return LibraryEntry(
        kind=kind,
        item=each.pk,
        page=each.pk,
        partnership_id=each.partnership_id,
        copied_from=each.copied_from_id,
        **values,
    )


def _definitions(numbers):
    return [
        _words(
            EntryKind.DEFINITION,
            each,
            title=_text(each.term),
            text=_text(_plain(each.meaning), each.is_not and f"Not: {_plain(each.is_not)}"),
        )
        for each in Definition.objects.filter(pk__in=numbers)
    ]


def _preferred_words(numbers):
    return [
        _words(
            EntryKind.WORD,
            each,
            title=_text(each.instead_of),
            text=_text(each.prefer, each.why),
            note=_note(f"Say instead: {each.prefer}"),
        )
        for each in PreferredWord.objects.filter(pk__in=numbers)
    ]


# Of each sort of thing: what makes its entries, and the kinds whose ``page`` is its number.
MADE_OF = {
    Standard: (_standards, (EntryKind.STANDARD, EntryKind.MEASURE)),
    PracticeModel: (_models, (EntryKind.PART,)),
    Resource: (_resources, (EntryKind.RESOURCE,)),
    EvidenceStatement: (_statements, (EntryKind.STATEMENT,)),
    Definition: (_definitions, (EntryKind.DEFINITION,)),
    PreferredWord: (_preferred_words, (EntryKind.WORD,)),
}


def words_of(entry):
    """The words that somebody may mistype."""
    return set(WORD.findall(bare(f"{entry.title}\n{entry.note}\n{entry.text}")))
