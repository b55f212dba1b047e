"""The recording sheet as a PDF, for the page and the command alike."""

from dataclasses import replace

from planning.paging import pages_of
from planning.reports import COLUMNS
from rpcportal.kit.pdf import render_pdf


def sheet_pdf(sheet):
    """The PDF of a RecordingSheet, as bytes."""
    pages = replace(sheet, dimensions=tuple(pages_of(each) for each in sheet.dimensions))
    return render_pdf("planning/pdf/sheet.html", {"sheet": pages, "columns": COLUMNS})
