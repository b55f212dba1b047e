"""Progress scoring, as docs/scoring.md says it: exact, with what was left out, rounded once."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from planning.levels import parse_level
from planning.scoring import Score, State, profile, rounded, summarise
from tests.factories.assessments import ROCHDALE

NAMES_2018 = {"Plan": (1, 2, 3), "Lead": (4, 5, 6), "Deliver": (7, 8), "Evaluate": (9, 10)}
NOT_APPLICABLE = "na"


def scores(*levels):
    """Scores of domains 1, 2 …: a level as people write it, "" (not yet) or "na"."""
    return [
        Score(
            number=number,
            name=f"Domain {number}",
            level=None if level in ("", NOT_APPLICABLE) else parse_level(level, top=9),
            not_applicable=level == NOT_APPLICABLE,
        )
        for number, level in enumerate(levels, start=1)
    ]


# --- The table of docs/scoring.md -----------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "mean", "shown"),
    [
        (["2"], Fraction(2), "2.00"),
        (["2/3"], Fraction(5, 2), "2.50"),
        (["1", "4"], Fraction(5, 2), "2.50"),
        (["2/3", "1/2", "3"], Fraction(7, 3), "2.33"),
        (["3/4", "3/4", "4"], Fraction(11, 3), "3.67"),
        (["2/3", "", "3"], Fraction(11, 4), "2.75"),  # not yet scored is left out
        (["2/3", "na", "3"], Fraction(11, 4), "2.75"),  # and so is not applicable
        (["", "na", "1/2"], Fraction(3, 2), "1.50"),
        (["5", "4/5"], Fraction(19, 4), "4.75"),  # a framework with more levels
        ([], None, None),
        (["", ""], None, None),
        (["na"], None, None),
        (["", "na"], None, None),
    ],
)
def test_the_mean_is_of_the_scored_domains_alone(levels, mean, shown):
    summary = summarise(scores(*levels))
    assert summary.mean == mean
    assert rounded(summary.mean) == (None if shown is None else Decimal(shown))


@pytest.mark.parametrize(
    ("mean", "shown"),
    [
        (Fraction(9, 8), "1.13"),  # 1.125: halves go up, also where bankers would go down
        (Fraction(11, 8), "1.38"),  # 1.375
        (Fraction(17, 16), "1.06"),  # 1.0625: once, so never 1.063 -> 1.07
        (Fraction(2345, 1000), "2.35"),
        (Fraction(23449, 10000), "2.34"),
        (Fraction(8, 3), "2.67"),
        (Fraction(7, 3), "2.33"),
        (Fraction(3), "3.00"),
        (Fraction(3995, 1000), "4.00"),
    ],
)
def test_a_mean_is_rounded_once_and_halves_go_up(mean, shown):
    assert str(rounded(mean)) == shown


def test_the_published_example_of_rochdale():
    whole = profile(
        (name, [scores(*ROCHDALE.values())[number - 1] for number in numbers])
        for name, numbers in NAMES_2018.items()
    )
    assert {each.name: each.summary.mean for each in whole.dimensions} == {
        "Plan": Fraction(7, 3),
        "Lead": Fraction(11, 3),
        "Deliver": Fraction(2),
        "Evaluate": Fraction(5, 2),
    }
    assert {each.name: str(rounded(each.summary.mean)) for each in whole.dimensions} == {
        "Plan": "2.33",
        "Lead": "3.67",
        "Deliver": "2.00",
        "Evaluate": "2.50",
    }
    assert whole.summary.mean == Fraction(27, 10)
    assert str(rounded(whole.summary.mean)) == "2.70"
    assert [score.number for score in whole.scores] == list(range(1, 11))


def test_the_example_with_two_low_levels_left_out():
    levels = ROCHDALE | {2: NOT_APPLICABLE, 8: ""}
    assert rounded(summarise(scores(*levels.values())).mean) == Decimal("3.00")
    plan, deliver = (
        summarise(scores(*map(levels.get, numbers))) for numbers in ((1, 2, 3), (7, 8))
    )
    assert (rounded(plan.mean), rounded(deliver.mean)) == (Decimal("2.75"), Decimal("2.50"))


def test_the_tables_in_the_docs_show_these_figures():
    page = (settings.BASE_DIR / "docs" / "scoring.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    levels = {row[1]: (row[2], row[3]) for row in cells if row and re.match(r"\d+\. ", row[-3])}
    assert [level for level, _ in levels.values()] == list(ROCHDALE.values())
    assert [counts_as for _, counts_as in levels.values()] == [
        f"{score.level.normalize():f}" for score in scores(*ROCHDALE.values())
    ]
    sums = {row[0]: row[2:] for row in cells if row and "÷" in row[1]}
    assert sums == {
        "Plan": ["7/3", "2.33"],
        "Lead": ["11/3", "3.67"],
        "Deliver": ["2", "2.00"],
        "Evaluate": ["5/2", "2.50"],
        "All ten": ["27/10", "2.70"],
    }


def test_the_mean_of_all_is_of_the_domains_and_not_of_the_dimensions():
    whole = profile([("Plan", scores("1", "1", "1")), ("Lead", scores("4"))])
    assert whole.summary.mean == Fraction(7, 4)


def test_a_summary_says_what_went_in_and_what_was_left_out():
    summary = summarise(scores("2/3", "", "na", "3", ""))
    assert [score.number for score in summary.scored] == [1, 4]
    assert [score.number for score in summary.not_yet] == [2, 5]
    assert [score.number for score in summary.not_applicable] == [3]
    assert summary.working == "(2.5 + 3) ÷ 2"


def test_nothing_scored_has_no_working():
    assert summarise(scores("", "na")).working == ""


# --- One score ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "state"),
    [("2/3", State.SCORED), ("", State.NOT_YET), (NOT_APPLICABLE, State.NOT_APPLICABLE)],
)
def test_scored_not_yet_and_not_applicable_are_three_things(level, state):
    assert scores(level)[0].state is state


@pytest.mark.parametrize(
    ("level", "previous", "change"),
    [
        ("3", "2.5", "0.5"),
        ("2", "3.5", "-1.5"),
        ("2", "2", "0"),
        (None, "2", None),
        ("2", None, None),
    ],
)
def test_change_is_in_steps_and_unknown_when_either_is(level, previous, change):
    score = Score(1, "Strategy", level=as_decimal(level), previous=as_decimal(previous))
    assert score.change == as_decimal(change)


def as_decimal(text):
    return None if text is None else Decimal(text)


# --- Properties -----------------------------------------------------------------------------

half_steps = st.integers(2, 18).map(lambda halves: Decimal(halves) / 2)
left_out = st.sampled_from([Score(99, "Left out"), Score(99, "Left out", not_applicable=True)])
some_levels = st.lists(half_steps, min_size=1, max_size=40)


def of_levels(levels):
    return [Score(number, "A domain", level=level) for number, level in enumerate(levels)]


@given(some_levels)
def test_the_mean_lies_between_the_lowest_and_the_highest(levels):
    mean = summarise(of_levels(levels)).mean
    assert min(levels) <= mean <= max(levels)


@given(some_levels.flatmap(lambda levels: st.tuples(st.just(levels), st.permutations(levels))))
def test_the_order_of_domains_does_not_matter(both):
    levels, shuffled = both
    assert summarise(of_levels(levels)).mean == summarise(of_levels(shuffled)).mean


@given(st.lists(half_steps, max_size=20), st.lists(left_out, max_size=5), st.randoms())
def test_a_domain_that_is_left_out_changes_nothing(levels, others, random):
    together = [*of_levels(levels), *others]
    random.shuffle(together)
    assert summarise(together).mean == summarise(of_levels(levels)).mean


@given(some_levels)
def test_the_mean_is_exact(levels):
    halves = sum(int(level * 2) for level in levels)
    assert summarise(of_levels(levels)).mean == Fraction(halves, 2 * len(levels))


@given(some_levels)
def test_rounding_is_half_up_of_the_exact_mean(levels):
    mean = summarise(of_levels(levels)).mean
    hundredths = (mean * 100 + Fraction(1, 2)).__floor__()
    assert rounded(mean) == Decimal(hundredths) / 100
