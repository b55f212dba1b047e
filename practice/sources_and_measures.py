"""Verbs on what belongs to a draft: what it rests on, and its measures."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.permissions import check
from practice import permissions
from practice.models import StandardMeasure, StandardSource
from practice.writing import held_draft, last_of

SOURCE_WORDS = ("kind", "title", "link")
MEASURE_WORDS = (
    *("text", "trigger", "limit_number", "limit_unit", "required_in", "considered_in", "roles"),
    *("frequency", "exception", "on_file", "source"),
)
MOST = 200  # of either in one draft: more is no standard any more
TOO_MANY = "A standard holds at most 200 of these. Take one out, or write another standard."
GONE = (
    "Somebody took this out of the draft meanwhile. What you have written is below; copy it, and "
    "add it anew on the draft’s page if it is still wanted."
)
SENT_BEFORE = (
    "What you sent from this page before stands in the draft already. Open it there to change it; "
    "what you have written now is below."
)
# From a draft and the key of a page to the key of the measure that it added: sent twice is once.
ADDED = uuid.UUID("0f8c7a2e-51d7-4f5e-9c3b-8d1a6b5e2f40")


def _draft(standard, by):
    """The draft, held; raises PermissionDenied, and ValidationError where there is none."""
    check(permissions.library_refusal, by, standard.partnership, standard)
    return held_draft(standard)


def _words_of(row, names):
    return {name: getattr(row, name) for name in names}


def _place_after(rows):
    if rows.count() >= MOST:
        raise ValidationError(TOO_MANY)
    return last_of(rows) + 1


def row_of(model, standard, number):
    """A source or measure of any version of a standard, by its number; None for what is none."""
    found = model.objects.filter(pk=number, version__standard=standard)
    return found.select_related("version__standard__partnership").first()


def held_source(source):
    """The source as it stands in the draft, its standard held; ValidationError if it is gone."""
    return _held(source, "sources")


def held_measure(measure):
    """The measure as it stands in the draft, its standard held; ValidationError if it is gone."""
    return _held(measure, "measures")


def _held(row, name):
    draft = held_draft(row.version.standard)
    found = getattr(draft, name).model.objects.filter(pk=row.pk, version=draft).first()
    if found is None:
        raise ValidationError(GONE)
    found.version = draft
    return found


# --- Sources -----------------------------------------------------------------------------------


@transaction.atomic
def add_source(*, standard, by, **words):
    """Name what the draft rests on; returns the source. The same one is named once."""
    draft = _draft(standard, by)
    if same := StandardSource.objects.filter(version=draft, **words).first():
        return same
    place = _place_after(StandardSource.objects.filter(version=draft))
    return StandardSource.objects.create(version=draft, position=place, **words)


@transaction.atomic
def change_source(*, source, by, **words):
    """Name it anew; returns it."""
    _draft(source.version.standard, by)
    return _rewritten(held_source(source), SOURCE_WORDS, words)


@transaction.atomic
def remove_source(*, source, by):
    """Take it out of the draft. Doing it twice is harmless."""
    _draft(source.version.standard, by)
    StandardSource.objects.filter(pk=source.pk).delete()


@transaction.atomic
def move_source(*, source, up, by):
    """Exchange it with the one before it (``up``) or after it; the first cannot go further up."""
    _move(_draft(source.version.standard, by), "sources", source, up=up)


# --- Measures ----------------------------------------------------------------------------------


@transaction.atomic
def add_measure(*, standard, request_key, by, **words):
    """Write a measure into the draft; returns it. The same click twice writes one."""
    draft = _draft(standard, by)
    key = uuid.uuid5(ADDED, f"{draft.pk}/{request_key}")
    if before := StandardMeasure.objects.filter(version=draft, key=key).first():
        if _words_of(before, MEASURE_WORDS) == words:
            return before
        raise ValidationError(SENT_BEFORE)
    place = _place_after(StandardMeasure.objects.filter(version=draft))
    return StandardMeasure.objects.create(version=draft, key=key, position=place, **words)


@transaction.atomic
def change_measure(*, measure, by, **words):
    """Write it anew; returns it. Its key stays."""
    _draft(measure.version.standard, by)
    return _rewritten(held_measure(measure), MEASURE_WORDS, words)


def _rewritten(row, names, words):
    if _words_of(row, names) != words:
        for name in names:
            setattr(row, name, words[name])
        row.save(update_fields=names)
    return row


@transaction.atomic
def remove_measure(*, measure, by):
    """Take it out of the draft; earlier versions keep theirs. Doing it twice is harmless."""
    _draft(measure.version.standard, by)
    StandardMeasure.objects.filter(pk=measure.pk).delete()


@transaction.atomic
def move_measure(*, measure, up, by):
    """Exchange it with the one before it (``up``) or after it."""
    _move(_draft(measure.version.standard, by), "measures", measure, up=up)


def _move(draft, name, row, *, up):
    """Places are written anew from 1, so that two of the same place cannot stay so."""
    rows = list(getattr(draft, name).all())
    here = next((place for place, each in enumerate(rows) if each.pk == row.pk), None)
    if here is None:
        raise ValidationError(GONE)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for place, each in enumerate(rows, 1):
        each.position = place
    type(row).objects.bulk_update(rows, ["position"])
