"""A Word recording sheet, read into levels, texts and actions.

Areas do not keep the form as it was issued: columns move, headings repeat or go missing,
numbers are left out, tables break over pages. What a reader of the printed sheet would
understand is understood here; whatever leaves a doubt becomes a `Problem` that names the
row, since a word in the wrong domain is worse than a question.
"""

from collections.abc import Iterable, Iterator

from planning.imports.parsed import (
    ParsedAction,
    ParsedEntry,
    ParsedSheet,
    Problem,
)
from planning.imports.score_rows import read_entries
from planning.imports.score_tables import ScoreTables, missing_domains
from planning.imports.sheet_heading import read_heading, table_lines
from planning.imports.word_text import Block, Table, Unread, WordText, read_word
from planning.outline import Outline
from rpcportal.kit.office import OfficeFileError, open_office_zip

__all__ = [
    "ParsedAction",
    "ParsedEntry",
    "ParsedSheet",
    "Problem",
    "parse",
]


def parse(data: bytes, *, outline: Outline) -> ParsedSheet:
    """Everything that a .docx recording sheet says, for a framework of this outline.

    Never raises for what is in the file: a file that cannot be opened comes back as an empty
    sheet with one problem. Touches no database. Footers and headers of the page are read like
    paragraphs; only their page numbers are left out.
    """
    try:
        return _read(read_word(open_office_zip(data)), outline)
    except OfficeFileError as error:
        return ParsedSheet(
            area="", assessed_on=None, illustrative=False, note="", entries=(), actions=(),
            problems=(Problem("The file", str(error)),),
        )  # fmt: skip


def _read(word: WordText, outline: Outline) -> ParsedSheet:
    tables = ScoreTables(outline)
    heading = read_heading(_outside(word.body, tables), _lines(word.edges))
    entries, actions, row_problems = read_entries(tables.rows, outline)
    return ParsedSheet(
        area=heading.area,
        assessed_on=heading.assessed_on,
        illustrative=heading.illustrative,
        note="\n".join(heading.note),
        entries=entries,
        actions=actions,
        problems=(
            *heading.problems,
            *tables.problems,
            *row_problems,
            *missing_domains(tables),
            *_unread(word),
        ),
    )


def _outside(blocks: Iterable[Block], tables: ScoreTables) -> list[str]:
    """The paragraphs outside the score tables, in order; `tables` takes in those tables."""
    lines, number = [], 0
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            lines += _lines([tables.read(number, block)])
        else:
            lines += _lines([block])
    return lines


def _lines(blocks: Iterable[Block | None]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += table_lines(block)
        elif isinstance(block, str):
            lines.append(block)
    return lines


def _unread(word: WordText) -> Iterator[Problem]:
    for block in (*word.body, *word.edges):
        if isinstance(block, Unread):
            sentence = (
                f"The document holds {block.what}, which cannot be read. Copy its text "
                "into the document."
            )
            yield Problem("The document", sentence)
    if word.comments:
        # They may be private remarks or a dissent: neither to be printed nor to be dropped by us.
        sentence = (
            "The document has comments in its margin, which are not read. Work them into "
            "the text or delete them."
        )
        yield Problem("The document", sentence)
