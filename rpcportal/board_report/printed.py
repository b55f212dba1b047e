"""A report's outline as a PDF."""

import math

from rpcportal.kit.pdf import render_pdf

LETTERS = 60  # in a line of the first page, however wide they are
SMALL_FROM, SMALLEST_FROM = 62, 78  # lines of the first page, estimated


def report_pdf(outline):
    """The PDF as bytes; from the cache when it was made before and nothing has changed."""
    context = {"outline": outline, "size": size_of(outline)}
    return render_pdf("board_report/pdf/report.html", context)


def size_of(outline):
    """How the first page is printed, so that it stays one page: “large”, “small”, “smallest”."""
    head = 2 * _lines(outline.title, 40) + _lines("".join(map("".join, outline.facts)))
    lines = head + 3 + sum(HEIGHT[block.kind](block) for block in outline.parts[0].blocks)
    if lines > SMALLEST_FROM:
        return "smallest"
    return "small" if lines > SMALL_FROM else "large"


def _lines(text, letters=LETTERS):
    return max(1, math.ceil(len(text) / letters))


HEIGHT = {
    "words": lambda block: sum(
        0.4 + sum(_lines(line) for line in lines) for lines in block.paragraphs
    ),
    "paragraph": lambda block: _lines(block.text) + 0.4,
    "heading": lambda block: 2,
    "bullets": lambda block: sum(_lines(item) for item in block.items),
    "table": lambda block: 1.3 * len(block.rows) + 3,
}
