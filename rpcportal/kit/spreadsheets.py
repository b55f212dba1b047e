"""Rows as a spreadsheet (.xlsx) or as comma-separated values, and never a formula.

What people typed may begin with “=”. In a workbook each cell says what it is, so the text stays
as it was typed; a CSV file cannot say so, and there an apostrophe stands before it.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

# Limits of Excel. It counts in UTF-16 units, of which an emoji has two.
LONGEST_CELL = 32_767
LONGEST_NAME = 31
MOST_ROWS = 1_048_576  # with the header
MOST_COLUMNS = 16_384
MOST_DIGITS = 15  # of a number; it makes noughts of all others
FIRST_YEAR = 1901  # spreadsheets disagree about the first two months of 1900

CUT_NOTE = "… (cut: a cell holds 32,767 characters)"
NARROWEST, WIDEST = 8, 60  # widths of columns, in characters
DAY_WIDTH, TIME_WIDTH = 11, 17
_NAME_OUTSIDE = re.compile(r"[\[\]:*?/\\]")
_RESERVED_NAMES = {"history"}
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Also after white space and characters without width, which programs may drop, and after
# apostrophes, so that ours can be told from theirs when the file is read back.
_LIKE_A_FORMULA = re.compile(
    "[\\s\u200b-\u200f\u2060\ufeff']*[=+\\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n]"
)

Value = None | bool | str | int | Decimal | dt.date | dt.datetime


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. Each row has a value for each column; None is an empty cell."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


def workbook(sheets: Iterable[Sheet], *, is_long: bool = False) -> bytes:
    """An .xlsx file with a sheet for each Sheet, under its title as far as Excel allows it.

    Numbers, dates and times (in local time) are written as such; those that Excel would change,
    of more than 15 digits or before 1901, as text. Yes and No stand for True and False. Text
    that is too long for a cell ends with a note. Raises ValueError if there is no sheet, a sheet
    is too large or a row does not fit the columns, and TypeError for any other kind of value.
    ``is_long``: its rows wait in a file on disk, and memory does not grow with their number.
    """
    file = io.BytesIO()
    options = {
        "constant_memory" if is_long else "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        names = set(_RESERVED_NAMES)
        writer = _Writer(book)
        for sheet in sheets:
            name = _free_name(sheet.title, names)
            names.add(name.casefold())
            writer.write(book.add_worksheet(name), sheet)
        if not book.worksheets():
            raise ValueError("A workbook needs at least one sheet.")
    return file.getvalue()


def csv_file(columns: Iterable[str], rows: Iterable[tuple[Value, ...]]) -> bytes:
    """The rows under their columns as UTF-8 with a byte order mark and CRLF, as Excel reads it.

    Dates are written as 2026-09-30 and times, in local time, as 2026-09-30 14:05:00. Text that
    a spreadsheet may take for a formula has an apostrophe before it: who reads the file back
    takes one off where = + - @, a tab or a line break follows. Raises as `workbook` does.
    """
    return b"".join(csv_lines(columns, rows))


def csv_lines(columns: Iterable[str], rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """The same file line by line, for one that is sent while it is written."""
    yield codecs.BOM_UTF8
    writer = csv.writer(_Echo())
    for row in _table(tuple(columns), rows):
        yield writer.writerow(map(_csv_text, row)).encode()


def without_guard(text: str) -> str:
    """A text out of our CSV file as it was before the apostrophe came."""
    return text[1:] if text[:1] == "'" and _LIKE_A_FORMULA.match(text[1:]) else text


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text):
        return text


class _Writer:
    """Writes sheets into one workbook, whose formats they share."""

    def __init__(self, book):
        top = {"valign": "top"}
        head = {"valign": "top", "bold": True, "bottom": 1}
        self._number = book.add_format(top)
        self._day = book.add_format({**top, "num_format": "d mmm yyyy"})
        self._time = book.add_format({**top, "num_format": "d mmm yyyy hh:mm"})
        # A quote prefix keeps text like “=1” text when somebody has changed it in Excel.
        self._texts = {
            (is_head, is_quoted): book.add_format(
                {**(head if is_head else top), "text_wrap": True, "quote_prefix": is_quoted}
            )
            for is_head in (True, False)
            for is_quoted in (True, False)
        }

    def write(self, page, sheet):
        columns = tuple(sheet.columns)
        if len(columns) > MOST_COLUMNS:
            raise ValueError(f"Excel holds {MOST_COLUMNS:,} columns, and this sheet has more.")
        widths, last = [0] * len(columns), 0
        for number, row in enumerate(_table(columns, sheet.rows)):
            if number == MOST_ROWS:
                raise ValueError(f"Excel holds {MOST_ROWS:,} rows, and this sheet has more.")
            for column, value in enumerate(row):
                width = self._write_cell(page, number, column, value)
                widths[column] = max(widths[column], width)
            last = number
        for column, width in enumerate(widths):
            page.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        page.freeze_panes(1, 0)
        if columns:
            page.autofilter(0, 0, last, len(columns) - 1)

    def _write_cell(self, page, row, column, value):
        """Write one value; returns how many characters wide it is."""
        if isinstance(value, dt.date) and value.year >= FIRST_YEAR:
            is_time = isinstance(value, dt.datetime)
            page.write_datetime(row, column, value, self._time if is_time else self._day)
            return TIME_WIDTH if is_time else DAY_WIDTH
        if isinstance(value, int | Decimal) and _keeps_its_digits(value):
            page.write_number(row, column, value, self._number)
            return len(_text_of(value))
        return self._write_text(page, row, column, _text_of(value))

    def _write_text(self, page, row, column, text):
        if not text:
            return 0
        text = _cell_text(text)
        looks = self._texts[row == 0, bool(_LIKE_A_FORMULA.match(text))]
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take this for its own XML; in two parts it escapes it.
            page.write_rich_string(row, column, text[0], self._number, text[1:], looks)
        else:
            page.write_string(row, column, text, looks)
        # A header has the filter's button beside it.
        return max(map(len, text.split("\n"))) + (2 if row == 0 else 0)


def _table(columns, rows) -> Iterator[list]:
    """The header and the rows, with each value as text, number, date or local time."""
    yield [_plain(text) for text in columns]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(f"Row {number} has {len(row)} values for {len(columns)} columns.")
        try:
            yield [_plain(value) for value in row]
        except TypeError as refused:
            raise TypeError(f"Row {number}: {refused}") from None


def _plain(value: Value) -> str | int | Decimal | dt.date | dt.datetime:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case str() | Promise():
            return _UNPRINTABLE.sub("", str(value))
        case dt.datetime():
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        case int() | Decimal() | dt.date():
            return value
    raise TypeError(f"a cell cannot hold a {type(value).__name__}.")


def _text_of(value):
    """A plain value as text: no exponents, dates as in ISO 8601."""
    match value:
        case Decimal():
            return f"{value:f}"
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case dt.date():
            return value.isoformat()
    return str(value)


def _csv_text(value):
    text = _text_of(value)
    is_formula = isinstance(value, str) and _LIKE_A_FORMULA.match(text)
    return f"'{text}" if is_formula else text


def _cell_text(text):
    """The text with line feeds only, as Excel has them, and cut to what a cell holds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _units(text) <= LONGEST_CELL:
        return text
    return _cut(text, LONGEST_CELL - _units(CUT_NOTE)) + CUT_NOTE


def _keeps_its_digits(number):
    """False for a number that Excel cannot hold as it is, such as a long reference."""
    exact = Decimal(number)
    if not exact.is_finite() or not -300 < exact.adjusted() < 300:
        return False
    return Decimal(f"{exact:.{MOST_DIGITS}G}") == exact


def _free_name(title, taken):
    """The title as a sheet's name: allowed by Excel, and unlike those taken (case folded)."""
    words = _NAME_OUTSIDE.sub(" ", _plain(title)).split()
    name = _cut(" ".join(words).strip(" '"), LONGEST_NAME).rstrip(" '") or "Sheet"
    endings = ("", *(f" ({number})" for number in range(2, len(taken) + 3)))
    names = (_cut(name, LONGEST_NAME - len(ending)) + ending for ending in endings)
    return next(name for name in names if name.casefold() not in taken)


def _units(text):
    return len(text.encode("utf-16-le")) // 2


def _cut(text, units):
    """The text's first UTF-16 units, without half a character at the end."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
