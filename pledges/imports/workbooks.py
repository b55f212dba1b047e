"""An Excel workbook as rows: the first sheet that people can see and that names its columns.

Dates come as dates and formulas as what they came to. A cell that is merged over rows counts in
each of them, as it looks on paper; one that is merged over columns is named as a trouble.
"""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from io import BytesIO

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from pledges.imports.headings import LOOKED_AT, columns_in
from pledges.imports.parsed import MAX_COLUMNS, MAX_ROWS, RawRow, RawTable, UnreadableFile
from rpcportal.kit.office import EXCEL, OfficeFileError, open_office_zip
from rpcportal.kit.quoting import quoted

LAST_ROW = 1_048_576  # of any sheet
_BROKEN = (
    *(ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError),
    *(etree.LxmlError, InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError),
)
_DAMAGED = (
    "The workbook is damaged, or was not made by Excel. Open it in Excel, save it again and try "
    "once more."
)
_PREFIX = rb"<(?:[A-Za-z]\w*:)?"
_MERGED = re.compile(_PREFIX + rb'mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(_PREFIX + rb"c\s([^>]*)>\s*" + _PREFIX + rb"f[\s/>]")
_PLACE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
MOST_MERGED = 20_000  # rows that merged cells cover
UNWORKED = (
    "holds a formula that was never worked out. Open the file in Excel, save it, and choose it "
    "again"
)


def read_workbook(data):
    """The rows of a plan. Raises UnreadableFile with a sentence."""
    try:
        office = open_office_zip(data, kind=EXCEL)
        for name in (office.main, *office.parts_of_type(".styles+xml")):
            office.xml(name)  # looks at their size and markup before openpyxl reads them
    except OfficeFileError as error:
        raise UnreadableFile(str(error)) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drop-down lists and the like
            return _read(office, data)
    except UnreadableFile:
        raise
    except _BROKEN as error:
        raise UnreadableFile(_DAMAGED) from error


def _read(office, data):
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if not seen:
        raise UnreadableFile("The workbook has no sheet that can be seen. Unhide the plan’s.")
    plans = [sheet for sheet in seen if _names_columns(sheet)]
    chosen = plans[0] if plans else seen[0]
    notes = [f"The sheet {quoted(each.title)} was not read." for each in plans[1:]]
    notes += [f"The hidden sheet {quoted(title)} was not read." for title in hidden]
    rows = [
        RawRow(number, cells)
        for number, cells in enumerate(_cells(chosen, LAST_ROW), 1)
        if any(str(cell).strip() for cell in cells if cell is not None)
    ]
    xml = office.read(chosen._worksheet_path)
    troubles = _never_worked_out(xml, rows)
    rows = _with_merged(xml, rows, troubles)
    return RawTable(rows, troubles, tuple(notes))


def _cells(sheet, last):
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found = 0
    for row in sheet.iter_rows(max_row=last, max_col=MAX_COLUMNS, values_only=True):
        found += any(cell is not None for cell in row)
        yield tuple(map(_unescaped, row))
        if found > MAX_ROWS + LOOKED_AT:
            return


def _unescaped(value):
    """A text in which “_x0041_” was typed has its underscore escaped by Excel, which openpyxl
    undoes in shared texts alone.
    """
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def _names_columns(sheet):
    return any(
        {"what", "number"} & set(columns_in(map(_short, row)).values())
        and len(columns_in(map(_short, row))) > 1
        for row in _cells(sheet, LOOKED_AT)
    )


def _short(cell):
    return str(cell)[:200] if cell is not None else ""


def _never_worked_out(xml, rows):
    """Where a formula stands that a program wrote down without working it out."""
    values = {row.row: row.cells for row in rows}
    troubles = {}
    for match in _FORMULA.finditer(xml):
        place = _PLACE.search(match[1])
        if not place or b't="str"' in match[1]:
            continue
        column, row, _, _ = range_boundaries(place[1].decode())
        cells = values.get(row, ())
        if column <= MAX_COLUMNS and (column > len(cells) or cells[column - 1] is None):
            troubles[row, column - 1] = UNWORKED
    return troubles


def _with_merged(xml, rows, troubles):
    """The rows, with what stands in a cell that is merged over several in each of them."""
    by_row, covered = {row.row: row for row in rows}, 0
    for match in _MERGED.finditer(xml):
        left, top, right, bottom = range_boundaries(match[1].decode())
        if left > MAX_COLUMNS or top not in by_row:
            continue
        covered += 1 + bottom - top
        if covered > MOST_MERGED:
            raise UnreadableFile("The sheet has too many merged cells. Split them and try again.")
        if right > left:
            troubles[top, left - 1] = "is merged with the cell beside it. Split the two"
        value = by_row[top].cells[left - 1]
        for number in range(top + 1, bottom + 1):
            if number in by_row:
                cells = [*by_row[number].cells]
                cells[left - 1] = value
                by_row[number] = RawRow(number, tuple(cells))
    return [by_row[row.row] for row in rows]


def day_of_serial(number):
    """The day that Excel means by a number, when somebody took the date's looks away."""
    value = from_excel(number)
    return value.date() if isinstance(value, dt.datetime) else None
