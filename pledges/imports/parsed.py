"""What a spreadsheet says, as plain values that can wait in the database."""

from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
MAX_FILE = 5 * MEGABYTE
MAX_ROWS = 5_000
MAX_COLUMNS = 60


class UnreadableFile(ValueError):
    """Nothing of the file can be used. The message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: its number there, and the value of each cell."""

    row: int
    cells: tuple


@dataclass(frozen=True)
class RawTable:
    """A file's rows. ``troubles``: (row, column from 0) -> what is wrong with that cell."""

    rows: list[RawRow]
    troubles: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    is_csv: bool = False


@dataclass(frozen=True)
class ParsedRow:
    """A row that names an action: column -> text, and the sentences about what is wrong.

    Days are ISO texts, statuses and ratings as the register writes them, so that a cell says
    the same as the register when the two texts are equal.
    """

    row: int
    values: dict[str, str]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParsedPlan:
    """A whole file. ``notes``: what was passed over, in sentences."""

    rows: tuple[ParsedRow, ...]
    notes: tuple[str, ...] = ()

    def as_json(self):
        """The same as lists and texts."""
        return {
            "rows": [[each.row, each.values, list(each.problems)] for each in self.rows],
            "notes": list(self.notes),
        }

    @classmethod
    def of_json(cls, kept):
        """What ``as_json`` was."""
        rows = (ParsedRow(row, values, tuple(found)) for row, values, found in kept["rows"])
        return cls(tuple(rows), tuple(kept["notes"]))
