"""The words of a Word document as a reader sees them on paper, and where they stand.

python-docx leaves out tracked insertions and content controls, so the XML is walked here:
inserted text counts and deleted text does not, prompts such as "Click here to enter text"
do not, a text box is read once (Word stores it twice), and footnotes stand in square
brackets where they are called. What cannot be turned into words is named, never passed over.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from rpcportal.kit.office import OfficeFile

# Word's own namespace, and the one of its "Strict Open XML" format.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_FIXED = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
# Formatting, deleted words, and what is read elsewhere as blocks of its own.
_PASSED_OVER = {"w:pPr", "w:rPr", "w:sdtPr", "w:del", "w:moveFrom", "w:txbxContent", "w:tbl"}
_NOTES = {"w:footnoteReference", "w:endnoteReference"}
# Symbols that Word's own AutoCorrect makes out of -->, <--, :) and ticks, by their code.
_SYMBOLS = {
    "F0E0": "→",
    "F0DF": "←",
    "F04A": "☺",
    "F0FC": "✓",
    "F0FE": "☑",
    "F0A8": "☐",
    "F0B7": "•",
    "F0A7": "▪",
}
_UNREADABLE = {
    "blip": "a picture",
    "imagedata": "a picture",
    "object": "an embedded file",
    "chart": "a chart",
    "relIds": "a diagram",
}


@dataclass(frozen=True)
class Cell:
    """One cell. `start` is its column in the table's grid, from 0; `span` how many it covers."""

    paragraphs: tuple[str, ...]
    text: str  # the paragraphs, a line each
    start: int
    span: int
    continues: bool  # vertically merged with the cell above it
    unreadable: tuple[str, ...]  # "a picture", "a table": things in the cell that are no text


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Unread:
    """Something between the paragraphs that holds words we cannot get at."""

    what: str


Block = str | Table | Unread


@dataclass(frozen=True)
class WordText:
    """The document's blocks in order, those of its headers and footers, and its margin comments."""

    body: tuple[Block, ...]
    edges: tuple[Block, ...]
    comments: int


def read_word(office: OfficeFile) -> WordText:
    """All text of a Word file that passed the guard; `OfficeFileError` if a part is damaged."""
    document = office.xml(office.main)
    notes = _notes(office)
    edges = [*office.parts_of_type(".header+xml"), *office.parts_of_type(".footer+xml")]
    return WordText(
        body=tuple(_blocks(body, notes))
        if (body := _child(document, "w:body")) is not None
        else (),
        edges=tuple(block for part in edges for block in _blocks(office.xml(part), notes)),
        comments=sum(1 for _ in document.iter("{*}commentReference")),
    )


def _name(element: etree._Element) -> str:
    """The element's name with a prefix for the namespaces we know: "w:p"; otherwise "?:name"."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, local = element.tag.rpartition("}")
    return f"{_PREFIXES.get(namespace[1:], '?')}:{local}"


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """An attribute in whichever of Word's namespaces the element is."""
    if element is None:
        return None
    namespace = element.tag.rpartition("}")[0]
    return element.get(f"{namespace}}}{attribute}")


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    """The element's children; of two drawings of the same thing, only the first."""
    for child in element:
        if _name(child) == "mc:AlternateContent":
            chosen = _child(child, "mc:Choice")
            chosen = chosen if chosen is not None else _child(child, "mc:Fallback")
            yield from _shown(chosen) if chosen is not None else ()
        else:
            yield child


_WRAPPERS = {"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"}


def _within(element: etree._Element, wanted: set[str]) -> Iterator[etree._Element]:
    """Children with one of the names, also those inside content controls and tracked insertions."""
    for child in _shown(element):
        if _name(child) in wanted:
            yield child
        elif _name(child) in _WRAPPERS:
            yield from _within(child, wanted)


def _blocks(container: etree._Element, notes: dict[str, str]) -> Iterator[Block]:
    for block in _within(container, {"w:p", "w:tbl", "w:altChunk"}):
        if _name(block) == "w:tbl":
            yield Table(rows=tuple(_rows(block, notes)))
        elif _name(block) == "w:altChunk":
            yield Unread("a part from another file")
        else:
            yield from _paragraph(block, notes)


def _paragraph(paragraph: etree._Element, notes: dict[str, str]) -> Iterator[Block]:
    """The paragraph's text unless it is blank, then the blocks of the text boxes on it."""
    if text := _paragraph_text(paragraph, notes):
        yield text
    if next(paragraph.iter("{*}txbxContent"), None) is not None:
        for box in _text_boxes(paragraph):
            yield from _blocks(box, notes)


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in _shown(element):
        if _name(child) == "w:txbxContent":
            yield child
        elif len(child):
            yield from _text_boxes(child)


def _paragraph_text(paragraph: etree._Element, notes: dict[str, str]) -> str:
    if any(_is_prompt(control) for control in paragraph.iterancestors("{*}sdt")):
        return ""
    # NFC, so that a Welsh ŵ compares equal however the area's computer composed it.
    return unicodedata.normalize("NFC", "".join(_inline(paragraph, notes))).strip()


def _is_prompt(control: etree._Element) -> bool:
    """Whether a content control still shows its "Click here to enter text"."""
    properties = _child(control, "w:sdtPr")
    flag = None if properties is None else _child(properties, "w:showingPlcHdr")
    return flag is not None and _value(flag) not in ("0", "false", "off")


def _inline(element: etree._Element, notes: dict[str, str]) -> Iterator[str]:
    for child in _shown(element):
        name = _name(child)
        if name in ("w:t", "m:t"):
            yield child.text or ""
        elif name in _FIXED:
            yield _FIXED[name]
        elif name in _NOTES:
            # Each note once: a thousand calls of one long note would fill the memory.
            text = notes.pop(f"{name}{_value(child, 'id')}", "")
            yield f"[{text}]" if text else ""
        elif name == "w:sym":
            yield _SYMBOLS.get((_value(child, "char") or "").upper(), "\N{REPLACEMENT CHARACTER}")
        elif name == "w:ddList":
            yield _chosen(child)
        elif (
            len(child) and name not in _PASSED_OVER and not (name == "w:sdt" and _is_prompt(child))
        ):
            yield from _inline(child, notes)


def _chosen(drop_down: etree._Element) -> str:
    """The entry that an old-style form field shows: it stands in the field's settings."""
    entries = [_value(entry) or "" for entry in drop_down if _name(entry) == "w:listEntry"]
    result = _child(drop_down, "w:result")
    chosen = _count(result if result is not None else _child(drop_down, "w:default"), otherwise=0)
    return entries[chosen] if chosen < len(entries) else ""


def _notes(office: OfficeFile) -> dict[str, str]:
    """Texts of footnotes and endnotes by the name and number with which the text calls them."""
    notes = {}
    for kind in ("footnote", "endnote"):
        for part in office.parts_of_type(f".{kind}s+xml"):
            for note in office.xml(part):
                texts = (_paragraph_text(paragraph, {}) for paragraph in _within(note, {"w:p"}))
                notes[f"w:{kind}Reference{_value(note, 'id')}"] = " ".join(filter(None, texts))
    return notes


def _rows(table: etree._Element, notes: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    for row in _within(table, {"w:tr"}):
        properties = _child(row, "w:trPr")
        if properties is None or _child(properties, "w:del") is None:  # not a row that was deleted
            yield tuple(_cells(row, properties, notes))


def _cells(
    row: etree._Element, properties: etree._Element | None, notes: dict[str, str]
) -> Iterator[Cell]:
    start = 0 if properties is None else _count(_child(properties, "w:gridBefore"), otherwise=0)
    for cell in _within(row, {"w:tc"}):
        settings = _child(cell, "w:tcPr")
        span = 1 if settings is None else _count(_child(settings, "w:gridSpan"), otherwise=1)
        merge = None if settings is None else _child(settings, "w:vMerge")
        blocks = tuple(_blocks(cell, notes))
        paragraphs = tuple(block for block in blocks if isinstance(block, str))
        yield Cell(
            paragraphs=paragraphs,
            text="\n".join(paragraphs),
            start=start,
            span=span,
            continues=merge is not None and _value(merge) != "restart",
            unreadable=tuple(_unreadable(cell, blocks)),
        )
        start += span


def _count(element: etree._Element | None, *, otherwise: int) -> int:
    value = _value(element) or ""
    # Word's own limit is 63 columns; a number of 5,000 digits is nonsense and must not cost time.
    return min(int(value[:4]), 63) if value.isascii() and value.isdigit() else otherwise


def _unreadable(cell: etree._Element, blocks: tuple[Block, ...]) -> Iterator[str]:
    if any(isinstance(block, Table) for block in blocks):
        yield "a table"
        return
    yield from dict.fromkeys(block.what for block in blocks if isinstance(block, Unread))
    found = (
        _UNREADABLE[etree.QName(e).localname]
        for e in cell.iter(*(f"{{*}}{name}" for name in _UNREADABLE))
    )
    yield from dict.fromkeys(found)
