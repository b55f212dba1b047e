"""A measure in words."""

import pytest

from practice.limits_in_words import ONE, responsible, time_limit, where_it_holds
from practice.models import LimitUnit, Scope, StandardMeasure


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (10, "working_days", "within 10 working days"),
        (10, "calendar_days", "within 10 calendar days"),
        (10, "days_unsaid", "within 10 days (calendar or working days: not yet decided)"),
        (1, "days_unsaid", "within 1 day (calendar or working day: not yet decided)"),
        (1, "working_days", "within 1 working day"),
        (24, "hours", "within 24 hours"),
        (1, "weeks", "within 1 week"),
        (6, "weeks", "within 6 weeks"),
        (3, "months", "within 3 months"),
        (None, "", ""),
    ],
)
def test_a_time_limit_in_words(number, unit, words):
    assert time_limit(StandardMeasure(limit_number=number, limit_unit=unit)) == words


def test_every_unit_has_a_word_for_one():
    assert set(ONE) == set(LimitUnit)


@pytest.mark.parametrize(
    ("required", "considered", "words"),
    [
        (
            ["social_care"],
            ["early_help"],
            "Required in children’s social care; considered in early help",
        ),
        (["all"], [], "Required everywhere"),
        (["all"], ["health"], "Required everywhere; considered in health"),
        ([], ["all"], "Considered everywhere"),
        ([], ["police", "housing"], "Considered in the police and housing"),
        (
            ["early_help", "social_care", "education"],
            [],
            "Required in children’s social care, early help and schools and settings",
        ),
        ([], [], ""),
    ],
)
def test_where_a_measure_holds(required, considered, words):
    measure = StandardMeasure(required_in=required, considered_in=considered)
    assert where_it_holds(measure) == words


@pytest.mark.parametrize("scope", list(Scope))
def test_every_scope_has_words(scope):
    assert where_it_holds(StandardMeasure(required_in=[scope], considered_in=[]))


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["allocated practitioner", "team manager"], "Allocated practitioner and team manager"),
        (["a", "b", "c"], "A, b and c"),
        (["chair of the review"], "Chair of the review"),
        ([], ""),
    ],
)
def test_who_is_responsible(roles, words):
    assert responsible(StandardMeasure(roles=roles)) == words
