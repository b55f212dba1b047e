"""Reading made-up sheets in tests: whole, or broken one way at a time."""

from planning.imports.word_sheet import ParsedSheet, parse
from tests.factories import sheets
from tests.factories.sheets import OUTLINE, cell_of, sheet


def read(*changes) -> ParsedSheet:
    return parse(sheet(*changes), outline=OUTLINE)


def entry(parsed: ParsedSheet, number: int):
    return next(entry for entry in parsed.entries if entry.number == number)


def whole() -> ParsedSheet:
    return parse(sheets.rochdale_like_sheet(), outline=OUTLINE)


def change(breaker, *places, **options):
    """A breaker of one cell, as a change to the document: `change(picture, 2, "evidence")`."""
    number, column, *rest = places
    return lambda document: breaker(cell_of(document, number, column), *rest, **options)


def of_table(breaker, *arguments):
    return lambda document: breaker(document, *arguments)
