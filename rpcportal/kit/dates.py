"""A date typed as a day, a month and a year, in three boxes."""

import datetime as dt
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from rpcportal.kit.govuk import render_component
from rpcportal.kit.quoting import quoted

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
LONGEST_PART = 20  # characters; nothing longer is a part of a date
BOXES = ("day", "month", "year")


class DayParts(NamedTuple):
    """What was typed into the three boxes, as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class Box(NamedTuple):
    """One of the three boxes: its name, its width in characters and what stands in it."""

    name: str
    width: int
    value: str


class DayInput(forms.Widget):
    """Three boxes named ``<name>-day``, ``<name>-month`` and ``<name>-year``."""

    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        """The DayParts that were sent; None when no box was."""
        if self.value_omitted_from_data(data, files, name):
            return None
        return DayParts(*(_stripped(data.get(f"{name}-{box}")) for box in BOXES))

    def value_omitted_from_data(self, data, files, name):
        return all(f"{name}-{box}" not in data for box in BOXES)

    def id_for_label(self, id_):
        return f"{id_}-day" if id_ else id_

    def boxes(self, value):
        """The three boxes for a date, for an ISO date as text, or for what was typed."""
        return [
            Box(name, width, part)
            for name, width, part in zip(BOXES, (2, 2, 4), parts_of(value), strict=True)
        ]

    def render(self, name, value, attrs=None, renderer=None):
        """The bare boxes, for templates that print the field without ``{% govuk_field %}``."""
        items = [
            {"name": box.name, "classes": f"govuk-input--width-{box.width}", "value": box.value}
            for box in self.boxes(value)
        ]
        identity = (attrs or {}).get("id", name)
        return render_component("date-input", {"id": identity, "namePrefix": name, "items": items})


def parts_of(value):
    """DayParts for whatever a form may hold: a date, text like 2026-09-30, typed parts, None."""
    if isinstance(value, DayParts):
        return value
    if isinstance(value, str) and value:
        try:
            value = dt.date.fromisoformat(value[:10])
        except ValueError:
            return DayParts(day=value[:LONGEST_PART])
    if isinstance(value, dt.date):
        return DayParts(str(value.day), str(value.month), str(value.year))
    return DayParts()


class DayField(forms.Field):
    """A date in three boxes; cleans to a ``datetime.date``, or None when left empty.

    Every refusal is a sentence, with ``params["boxes"]`` naming the boxes it is about.
    """

    widget = DayInput
    default_error_messages = {
        "missing": "%(name)s must include a %(missing)s",
        "real": "%(name)s must be a real date, like 30 9 2026",
        "short_year": "%(name)s must have a year of four figures, like 2026",
        "range": "%(name)s must have a year from %(earliest)s to %(latest)s",
    }

    def __init__(self, *, earliest_year=EARLIEST_YEAR, latest_year=LATEST_YEAR, **kwargs):
        self.earliest_year, self.latest_year = earliest_year, latest_year
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, dt.date):
            return value
        parts = parts_of(value)
        if not any(parts):
            return None
        self._refuse_missing(parts)
        return self._real_date(*self._numbers(parts))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _refuse_missing(self, parts):
        missing = [box for box, part in zip(BOXES, parts, strict=True) if not part]
        if missing:
            raise self._error("missing", missing, missing=" and ".join(missing))

    def _numbers(self, parts):
        """Day, month and year as numbers; refuses by box what is not one."""
        numbers = [_number(parts.day), month_number(parts.month), _number(parts.year)]
        limits = (31, 12, 9999)
        wrong = [
            box
            for box, number, limit in zip(BOXES, numbers, limits, strict=True)
            if number is None or not 1 <= number <= limit
        ]
        if wrong:
            raise self._error("real", wrong)
        return numbers

    def _real_date(self, day, month, year):
        if year < 1000:
            raise self._error("short_year", ["year"])
        try:
            date = dt.date(year, month, day)
        except ValueError:
            raise self._error("real", ["day"]) from None
        if not self.earliest_year <= year <= self.latest_year:
            limits = {"earliest": self.earliest_year, "latest": self.latest_year}
            raise self._error("range", ["year"], **limits)
        return date

    def _error(self, code, boxes, **params):
        params |= {"boxes": boxes, "name": quoted(str(self.label or "The date"), limit=150)}
        return ValidationError(self.error_messages[code], code=code, params=params)


def month_number(text):
    """1 to 12 for a number or the start of a month's name (three letters or more), else None."""
    name = text.casefold().rstrip(".")
    if len(name) >= 3 and name.isalpha():
        name = "sep" if name == "sept" else name
        for number, month in enumerate(MONTHS, start=1):
            if month.startswith(name):
                return number
    return _number(text)


def _number(text):
    """A whole number in the figures of any script; None for anything else."""
    if len(text) > LONGEST_PART or not text.isdecimal():
        return None
    return int(text)


def _stripped(value):
    return str(value or "").replace("\0", "").strip()
