"""What one cell says, as the text that the register would write in its place.

Each reader takes the cell's value and returns that text, or raises CellProblem with the rest of
a sentence that begins with the row and the column.
"""

import datetime as dt
import math
import re

from planning.imports.dates import DateError, read_date
from pledges.exports import COLUMNS
from pledges.imports.headings import plain
from pledges.imports.workbooks import day_of_serial
from pledges.models import ActionStatus, Rating
from pledges.register import rating_words
from rpcportal.kit.forms import plain_text
from rpcportal.kit.quoting import either, quoted

LONGEST = {
    "organisation": 200,
    "what": 500,
    "measure": 5000,
    "owner": 200,
    "rating_reason": 5000,
    "difference": 5000,
    "where_seen": 2000,
    "withdrawn_because": 5000,
}
ONE_LINE = {"organisation", "what", "owner"}
STATUSES = {
    ActionStatus.NOT_STARTED: "not started|not yet started|to do|planned|new",
    ActionStatus.IN_PROGRESS: "in progress|started|under way|underway|ongoing|on going|doing",
    ActionStatus.COMPLETE: "complete|completed|done|finished|closed",
    ActionStatus.WITHDRAWN: "withdrawn|cancelled|canceled|dropped|stopped",
}
RATINGS = {
    Rating.GREEN: "green|g|on track|green on track",
    Rating.AMBER: "amber|a|at risk|amber at risk|yellow",
    Rating.RED: "red|r|off track|red off track",
}
STATUS_OF = {word: key for key, words in STATUSES.items() for word in words.split("|")}
RATING_OF = {word: key for key, words in RATINGS.items() for word in words.split("|")}
SERIALS = range(36_526, 73_051)  # the days 2000 to 2099, as Excel counts them
_DOMAIN = re.compile(r"(?:domain\s*|no\.?\s*)?([0-9]{1,2})(?:\.0*)?(?:\.?\s+[^\W\d_].*)?", re.I)
_MIDNIGHT = re.compile(r"[\sT]*0?0:00(?::00(?:\.0+)?)?")
NOTHING_YET = {"", "-", "–", "—", "n/a", "none", "tbc", "tba", "tbd"}


class CellProblem(ValueError):
    """What is wrong with a cell: the end of a sentence, with the mend."""


def text_of(column, value):
    """The text of a cell of this column. Raises CellProblem."""
    if isinstance(value, str) and re.fullmatch(
        r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)", value
    ):
        raise CellProblem(f"holds Excel’s error {value}. Mend the formula or write what is meant")
    return READERS.get(column, _words)(column, value)


def _words(column, value):
    text = plain_text(_plain(value))
    if column in ONE_LINE:
        text = " ".join(text.split("\n"))
    if len(text) > LONGEST[column]:
        raise CellProblem(
            f"has {len(text):,} characters; the most it can hold is {LONGEST[column]:,}. Shorten it"
        )
    return text


def _plain(value):
    """A number or a date that stands where words belong, as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{value:%-d %B %Y}"
    return str(value)


def _number(column, value):
    text = _plain(value).strip().removesuffix(".").lstrip("#")
    if text and not (text.isascii() and text.isdecimal() and 0 < int(text[:10]) < 2**31):
        raise CellProblem(
            f"says {quoted(_plain(value))}, which is not the number of an action. Write a whole "
            "number from the register, or nothing for a new action"
        )
    return str(int(text)) if text else ""


def _waits_for(column, value):
    return "" if plain(value) in {"", "none"} else _number(column, value)


def _day(column, value):
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        if not 2000 <= value.year <= 2099:
            raise CellProblem(f"says {value:%-d %B %Y}. Write a day of the years 2000 to 2099")
        return value.isoformat()
    if isinstance(value, int | float) and math.isfinite(value) and int(value) in SERIALS:
        return day_of_serial(int(value)).isoformat()
    text = _plain(value).strip()
    if text.casefold() in NOTHING_YET:
        return ""
    try:
        day, rest = read_date(text[:200])
    except DateError:
        day, rest = None, ""
    if day is None or (rest.strip() and not _MIDNIGHT.fullmatch(rest)):
        raise CellProblem(
            f"says {quoted(text)}, which is not one day. Write day, month and year, as in 30/7/2026"
        )
    return day.isoformat()


def _status(column, value):
    said = plain(value)
    if said and said not in STATUS_OF:
        known = either([quoted(each.label) for each in ActionStatus])
        raise CellProblem(f"says {quoted(_plain(value))}. Write {known}")
    return STATUS_OF[said].label if said else ""


def _rating(column, value):
    said = plain(value)
    if said in {"", "not rated", "none", "n a"}:
        return ""
    if said not in RATING_OF:
        raise CellProblem(
            f"says {quoted(_plain(value))}. Write “Green”, “Amber” or “Red”, or nothing"
        )
    return rating_words(RATING_OF[said])


def _domains(column, value):
    if isinstance(value, dt.date):
        raise CellProblem(
            "was turned into a date by Excel. Format the column as text and write the numbers "
            "again, as in 1, 4"
        )
    pieces = re.split(r"[,;\n]|\s(?:and|&)\s", _plain(value))
    numbers = set()
    for piece in filter(None, map(str.strip, pieces)):
        if not (match := _DOMAIN.fullmatch(piece)):
            raise CellProblem(
                f"says {quoted(piece)}, which is not the number of a domain. Write numbers with "
                "commas between them, as in 1, 4"
            )
        numbers.add(int(match[1]))
    return ", ".join(map(str, sorted(numbers)))


READERS = {
    "number": _number,
    "blocked_by": _waits_for,
    "starts_on": _day,
    "due_on": _day,
    "completed_on": _day,
    "status": _status,
    "rating": _rating,
    "domains": _domains,
}


def problem(row, column, words):
    """The whole sentence: “Row 4, Due: says …”."""
    return f"Row {row}, {quoted(COLUMNS[column])}: {words}."
