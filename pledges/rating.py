"""How a figure stands: what was expected on its day, its colour, and when the next one is due.

Pure rules over values: no database, no clock. docs/guide/measures.md says them in plain words,
and so does every page that shows a colour. A measure is whatever has the fields of
pledges/models/measures.py, a reading whatever has ``read_on`` and ``value``.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from pledges.models import Better, Frequency, Rating, Unit

LEEWAY = Decimal("0.1")  # of the way from baseline to target: what may lag and be amber still
GATHERING = timedelta(days=14)  # a figure of a day is known only some days after it
MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}
NOT_RATED = "Not rated"
LARGEST = Decimal(10) ** 12  # what the database holds, less a penny
# A number with its thousands, and what people write before and after it.
_FIGURE = re.compile(
    r"(?P<sign>[-+]?) ?(?P<pounds>£?) ?(?P<sign_after>-?)"
    r"(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]*)(?P<places>\.[0-9]*)?"
    r" ?(?P<percent>%|per ?cent|)",
    re.IGNORECASE,
)
NO_LINE = "It has no baseline and target to compare with."


@dataclass(frozen=True)
class Rated:
    """A reading's colour in words: by the rule, or by somebody who said why.

    ``rating`` is None, and ``words`` “Not rated”, where there is nothing to compare with.
    """

    rating: Rating | None
    by_rule: bool
    words: str
    reason: str


# --- The colour -------------------------------------------------------------------------------


def expected_on(measure, day):
    """The figure that a straight line from baseline to target has on this day, or None where one
    of them is missing. Before the baseline's day and after the target's the line is flat.
    """
    if measure.baseline is None or measure.target is None:
        return None
    if day >= measure.target_on:
        return measure.target
    if day <= measure.baseline_on:
        return measure.baseline
    gone, all_days = (day - measure.baseline_on).days, measure.target_on - measure.baseline_on
    # Multiplied first: what comes out even stays even.
    return measure.baseline + (measure.target - measure.baseline) * gone / all_days.days


def rule_rating(measure, reading):
    """The Rating by the rule, or None where there is no baseline or no target.

    Green at or beyond what was expected on the reading's day; amber when it lags behind that by
    at most a tenth of the way from baseline to target; red otherwise. Where baseline and target
    are the same figure, there is no way: then it is a tenth of that figure.
    """
    expected = expected_on(measure, reading.read_on)
    if expected is None:
        return None
    lag = expected - reading.value
    if measure.better == Better.LOWER:
        lag = -lag
    if lag <= 0:
        return Rating.GREEN
    way = abs(measure.target - measure.baseline) or abs(measure.target)
    return Rating.AMBER if lag <= way * LEEWAY else Rating.RED


def rating_of(measure, reading):
    """The Rated of a reading: what somebody said with their reason, or else the rule's word."""
    if reading.rating:
        rating = Rating(reading.rating)
        return Rated(
            rating, by_rule=False, words=rating_words(rating), reason=reading.rating_reason
        )
    rating = rule_rating(measure, reading)
    if rating is None:
        return Rated(None, by_rule=True, words=NOT_RATED, reason=NO_LINE)
    expected = show_of(measure, _in_round(measure, expected_on(measure, reading.read_on)))
    reason = f"Expected by that day: {expected}."
    return Rated(rating, by_rule=True, words=rating_words(rating), reason=reason)


def _in_round(measure, expected):
    """To be read, not to be compared: a tenth is near enough, but for a scale of a few points."""
    is_fine = abs(measure.target - measure.baseline) < 10
    return round(expected, 2 if is_fine else 1)


def rating_words(rating):
    """“Red: off track”."""
    rating = Rating(rating)
    return f"{rating.name.capitalize()}: {rating.label.lower()}"


# --- When the next reading is due ---------------------------------------------------------------


def next_reading_due(measure, last_reading, today):
    """The day that the next figure should be of; None once the measure has ended.

    Counted from the last reading; with none yet, from the day on which the measure was added,
    or from the baseline's if that is later.
    """
    if measure.ended_on is not None and measure.ended_on <= today:
        return None
    due = months_later(_counted_from(measure, last_reading), MONTHS[Frequency(measure.frequency)])
    if measure.ended_on is not None and due > measure.ended_on:
        return None
    return due


def _counted_from(measure, last_reading):
    if last_reading is not None:
        return last_reading.read_on
    added_on = timezone.localdate(measure.created_at)
    return max(added_on, measure.baseline_on or added_on)


def is_late(measure, last_reading, today):
    """Whether that day is more than two weeks past: so long it may take to know a figure."""
    due = next_reading_due(measure, last_reading, today)
    return due is not None and today > due + GATHERING


def months_later(day, months):
    """The same day some months later. The last day of a month is followed by a last day, so that
    ends of quarters stay ends of quarters, and 29 February is no trouble.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


# --- How figures are written --------------------------------------------------------------------


def show(value, unit, unit_words=""):
    """A figure as people write it: “62%”, “£1,200”, “3.5 days”, “412 couples”; "" for None."""
    if value is None:
        return ""
    figures = plain_figure(value)
    sign, figures = ("−", figures[1:]) if figures.startswith("-") else ("", figures)
    if unit == Unit.POUNDS:
        return f"{sign}£{_pence(figures)}"
    if unit == Unit.PERCENT:
        return f"{sign}{figures}%"
    if unit == Unit.DAYS:
        return f"{sign}{figures} day{'' if figures == '1' else 's'}"
    return f"{sign}{figures} {unit_words}".strip()


def show_of(measure, value):
    """A figure of this measure as people write it."""
    return show(value, measure.unit, measure.unit_words)


def plain_figure(value):
    """A number alone: “1,250.5”, with two places at most and no noughts at its end."""
    figures = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    return "0" if figures == "-0" else figures


def _pence(figures):
    """Pounds have two places or none: “£1,250.50”."""
    return f"{figures}0" if len(figures.partition(".")[2]) == 1 else figures


# --- How figures are read -------------------------------------------------------------------------


class NotAFigure(Exception):
    """What was typed is no figure; the message says so, and what would be one."""


def read_figure(text, unit, unit_words=""):
    """The Decimal in what somebody typed: “1,250.5”, “£1,200”, “45%”, “−3”, “412 couples”.

    ``unit``, ``unit_words``: the measure's, which may stand beside the number and no other.
    Raises NotAFigure.
    """
    found = _FIGURE.fullmatch(_without_words(_plain(text), unit, _plain(unit_words)))
    digits = found and re.sub("[, ]", "", found["whole"]) + (found["places"] or "")
    if not digits or digits == "." or (found["sign"] and found["sign_after"]):
        raise NotAFigure("must be a number, like 1,250.5")
    if found["pounds"] and unit != Unit.POUNDS:
        raise NotAFigure("is not measured in pounds: take the £ away, or change the unit")
    if found["percent"] and unit != Unit.PERCENT:
        raise NotAFigure("is not measured in per cent: take the % away, or change the unit")
    value = Decimal(digits)
    if value >= LARGEST:
        raise NotAFigure("must be below 1,000,000,000,000")
    if value != value.quantize(Decimal("0.01")):
        raise NotAFigure("must have at most two figures after the point")
    is_negative = "-" in (found["sign"], found["sign_after"])
    return -value if is_negative and value else value


def _plain(text):
    return " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())


def _without_words(plain, unit, unit_words):
    """A figure without what is counted, which every page writes after it."""
    words = "days?" if unit == Unit.DAYS else re.escape(unit_words)
    if not words[:1].isalpha():  # a number that the words begin with would be part of the figure
        return plain
    return re.sub(f"(?<=[0-9.]) ?{words}$", "", plain, flags=re.IGNORECASE)
