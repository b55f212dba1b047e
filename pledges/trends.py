"""A measure's readings as a picture, and the table that stands beside it.

Only geometry: pledges/_trend_chart.html draws it. The picture is narrow on purpose, so that its
words stay readable on a phone; each rating has a shape of its own, so that it reads in black
and white.
"""

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from pledges.models import Rating, Unit
from pledges.rating import NOT_RATED, expected_on, rating_of, rating_words, show, show_of
from pledges.register import RATING_TAG
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import ON_ONE_LINE, PortalTable

WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 2, 350, 26, 206
CHARACTER = 8  # the width of one, in the figures at the side
MOST = 40  # readings drawn; the table has all of them
MOST_STEPS = 5  # between the lines across

CHANGES = (
    ("correct_reading", "Correct"),
    ("rate_reading", "Rate"),
    ("remove_reading", "Remove"),
)
SHAPES = {Rating.GREEN: "circle", Rating.AMBER: "triangle", Rating.RED: "square", None: "ring"}


@dataclass(frozen=True)
class Mark:
    """One reading: where it stands, the shape of its rating, and both in words."""

    x: float
    y: float
    shape: str
    words: str


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    shape: str
    words: str


@dataclass(frozen=True)
class Trend:
    """The whole picture, in the units of its view box. ``line`` and ``expected`` are points."""

    title: str
    description: str
    marks: tuple[Mark, ...]
    line: str
    expected: str
    baseline: tuple[float, float] | None
    target: tuple[float, float] | None
    ticks: tuple[tuple[float, str], ...]
    first_day: str
    last_day: str
    legend: tuple[Key, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def trend_of(measure, newest, how_many):
    """The Trend of a measure with at least one reading. ``newest``: its newest readings, newest
    first; ``how_many`` it has altogether.
    """
    readings = sorted(newest[:MOST], key=lambda each: each.read_on)
    rated = [(each, rating_of(measure, each)) for each in readings]
    scale = _Scale.of(measure, readings)
    marks = tuple(
        Mark(*scale.point(each.read_on, each.value), SHAPES[said.rating],
             _reading_words(measure, each, said))
        for each, said in rated
    )  # fmt: skip
    return Trend(
        title=f"Trend of “{measure.name}”",
        description=_description(measure, rated),
        marks=marks,
        line=_points((mark.x, mark.y) for mark in marks),
        expected=_expected(measure, scale),
        baseline=_point_of(scale, measure.baseline_on, measure.baseline),
        target=_point_of(scale, measure.target_on, measure.target),
        ticks=tuple((scale.y(value), _tick(measure, value)) for value in scale.ticks),
        first_day=_short(scale.first),
        last_day=_short(scale.last),
        legend=_legend(measure, {said.rating for _, said in rated}),
        left_out=how_many - len(readings),
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    low: Decimal
    high: Decimal
    step: Decimal
    begins: float = LEFT

    @classmethod
    def of(cls, measure, readings):
        """From the first to the last of all days and figures, with round figures at the ends."""
        days = [each.read_on for each in readings]
        days += [day for day in (measure.baseline_on, measure.target_on) if day is not None]
        figures = [each.value for each in readings]
        figures += [each for each in (measure.baseline, measure.target) if each is not None]
        low, high = min(figures), max(figures)
        if 0 <= low <= high / 2:
            low = Decimal(0)  # a line that begins at nought does not overstate what changed
        step = round_step(high - low or abs(high) or Decimal(1))
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
        scale = cls(min(days), max(days), low, high if high > low else low + step, step)
        # The figures at the side have the room that the longest of them needs.
        longest = max(len(_tick(measure, each)) for each in scale.ticks)
        return replace(scale, begins=LEFT + CHARACTER * longest + 16)

    def x(self, day):
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 0.5
        return round(self.begins + (RIGHT - 8 - self.begins) * share, 1)

    def y(self, value):
        share = float((value - self.low) / (self.high - self.low))
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def point(self, day, value):
        return self.x(day), self.y(value)

    @property
    def ticks(self):
        """The figures of the lines across, from below."""
        steps = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(steps + 1)]


def round_step(span):
    """1, 2 or 5 times a power of ten, of which at most five fill the span."""
    power = Decimal(10) ** (span / MOST_STEPS).adjusted()
    return next(power * of for of in (1, 2, 5, 10) if power * of * MOST_STEPS >= span)


def _expected(measure, scale):
    """The line of what is expected, from the first day to the last; empty without one."""
    if expected_on(measure, scale.first) is None:
        return ""
    days = sorted({scale.first, measure.baseline_on, measure.target_on, scale.last})
    return _points(scale.point(day, expected_on(measure, day)) for day in days)


def _points(points):
    return " ".join(f"{x},{y}" for x, y in points)


def _point_of(scale, day, value):
    return None if value is None else scale.point(day, value)


def _tick(measure, value):
    """Figures at the side are short: what is counted stands in the heading."""
    return show(value, measure.unit if measure.unit != Unit.DAYS else Unit.NUMBER)


def _short(day):
    return f"{day:%-d %b %Y}"


def _legend(measure, ratings):
    keys = [
        Key(SHAPES[each], NOT_RATED if each is None else rating_words(each))
        for each in (*Rating, None)
        if each in ratings
    ]
    if measure.baseline is not None:
        keys.append(Key("baseline", f"Baseline: {_figure_on(measure, 'baseline')}"))
    if measure.target is not None:
        keys.append(Key("target", f"Target: {_figure_on(measure, 'target')}"))
    if measure.baseline is not None and measure.target is not None:
        keys.append(Key("expected", "What is expected on the way"))
    return tuple(keys)


def _figure_on(measure, name):
    day = getattr(measure, f"{name}_on")
    return f"{show_of(measure, getattr(measure, name))}, {day:%-d %B %Y}"


def _reading_words(measure, reading, said):
    return f"{reading.read_on:%-d %B %Y}: {show_of(measure, reading.value)}, {said.words}"


def _description(measure, rated):
    said = [_reading_words(measure, each, said) for each, said in rated]
    said += [
        f"{name}: {_figure_on(measure, name)}"
        for name in ("baseline", "target")
        if getattr(measure, name) is not None
    ]
    return "; ".join(said) + ". The table below the picture holds the same figures."


# --- The table beside it --------------------------------------------------------------------------


def rated_tag(said):
    """A rating.Rated as a GOV.UK tag: its words, which the colour only repeats."""
    classes = RATING_TAG.get(said.rating, "govuk-tag--grey")
    return render_component("tag", {"text": said.words, "classes": classes})


class ReadingTable(PortalTable):
    """The readings of one measure, newest first."""

    caption = "Readings"
    things = "readings"
    row_header = "read_on"
    stacks = True
    empty_text = "Nothing has been read yet."
    read_on = tables.Column(verbose_name="Day", attrs=ON_ONE_LINE)
    value = tables.Column(verbose_name="Figure", attrs=ON_ONE_LINE)
    rating = tables.Column(verbose_name="Rating and why", orderable=False, empty_values=())
    source = tables.Column(verbose_name="Source", orderable=False, empty_values=())
    recorded_by = tables.Column(verbose_name="Recorded by", orderable=False)
    change = tables.Column(verbose_name="Change", orderable=False, empty_values=())

    def __init__(self, *args, measure, may_change, **kwargs):
        self.measure = measure
        super().__init__(*args, exclude=() if may_change else ("change",), **kwargs)

    def render_read_on(self, value):
        return f"{value:%-d %B %Y}"

    def render_value(self, value):
        return show_of(self.measure, value)

    def render_rating(self, record):
        said = rating_of(self.measure, record)
        who = "" if said.by_rule else "By hand: "
        return format_html('{}<br><span class="rpc-quiet">{}{}</span>', rated_tag(said), who,
                           said.reason)  # fmt: skip

    def render_source(self, record):
        texts = [(text,) for text in (record.source, record.comment) if text]
        return format_html_join("", "<div>{}</div>", texts)

    def render_recorded_by(self, record):
        return f"{record.recorded_by}, {_short(timezone.localdate(record.recorded_at))}"

    def render_change(self, record):
        address = [self.measure.partnership.slug, self.measure.pk, record.pk]
        of_what = f" the reading of {record.read_on:%-d %B %Y}"
        links = [(reverse(name, args=address), words, of_what) for name, words in CHANGES]
        hidden = '<span class="govuk-visually-hidden">{}</span>'
        line = f'<div><a class="govuk-link" href="{{}}">{{}}{hidden}</a></div>'
        return format_html_join("", line, links)
