"""The score tables of a sheet, row by row: which domain a row is about, and what its cells say.

Merged cells are read as they look on paper: a cell merged over two rows stands beside both,
and a row whose domain cell is merged with the one above carries on with the same domain.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from planning.imports.domain_names import UnknownDomain, find_dimension, find_domain
from planning.imports.parsed import Problem
from planning.imports.score_columns import (
    HEADINGS,
    Column,
    Columns,
    heading_problems,
    read_headings,
)
from planning.imports.word_text import Cell, Table
from planning.outline import Outline, OutlineDomain
from rpcportal.kit.quoting import quoted

# A sheet has about 15 rows. Comparing names in 20,000 would take a minute.
MAX_ROWS = 1_000
_TOO_MANY_ROWS = (
    f"The tables have more than {MAX_ROWS:,} rows. A recording sheet has about 15: remove "
    "the others."
)

# Each cell of a row with the columns it stands under: one, none, or several if it is merged.
Placed = list[tuple[Cell, tuple[Column, ...]]]


@dataclass
class ScoreRow:
    """What the sheet says on one domain: paragraphs by role, a key of `HEADINGS`."""

    domain: OutlineDomain
    where: str
    texts: dict[str, tuple[str, ...]]

    def text(self, role: str) -> str:
        return "\n".join(self.texts.get(role, ())).strip()

    @property
    def is_blank(self) -> bool:
        return not any(self.text(role) for role in HEADINGS)


@dataclass
class ScoreTables:
    """What all score tables of a sheet say, and the lines found in tables that hold no scores."""

    outline: Outline
    rows: list[ScoreRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: Columns | None = None  # those of the table before hold for one without headings
    found: int = 0
    row_count: int = 0

    def read(self, number: int, table: Table) -> Table | None:
        """Read the table, the `number`th of the document; give back what holds no scores.

        That is the whole table, or rows above its headings (a title), or None.
        """
        self.row_count += len(table.rows)
        if self.row_count > MAX_ROWS:
            if self.row_count - len(table.rows) <= MAX_ROWS:
                self._complain(f"Table {number}", _TOO_MANY_ROWS)
            self.found += 1
            return None
        rows = _with_merged_cells(table)
        heads = [place for place, row in enumerate(rows) if read_headings(row, self.outline)]
        first = next((place for place, row in enumerate(rows) if self._is_score_row(row)), None)
        if not heads and first is None:
            return table
        self.found += 1
        begin = heads[0] if heads and (first is None or heads[0] < first) else 0
        if self.columns is None and begin == 0 and not (heads and heads[0] == 0):
            self._complain(
                f"Table {number}",
                f"The table has no heading row. Add one above it: {', '.join(HEADINGS.values())}.",
            )
            return None
        _TableReader(self, number).read(rows, begin)
        return Table(rows=table.rows[:begin]) if begin else None

    def _is_score_row(self, row: tuple[Cell, ...]) -> bool:
        """Whether a row without headings to go by is about a domain or a dimension."""
        texts = [cell.text for cell in row if cell.text]
        if not texts:
            return False
        if len(set(texts)) == 1 and find_dimension(texts[0], self.outline):
            return True
        if len(row) < len(HEADINGS):
            return False
        # A number alone says nothing: the key to the levels also begins with 1.
        name = texts[0] if re.search(r"[^\W\d_]", texts[0]) else " ".join(texts[:2])
        try:
            return bool(find_domain(name, self.outline))
        except UnknownDomain:
            return False

    def _complain(self, where: str, sentence: str) -> None:
        self.problems.append(Problem(where, sentence))


class _TableReader:
    """Reads one table: remembers the domain of the row above, for rows that carry on with it."""

    def __init__(self, tables: ScoreTables, number: int):
        self.tables = tables
        self.outline = tables.outline
        self.number = number
        self.above: ScoreRow | None = None

    def read(self, rows: list[tuple[Cell, ...]], begin: int) -> None:
        for place, row in enumerate(rows[begin:], begin + 1):
            where = f"Table {self.number}, row {place}"
            if columns := read_headings(row, self.outline):
                self._take_headings(columns, where)
            elif any(cell.text or cell.unreadable for cell in row):
                self._read_row(row, where)

    def _take_headings(self, columns: Columns, where: str) -> None:
        if columns != self.tables.columns:
            self._complain(where, *heading_problems(columns))
        self.tables.columns = columns

    def _complain(self, where: str, *sentences: str) -> None:
        self.tables.problems += [Problem(where, sentence) for sentence in sentences]

    def _read_row(self, row: tuple[Cell, ...], where: str) -> None:
        if self._is_dimension_row(row, where):
            self.above = None
            return
        placed = self.tables.columns.above(row)
        by_role = _by_role(placed)
        named = [cell for role in ("number", "domain") for cell in by_role.get(role, ())]
        label = " ".join(cell.text for cell in named if cell.text)
        if (
            self.above
            and named
            and all(cell.continues or not cell.text for cell in named)
            and label
        ):
            self._carry_on(by_role)
            self._report_strays(placed, f"{where} ({self.above.domain.title})")
            return
        self.above = None
        if not label:
            first = quoted(next((cell.text for cell in row if cell.text), "a picture or table"))
            self._complain(
                where,
                f"The row names no domain, so {first} has no place. Write the domain "
                "in its first cell.",
            )
            return
        self._start(label, by_role, placed, where)

    def _start(
        self, label: str, by_role: dict[str, list[Cell]], placed: Placed, where: str
    ) -> None:
        """A row that names its domain."""
        try:
            match = find_domain(label, self.outline)
        except UnknownDomain as error:
            self._complain(where, str(error))
            return
        where = f"{where} ({match.domain.title})"
        self._report_strays(placed, where)
        texts = {role: _paragraphs(by_role.get(role, ())) for role in HEADINGS}
        same = next((row for row in reversed(self.tables.rows) if row.domain == match.domain), None)
        if match.continued and same:
            self.above = same
            _add(same, texts)
            return
        self.above = ScoreRow(domain=match.domain, where=where, texts=texts)
        self.tables.rows.append(self.above)

    def _carry_on(self, by_role: dict[str, list[Cell]]) -> None:
        fresh = {
            role: [cell for cell in cells if not cell.continues] for role, cells in by_role.items()
        }
        _add(self.above, {role: _paragraphs(fresh.get(role, ())) for role in HEADINGS})

    def _is_dimension_row(self, row: tuple[Cell, ...], where: str) -> bool:
        texts = list(dict.fromkeys(cell.text for cell in row if cell.text))
        dimension = find_dimension(texts[0], self.outline) if texts else ""
        if not dimension or (len(texts) > 1 and self.tables.columns.has("dimension")):
            return False
        for text in texts[1:]:
            self._complain(
                f"{where} ({dimension.upper()})",
                f"{quoted(text)} stands in the row of a dimension, so it belongs to "
                "no domain. Move it to the row of a domain.",
            )
        return True

    def _report_strays(self, placed: Placed, where: str) -> None:
        """Words that would be lost: under no heading, over several, or not words at all."""
        for cell, columns in placed:
            for thing in cell.unreadable:
                self._complain(
                    where,
                    f"The row holds {thing}, which cannot be read. Write what it says as text.",
                )
            roles = {column.role for column in columns}
            if not cell.text or (cell.continues and not roles):
                continue
            if len(roles) > 1 and roles != {"number", "domain"}:
                over = " and ".join(quoted(column.heading or "domain") for column in columns)
                self._complain(
                    where, f"{quoted(cell.text)} is merged over the columns {over}. Split the cell."
                )
            elif roles <= {""}:
                self._complain(where, _stray(cell, columns))
            elif roles == {"dimension"} and not find_dimension(cell.text, self.outline):
                self._complain(where, f"{quoted(cell.text)} is not a dimension of this framework.")


def _stray(cell: Cell, columns: tuple[Column, ...]) -> str:
    heading = next((column.heading for column in columns if column.heading), "")
    column = (
        f"the column {quoted(heading)}, which is not known"
        if heading
        else "a column without a heading"
    )
    return f"{quoted(cell.text)} stands in {column}. Move it to one of the official columns."


def _by_role(placed: Placed) -> dict[str, list[Cell]]:
    by_role: dict[str, list[Cell]] = {}
    for cell, columns in placed:
        if columns:
            by_role.setdefault(columns[0].role, []).append(cell)
    return by_role


def _paragraphs(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(paragraph for cell in cells for paragraph in cell.paragraphs)


def _add(row: ScoreRow, texts: dict[str, tuple[str, ...]]) -> None:
    row.texts = {role: row.texts[role] + texts[role] for role in HEADINGS}


def _with_merged_cells(table: Table) -> list[tuple[Cell, ...]]:
    """The rows, with the words of a vertically merged cell in every row that it covers."""
    rows: list[tuple[Cell, ...]] = []
    open_cells: dict[int, Cell] = {}
    for row in table.rows:
        filled = tuple(_filled(cell, open_cells) for cell in row)
        open_cells = {cell.start: cell for cell in filled}
        rows.append(filled)
    return rows


def _filled(cell: Cell, open_cells: dict[int, Cell]) -> Cell:
    if cell.continues and cell.start in open_cells and not cell.paragraphs:
        above = open_cells[cell.start]
        return replace(cell, paragraphs=above.paragraphs, text=above.text)
    return cell


def missing_domains(tables: ScoreTables) -> Iterator[Problem]:
    """A problem for each domain without a row, or a single one where there is no table at all."""
    if not tables.found:
        headings = ", ".join(HEADINGS.values())
        yield Problem(
            "The document",
            f"There is no table with the columns {headings}. Is this a recording sheet?",
        )
        return
    named = {row.domain.number for row in tables.rows}
    for domain in tables.outline.domains if named else ():
        if domain.number not in named:
            sentence = (
                f"There is no row for {domain.title}. Add it, with empty cells if it is "
                "not yet scored."
            )
            yield Problem("The tables", sentence)
