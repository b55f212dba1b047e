"""A CSV file as rows: whatever program wrote it, in whatever encoding, with whatever separator."""

import codecs
import csv
import io
from itertools import islice

from pledges.imports.headings import LOOKED_AT, columns_in
from pledges.imports.parsed import MAX_COLUMNS, RawRow, RawTable, UnreadableFile
from rpcportal.kit.spreadsheets import without_guard

SEPARATORS = ",;\t"
MOST_RECORDS = 100_000  # empty ones too
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AGAIN = "Open it in Excel, save it as “CSV UTF-8” or as an Excel workbook and try again."


def read_csv(data):
    """All records that are not empty. Raises UnreadableFile."""
    text = _text_of(data)
    try:
        separator = max(SEPARATORS, key=lambda each: _known_headings(text, each))
        records = list(islice(_records(text, separator), MOST_RECORDS))
    except csv.Error as error:
        raise UnreadableFile(f"The file cannot be read as CSV. {SAVE_AGAIN}") from error
    rows = [
        RawRow(number, tuple(without_guard(cell) for cell in record[:MAX_COLUMNS]))
        for number, record in enumerate(records, 1)
        if any(cell.strip() for cell in record)
    ]
    return RawTable(rows, is_csv=True)


def _records(text, separator):
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _known_headings(text, separator):
    """How many headings of ours stand in one row when it is cut by this sign."""
    rows = islice(_records(text, separator), LOOKED_AT)
    return max((len(columns_in(row[:MAX_COLUMNS])) for row in rows), default=0)


def _text_of(data):
    """UTF-8, or what Excel writes on Windows."""
    codecs_to_try = ["utf-16"] if data.startswith(UTF_16) else ["utf-8-sig", "cp1252"]
    for codec in codecs_to_try:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableFile(f"This is neither an Excel workbook nor a CSV file. {SAVE_AGAIN}")
