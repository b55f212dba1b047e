"""Verbs on what is no matter of a version: who sees to a standard, when it is reviewed, where it
stands, what it leads to, and whether it is withdrawn. Nobody is asked to commit again for these.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.permissions import check
from practice import permissions
from practice.bearing import set_bearings
from practice.indexing import refresh
from practice.models import ModelPart, PartKind, RelatedStandard, Standard, StandardTool
from practice.writing import held

OTHER_MODEL = "A standard moves between the pillars of its own practice model."
NO_SUCH_PILLAR = "Somebody has removed this pillar meanwhile. Choose another one."


@transaction.atomic
def change_details(*, standard, owner, review_on, pillar, place, by):
    """Say who sees to a standard, when it is reviewed, and where it stands; returns it.

    ``place``: 1 for the first one under the pillar; a number beyond the last one means the last.
    """
    check(permissions.library_refusal, by, standard.partnership, standard)
    standing = held_among_others(standard, pillar)
    if pillar.kind != PartKind.PILLAR or pillar.model_id != standing.pillar.model_id:
        raise ValidationError({"pillar": OTHER_MODEL})
    standing.owner, standing.review_on, standing.pillar = owner, review_on, pillar
    standing.save()
    _place(standing, place)
    refresh(standing)
    return standing


def held_among_others(standard, pillar):
    """``writing.held``, after all that stands under its pillar and this one.

    So of two who move standards about under a pillar one comes after the other; and whoever is to
    have more than one standard takes them all in the same order, or each waits for the other.
    """
    numbers = {standard.pillar_id, pillar.pk}
    pillars = ModelPart.objects.filter(pk__in=numbers).order_by("pk")
    there = list(pillars.select_for_update(of=("self",), no_key=True))
    standards = Standard.objects.filter(pillar__in=numbers).order_by("pk")
    list(standards.select_for_update(of=("self",), no_key=True))
    if pillar not in there:
        raise ValidationError({"pillar": NO_SUCH_PILLAR})
    return held(standard)


def _place(standard, place):
    others = list(Standard.objects.filter(pillar=standard.pillar_id).exclude(pk=standard.pk))
    rows = [*others[: place - 1], standard, *others[place - 1 :]]
    moved = []
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            moved.append(row)
    Standard.objects.bulk_update(moved, ["position"])


@transaction.atomic
def change_links(*, standard, tools, related, bearings, by):
    """Say what a standard leads to; returns it.

    ``tools``: resources; ``related``: standards; ``bearings`` as in
    bearing.set_bearings.
    """
    check(permissions.library_refusal, by, standard.partnership, standard)
    standing = held(standard)
    _link(StandardTool, standing, "resource", tools)
    _link(RelatedStandard, standing, "other", related)
    set_bearings(standing, bearings)
    refresh(standing)
    return standing


def _link(model, standard, name, wanted):
    """Only what changed is written, so that the history tells no more than that."""
    rows = model.objects.filter(standard=standard)
    there = set(rows.values_list(name, flat=True))
    rows.exclude(**{f"{name}__in": wanted}).delete()
    new = [each for each in wanted if each.pk not in there]
    model.objects.bulk_create(model(standard=standard, **{name: each}) for each in new)


@transaction.atomic
def withdraw(*, standard, on, by):
    """From this day on the standard is not in force any more; None brings it back. Returns it."""
    check(permissions.library_refusal, by, standard.partnership, standard)
    standing = held(standard)
    if standing.withdrawn_on != on:
        standing.withdrawn_on = on
        standing.save(update_fields=["withdrawn_on"])
        refresh(standing)
    return standing
