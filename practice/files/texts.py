"""Plain text and CSV."""

import re

from practice.files.refused import FileRefused

MARKUP = re.compile(r"<\s*(?:!doctype|html|svg|script|iframe|object|embed|body|\?xml)", re.I)
WEB_PAGE = (
    "it holds parts of a web page or a drawing made of code (HTML, SVG), which could run in a "
    "browser. Save it as PDF, or give the link to the page."
)
NO_TEXT = "it holds characters that no text has. Open it, save it as plain text and try again."
FORMULA = (
    "row {row} holds a formula, which a spreadsheet program would work out. Save it as an Excel "
    "workbook (.xlsx), or take the formula out."
)
# Where a cell begins: at the line's start or after what parts cells, in quotes or not. It never
# goes back over what it has read: megabytes of blanks are read once. The last four signs are the
# wide ones of East Asian keyboards.
CELL = re.compile(
    r'(?:^|[,;\t])[ \xa0]*+"?+[ \xa0]*+([=@+\-\uff1d\uff0b\uff0d\uff20][^,;\t\n]*)', re.MULTILINE
)
FIGURE = re.compile(r"[+\-]\s?[£$€]?\s?[\d., ]*\d\s?%?\"?\s*|[+\-]\"?\s*|-[-\s]*\"?")
# What a text may hold beside what can be read: tab, the ends of lines and of pages.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(name, data):
    """(ending, content type, content in UTF-8) of a text; None for what is no text."""
    text = _decoded(data)
    if text is None:
        return None
    if MARKUP.search(text) or text.lstrip().startswith("<"):
        raise FileRefused(WEB_PAGE)
    if UNREADABLE.search(text):
        raise FileRefused(NO_TEXT)
    if not name.lower().endswith(".csv"):
        return ".txt", "text/plain; charset=utf-8", text.encode()
    rows = text.replace("\r\n", "\n").replace("\r", "\n")  # Excel begins a row after any of them
    for cell in CELL.finditer(rows):
        if not FIGURE.fullmatch(cell[1]):
            raise FileRefused(FORMULA.format(row=rows.count("\n", 0, cell.start(1)) + 1))
    # Excel takes a CSV for Windows’ own letters unless it begins with this mark.
    return ".csv", "text/csv; charset=utf-8", text.encode("utf-8-sig")


def _decoded(data):
    """The text, or None: what has a NUL, and is not of two bytes a letter, is none."""
    for mark, encoding in ENCODINGS.items():
        if data.startswith(mark):
            return _read_as(data, encoding)
    if b"\x00" in data:
        return None
    text = _read_as(data, "utf-8")
    return _read_as(data, "cp1252") if text is None else text


def _read_as(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
