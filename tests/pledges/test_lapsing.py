"""When a pledge lapses, and when somebody is reminded: rules over dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges import lapsing
from pledges.lapsing import NOTICE, Reminder, lapses_now, lapses_on, reminder_due

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LEFT = st.integers(-400, 400).map(lambda days: timedelta(days=days))


@pytest.mark.parametrize(
    ("last_word", "lapses"),
    [
        (date(2026, 3, 1), date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
    ],
)
def test_it_lapses_a_year_after_the_last_word(last_word, lapses):
    assert lapses_on(last_word) == lapses


@pytest.mark.parametrize(
    ("days_left", "reminder"),
    [
        (57, None),
        (56, Reminder.FIRST),
        (29, Reminder.FIRST),
        (28, Reminder.SECOND),
        (8, Reminder.SECOND),
        (7, Reminder.LAST),
        (0, Reminder.LAST),
        (-90, Reminder.LAST),
    ],
)
def test_reminders_are_due_8_weeks_4_weeks_and_1_week_before(days_left, reminder):
    last_word = date(2026, 3, 1)
    assert reminder_due(last_word, date(2027, 3, 1) - timedelta(days=days_left)) == reminder


@pytest.mark.parametrize(
    ("today", "reminded", "lapses"),
    [
        (date(2027, 2, 28), [date(2027, 1, 4)], False),  # the year is not over
        (date(2027, 3, 1), [date(2027, 2, 22)], True),
        (date(2027, 3, 1), [date(2027, 2, 23)], False),  # six days are no week
        (date(2027, 3, 1), [date(2027, 1, 4), date(2027, 2, 26)], True),
        (date(2027, 3, 1), [], False),  # nobody was reminded
        (date(2028, 3, 1), [date(2026, 2, 1)], False),  # that was before the last word
    ],
)
def test_it_lapses_only_a_week_after_a_reminder(today, reminded, lapses):
    assert lapses_now(date(2026, 3, 1), today, reminded) == lapses


def test_next_review_is_a_year_on():
    assert lapsing.next_review(date(2026, 3, 1)) == date(2027, 3, 1)


@given(DAYS)
def test_a_year_is_never_shorter_than_a_year(last_word):
    assert lapses_on(last_word) - last_word in {timedelta(days=365), timedelta(days=366)}


@given(DAYS, DAYS)
def test_a_later_word_never_lapses_earlier(one, other):
    assert lapses_on(min(one, other)) <= lapses_on(max(one, other))


@given(DAYS, LEFT, st.lists(LEFT))
def test_whoever_lapses_was_reminded_a_week_ago(last_word, after, reminded):
    today = lapses_on(last_word) + after
    days = [today + each for each in reminded]
    if lapses_now(last_word, today, days):
        assert after >= timedelta(0)
        assert min(days) <= today - NOTICE
        assert reminder_due(last_word, today) == Reminder.LAST


@given(DAYS, LEFT)
def test_reminders_come_in_their_order(last_word, after):
    today = lapses_on(last_word) + after
    now, tomorrow = reminder_due(last_word, today), reminder_due(last_word, today + timedelta(1))
    assert now is None or tomorrow <= now
