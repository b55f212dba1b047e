"""Bringing an earlier text back, or a reference or an action that was removed.

It is done as typing is: through planning/saving.py, so that words which somebody is typing
on another page meet it and are kept beside it. It is a change like any other, and the
history says from when it came.
"""

from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied

from partnerships.permissions import check
from planning import parts, permissions
from planning.history import RESTORABLE, action_events
from planning.merging import Save, fingerprint
from planning.models import DomainOfAction, Entry, EvidenceReference
from planning.outline import outline_of
from planning.parts import PartName
from planning.saving import save_entry


class NotThere(Exception):
    """The history knows of no such text here."""


class RowGone(PermissionDenied):
    """What the text belongs to is no longer on the sheet; the message says what to do."""

    def __init__(self):
        super().__init__("It was removed meanwhile. Bring it back as a whole first.")


@dataclass(frozen=True)
class Restored:
    """What became of it: ``is_clash`` when words had been written there since the page was
    made, and both texts now wait on the page of ``entry`` until someone settles them.
    """

    entry: Entry
    is_clash: bool = False


def restore_in_entry(*, entry, event, field, by, standing=""):
    """Bring back what ``field`` of a domain or of one of its references was; returns Restored.

    ``event`` is the number of the event that kept it; ``field`` as on the page: “evidence”,
    “reference-title”, or “reference” for a whole one that was removed. ``standing``: the
    fingerprint of what stood there while the page was read, if that is known. Raises
    NotThere for what is no text of this domain's history.
    """
    check(permissions.restore_refusal, by, entry.assessment)
    if field == "reference":
        return _restore_reference(entry, _kept(_reference_events(entry), event), by)
    kind, _, name = field.rpartition("-")
    if kind == "reference" and name in RESTORABLE["reference"]:
        kept = _kept(_reference_events(entry), event)
        row = entry.references.filter(key=kept.key).first()
        part = PartName(name, "reference", kept.key)
    elif field in RESTORABLE["entry"]:
        kept = _kept(Entry.pgh_event_model.objects.filter(pgh_obj=entry.pk), event)
        row, part = Entry.objects.get(pk=entry.pk), PartName(field)
    else:
        raise NotThere
    return _restore_text(entry, row, part, kept, by=by, standing=standing)


def restore_in_action(*, assessment, key, event, field, by, standing=""):
    """Bring back what ``field`` of a priority action was, or “action” as a whole.

    As ``restore_in_entry``.
    """
    check(permissions.restore_refusal, by, assessment)
    kept = _kept(action_events(assessment, key), event)
    if field == "action":
        return _restore_action(assessment, kept, by)
    if field not in RESTORABLE["action"]:
        raise NotThere
    action = assessment.priority_actions.filter(key=key).with_domains().first()
    pks = action.domain_pks if action else []
    entry = _first_entry(assessment, pks)
    part = PartName(field, "action", key)
    return _restore_text(entry, action, part, kept, by=by, standing=standing)


def _reference_events(entry):
    return EvidenceReference.pgh_event_model.objects.filter(entry=entry)


def _kept(events, number):
    event = events.filter(pgh_id=number).first()
    if event is None:
        raise NotThere
    return event


def _restore_text(entry, row, part, kept, *, by, standing):
    if row is None:
        raise RowGone
    base = standing or fingerprint(getattr(row, part.field))
    texts = {str(part): getattr(kept, part.field)}
    return _save(entry, texts, {str(part): base}, kept, by)


def _restore_reference(entry, kept, by):
    if entry.references.filter(key=kept.key).exists():
        return Restored(entry)
    texts = {
        str(PartName(field, "reference", kept.key)): getattr(kept, field)
        for field in parts.REFERENCE_PARTS
    }
    return _save(entry, texts, {}, kept, by)


def _restore_action(assessment, kept, by):
    outline = outline_of(assessment.framework)
    pks = _served_when(kept)
    entry = _first_entry(assessment, pks)
    if assessment.priority_actions.filter(key=kept.key).exists():
        return Restored(entry)
    numbers = sorted(outline.number_of[pk] for pk in pks)
    texts = {
        "what": kept.what,
        "measure": kept.measure,
        "owner": kept.owner,
        "due": kept.due.isoformat() if kept.due else "",
        "domains": ",".join(map(str, numbers)),
    }
    named = {str(PartName(field, "action", kept.key)): text for field, text in texts.items()}
    return _save(entry, named, {}, kept, by)


def _served_when(kept):
    """The domains that an action served when it was removed: their ties went with it."""
    ties = DomainOfAction.pgh_event_model.objects.filter(priorityaction_id=kept.pgh_obj_id)
    together = ties.filter(pgh_label="removed", pgh_created_at=kept.pgh_created_at)
    return set(together.values_list("domain_id", flat=True)) or set(
        ties.values_list("domain_id", flat=True)
    )


def _first_entry(assessment, domain_pks):
    """The domain on whose page two texts for the action would wait to be settled."""
    entry = assessment.entries.filter(domain_id__in=domain_pks).order_by("domain__number").first()
    if entry is None:
        raise RowGone
    entry.assessment = assessment
    return entry


def _save(entry, texts, base, kept, by):
    with pghistory.context(restored_from=kept.pgh_id):
        saved = save_entry(entry=entry, save=Save(texts=texts, base=base), by=by)
    return Restored(entry, bool(saved.clashes))
