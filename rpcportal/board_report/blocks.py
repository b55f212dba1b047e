"""What an outline is made of. Every block is plain text in a shape that a page, a PDF and a Word
file all know.
"""

import re
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Words:
    """What somebody wrote beside the figures: paragraphs of lines. May hold none."""

    kind: ClassVar[str] = "words"
    paragraphs: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text):
        """A text as paragraphs: an empty line parts two."""
        pieces = re.split(r"\n\s*\n", text.strip())
        return cls(tuple(tuple(each.strip().split("\n")) for each in pieces if each.strip()))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of ours."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading below that of the section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first column names its rows. ``numbers``: the columns that hold numbers,
    counted from 0. ``shape`` says to the styles how wide the columns are.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    shape: str = ""

    @property
    def stacks(self):
        """Whether, on a phone, a row becomes its name with the rest below it."""
        return len(self.columns) > 2

    @property
    def cells(self):
        """Rows of (column’s name, text, whether it is a number), for templates."""
        return [
            [
                (name, text, place in self.numbers)
                for place, (name, text) in enumerate(zip(self.columns, row, strict=True))
            ]
            for row in self.rows
        ]

    @property
    def headings(self):
        """(name, whether the column holds numbers), for templates."""
        return [(name, place in self.numbers) for place, name in enumerate(self.columns)]
