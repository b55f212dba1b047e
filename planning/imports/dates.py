"""Dates as people write them at the head of a sheet. Day before month, as in Britain."""

import re
import unicodedata
from datetime import date

from rpcportal.kit.quoting import quoted

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in (*_MONTHS, "sept")) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*)?"
_DAY = r"(?P<day>[0-9]{1,2})(?![0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4}|'?[0-9]{2})(?![0-9])"
_FORMS = tuple(
    re.compile(_WEEKDAY + form)
    for form in (
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])",
        r"(?P<day>[0-9]{1,2})\s?[-/.]\s?(?P<month>[0-9]{1,2})\s?[-/.]\s?" + _YEAR,
        _DAY + r"(?:\s+of\b)?[\s./-]*" + _MONTH + r"[\s.,/-]*" + _YEAR,
        _MONTH + r"\s*" + _DAY + r"\s*,?\s*" + _YEAR,
    )
)
# "30 and 31 July" or "30/07/2018 - 31/07/2018": which of them is meant, only the area knows.
_RANGE = re.compile(r"\s*(?:[-–—/&+]|to\b|and\b|or\b)", re.IGNORECASE)
_HINT = "Write day, month and year, as in 30/07/2018."


class DateError(ValueError):
    """What was given is no date. The message is a sentence for the person who wrote it."""


def read_date(text: str) -> tuple[date, str]:
    """The date at the start of `text`, and what follows it. `DateError` if there is none.

    Two figures for the year mean 20yy. A year outside 2000 to 2099 is taken for a slip.
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    for form in _FORMS:
        match = form.match(plain.casefold())
        if match and not _RANGE.match(plain[match.end() :]):
            return _date(match, plain[: match.end()]), plain[match.end() :]
    raise DateError(f"{quoted(text)} is not a date that can be read. {_HINT}")


def _date(match: re.Match[str], written: str) -> date:
    day, year = int(match["day"]), int(match["year"].strip("'"))
    month = int(match["month"]) if match["month"].isdigit() else _month_number(match["month"])
    year = year if len(match["year"].strip("'")) == 4 else 2000 + year
    if month > 12:
        raise DateError(f"{quoted(written)} has {month} for the month. {_HINT}")
    if not 2000 <= year <= 2099:
        raise DateError(f"{quoted(written)} is in the year {year}, which cannot be right. {_HINT}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(f"{quoted(written)} is not a day in the calendar. {_HINT}") from error


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
