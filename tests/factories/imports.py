"""Spreadsheets that come in: as bytes, and kept for their preview."""

import csv
import io

from openpyxl import Workbook

from pledges.imports import commit
from pledges.imports.parse import parse


def csv_of(*rows, separator=","):
    """A CSV file with these rows, the headings first."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode()


def workbook_of(*rows, change=None):
    """An Excel file with these rows on its first sheet; ``change`` may do more with the book."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make_plan_import(partnership, *, by, data=None, name="plan.csv"):
    """A file that somebody has chosen and not yet imported."""
    data = data or csv_of(["Organisation", "Action"], ["Housing association", "Train four people"])
    return commit.keep(parsed=parse(data), data=data, name=name, partnership=partnership, by=by)
