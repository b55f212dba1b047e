"""The form that takes a spreadsheet, and what its preview shows."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from pledges.exports import COLUMNS
from pledges.imports.commit import SOMETHING_WRONG, keep
from pledges.imports.parse import parse
from pledges.imports.parsed import MAX_FILE, MAX_ROWS, MEGABYTE, UnreadableFile
from pledges.imports.rules import status_of
from rpcportal.kit.forms import PortalForm, plain_text

SHOWN = 100  # rows of a kind on the page; the others are counted
LONGEST_SHOWN = 300  # characters of a text
NOTHING = "nothing"
DAYS = {"starts_on", "due_on", "completed_on"}
__all__ = ["SOMETHING_WRONG", "ImportForm", "Preview"]


class ImportForm(PortalForm):
    """An Excel workbook or a CSV file."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text=f"An Excel workbook (.xlsx) or a CSV file, up to {MAX_FILE // MEGABYTE} MB and "
        f"{MAX_ROWS:,} rows.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    asks_for = {"file": "a spreadsheet"}

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)

    def clean_file(self):
        """The rows of the file, or a sentence that says why it has none."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise ValidationError(
                f"The file has {file.size / MEGABYTE:.1f} MB; at most {MAX_FILE // MEGABYTE} MB "
                "can be read. Take out sheets, pictures and rows that are not about actions."
            )
        self.data_of_file = file.read()
        try:
            self.parsed = parse(self.data_of_file)
        except UnreadableFile as error:
            raise ValidationError(str(error)) from error
        return file

    def save(self):
        """Keep it for the preview."""
        return keep(
            parsed=self.parsed,
            data=self.data_of_file,
            name=plain_text(self.cleaned_data["file"].name)[:200] or "Spreadsheet",
            partnership=self.partnership,
            by=self.user,
        )


@dataclass(frozen=True)
class Line:
    """A row of the preview: its heading, what changes as (column, before, after), and notes."""

    row: int
    heading: str
    changes: tuple = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Rows that the same becomes of: a heading, some of the lines, and how many more there are."""

    title: str
    lines: tuple
    more: int


@dataclass(frozen=True)
class Preview:
    """What an import would do, as its page prints it."""

    new: Part
    changed: Part
    meanwhile: Part
    wrong: Part
    same: int
    right: int
    notes: tuple[str, ...]

    @property
    def summary(self):
        """How many rows of each kind there are: “1 new action and 3 rows that change nothing”."""
        kinds = (self.new, self.changed, self.meanwhile, self.wrong)
        said = [part.title for part in kinds if part.lines]
        if self.same or not said:
            rows = "1 row that changes" if self.same == 1 else f"{self.same:,} rows that change"
            said.append(f"{rows} nothing")
        *most, last = said
        return f"{', '.join(most)} and {last}" if most else last

    @classmethod
    def of(cls, plan, notes=()):
        """The first rows of each kind; all of them are counted."""
        return cls(
            new=_part(plan.new, "new action", _new_line),
            changed=_part(plan.changed, "action to change", _changed_line),
            meanwhile=_part(plan.meanwhile, "action changed meanwhile", _changed_line),
            wrong=_part(plan.wrong, "row that cannot be read", _wrong_line),
            same=len(plan.same),
            right=len(plan.right),
            notes=(*notes, *_left_alone(plan.same)),
        )


PLURALS = {
    "action to change": "actions to change",
    "action changed meanwhile": "actions changed meanwhile",
    "row that cannot be read": "rows that cannot be read",
}


def _part(rows, words, line_of):
    number = len(rows)
    words = words if number == 1 else PLURALS.get(words, f"{words}s")
    lines = tuple(line_of(row) for row in rows[:SHOWN])
    return Part(f"{number:,} {words}", lines, number - len(lines))


def _new_line(row):
    facts = [
        (COLUMNS[name], "", _shown(name, row.after[name]))
        for name in COLUMNS
        if name in row.changed and name != "what"
    ]
    return Line(row.row, row.what, tuple(facts), row.told)


def _changed_line(row):
    names = [name for name in COLUMNS if name in row.changed]
    changes = [
        (COLUMNS[name], _shown(name, row.before[name]) or NOTHING,
         _shown(name, row.after[name]) or NOTHING)
        for name in names
    ]  # fmt: skip
    lost = row.before["rating"] and "rating" not in names
    if lost and status_of(row.after["status"]) != "in_progress":
        changes.append((COLUMNS["rating"], row.before["rating"], NOTHING))
    return Line(row.row, f"{row.action.number}. {row.before['what']}", tuple(changes), row.told)


def _wrong_line(row):
    return Line(row.row, "", (), row.problems)


def _left_alone(rows):
    """What rows say that change nothing else."""
    told = [f"Row {row.row}: {sentence}" for row in rows for sentence in row.told]
    yield from told[:SHOWN]
    if len(told) > SHOWN:
        yield f"And {len(told) - SHOWN:,} more cells that are left as they are."


def _shown(name, text):
    if name in DAYS and text:
        return f"{date.fromisoformat(text):%-d %B %Y}"
    return f"{text[:LONGEST_SHOWN].rstrip()}…" if len(text) > LONGEST_SHOWN else text
