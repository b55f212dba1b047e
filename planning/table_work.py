"""Verbs on the tables of a workshop, and on what each wrote: its copy of the sheet.

Every verb holds the workshop first, so that whoever writes, removes a table or closes the workshop
in the same moment comes one after the other. Two phones at one table are merged box by box, as two
people on a domain's page are (planning/merging.py); what both wrote anew, somebody has to settle.
"""

from decimal import Decimal

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.doors import tell_screens
from planning.balloting import held_workshop
from planning.merging import merge
from planning.models import TableEntry, Workshop, WorkshopTable
from planning.permissions import closed_sentence
from rpcportal.kit.holding import held_row

FEWEST, MOST = 2, 20
PARTS = ("level", "evidence", "gaps", "actions")
PROSE = ("evidence", "gaps", "actions")
THE_ROOM = "The room"

OVER = "The workshop is closed, so nothing more can be written for the tables."
GONE = "This table was removed meanwhile. Choose another one."
HAS_WRITTEN = (
    "{table} has written something, so it stays. To take it away, empty what it wrote first."
)


class Met(ValidationError):
    """Words met other words: nothing of this save was written.

    ``clashes``: names of entries' numbers -> part -> the text that stands there.
    """

    def __init__(self, clashes):
        self.clashes = clashes
        super().__init__("Somebody else wrote in the same box.", code="met")


def write_refusal(workshop):
    """Why nothing can be written for its tables, or an empty sentence."""
    if workshop.closed_at:
        return OVER
    return "" if workshop.assessment.is_open else closed_sentence(workshop.assessment)


# --- How many tables --------------------------------------------------------------------------


@transaction.atomic
def lay_tables(*, workshop, number, by):
    """Have so many tables, from FEWEST to MOST; returns them. The same click twice is once.

    Fewer than there are: the last ones go, as long as they have written nothing.
    """
    standing = _held_to_lay(workshop, by)
    there = {table.number: table for table in standing.tables.all()}
    for table in (table for at, table in there.items() if at > number):
        _check_wrote_nothing(table)
        table.delete()
    missing = [each for each in range(1, number + 1) if each not in there]
    WorkshopTable.objects.bulk_create(
        WorkshopTable(workshop=standing, number=each) for each in missing
    )
    if missing or max(there, default=0) > number:
        tell_screens(standing)
    return list(standing.tables.all())


@transaction.atomic
def lay_one_for_the_room(*, workshop, by):
    """A single table for what the whole room wrote on paper; returns it. The first one of a
    workshop that has tables already.
    """
    standing = _held_to_lay(workshop, by)
    if there := standing.tables.first():
        return there
    tell_screens(standing)
    return WorkshopTable.objects.create(workshop=standing, number=1, name=THE_ROOM)


@transaction.atomic
def rename_table(*, table, name, by):
    """Call it something; empty for its number."""
    standing = _held_to_lay(table.workshop, by)
    held = standing.tables.filter(pk=table.pk).first()
    if held is None:
        raise ValidationError(GONE)
    if held.name != name:
        held.name = name
        held.save(update_fields=["name"])
        tell_screens(standing)
    return held


@transaction.atomic
def remove_table(*, table, by):
    """Take away one that has written nothing. Twice is once."""
    standing = _held_to_lay(table.workshop, by)
    held = standing.tables.filter(pk=table.pk).first()
    if held is not None:
        _check_wrote_nothing(held)
        held.delete()
        tell_screens(standing)


def has_written(table):
    """Whether there is a level or a word of it."""
    wrote = Q(level__isnull=False) | ~Q(evidence="", gaps="", actions="")
    return table.entries.filter(wrote).exists()


def _held_to_lay(workshop, by):
    standing = held_workshop(workshop, by)
    if standing.closed_at:
        raise ValidationError(OVER)
    return standing


def _check_wrote_nothing(table):
    if has_written(table):
        raise ValidationError(HAS_WRITTEN.format(table=table))


# --- What a table wrote -----------------------------------------------------------------------


def texts_of(row):
    """Part -> canonical text of what a table wrote of a domain; ``row`` may be None."""
    if row is None:
        return dict.fromkeys(PARTS, "")
    level = "" if row.level is None else f"{row.level.normalize():f}"
    return {"level": level, "evidence": row.evidence, "gaps": row.gaps, "actions": row.actions}


@transaction.atomic
def write_from_phone(*, table, entry, save):
    """What a phone at the table wrote of one domain; returns the row.

    It is the phone's own deed: there is no ``by``, and nothing to permit but the workshop's being
    open. ``save``: merging.Save. Raises Met, and PermissionDenied with a sentence when it is over.
    """
    # Whoever is signed in on the phone they write with stays unnamed in the history too.
    pghistory.context(user=None)
    standing = held_row(Workshop.objects.with_context(), table.workshop_id, no_key=True)
    return _write(standing, table, {entry: save})[0]


@transaction.atomic
def write_copy(*, table, saves, by):
    """What stands on a table's paper, typed by somebody who runs the room; returns the rows.

    ``saves``: entry -> merging.Save. All of it is written or, with Met, nothing.
    """
    return _write(held_workshop(table.workshop, by), table, saves)


def _write(workshop, table, saves):
    if sentence := write_refusal(workshop):
        raise PermissionDenied(sentence)
    held = workshop.tables.filter(pk=table.pk).first()
    if held is None:
        raise PermissionDenied(GONE)
    rows = {row.entry_id: row for row in held.entries.filter(entry__in=list(saves))}
    found, clashes = [], {}
    for entry, save in saves.items():
        standing = texts_of(rows.get(entry.pk))
        result = merge(save, standing, {})
        if result.clashes:
            clashes[entry.pk] = {part: standing[part] for part in result.clashes}
        found.append((entry, result.write))
    if clashes:
        raise Met(clashes)
    return [_write_row(rows.get(entry.pk), held, entry, write) for entry, write in found]


def _write_row(row, table, entry, texts):
    """Write part -> text. Of a domain that nobody wrote of, no row is made."""
    if not texts:
        return row
    row = row or TableEntry(table=table, entry=entry)
    for part, text in texts.items():
        value = (Decimal(text) if text else None) if part == "level" else text
        setattr(row, part, value)
    row.revision += 1
    row.updated_at = timezone.now()
    row.save()
    return row
