"""A spreadsheet's bytes as rows of a plan; no database is asked."""

from pledges.imports.cells import CellProblem, problem, text_of
from pledges.imports.comma_separated import read_csv
from pledges.imports.headings import heading_row, unknown_headings
from pledges.imports.parsed import (
    MAX_FILE,
    MAX_ROWS,
    MEGABYTE,
    ParsedPlan,
    ParsedRow,
    UnreadableFile,
)
from pledges.imports.workbooks import read_workbook
from rpcportal.kit.quoting import quoted

# Zips, and what people choose by mistake: the guard of Office files has a sentence for each.
NOT_TEXT = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
PASSED_OVER = {"updated_at"}


def parse(data):
    """All rows of a .xlsx or .csv file that name something. Raises UnreadableFile."""
    if not data.strip():
        raise UnreadableFile("The file is empty. Choose another one.")
    if len(data) > MAX_FILE:
        raise UnreadableFile(
            f"The file has {len(data) / MEGABYTE:.1f} MB; at most {MAX_FILE // MEGABYTE} MB can be "
            "read. Take out sheets, pictures and rows that are not about actions."
        )
    table = read_workbook(data) if data.startswith(NOT_TEXT) else read_csv(data)
    head, columns = heading_row(table.rows)
    rows = [row for row in table.rows if row.row > head.row]
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(
            f"The file has more than {MAX_ROWS:,} rows. Import it in several files."
        )
    if not rows:
        raise UnreadableFile("No action stands under the headings. Write one and try again.")
    unknown = [_unknown(each) for each in unknown_headings(head, columns, rows)]
    used = {place: name for place, name in columns.items() if name not in PASSED_OVER}
    parsed = (_row(row, used, table.troubles) for row in rows)
    named = tuple(row for row in parsed if any(row.values.values()) or row.problems)
    return ParsedPlan(named, (*table.notes, *unknown))


def _unknown(heading):
    if not heading:
        return "A column without a heading was not read."
    return f"The column {quoted(heading)} is not known and was not read."


def _row(row, columns, troubles):
    values, problems = {}, []
    for place, name in columns.items():
        cell = row.cells[place] if place < len(row.cells) else None
        try:
            if trouble := troubles.get((row.row, place)):
                raise CellProblem(trouble)
            values[name] = text_of(name, cell)
        except CellProblem as error:
            problems.append(problem(row.row, name, str(error)))
    return ParsedRow(row.row, values, tuple(problems))
