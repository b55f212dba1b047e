"""How a figure stands, when the next one is due, and how figures are written and read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pledges.models import Better, Frequency, Rating, Unit
from pledges.rating import (
    MONTHS,
    NotAFigure,
    expected_on,
    is_late,
    months_later,
    next_reading_due,
    plain_figure,
    rating_of,
    read_figure,
    rule_rating,
    show,
)

START, END = date(2024, 1, 1), date(2024, 1, 11)  # ten days
FIGURES = st.decimals(-10_000, 10_000, places=2)
DAYS = st.dates(date(2018, 1, 1), date(2040, 1, 1))
ORDER = {Rating.RED: 0, Rating.AMBER: 1, Rating.GREEN: 2}


@dataclass
class Measured:
    """A measure as the rules see it."""

    baseline: Decimal | None = Decimal(100)
    target: Decimal | None = Decimal(200)
    baseline_on: date | None = START
    target_on: date | None = END
    better: str = Better.HIGHER
    unit: str = Unit.NUMBER
    unit_words: str = "couples"
    frequency: str = Frequency.QUARTERLY
    ended_on: date | None = None
    created_at: datetime = datetime(2024, 1, 1, 12, tzinfo=UTC)


@dataclass
class Read:
    """A reading as the rules see it."""

    value: Decimal
    read_on: date = date(2024, 1, 6)
    rating: str = ""
    rating_reason: str = ""


MEASURES = st.builds(
    Measured,
    baseline=FIGURES,
    target=FIGURES,
    baseline_on=st.just(START),
    target_on=st.dates(START + timedelta(days=1), date(2032, 1, 1)),
    better=st.sampled_from(Better.values),
)

DOWN = Measured(baseline=Decimal(200), target=Decimal(100), better=Better.LOWER)


# --- The line and the colour -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2023, 1, 1), 100), (START, 100), (date(2024, 1, 2), 110), (date(2024, 1, 6), 150),
     (END, 200), (date(2030, 1, 1), 200)],
)  # fmt: skip
def test_what_is_expected_lies_on_a_line_that_is_flat_before_and_after(day, expected):
    assert expected_on(Measured(), day) == expected


@pytest.mark.parametrize("missing", ["baseline", "target"])
def test_without_baseline_or_target_nothing_is_expected_and_nothing_is_rated(missing):
    measure = Measured(**{missing: None})
    assert expected_on(measure, END) is None
    assert rule_rating(measure, Read(Decimal(1))) is None
    said = rating_of(measure, Read(Decimal(1)))
    assert (said.rating, said.by_rule, said.words) == (None, True, "Not rated")


@pytest.mark.parametrize(
    ("measure", "value", "rating"),
    [
        (Measured(), "150", Rating.GREEN),
        (Measured(), "151", Rating.GREEN),
        (Measured(), "149.99", Rating.AMBER),
        (Measured(), "140", Rating.AMBER),
        (Measured(), "139.99", Rating.RED),
        # Downwards, 150 is expected too: from 200 to 100.
        (DOWN, "150", "green"),
        (DOWN, "149", "green"),
        (DOWN, "160", "amber"),
        (DOWN, "160.01", "red"),
        # To hold what there is: a tenth of the figure itself.
        (Measured(target=Decimal(100)), "100", "green"),
        (Measured(target=Decimal(100)), "90", "amber"),
        (Measured(target=Decimal(100)), "89.99", "red"),
        (Measured(target=Decimal(100), better=Better.LOWER), "110", "amber"),
        (Measured(baseline=Decimal(0), target=Decimal(0), better=Better.LOWER), "0", "green"),
        (Measured(baseline=Decimal(0), target=Decimal(0), better=Better.LOWER), "0.01", "red"),
        (Measured(baseline=Decimal(-200), target=Decimal(-100)), "-160", "amber"),
    ],
)  # fmt: skip
def test_the_colour_by_the_rule(measure, value, rating):
    assert rule_rating(measure, Read(Decimal(value))) == rating


def test_somebody_who_says_otherwise_is_believed_and_their_reason_stands():
    said = rating_of(Measured(), Read(Decimal(1), rating="green", rating_reason="Late returns"))
    assert (said.rating, said.by_rule) == (Rating.GREEN, False)
    assert (said.words, said.reason) == ("Green: on track", "Late returns")


def test_the_rule_says_what_it_expected():
    said = rating_of(Measured(), Read(Decimal(1)))
    assert (said.words, said.by_rule) == ("Red: off track", True)
    assert said.reason == "Expected by that day: 150 couples."


def test_what_was_expected_is_rounded_to_be_read_but_not_to_be_compared():
    measure = Measured(target=Decimal(190), target_on=date(2024, 1, 8))  # 164.2857… on the 6th
    said = rating_of(measure, Read(Decimal("164.28")))
    assert (said.rating, said.reason) == (Rating.AMBER, "Expected by that day: 164.3 couples.")
    scale = Measured(baseline=Decimal(1), target=Decimal(4), unit_words="", unit=Unit.SCORE)
    assert rating_of(scale, Read(Decimal(3), START)).reason == "Expected by that day: 1."


@given(measure=MEASURES, day=DAYS)
def test_what_is_expected_never_leaves_the_way_between_baseline_and_target(measure, day):
    low, high = sorted([measure.baseline, measure.target])
    assert low <= expected_on(measure, day) <= high


@given(measure=MEASURES, value=FIGURES, more=st.decimals(0, 100, places=2), day=DAYS)
def test_a_better_figure_never_has_a_worse_colour(measure, value, more, day):
    better = value + more if measure.better == Better.HIGHER else value - more
    worse, best = (rule_rating(measure, Read(each, day)) for each in (value, better))
    assert ORDER[worse] <= ORDER[best]


@given(measure=MEASURES, day=DAYS, lag=st.decimals(0, 1, places=3))
def test_the_colour_says_how_far_a_figure_lags(measure, day, lag):
    way = abs(measure.target - measure.baseline)
    assume(way >= 1)
    expected = expected_on(measure, day)
    behind = -way * lag if measure.better == Better.HIGHER else way * lag
    rating = rule_rating(measure, Read(expected + behind, day))
    # Where the line has no end to its decimals, a hair's breadth either side is open.
    if lag < Decimal("0.099"):
        assert rating == (Rating.GREEN if not lag else Rating.AMBER)
    if lag > Decimal("0.101"):
        assert rating == Rating.RED


@given(measure=MEASURES, value=FIGURES, day=DAYS)
def test_upside_down_everything_is_rated_the_same(measure, value, day):
    """Less of what is bad is as good as more of what is good."""
    other = Better.LOWER if measure.better == Better.HIGHER else Better.HIGHER
    mirror = Measured(
        baseline=-measure.baseline, target=-measure.target, target_on=measure.target_on,
        better=other,
    )  # fmt: skip
    assert rule_rating(measure, Read(value, day)) == rule_rating(mirror, Read(-value, day))


# --- When the next reading is due ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 15)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2023, 1, 30), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 28), 12, date(2025, 2, 28)),
        (date(2024, 6, 30), 3, date(2024, 9, 30)),
        (date(2024, 9, 30), 3, date(2024, 12, 31)),
        (date(2023, 2, 28), 1, date(2023, 3, 31)),
        (date(2024, 12, 31), 6, date(2025, 6, 30)),
        (date(2025, 6, 30), -3, date(2025, 3, 31)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
    ],
)
def test_months_later_by_the_calendar(day, months, later):
    assert months_later(day, months) == later


@given(day=DAYS, months=st.integers(1, 24))
def test_some_months_later_is_in_the_month_that_it_says(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    if (day + timedelta(days=1)).day == 1:
        assert (later + timedelta(days=1)).day == 1


@given(day=DAYS, days=st.integers(0, 800), months=st.integers(1, 24))
@example(day=date(2023, 2, 28), days=1, months=1)
def test_a_later_reading_is_never_followed_by_an_earlier_one(day, days, months):
    """But at the end of a month, whose last day may be followed by more days than it has."""
    later = day + timedelta(days=days)
    assume((day + timedelta(days=1)).day != 1)
    assert months_later(day, months) <= months_later(later, months)


@pytest.mark.parametrize(
    ("frequency", "due"),
    [("monthly", date(2024, 7, 31)), ("quarterly", date(2024, 9, 30)),
     ("half_yearly", date(2024, 12, 31)), ("yearly", date(2025, 6, 30))],
)  # fmt: skip
def test_the_next_reading_follows_the_last_by_the_frequency(frequency, due):
    measure, last = Measured(frequency=frequency), Read(Decimal(1), date(2024, 6, 30))
    assert next_reading_due(measure, last, due) == due
    assert not is_late(measure, last, due + timedelta(days=14))
    assert is_late(measure, last, due + timedelta(days=15))


def test_every_frequency_has_its_months():
    assert sorted(MONTHS) == sorted(Frequency)


@pytest.mark.parametrize(
    ("baseline_on", "due"),
    [(date(2019, 1, 1), date(2024, 4, 1)), (None, date(2024, 4, 1)),
     (date(2024, 2, 15), date(2024, 5, 15))],
)  # fmt: skip
def test_the_first_reading_is_counted_from_when_the_measure_began(baseline_on, due):
    assert next_reading_due(Measured(baseline_on=baseline_on), None, START) == due


@pytest.mark.parametrize(
    ("ended_on", "today", "due"),
    [
        (date(2024, 8, 1), date(2024, 8, 1), None),
        (date(2024, 8, 1), date(2024, 7, 1), None),  # it ends before the next one
        (date(2024, 9, 30), date(2024, 7, 1), date(2024, 9, 30)),
    ],
)
def test_of_what_has_ended_nothing_is_due(ended_on, today, due):
    last = Read(Decimal(1), date(2024, 6, 30))
    assert next_reading_due(Measured(ended_on=ended_on), last, today) == due
    assert not is_late(Measured(ended_on=ended_on), last, today)


# --- Figures as people write and read them ------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("62.00", Unit.PERCENT, "62%"),
        ("62.50", Unit.PERCENT, "62.5%"),
        ("1200", Unit.POUNDS, "£1,200"),
        ("1250.5", Unit.POUNDS, "£1,250.50"),
        ("-3", Unit.POUNDS, "−£3"),
        ("3.50", Unit.DAYS, "3.5 days"),
        ("1", Unit.DAYS, "1 day"),
        ("412", Unit.NUMBER, "412 couples"),
        ("100", Unit.NUMBER, "100 couples"),
        ("1000000", Unit.NUMBER, "1,000,000 couples"),
        ("3.25", Unit.SCORE, "3.25 couples"),
        ("0", Unit.NUMBER, "0 couples"),
        ("-0.001", Unit.NUMBER, "0 couples"),
    ],
)
def test_figures_as_people_write_them(value, unit, shown):
    assert show(Decimal(value), unit, "couples") == shown


def test_nothing_is_written_as_nothing_and_a_number_without_words_alone():
    assert show(None, Unit.PERCENT) == ""
    assert show(Decimal(5), Unit.NUMBER) == "5"


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,250.5", Unit.NUMBER, "1250.5"),
        ("1 250", Unit.NUMBER, "1250"),
        ("1250", Unit.NUMBER, "1250"),
        ("£1,200", Unit.POUNDS, "1200"),
        ("-£3", Unit.POUNDS, "-3"),
        ("£-3", Unit.POUNDS, "-3"),
        ("45%", Unit.PERCENT, "45"),
        ("45 per cent", Unit.PERCENT, "45"),
        ("45.25 %", Unit.PERCENT, "45.25"),
        ("−3", Unit.NUMBER, "-3"),
        (" .5 ", Unit.NUMBER, "0.5"),
        ("5.", Unit.NUMBER, "5"),
        ("-0", Unit.NUMBER, "0"),
        ("45.000", Unit.NUMBER, "45"),
        ("１２", Unit.NUMBER, "12"),
        ("1,412 couples", Unit.NUMBER, "1412"),
        ("412Couples", Unit.SCORE, "412"),
        ("3.5 days", Unit.DAYS, "3.5"),
        ("−1 day", Unit.DAYS, "-1"),
    ],
)
def test_figures_are_read_as_people_type_them(typed, unit, value):
    assert read_figure(typed, unit, "couples") == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        *((typed, "must be a number, like 1,250.5") for typed in (
            "many", "12 couples", "12 days", "couples",
            "1,25", "1.250.5", "1,2500", "--3", "-£-3", "1e5", "NaN", "∞",
            "%", ".", "-", "1/2", "=1+1", "٤٥",
        )),
        ("£5", "is not measured in pounds: take the £ away, or change the unit"),
        ("5%", "is not measured in per cent: take the % away, or change the unit"),
        ("1.005", "must have at most two figures after the point"),
        ("1,000,000,000,000", "must be below 1,000,000,000,000"),
        ("9" * 39, "must be below 1,000,000,000,000"),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_told_by_a_sentence(typed, problem):
    with pytest.raises(NotAFigure, match=f"^{problem.replace('.', '[.]')}$"):
        read_figure(typed, Unit.NUMBER)


@given(value=st.decimals(-(10**11), 10**11, places=2), unit=st.sampled_from(Unit.values))
def test_what_is_written_can_be_read_again(value, unit):
    assert read_figure(plain_figure(value), unit) == value
    assert read_figure(show(value, unit, "couples"), unit, "couples") == value


@pytest.mark.parametrize("words", ["5", "0 to 10", "$", ".", "(couples"])
def test_what_is_counted_is_never_taken_out_of_a_figure(words):
    assert read_figure("15", Unit.NUMBER, words) == Decimal(15)


@given(text=st.text(max_size=40), unit=st.sampled_from(Unit.values))
def test_whatever_is_typed_is_a_figure_that_fits_or_a_sentence(text, unit):
    try:
        value = read_figure(text, unit)
    except NotAFigure:
        return
    assert abs(value) < 10**12
    assert value == round(value, 2)
