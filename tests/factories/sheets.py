"""Word recording sheets as areas keep them, made for tests; and ways to break one, one at a time.

Each breaker takes the document and changes it in place, so a test reads
`sheet(lambda document: write(document, 2, "level", "5"))`. Those after "bytes" work on the
saved file, where Word's own rules no longer protect it.
"""

import itertools
import zipfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from io import BytesIO
from typing import NamedTuple

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell, _Row

from planning.outline import Outline, OutlineDimension, OutlineDomain, OutlineLevel

HEADINGS = (
    "",
    "Progress level",
    "Evidence of current progress",
    "Gaps and areas for development",
    "Priority SMART actions",
)
COLUMN = {"domain": 0, "level": 1, "evidence": 2, "gaps": 3, "actions": 4}
SHARED_ACTION = "Ask neighbouring areas how they record conflict apart from abuse."
TITLE = (
    "Recording Sheet, Reducing Parental Conflict Planning Tool Area Name: ROCHDALE Date: 30/07/2018"
)
DISCLAIMER = (
    "This is an example that shows how a workshop can be written up. "
    "It does not represent the area\N{RIGHT SINGLE QUOTATION MARK}s agreed plan."
)


class Line(NamedTuple):
    """One domain's row on the sheet. Actions are paragraphs of their cell."""

    number: int
    name: str
    dimension: str
    level: str
    evidence: str
    gaps: str
    actions: tuple[str, ...]


# The shape of a real sheet (gaps blank for 4 and 6, half steps, a shared action), invented words.
LINES = (
    Line(1, "Strategy", "Plan", "2/3", "The early help plan names conflict.",
         "Figures are too thin to plan with.", (SHARED_ACTION,)),
    Line(2, "Commissioning", "Plan", "1/2", "One budget line in the family plan.",
         "Joint contracts cover abuse only.", ("Write a clause for every new contract.",)),
    Line(3, "Workforce Planning", "Plan", "3", "Health visitors are trained.",
         "Schools are not.", ("Begin the training programme in September.",)),
    Line(4, "Partnership", "Lead", "3/4", "A steering group meets each quarter.", "",
         ("Turn its manifesto into a plan.",)),
    Line(5, "Leadership", "Lead", "3/4", "Heads of service speak for it.",
         "Not yet everywhere.", ("Name a champion in each service.", "Brief new directors.")),
    Line(6, "Community Ownership", "Lead", "4", "Parents have changed two services.", "",
         ("Pay parents who advise us.",)),
    Line(7, "Services & Interventions", "Deliver", "2/3", "Conflict opens an assessment.",
         "It often shows late.", ("Hold a conference.", "Agree one definition.")),
    Line(8, "Information & Data", "Deliver", "1/2", "Data exist on abuse.",
         "Little on relationships.", (SHARED_ACTION,)),
    Line(9, "Outcomes", "Evaluate", "2/3", "A framework is being drafted.",
         "It waits for the data.", (SHARED_ACTION.upper(), "Ask families what matters.")),
    Line(10, "Using & Generating Evidence", "Evaluate", "2/3", "We borrow what works elsewhere.",
         "First steps only.", ("Report to the board.",)),
)  # fmt: skip


def outline(lines: Iterable[Line], *, top: int = 4) -> Outline:
    """A framework of these lines' domains, with bare names: all that a parser reads of one."""
    groups = itertools.groupby(lines, key=lambda line: line.dimension)
    return Outline(
        name="Planning tool",
        version="test",
        source="",
        levels=tuple(OutlineLevel(number, "", "") for number in range(1, top + 1)),
        dimensions=tuple(
            OutlineDimension(name, "", tuple(_domain(line) for line in group))
            for name, group in groups
        ),
    )


def _domain(line: Line) -> OutlineDomain:
    return OutlineDomain(
        pk=line.number,
        number=line.number,
        name=line.name,
        dimension=line.dimension,
        about="",
        question="",
        abuse_boundary=False,
        depends_on=(),
        descriptors=(),
    )


OUTLINE = outline(LINES)

Change = Callable[[Document], object]


def sheet(*changes: Change) -> bytes:
    """The Rochdale-like sheet with the changes made to it in turn."""
    document = rochdale_like_document()
    for change in changes:
        change(document)
    return saved(document)


def rochdale_like_sheet() -> bytes:
    """A whole, unbroken sheet: two tables, merged dimension rows, ten levels."""
    return sheet()


def rochdale_like_document() -> Document:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(DISCLAIMER)
    add_table(document, LINES[:6])
    document.add_paragraph()
    add_table(document, LINES[6:])
    return document


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_table(document: Document, lines: Iterable[Line], *, headings: bool = True) -> Table:
    table = document.add_table(rows=0, cols=len(HEADINGS))
    if headings:
        fill(table.add_row(), HEADINGS)
    dimension = ""
    for line in lines:
        if line.dimension != dimension:
            dimension = line.dimension
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = dimension.upper()
        label = f"{line.number}. {line.name}"
        row = fill(table.add_row(), (label, line.level, line.evidence, line.gaps))
        write_paragraphs(row.cells[COLUMN["actions"]], line.actions)
    return table


def fill(row: _Row, texts: Iterable[str]) -> _Row:
    for cell, text in zip(row.cells, texts, strict=False):
        cell.text = text
    return row


def write_paragraphs(cell: _Cell, texts: Iterable[str]) -> None:
    cell.text, *rest = texts
    for text in rest:
        cell.add_paragraph(text)


# Finding places


def row_of(document: Document, number: int) -> _Row:
    rows = (row for table in document.tables for row in table.rows)
    return next(row for row in rows if row.cells[0].text.startswith(f"{number}. "))


def cell_of(document: Document, number: int, column: str) -> _Cell:
    return row_of(document, number).cells[COLUMN[column]]


def dimension_row(document: Document, name: str) -> _Row:
    rows = (row for table in document.tables for row in table.rows)
    return next(row for row in rows if row.cells[0].text == name)


# Breakers


def write(document: Document, number: int, column: str, text: str) -> None:
    cell_of(document, number, column).text = text


def write_heading(document: Document, text: str) -> None:
    document.paragraphs[0].text = text


def remove_row(row: _Row) -> None:
    row._tr.getparent().remove(row._tr)


def repeat_row(document: Document, number: int) -> None:
    row = row_of(document, number)._tr
    row.addnext(deepcopy(row))


def move_columns(document: Document, order: tuple[int, ...] = (0, 4, 3, 2, 1)) -> None:
    """Put the columns of every row into another order."""
    for table in document.tables:
        for row in table.rows:
            cells = list(row._tr.tc_lst)
            if len(cells) == len(order):
                for place in order:
                    row._tr.append(cells[place])


def add_column(document: Document, heading: str, texts: dict[int, str]) -> None:
    """A sixth column, with words beside the domains whose numbers are given."""
    for table in document.tables:
        for row in table.rows:
            if len(row._tr.tc_lst) == len(HEADINGS):
                row._tr.append(deepcopy(row._tr.tc_lst[-1]))
                cell = _Cell(row._tr.tc_lst[-1], table)
                first = row.cells[0].text
                number = first.split(".")[0]
                cell.text = texts.get(int(number), "") if number.isdigit() else heading
    for grid in document.element.iter(qn("w:tblGrid")):
        grid.append(deepcopy(grid[-1]))


def tracked_insertion(cell: _Cell, text: str) -> None:
    _append_xml(cell, f"<w:ins w:id='1' w:author='A'><w:r><w:t>{text}</w:t></w:r></w:ins>")


def tracked_deletion(cell: _Cell, text: str) -> None:
    _append_xml(
        cell, f"<w:del w:id='2' w:author='A'><w:r><w:delText>{text}</w:delText></w:r></w:del>"
    )


def tracked_move_away(cell: _Cell, text: str) -> None:
    _append_xml(
        cell, f"<w:moveFrom w:id='3' w:author='A'><w:r><w:t>{text}</w:t></w:r></w:moveFrom>"
    )


def content_control(cell: _Cell, text: str, *, prompt: bool = False) -> None:
    """A form field. With `prompt`, the text is Word's own "Click here", not the area's."""
    shown = "<w:showingPlcHdr/>" if prompt else ""
    _append_xml(
        cell,
        f"<w:sdt><w:sdtPr>{shown}</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>",
    )


def hyperlink(cell: _Cell, text: str) -> None:
    _append_xml(cell, f"<w:hyperlink w:anchor='x'><w:r><w:t>{text}</w:t></w:r></w:hyperlink>")


def old_drop_down(cell: _Cell, entries: tuple[str, ...], chosen: int) -> None:
    listed = "".join(f"<w:listEntry w:val='{entry}'/>" for entry in entries)
    _append_xml(
        cell,
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>"
        f"<w:result w:val='{chosen}'/>{listed}</w:ddList></w:ffData></w:fldChar></w:r>",
    )


def text_box(document: Document, text: str) -> None:
    """A text box on the first paragraph, stored twice as Word does: drawing and old drawing."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    document.paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} xmlns:mc='{mc}'><mc:AlternateContent>"
            f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def picture(cell: _Cell) -> None:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    _append_xml(cell, f"<w:r><w:drawing><a:blip xmlns:a='{a}'/></w:drawing></w:r>")


def nested_table(cell: _Cell, text: str) -> None:
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = text


def comment(document: Document, text: str) -> None:
    paragraph = document.paragraphs[1]
    document.add_comment(paragraph.runs, text=text, author="A")


def wrap_row_in_control(row: _Row) -> None:
    """Put the row into a content control, as Word's repeating sections do."""
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    row._tr.addprevious(control)
    control[1].append(row._tr)


def tracked_row_deletion(row: _Row) -> None:
    deletion = OxmlElement("w:del")
    row._tr.get_or_add_trPr().append(deletion)


def merge_down(document: Document, numbers: tuple[int, int], column: str) -> None:
    """Merge a column's cells of two rows that stand one below the other."""
    upper, lower = (cell_of(document, number, column) for number in numbers)
    lower.text = ""
    vertical_merge(upper, "restart")
    vertical_merge(lower, None)


def vertical_merge(cell: _Cell, value: str | None) -> None:
    """Mark the cell as the first of a merged column ("restart") or as one of the next (None)."""
    merge = OxmlElement("w:vMerge")
    if value:
        merge.set(qn("w:val"), value)
    cell._tc.get_or_add_tcPr().append(merge)


def _append_xml(cell: _Cell, xml: str) -> None:
    name_end = min(xml.index(end) for end in " >" if end in xml)
    cell.paragraphs[-1]._p.append(parse_xml(f"{xml[:name_end]} {nsdecls('w')}{xml[name_end:]}"))


# Bytes

BODY = "word/document.xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A whole sheet with one part added or put in place of its own."""
    return zipped({**parts_of(sheet()), name: content})


def with_body(xml: str, *, prologue: str = "") -> bytes:
    """A Word file whose whole text is `xml`."""
    return with_part(
        BODY, f"{prologue}<w:document {nsdecls('w')}><w:body>{xml}</w:body></w:document>".encode()
    )


def with_footnote(number: int, column: str, text: str) -> bytes:
    """A sheet with a footnote called at the end of one cell."""
    call = "<w:r><w:footnoteReference w:id='5'/></w:r>"
    parts = parts_of(sheet(lambda document: _append_xml(cell_of(document, number, column), call)))
    return zipped(parts | footnotes(parts, text, note="5"))


def footnotes(parts: dict[str, bytes], text: str, *, note: str) -> dict[str, bytes]:
    """The parts that a file needs for one footnote with the number `note`."""
    types = parts["[Content_Types].xml"].decode()
    override = '<Override PartName="/word/footnotes.xml" ContentType="x.footnotes+xml"/></Types>'
    return {
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
        "word/footnotes.xml": (
            f"<w:footnotes {nsdecls('w')}><w:footnote w:id='{note}'><w:p><w:r><w:t>{text}</w:t>"
            "</w:r></w:p></w:footnote></w:footnotes>"
        ).encode(),
    }


def with_content_type(old: str, new: str) -> bytes:
    parts = parts_of(sheet())
    types = parts["[Content_Types].xml"].decode()
    assert old in types
    return zipped({**parts, "[Content_Types].xml": types.replace(old, new).encode()})


def lying_about_size(data: bytes, name: str, size: int) -> bytes:
    """The file with another unpacked size for one member, in both places where a zip says it."""
    changed = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        local = archive.getinfo(name).header_offset + 22
        central = data.index(b"PK\x01\x02", archive.start_dir)
        while data[central + 46 : central + 46 + len(name)] != name.encode():
            central = data.index(b"PK\x01\x02", central + 1)
    for place in (local, central + 24):
        changed[place : place + 4] = size.to_bytes(4, "little")
    return bytes(changed)
