"""What a parser found in a file. Plain values only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Problem:
    """Something that could not be understood: where it stands, and a sentence with the mend."""

    where: str  # "Table 1, row 4 (2. Commissioning)"
    sentence: str


@dataclass(frozen=True)
class ParsedEntry:
    """One domain's row. No level means not yet scored, unless a reason says not applicable."""

    number: int
    level: Decimal | None
    not_applicable_reason: str
    evidence: str
    gaps: str


@dataclass(frozen=True)
class ParsedAction:
    """A priority action as it is worded, and the numbers of all domains that name it."""

    what: str
    domains: tuple[int, ...]


@dataclass(frozen=True)
class ParsedSheet:
    """A recording sheet as read. With any problem, nothing of it may be written.

    `note` holds every paragraph outside the score tables that is neither title, area nor date,
    word for word, with line breaks between paragraphs. Entries stand in the framework's order.
    """

    area: str
    assessed_on: date | None
    illustrative: bool
    note: str
    entries: tuple[ParsedEntry, ...]
    actions: tuple[ParsedAction, ...]
    problems: tuple[Problem, ...]
