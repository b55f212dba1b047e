"""The recording sheet as a PDF, for the page and the command alike."""

from planning.reports import COLUMNS
from rpcportal.kit.pdf import render_pdf


def sheet_pdf(sheet):
    """The PDF of a RecordingSheet, as bytes."""
    return render_pdf("planning/pdf/sheet.html", {"sheet": sheet, "columns": COLUMNS})
