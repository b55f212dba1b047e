"""A document's outline (rpcportal/kit/blocks.py) as a Word file."""

import re
from io import BytesIO

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import html

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK = RGBColor(0x14, 0x50, 0x5C)
SIZES = {"Heading 1": 20, "Heading 2": 15, "Heading 3": 11, "Heading 4": 10}
# What XML cannot hold, whoever wrote it.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def outline_word(outline):
    """The bytes of a .docx with headings, tables whose rows stay whole, and page numbers."""
    document = Document()
    _prepare(document, outline)
    document.add_heading(_clean(outline.title), level=1)
    _pairs(document, outline.facts)
    for place, part in enumerate(outline.parts):
        heading = document.add_heading(_clean(part.title), level=2)
        # The first part is one page by itself, as in the PDF.
        heading.paragraph_format.page_break_before = place == 1
        for block in part.blocks:
            WRITE[block.kind](document, block)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _prepare(document, outline):
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    properties = document.core_properties
    properties.title = _clean(outline.title)
    properties.author = _clean(outline.partnership)
    properties.language, properties.comments = "en-GB", ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    _speak_english(normal)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(3)
    caption = document.styles["Caption"]
    caption.font.name, caption.font.size, caption.font.color.rgb = "Arial", Pt(10), INK
    caption.paragraph_format.keep_with_next = True
    _number_pages(section.footer.paragraphs[0])


def _speak_english(style):
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _number_pages(paragraph):
    """A field that Word fills in: it is no text of ours."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _words(document, block):
    for lines in block.paragraphs:
        paragraph = document.add_paragraph()
        for place, line in enumerate(lines):
            run = paragraph.add_run(_clean(line))
            if place < len(lines) - 1:
                run.add_break()


def _paragraph(document, block):
    document.add_paragraph(_clean(block.text))


def _heading(document, block):
    document.add_heading(_clean(block.text), level=block.level)


def _bullets(document, block):
    for item in block.items:
        document.add_paragraph(_clean(item), style="List Bullet")


def _facts(document, block):
    paragraph = document.add_paragraph()
    paragraph.add_run(_clean(block.text)).bold = True
    paragraph.paragraph_format.keep_with_next = True
    _pairs(document, block.items)
    document.paragraphs[-1].paragraph_format.space_after = Pt(6)


def _pairs(document, pairs):
    for label, value in pairs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_clean(value))


def _rich(document, block):
    """What Markdown became: paragraphs, lists, headings and tables; links with their address."""
    for element in html.fragments_fromstring(f"{block.html}"):
        if not isinstance(element, str):
            _element(document, element)


def _element(document, element):
    if element.tag in {"ul", "ol"}:
        style = "List Bullet" if element.tag == "ul" else "List Number"
        for item in element.iterchildren("li"):
            document.add_paragraph(_text_of(item), style=style)
    elif element.tag == "table":
        for row in element.iter("tr"):
            document.add_paragraph(" | ".join(_text_of(cell) for cell in row))
    elif element.tag == "blockquote":
        for inner in element:
            _element(document, inner)
    elif element.tag in {"h4", "h5", "h6"}:
        document.add_heading(_text_of(element), level=4)
    elif element.tag != "hr":
        document.add_paragraph(_text_of(element))


def _text_of(element):
    """The words of an element in one line, each link followed by where it leads."""
    for link in element.iter("a"):
        link.tail = f" ({link.get('href')}){link.tail or ''}"
    return _clean(" ".join("".join(element.itertext()).split()))


def _table(document, block):
    document.add_paragraph(_clean(block.caption), style="Caption")
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.LEFT
    _repeat(table.rows[0])
    _fill(table.rows[0], block.columns, block.numbers, bold=True)
    for texts in block.rows:
        _fill(table.add_row(), texts, block.numbers)
    for row in table.rows:
        _keep_whole(row)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(row, texts, numbers, *, bold=False):
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(_clean(text))
        run.bold, run.font.size = bold or place == 0, Pt(9)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row):
    """Say the headings again on every page, and to who listens that they are headings."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row):
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(text):
    return NO_XML.sub("", text)


WRITE = {
    "words": _words,
    "paragraph": _paragraph,
    "heading": _heading,
    "bullets": _bullets,
    "facts": _facts,
    "rich": _rich,
    "table": _table,
}
