"""The picture of a measure's readings: where things stand in it, and what it says without eyes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pledges.models import Better, Unit
from pledges.trends import BOTTOM, LEFT, MOST, MOST_STEPS, RIGHT, TOP, round_step, trend_of

SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates(date(2018, 1, 1), date(2040, 1, 1))
FIGURES = st.decimals(-(10**9), 10**9, places=2)


@dataclass
class Measured:
    """A measure as the picture sees it."""

    name: str = "Couples & <others>"
    baseline: Decimal | None = Decimal(100)
    baseline_on: date | None = date(2024, 1, 1)
    target: Decimal | None = Decimal(200)
    target_on: date | None = date(2026, 1, 1)
    better: str = Better.HIGHER
    unit: str = Unit.NUMBER
    unit_words: str = "couples"


@dataclass
class Read:
    """A reading as the picture sees it."""

    read_on: date
    value: Decimal
    rating: str = ""
    rating_reason: str = field(default="")


BARE = Measured(baseline=None, baseline_on=None, target=None, target_on=None)
FOUR = [
    Read(date(2025, 12, 31), Decimal(210)),
    Read(date(2025, 6, 30), Decimal(168)),
    Read(date(2024, 12, 31), Decimal(120)),
    Read(date(2024, 6, 30), Decimal(120), "green", "Half is missing"),
]


def drawn(trend):
    return etree.fromstring(render_to_string("pledges/_trend_chart.html", {"trend": trend}))


def test_every_reading_has_the_shape_and_the_words_of_its_rating_from_left_to_right():
    marks = trend_of(Measured(), FOUR, 4).marks
    assert [mark.shape for mark in marks] == ["circle", "square", "triangle", "circle"]
    assert [mark.words for mark in marks] == [
        "30 June 2024: 120 couples, Green: on track",
        "31 December 2024: 120 couples, Red: off track",
        "30 June 2025: 168 couples, Amber: at risk",
        "31 December 2025: 210 couples, Green: on track",
    ]
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)
    assert marks[0].y == marks[1].y > marks[2].y > marks[3].y


def test_whoever_does_not_see_the_picture_hears_all_of_it():
    svg = drawn(trend_of(Measured(), FOUR, 4))
    assert svg.get("role") == "img"
    labels = svg.get("aria-labelledby").split()
    title, description = (svg.find(f".//*[@id='{each}']") for each in labels)
    assert title.text == "Trend of “Couples & <others>”"
    for words in ("120 couples", "Red: off track", "baseline: 100 couples, 1 January 2024",
                  "target: 200 couples, 1 January 2026", "The table below"):  # fmt: skip
        assert words in description.text


def test_the_legend_names_what_is_drawn_and_nothing_else():
    keys = [(key.shape, key.words) for key in trend_of(Measured(), FOUR[:1], 1).legend]
    assert keys == [
        ("circle", "Green: on track"),
        ("baseline", "Baseline: 100 couples, 1 January 2024"),
        ("target", "Target: 200 couples, 1 January 2026"),
        ("expected", "What is expected on the way"),
    ]
    bare = trend_of(BARE, FOUR[:1], 1)
    assert [(key.shape, key.words) for key in bare.legend] == [("ring", "Not rated")]
    assert (bare.baseline, bare.target, bare.expected) == (None, None, "")


def test_the_expected_line_runs_from_baseline_to_target_and_flat_beyond():
    late = [Read(date(2027, 1, 1), Decimal(150)), Read(date(2023, 1, 1), Decimal(150))]
    trend = trend_of(Measured(), late, 2)
    points = [tuple(map(float, point.split(","))) for point in trend.expected.split()]
    assert points[1:3] == [trend.baseline, trend.target]
    assert (points[0][1], points[3][1]) == (trend.baseline[1], trend.target[1])


def test_of_very_many_readings_the_newest_are_drawn_and_the_page_says_so():
    many = [Read(date(2026, 1, 1) - timedelta(days=each), Decimal(each)) for each in range(300)]
    trend = trend_of(Measured(), many, 300)
    assert (len(trend.marks), trend.left_out) == (MOST, 260)
    assert "1 January 2026" in trend.marks[-1].words
    said = render_to_string("pledges/_trend.html", {"trend": trend})
    assert "The picture shows the newest 40 readings; the table has all of them." in said


@pytest.mark.parametrize(
    ("unit", "labels"),
    [
        (Unit.NUMBER, ["0", "50", "100", "150", "200", "250"]),
        (Unit.POUNDS, ["£0", "£50", "£100", "£150", "£200", "£250"]),
        (Unit.PERCENT, ["0%", "50%", "100%", "150%", "200%", "250%"]),
        (Unit.DAYS, ["0", "50", "100", "150", "200", "250"]),
    ],
)
def test_the_lines_across_have_round_figures(unit, labels):
    assert [label for _, label in trend_of(Measured(unit=unit), FOUR, 4).ticks] == labels


@given(span=st.decimals("0.01", 10**12, places=2))
def test_a_step_is_round_and_at_most_five_fill_the_span(span):
    step = round_step(span)
    assert step * MOST_STEPS >= span
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}


@given(
    readings=st.lists(
        st.builds(Read, read_on=DAYS, value=FIGURES), min_size=1, unique_by=lambda r: r.read_on
    ),
    measure=st.just(BARE)
    | st.builds(Measured, baseline=FIGURES, target=FIGURES, unit=st.sampled_from(Unit.values)),
)
def test_whatever_was_read_everything_lies_inside_the_picture(readings, measure):
    readings.sort(key=lambda each: each.read_on, reverse=True)
    trend = trend_of(measure, readings, len(readings))
    points = [(mark.x, mark.y) for mark in trend.marks]
    points += [point for point in (trend.baseline, trend.target) if point]
    points += [tuple(map(float, point.split(","))) for point in trend.expected.split()]
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in points)
    assert 2 <= len(trend.ticks) <= MOST_STEPS + 2
