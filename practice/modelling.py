"""Verbs on a partnership's own practice models and their parts.

Whoever changes a part holds its model first, so of two who add or move parts one comes after the
other.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.permissions import check
from practice import permissions
from practice.indexing import refresh
from practice.models import ModelPart, PartKind, PracticeModel, Standard
from practice.written import write_anew, write_once
from rpcportal.kit.quoting import quoted

WORDS = (
    *("name", "summary", "guiding", "guiding_words", "guiding_meaning"),
    *("vision", "mission", "source", "source_link"),
)
# What a part of a kind has beside its name and what it means.
MORE = {
    PartKind.VALUE: ("behaviours",),
    PartKind.MILESTONE: ("when",),
    PartKind.PANE: ("high_challenge", "high_support"),
}
SAME_NAME = "This model has another {kind} called {name}. Give this one another name."
HAS_STANDARDS = (
    "{name} has {standards} under it, so it cannot be removed. Move each of them under another "
    "pillar first."
)

GONE = "Somebody has removed this part of the model meanwhile, so nothing was saved."


def held_model(model):
    """As it stands, held against everyone else until the transaction ends."""
    return PracticeModel.objects.select_for_update(of=("self",)).get(pk=model.pk)


@transaction.atomic
def add_model(*, partnership, request_key, by, **words):
    """Write a practice model of the partnership's own; returns it. The same click twice makes one.

    ``words``: those of WORDS. Raises PermissionDenied and ValidationError.
    """
    check(permissions.library_refusal, by, partnership)
    model, _ = write_once(
        PracticeModel, words, partnership=partnership, request_key=request_key, by=by
    )
    refresh(model)
    return model


@transaction.atomic
def change_model(*, model, by, **words):
    """Write it anew; returns it."""
    check(permissions.library_refusal, by, model.partnership, model)
    standing = held_model(model)
    if write_anew(standing, words, by=by):
        refresh(standing)
    return standing


@transaction.atomic
def retire_model(*, model, on, by):
    """From this day on nobody works by it, and its standards are withdrawn; None brings both back.

    A standard that was withdrawn for itself keeps its own day. Returns the model.
    """
    check(permissions.library_refusal, by, model.partnership, model)
    standing = held_model(model)
    before, standing.retired_on = standing.retired_on, on
    if before == on:
        return standing
    standing.save(update_fields=["retired_on"])
    rows = Standard.objects.filter(pillar__model=standing, withdrawn_on=before).order_by("pk")
    for standard in rows.select_for_update(of=("self",), no_key=True):
        standard.withdrawn_on = on
        standard.save(update_fields=["withdrawn_on"])
    refresh(standing)
    return standing


# --- Parts ------------------------------------------------------------------------------------


@transaction.atomic
def add_part(*, model, kind, by, **words):
    """Add a part at the end of its kind; returns it. The same click twice adds one.

    ``words``: name, meaning and those of MORE. Raises PermissionDenied and ValidationError.
    """
    check(permissions.library_refusal, by, model.partnership, model)
    standing = held_model(model)
    parts = list(ModelPart.objects.filter(model=standing).of_kind(kind))
    for part in parts:
        if all(getattr(part, name) == value for name, value in words.items()):
            return part
    _check_name(parts, kind, words["name"])
    position = max((part.position for part in parts), default=0) + 1
    part = ModelPart.objects.create(model=standing, kind=kind, position=position, **words)
    refresh(standing)
    return part


def _check_name(parts, kind, name):
    if any(part.name.casefold() == name.casefold() for part in parts):
        label = PartKind(kind).label.lower()
        raise ValidationError({"name": SAME_NAME.format(kind=label, name=quoted(name))})


def held_part(part):
    """As it stands; it and its model are held against everyone else until the transaction ends.

    Raises ValidationError where somebody has removed it meanwhile.
    """
    found = _held_if_there(part)
    if found is None:
        raise ValidationError(GONE)
    return found


def _held_if_there(part):
    held_model(part.model)
    rows = ModelPart.objects.select_related("model__partnership")
    return rows.select_for_update(of=("self",)).filter(pk=part.pk).first()


@transaction.atomic
def change_part(*, part, by, **words):
    """Write a part anew; returns it."""
    check(permissions.library_refusal, by, part.model.partnership, part)
    standing = held_part(part)
    others = ModelPart.objects.filter(model=standing.model).of_kind(standing.kind)
    _check_name(others.exclude(pk=standing.pk), standing.kind, words["name"])
    if any(getattr(standing, name) != value for name, value in words.items()):
        for name, value in words.items():
            setattr(standing, name, value)
        standing.save()
        refresh(standing.model)
    return standing


@transaction.atomic
def move_part(*, part, up, by):
    """Put it before the one above it, or after the one below it. The first and last stay."""
    check(permissions.library_refusal, by, part.model.partnership, part)
    standing = held_part(part)
    rows = list(ModelPart.objects.filter(model=standing.model).of_kind(standing.kind))
    place = rows.index(standing)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    refresh(standing.model)


def removal_refusal(part):
    """Why a part cannot be removed, or an empty sentence: a pillar with standards stays."""
    number = part.standards.count()
    if not number:
        return ""
    standards = "one standard" if number == 1 else f"{number} standards"
    return HAS_STANDARDS.format(name=quoted(part.name), standards=standards)


@transaction.atomic
def remove_part(*, part, by):
    """Take it out of the model; the history keeps what it said. Doing it twice is harmless.

    Raises ValidationError for a pillar with standards.
    """
    check(permissions.library_refusal, by, part.model.partnership, part)
    standing = _held_if_there(part)
    if standing is None:
        return
    if sentence := removal_refusal(standing):
        raise ValidationError(sentence)
    standing.delete()
    refresh(standing.model)
