"""The history of a domain, of a priority action and of an assessment, as their pages show it."""

from django.utils.timezone import localtime

from partnerships import history
from partnerships.events import ADDED, CHANGED, FOUND, REMOVED, Source
from partnerships.telling import Restore, Told
from planning import parts
from planning.levels import format_level
from planning.merging import fingerprint
from planning.models import Assessment, DomainOfAction, Entry, EvidenceReference, PriorityAction

ENTRY_LABELS = {
    "level": parts.LABELS["level"],
    "not_applicable": "Not applicable",
    "not_applicable_reason": parts.LABELS["not_applicable_reason"],
    "target": parts.LABELS["target"],
    "evidence": parts.LABELS["evidence"],
    "gaps": parts.LABELS["gaps"],
    "reason": parts.LABELS["reason"],
    "dissent": parts.LABELS["dissent"],
    "responsible": "Responsible",
}
REFERENCE_LABELS = {field: parts.LABELS[field] for field in parts.REFERENCE_PARTS}
ACTION_LABELS = {field: parts.LABELS[field] for field in parts.ACTION_PARTS if field != "domains"}
TIE_LABELS = {"domain": "Domain it serves"}
ASSESSMENT_LABELS = {
    "assessed_on": "Date",
    "status": "Status",
    "note": "Words at the head of the sheet",
    "framework": "Tool",
    "version": "Version",
    "reopening_reason": "Opened because",
    "agreed_name": "Agreed by",
    "agreed_role": "Their role",
    "agreed_on": "Agreed on",
    "agreed_area": "Area name on that day",
    "agreed_partnership": "Partnership’s name on that day",
    "agreed_recorded_by": "Agreement recorded by",
    "agreed_recorded_at": "Agreement recorded",
}
LEVELS = {"level": format_level, "target": format_level}

ENTRY, REFERENCE = 0, 1
ACTION, TIE = 0, 1
# What can be brought back from an earlier version: words, which nobody knows by heart.
RESTORABLE = {
    "entry": ("not_applicable_reason", "evidence", "gaps", "reason", "dissent"),
    "reference": parts.REFERENCE_PARTS,
    "action": ("what", "measure", "owner"),
}


# --- Where the events are -------------------------------------------------------------------


def entry_sources(entry):
    """The events of a domain and of its references. Texts that wait are no part of it yet."""
    return {
        ENTRY: Source(Entry.pgh_event_model, "pgh_obj", [entry.pk], ENTRY_LABELS, LEVELS),
        REFERENCE: Source(EvidenceReference.pgh_event_model, "entry", [entry.pk], REFERENCE_LABELS),
    }


def action_sources(numbers):
    """The events of a priority action, by the numbers of the rows that it ever was."""
    return {
        ACTION: Source(PriorityAction.pgh_event_model, "pgh_obj", numbers, ACTION_LABELS),
        TIE: Source(
            DomainOfAction.pgh_event_model, "priorityaction", numbers, TIE_LABELS, is_tie=True
        ),
    }


def assessment_sources(assessment):
    """The events of an assessment itself."""
    events = Assessment.pgh_event_model
    return {0: Source(events, "pgh_obj", [assessment.pk], ASSESSMENT_LABELS)}


def action_events(assessment, key):
    """Every event of one priority action: it may have been removed and brought back."""
    return PriorityAction.pgh_event_model.objects.filter(assessment=assessment, key=key)


def action_rows(assessment, key):
    """The numbers of the rows that an action ever was, and its latest words; None for none."""
    events = action_events(assessment, key)
    latest = events.order_by("-pgh_id").first()
    if latest is None:
        return None
    numbers = events.order_by().values_list("pgh_obj_id", flat=True).distinct()
    return list(numbers), latest.what


def removed_actions(entry):
    """(key, words) of the actions that served this domain when they were removed."""
    events = PriorityAction.pgh_event_model.objects.filter(
        assessment_id=entry.assessment_id, pgh_label=REMOVED
    )
    there = set(entry.assessment.priority_actions.values_list("key", flat=True))
    gone = {
        event.pgh_obj_id: event for event in events.order_by("pgh_id") if event.key not in there
    }
    served = DomainOfAction.pgh_event_model.objects.filter(
        priorityaction_id__in=gone, domain_id=entry.domain_id, pgh_label=REMOVED
    )
    at = {pk: event.pgh_created_at for pk, event in gone.items()}
    here = {
        row.priorityaction_id for row in served if row.pgh_created_at == at[row.priorityaction_id]
    }
    return list({gone[pk].key: gone[pk].what for pk in sorted(here)}.items())


# --- What the pages show ----------------------------------------------------------------------


def entry_history(entry, older_than=None):
    """The Page of a domain, and its changes as Told."""
    page = history.page_of(entry_sources(entry), older_than=older_than)
    references = {row.key: row for row in entry.references.all()}
    told = [
        _told_of_entry(change, entry)
        if change.source == ENTRY
        else _told_of_reference(change, references)
        for change in page.changes
    ]
    return page, told


def _told_of_entry(change, entry):
    return Told(change, "", _with_restores(change, entry, "entry"))


def _told_of_reference(change, references):
    row = references.get(change.event.key)
    heading = f"Evidence that lies elsewhere: {change.event.title}"
    whole = None
    if change.kind == REMOVED and row is None:
        whole = Restore(change.event.pgh_id, "reference", f"the evidence {change.event.title}")
    return Told(change, heading, _with_restores(change, row, "reference"), whole)


def action_history(numbers, action, older_than=None):
    """The Page of a priority action, and its changes as Told; ``action`` is None once removed."""
    page = history.page_of(action_sources(numbers), older_than=older_than)
    return page, [_told_of_action(change, action) for change in page.changes]


def _told_of_action(change, action):
    whole = None
    if change.source == ACTION and change.kind == REMOVED and action is None:
        whole = Restore(change.event.pgh_id, "action", "the action")
    return Told(change, "", _with_restores(change, action, "action"), whole)


def assessment_history(assessment, older_than=None):
    """The Page of an assessment, and its changes as Told."""
    page = history.page_of(assessment_sources(assessment), older_than=older_than)
    return page, [
        Told(change, "", [(field, None) for field in change.fields]) for change in page.changes
    ]


def _with_restores(change, row, kind):
    """Each field with the button that brings its text back, where there is any sense in that."""
    return [(field, _restore(change, field, row, kind)) for field in change.fields]


def _restore(change, field, row, kind):
    if row is None or change.kind not in (ADDED, CHANGED, FOUND):
        return None
    if field.name not in RESTORABLE[kind] or not field.after:
        return None
    standing = getattr(row, field.name)
    if field.after == standing:
        return None
    return Restore(
        event=change.event.pgh_id,
        field=field.name if kind != "reference" else f"reference-{field.name}",
        what=f"{field.label}, {localtime(change.at):%-d %B %Y %H:%M}",
        standing=fingerprint(standing),
    )
