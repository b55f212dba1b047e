"""The notes of a launch as a spreadsheet: who signed, and which actions they named."""

from django.utils import timezone

from pledges.models import NoteStatus
from rpcportal.kit.spreadsheets import Sheet, workbook

COLUMNS = (
    *("Organisation", "Name", "Job title", "E-mail address", "Signed", "Own words"),
    *("First action", "Written", "What became of it", "Action No.", "On the wall"),
)


def notes_workbook(launch):
    """Every note, in the order in which they came."""
    notes = launch.notes.with_names().order_by("written_at", "pk")
    return workbook([Sheet("Notes", COLUMNS, [_row(note) for note in notes])])


def _row(note):
    return (
        note.organisation_name,
        note.name,
        note.role,
        note.email,
        note.signs,
        note.words,
        note.first_action,
        timezone.localtime(note.written_at),
        note.get_status_display(),
        note.action.number if note.action_id else None,
        "Hidden" if note.hidden_at or note.status == NoteStatus.SET_ASIDE else "Shown",
    )
