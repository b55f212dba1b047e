"""The recording sheet as values: one source for the page, the PDF and whatever comes next.

Columns stand in the official order: progress level, evidence of current progress, gaps
and areas for development, priority SMART actions. What the scoring page holds beyond them
(target, reason, references …) stands in the column it belongs to, so that the sheet holds
every word that the screen holds.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from planning.levels import format_level
from planning.models import Status
from planning.outline import outline_of

COLUMNS = (
    "Progress level",
    "Evidence of current progress",
    "Gaps and areas for development",
    "Priority SMART actions",
)


@dataclass(frozen=True)
class SheetReference:
    """Evidence that lies elsewhere."""

    title: str
    location: str
    shows: str


@dataclass(frozen=True)
class SheetAction:
    """A priority action as one domain's row shows it.

    An action that serves several domains stands in full under the first of them; under the
    others it says where (``in_full_under``), so that a sheet is not longer than it need be.
    """

    what: str
    measure: str
    owner: str
    due: date | None
    also_serves: tuple[str, ...]
    in_full_under: str
    # For the way to its history, which is no part of the sheet.
    key: UUID | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class SheetRow:
    """One domain's row. ``level`` is “2/3”, “Not applicable” or “Not yet scored”."""

    number: int
    title: str
    level: str
    is_scored: bool
    target: str
    not_applicable_reason: str
    evidence: str
    reason: str
    dissent: str
    references: tuple[SheetReference, ...]
    gaps: str
    actions: tuple[SheetAction, ...]


@dataclass(frozen=True)
class SheetDimension:
    """PLAN, LEAD, DELIVER or EVALUATE, with its rows."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class RecordingSheet:
    """Everything the printed sheet says."""

    tool: str
    area: str
    partnership: str
    assessed_on: date
    status: str
    version: int
    version_sentence: str
    standing: str
    illustration: str
    note: str
    dimensions: tuple[SheetDimension, ...]
    printed_on: date

    @classmethod
    def of(cls, assessment, today):
        """The sheet of an assessment (four queries); ``today`` is the day it is printed."""
        outline = outline_of(assessment.framework)
        rows = _rows(assessment, outline)
        return cls(
            tool=outline.name,
            area=assessment.area,
            partnership=assessment.agreed_partnership or assessment.partnership.name,
            assessed_on=assessment.assessed_on,
            status=assessment.get_status_display(),
            version=assessment.version,
            version_sentence=_version_sentence(assessment),
            standing=_standing(assessment),
            illustration=_illustration(assessment),
            note=assessment.note,
            dimensions=tuple(
                SheetDimension(
                    dimension.name, tuple(rows[domain.number] for domain in dimension.domains)
                )
                for dimension in outline.dimensions
            ),
            printed_on=today,
        )

    @property
    def title(self):
        """What the sheet is called, in full."""
        return f"Recording sheet: {self.area}, {self.assessed_on:%-d %B %Y}"

    @property
    def filename(self):
        """A name for its files, without the ending."""
        area = "-".join("".join(c if c.isalnum() else " " for c in self.area.lower()).split())
        return f"{area or 'area'}-recording-sheet-{self.assessed_on:%Y-%m-%d}-v{self.version}"


def _standing(assessment):
    """Who agreed it and when, or that nobody has yet, or that it no longer counts."""
    if assessment.is_illustrative:
        return ""
    if assessment.is_open:
        return "Draft. It has not been agreed yet."
    agreed = (
        f"greed on {assessment.agreed_on:%-d %B %Y} "
        f"by {assessment.agreed_name}, {assessment.agreed_role}."
    )
    if assessment.status == Status.SUPERSEDED:
        return (
            f"Superseded. Version {assessment.version + 1} has replaced this version, "
            f"which was a{agreed}"
        )
    return f"A{agreed}"


def _version_sentence(assessment):
    if assessment.version == 1:
        return ""
    return f"Version {assessment.version} was opened because: {assessment.reopening_reason}"


def _illustration(assessment):
    if not assessment.is_illustrative:
        return ""
    return (
        "This sheet is an illustration of how the planning tool is used. "
        f"It is not {assessment.area}’s full or agreed plan."
    )


def _rows(assessment, outline):
    """Domain number -> SheetRow."""
    actions = _actions(assessment.priority_actions.with_domains(), outline)
    rows = [_row(entry, outline, actions) for entry in assessment.entries.with_words()]
    return {row.number: row for row in rows}


def sheet_row(entry):
    """One domain's row by itself (three queries)."""
    outline = outline_of(entry.assessment.framework)
    actions = entry.assessment.priority_actions.serving(entry.domain_id).with_domains()
    return _row(entry, outline, _actions(actions, outline))


def _row(entry, outline, actions):
    domain = outline.by_number[outline.number_of[entry.domain_id]]
    return SheetRow(
        number=domain.number,
        title=domain.title,
        level=_level(entry),
        is_scored=entry.level is not None,
        target=format_level(entry.target) if entry.target is not None else "",
        not_applicable_reason=entry.not_applicable_reason if entry.not_applicable else "",
        evidence=entry.evidence,
        reason=entry.reason,
        dissent=entry.dissent,
        references=tuple(
            SheetReference(r.title, r.location, r.shows) for r in entry.references.all()
        ),
        gaps=entry.gaps,
        actions=tuple(actions[domain.number]),
    )


def _level(entry):
    if entry.not_applicable:
        return "Not applicable"
    return format_level(entry.level) if entry.level is not None else "Not yet scored"


def _actions(actions, outline):
    """Domain number -> the actions that serve it, each naming the other domains it serves."""
    by_number = defaultdict(list)
    for action in actions:
        numbers = sorted(outline.number_of[pk] for pk in action.domain_pks)
        for number in numbers:
            others = tuple(outline.by_number[n].title for n in numbers if n != number)
            first = outline.by_number[numbers[0]].title if number != numbers[0] else ""
            by_number[number].append(
                SheetAction(
                    what=action.what,
                    measure=action.measure,
                    owner=action.owner,
                    due=action.due,
                    also_serves=others,
                    in_full_under=first,
                    key=action.key,
                )
            )
    return by_number
