"""The tables' words on the sheet: put there by a person, once, and nobody's words are lost.

Evidence and gaps are joined to what stands in the sheet's boxes, each behind its table's name;
each line of a table's actions becomes a priority action of the domain. What a table writes after
that is new, and can be put there again: the new lines alone.
"""

import uuid
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.doors import tell_screens
from partnerships.permissions import check
from planning import permissions
from planning.balloting import held_workshop
from planning.merging import Save, fingerprint
from planning.models import Entry, TableEntry
from planning.outline import outline_of
from planning.parts import LABELS
from planning.saving import save_entry
from planning.table_work import PROSE, texts_of

BOXES = ("evidence", "gaps")
HOLDS = 20_000  # characters in a box of the sheet (planning/domain_form.py)
TOO_LONG = (
    "With the tables’ words, “{box}” of {domain} would have more than {holds:,} characters. "
    "Shorten what stands on the sheet first. Nothing was put there."
)


def new_lines(text, taken):
    """The lines of ``text`` that do not stand in ``taken``, what it was when it was put on the
    sheet; as often as they are there more often.
    """
    left = Counter(_plain(line) for line in taken.splitlines() if line.strip())
    found = []
    for line in text.splitlines():
        if left[_plain(line)] > 0:
            left[_plain(line)] -= 1
        else:
            found.append(line.rstrip())
    return "\n".join(found).strip("\n")


def _plain(line):
    return " ".join(line.split())


def taken_texts(rows):
    """Row's number -> part -> text as it was when it was last put on the sheet.

    The history knows it: the event of that moment has the words that were taken. One query.
    """
    moments = {row.pk: row.taken_over_at for row in rows if row.taken_over_at}
    if not moments:
        return {}
    events = TableEntry.pgh_event_model.objects.filter(
        pgh_obj__in=moments, taken_over_at__in=set(moments.values())
    )
    found = {}
    # The first event with that moment is the one that set it; later ones have later words.
    for event in events.order_by("pgh_id"):
        if event.taken_over_at == moments[event.pgh_obj_id]:
            found.setdefault(event.pgh_obj_id, {part: getattr(event, part) for part in PROSE})
    return found


def new_words(row, taken):
    """Part -> what is not on the sheet yet. ``taken``: as taken_texts gives it."""
    texts, before = texts_of(row), taken.get(row.pk, {}) if row else {}
    return {part: new_lines(texts[part], before.get(part, "")) for part in PROSE}


@transaction.atomic
def put_on_sheet(*, workshop, by, entry=None):
    """Put what the tables wrote on the sheet, of one domain or of all; returns the entries whose
    words are new there. The same click twice, or of two facilitators, is once.

    Raises PermissionDenied with a sentence when the sheet was agreed, and ValidationError when a
    box would become too long: then nothing is written.
    """
    standing = held_workshop(workshop, by)
    check(permissions.score_refusal, by, standing.assessment)
    rows = TableEntry.objects.filter(table__workshop=standing).select_related("table")
    rows = list((rows.filter(entry=entry) if entry else rows).order_by("table__number"))
    taken = taken_texts(rows)
    new = {row: words for row in rows if any((words := new_words(row, taken)).values())}
    # Held in order, before anything of them is read: what somebody else writes comes after it.
    held = Entry.objects.select_for_update().order_by("pk")
    entries = list(held.filter(pk__in={row.entry_id for row in new}))
    for each in entries:
        each.assessment = standing.assessment
        _join(each, {row: words for row, words in new.items() if row.entry_id == each.pk}, by)
    if new:
        numbers = [row.pk for row in new]
        TableEntry.objects.filter(pk__in=numbers).update(taken_over_at=timezone.now())
        tell_screens(standing)
    return entries


def _join(entry, new, by):
    """Put one domain's new words on the sheet; ``new``: row -> part -> words."""
    outline = outline_of(entry.assessment.framework)
    number = outline.number_of[entry.domain_id]
    texts, base = {}, {}
    for box in BOXES:
        told = [f"{row.table}: {words[box]}" for row, words in new.items() if words[box]]
        if not told:
            continue
        standing = getattr(entry, box)
        texts[box] = "\n\n".join(filter(None, [standing, *told]))
        base[box] = fingerprint(standing)
        if len(texts[box]) > HOLDS:
            domain = outline.by_number[number].title
            raise ValidationError(TOO_LONG.format(box=LABELS[box], domain=domain, holds=HOLDS))
    for what in _actions(entry, new):
        key = uuid.uuid4()
        texts |= {f"action-{key}-what": what, f"action-{key}-domains": str(number)}
    save_entry(entry=entry, save=Save(texts=texts, base=base), by=by)


def _actions(entry, new):
    """What is to be done, in the order of the tables: said by two of them, or on the sheet
    already, it is one action.
    """
    serving = entry.assessment.priority_actions.serving(entry.domain_id)
    there = {_plain(what).casefold() for what in serving.values_list("what", flat=True)}
    found = {}
    for words in new.values():
        for line in words["actions"].splitlines():
            what = _plain(line)
            if what and what.casefold() not in there:
                found.setdefault(what.casefold(), what)
    return list(found.values())
