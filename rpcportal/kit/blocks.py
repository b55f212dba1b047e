"""A document as an outline: parts of blocks, in shapes that a page, a PDF and a Word file all
know, so that all three have the same words in the same order.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import mark_safe

from rpcportal.kit.rich_text import render


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
    """A heading below that of the section. ``level``: 3, or 4 for one below that. ``anchor``: by
    which other places lead here; may be empty.
    """

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 3
    anchor: str = ""


@dataclass(frozen=True)
class Rich:
    """What somebody wrote in Markdown."""

    kind: ClassVar[str] = "rich"
    markdown: str

    @property
    def html(self):
        """Safe HTML. Its own headings stand two levels lower: it lies inside a section."""
        html = render(self.markdown)
        for level, lower in (("h4", "h6"), ("h3", "h5"), ("h2", "h4")):
            html = html.replace(f"<{level} ", f"<{lower} ").replace(f"</{level}>", f"</{lower}>")
        return mark_safe(html)


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Something in words, and what there is to know of it: pairs of a label and a value."""

    kind: ClassVar[str] = "facts"
    text: str
    items: tuple[tuple[str, str], ...]


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


@dataclass(frozen=True)
class Part:
    """One section: its heading and its blocks."""

    key: str
    title: str
    blocks: tuple

    @property
    def anchors(self):
        """The headings in it to which other places lead."""
        return [each for each in self.blocks if getattr(each, "anchor", "")]


@dataclass(frozen=True)
class Outline:
    """A whole document. ``facts``: pairs of a label and a value that stand at its head.
    ``running``: what stands at the foot of every printed page.
    """

    title: str
    partnership: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    running: str
    filename: str
