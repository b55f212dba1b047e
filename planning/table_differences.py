"""Where tables differ.

Rules over values, and below them what the pages read for them. A table that has not scored a
domain is neither for nor against a level; no level is ever worked out of the tables' levels.
"""

from dataclasses import dataclass
from decimal import Decimal

from planning.levels import format_level
from planning.models import TableEntry
from planning.outline import outline_of
from planning.table_words import new_words, taken_texts
from planning.table_work import PROSE, texts_of

DIFFER, AGREE, NOT_ALL, NOBODY = "Differ", "Agree", "Not all have scored", "Not scored"
COLOURS = {DIFFER: "orange", AGREE: "green", NOT_ALL: "blue", NOBODY: "grey"}
TOOL, WIDEST = "tool", "widest"


# --- Rules ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """How far tables lie apart on a domain. ``verdict``: one of the four above; ``words`` say
    from where to where; ``width``: to sort by, the widest is the largest.
    """

    verdict: str
    words: str
    width: tuple

    @property
    def colour(self):
        """Of its tag, which says it in words too."""
        return COLOURS[self.verdict]


def difference(levels):
    """``levels``: what each table gave, a Decimal, or None where it has not scored."""
    scored = [level for level in levels if level is not None]
    missing = len(levels) - len(scored)
    if not scored:
        return Difference(NOBODY, "", (Decimal(-1), 0, 0))
    low, high = min(scored), max(scored)
    width = (high - low, len(set(scored)), missing)
    waits = f"{_tables(missing)} {'has' if missing == 1 else 'have'} not scored" if missing else ""
    if low != high:
        apart = f"From {format_level(low)} to {format_level(high)}"
        return Difference(DIFFER, "; ".join(filter(None, [apart, waits])), width)
    if missing:
        return Difference(NOT_ALL, f"So far {format_level(low)}; {waits}", width)
    everybody = "All" if len(scored) > 1 else "Level"
    return Difference(AGREE, f"{everybody} {format_level(low)}", width)


def _tables(number):
    return f"{number} table{'' if number == 1 else 's'}"


# --- What the pages read ----------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """What one table wrote of a domain. ``new``: part -> words that are not on the sheet yet;
    ``is_taken``: some of it was put there before.
    """

    table: object
    row: TableEntry | None
    texts: dict
    new: dict
    is_taken: bool

    @property
    def level(self):
        """“2/3”, or an empty text."""
        return format_level(self.row.level) if self.row and self.row.level is not None else ""

    @property
    def has_words(self):
        """Whether there is more than a level."""
        return any(self.texts[part] for part in PROSE)

    @property
    def has_new(self):
        """Whether something of it is not on the sheet yet."""
        return any(self.new.values())


@dataclass(frozen=True)
class DomainAtTables:
    """One domain with what every table wrote of it, in the order of the tables."""

    entry: object
    domain: object
    copies: tuple
    difference: Difference

    @property
    def with_new(self):
        """The copies of which something is not on the sheet yet."""
        return [copy for copy in self.copies if copy.has_new]


def domains_at_tables(workshop, tables, *, number=None, order=TOOL):
    """A DomainAtTables for every domain, or for the one of this number; three queries at most.

    ``tables``: the workshop's. ``order``: of the tool, or the widest difference first.
    """
    outline = outline_of(workshop.assessment.framework)
    entries = workshop.assessment.entries.order_by("pk")
    if number is not None:
        entries = entries.filter(domain_id=outline.by_number[number].pk)
    rows = list(TableEntry.objects.filter(table__in=tables, entry__in=entries))
    by_place = {(row.entry_id, row.table_id): row for row in rows}
    taken = taken_texts(rows)
    found = []
    for entry in entries:
        entry.assessment = workshop.assessment
        placed = [(table, by_place.get((entry.pk, table.pk))) for table in tables]
        copies = tuple(copy_of(table, row, taken) for table, row in placed)
        levels = [row.level if row else None for _, row in placed]
        domain = outline.by_number[outline.number_of[entry.domain_id]]
        found.append(DomainAtTables(entry, domain, copies, difference(levels)))
    found.sort(key=lambda each: each.domain.number)
    if order == WIDEST:
        found.sort(key=lambda each: each.difference.width, reverse=True)
    return found


def copy_of(table, row, taken):
    """A Copy; ``taken``: as taken_texts gives it."""
    return Copy(table, row, texts_of(row), new_words(row, taken), bool(row and row.taken_over_at))
