"""When a reminder is due: once a week or a month, whatever the calendar does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.rhythm import is_time

days = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("last", "today", "weekly", "monthly"),
    [
        (None, date(2026, 11, 22), True, True),
        (date(2026, 11, 16), date(2026, 11, 22), False, False),  # Monday to Sunday
        (date(2026, 11, 16), date(2026, 11, 23), True, False),
        (date(2026, 11, 18), date(2026, 11, 23), True, False),  # made up on Wednesday
        (date(2026, 11, 30), date(2026, 12, 1), False, True),  # one week, two months
        (date(2026, 12, 31), date(2027, 1, 1), False, True),  # one ISO week, two years
        (date(2026, 12, 28), date(2027, 1, 4), True, True),
        (date(2028, 2, 28), date(2028, 2, 29), False, False),
        (date(2026, 11, 22), date(2026, 11, 22), False, False),
    ],
)
def test_weeks_and_months(last, today, weekly, monthly):
    assert is_time("weekly", last, today) is weekly
    assert is_time("monthly", last, today) is monthly
    assert is_time("off", last, today) is False


@given(begin=days, asked=st.lists(st.integers(0, 20), min_size=1, max_size=120))
def test_never_two_in_a_week_however_often_it_is_asked(begin, asked):
    today, last, sent = begin, None, []
    for step in asked:
        today += timedelta(days=step)
        if is_time("weekly", last, today):
            sent.append(today.isocalendar()[:2])
            last = today
    assert len(sent) == len(set(sent))


@given(begin=days)
def test_asked_every_day_there_is_one_in_each_week(begin):
    last, sent = None, 0
    monday = begin - timedelta(days=begin.weekday())
    for number in range(70):
        today = monday + timedelta(days=number)
        if is_time("weekly", last, today):
            last, sent = today, sent + 1
            assert today.weekday() == 0
    assert sent == 10


@given(last=days, today=days)
def test_a_clock_that_goes_back_sends_nothing(last, today):
    if today <= last:
        assert not is_time("weekly", last, today)
        assert not is_time("monthly", last, today)
