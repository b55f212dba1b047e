"""Which column of a score table holds what, from the words at its head."""

import re
from dataclasses import dataclass

from planning.imports.domain_names import find_dimension, plain
from planning.imports.word_text import Cell
from planning.outline import Outline
from rpcportal.kit.quoting import quoted

# The official headings, for our sentences.
HEADINGS = {
    "level": "Progress level",
    "evidence": "Evidence of current progress",
    "gaps": "Gaps and areas for development",
    "actions": "Priority SMART actions",
}
# Whole headings only: a cell of the table may well begin with "Evidence" or "Actions".
_PATTERNS = {
    "level": (
        r"(?:current |agreed )?(?:progress )?(?:level|score|rating)s?"
        r"(?: of progress)?(?: 1(?: to)? [0-9])?|stage of progress|progress"
    ),
    "evidence": r"(?:current )?evidence(?: of (?:the )?(?:current )?progress(?: level)?)?",
    "gaps": (
        r"gaps?(?: and areas? for (?:development|improvement))?"
        r"|areas? for (?:development|improvement)(?: and gaps)?"
    ),
    "actions": (
        r"(?:(?:top|key|main|next) )?(?:priority |priorities )?(?:and )?"
        r"(?:smart )?actions?(?: plan)?|next steps"
    ),
    "number": r"no|nr|number|ref",
    "dimension": r"dimensions?",
    "domain": (
        r"(?:key )?elements?|domains?|(?:key )?elements? domains?"
        r"|planning tool (?:key )?elements?"
    ),
}
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Column:
    role: str  # a key of `_PATTERNS`, or "" for a column we do not know
    heading: str
    start: int  # its place in the table's grid
    end: int


@dataclass(frozen=True)
class Columns:
    """The columns of a table, in order. They hold until another heading row says otherwise."""

    columns: tuple[Column, ...]

    def has(self, role: str) -> bool:
        return any(column.role == role for column in self.columns)

    def above(self, row: tuple[Cell, ...]) -> list[tuple[Cell, tuple[Column, ...]]]:
        """Each cell of the row with the columns it stands under (none, one, or several if merged).

        A row with as many cells as the heading is matched one by one, since Word shifts the
        grid a little when somebody drags a border in one row.
        """
        if len(row) == len(self.columns):
            return [(cell, (column,)) for cell, column in zip(row, self.columns, strict=True)]
        return [
            (
                cell,
                tuple(
                    c
                    for c in self.columns
                    if c.start < cell.start + cell.span and cell.start < c.end
                ),
            )
            for cell in row
        ]


def read_headings(row: tuple[Cell, ...], outline: Outline) -> Columns | None:
    """The columns that a heading row names, or None if the row is not one.

    Two official headings make a heading row. The column of the domains has no heading in the
    official sheet: it is the first one left over.
    """
    roles = [_role(cell.text, outline) for cell in row]
    if len(set(roles) & set(HEADINGS)) < 2 or any(_is_long(cell.text) for cell in row):
        return None
    if "domain" not in roles and "" in roles:
        roles[roles.index("")] = "domain"
    return Columns(
        tuple(
            Column(role=role, heading=cell.text, start=cell.start, end=cell.start + cell.span)
            for cell, role in zip(row, roles, strict=True)
        )
    )


def heading_problems(columns: Columns) -> list[str]:
    """Sentences on official columns that are missing or there twice."""
    sentences = []
    for role, heading in HEADINGS.items():
        found = [column.heading for column in columns.columns if column.role == role]
        if not found:
            others = [quoted(c.heading) for c in columns.columns if not c.role and c.heading]
            instead = f" The column {others[0]} is not known." if others else ""
            sentences.append(
                f"There is no column {quoted(heading)}.{instead} Correct or add its heading."
            )
        if len(found) > 1:
            both = " and ".join(quoted(name) for name in found)
            sentences.append(f"Two columns could be {quoted(heading)}: {both}. Keep one of them.")
    return sentences


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST_HEADING


def _role(text: str, outline: Outline) -> str:
    if _is_long(text):
        return ""
    heading = plain(text)
    if find_dimension(text, outline):
        return "domain"  # "PLAN | Progress level | …": the dimension stands over its own domains
    return next((role for role, pattern in _PATTERNS.items() if re.fullmatch(pattern, heading)), "")
