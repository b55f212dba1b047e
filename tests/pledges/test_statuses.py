"""What an update lacks, and what dates say: tables of cases, and what holds for every one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.models import ActionStatus, Rating
from pledges.statuses import CLOSED, OPEN, SOON, is_due_soon, is_overdue, problems

TODAY = date(2028, 2, 29)
DAYS = st.dates(date(2018, 1, 1), date(2040, 1, 1))
STATUSES = st.sampled_from(ActionStatus.values)
RATINGS = st.sampled_from(["", *Rating.values])
WORDS = st.sampled_from(["", "Words"])
STAYS = {
    "status": "in_progress", "status_before": "in_progress", "rating": "", "rating_before": "",
    "text": "", "due_on": None, "due_before": None, "due_reason": "", "starts_on": None,
    "difference": "",
}  # fmt: skip
SAY_NEWS = {"text": "Say what is new, or change the status, the rating or the day."}
SAY_RATED = {"text": "Say why it is rated so."}
SAY_WITHDRAWN = {"text": "Say why it is withdrawn."}
SAY_AGAIN = {"text": "Say why it is taken up again."}
SAY_DIFFERENCE = {"difference": "Say what difference it made. “None that we can see” is an answer."}
SAY_MOVED = {"due_reason": "Say why the day was moved."}
NOT_MOVED = {"due_on": "You say why the day was moved: move it, or empty that box."}
NOT_RATED = {"rating": "Only what is in progress is rated: choose “Not rated”."}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, SAY_NEWS),
        ({"text": "News"}, {}),
        ({"status_before": "not_started"}, {}),
        ({"rating": "green"}, {}),
        ({"rating": "amber"}, SAY_RATED),
        ({"rating": "red"}, SAY_RATED),
        ({"rating": "red", "text": "Ill"}, {}),
        ({"rating": "red", "rating_before": "red", "text": "Still ill"}, {}),
        ({"rating": "green", "status": "not_started"}, NOT_RATED),
        ({"rating": "red", "status": "complete", "difference": "Much"}, NOT_RATED),
        (
            {"rating": "red", "rating_before": "red", "status": "complete", "difference": "Much"},
            {},
        ),
        ({"status": "withdrawn"}, SAY_WITHDRAWN),
        ({"status": "withdrawn", "text": "No money"}, {}),
        ({"status_before": "withdrawn"}, SAY_AGAIN),
        ({"status_before": "complete"}, SAY_AGAIN),
        ({"status_before": "complete", "text": "It came back"}, {}),
        ({"status": "complete"}, SAY_DIFFERENCE),
        ({"status": "complete", "difference": "None that we can see"}, {}),
        ({"due_on": TODAY}, {}),
        ({"due_before": TODAY}, SAY_MOVED),
        ({"due_before": TODAY, "due_on": TODAY + SOON}, SAY_MOVED),
        ({"due_before": TODAY, "due_on": TODAY + SOON, "due_reason": "Ill"}, {}),
        ({"due_reason": "Ill", "text": "News"}, NOT_MOVED),
        (
            {"due_on": TODAY, "starts_on": TODAY + SOON},
            {"due_on": "It starts on 14 March 2028: it cannot be due before."},
        ),
        ({"due_on": TODAY, "starts_on": TODAY}, {}),
    ],
)
def test_what_an_update_lacks(told, found):
    assert problems(**STAYS | told) == found


@pytest.mark.parametrize(
    ("status", "due", "overdue", "soon"),
    [
        ("in_progress", TODAY - timedelta(days=1), True, False),
        ("not_started", TODAY - timedelta(days=366), True, False),
        ("in_progress", TODAY, False, True),
        ("in_progress", date(2028, 3, 14), False, True),
        ("in_progress", date(2028, 3, 15), False, False),
        ("in_progress", None, False, False),
        ("complete", TODAY - timedelta(days=1), False, False),
        ("withdrawn", TODAY, False, False),
    ],
)
def test_overdue_and_due_soon_by_day_and_status(status, due, overdue, soon):
    assert (is_overdue(status, due, TODAY), is_due_soon(status, due, TODAY)) == (overdue, soon)


def test_every_status_is_open_or_closed_and_none_is_both():
    assert sorted([*OPEN, *CLOSED]) == sorted(ActionStatus.values)


@given(status=STATUSES, due=st.none() | DAYS, today=DAYS)
def test_nothing_is_overdue_and_due_soon_at_once_and_nothing_closed_is_either(status, due, today):
    says = is_overdue(status, due, today), is_due_soon(status, due, today)
    assert says != (True, True)
    if status in CLOSED or due is None:
        assert says == (False, False)


@given(due=DAYS, today=DAYS, days=st.integers(0, 4000))
def test_what_is_overdue_stays_so_until_something_is_done(due, today, days):
    if is_overdue("in_progress", due, today):
        assert is_overdue("in_progress", due, today + timedelta(days=days))


@given(
    told=st.fixed_dictionaries(
        {
            "status": STATUSES, "status_before": STATUSES, "rating": RATINGS,
            "rating_before": RATINGS, "text": WORDS, "due_on": st.none() | DAYS,
            "due_before": st.none() | DAYS, "due_reason": WORDS, "starts_on": st.none() | DAYS,
            "difference": WORDS,
        }
    )
)  # fmt: skip
def test_what_nothing_is_asked_of_keeps_every_promise(told):
    if problems(**told):
        return
    changes = told["due_on"] != told["due_before"]
    if told["due_before"] and changes:
        assert told["due_reason"]
    if told["status"] == "complete":
        assert told["difference"]
    if told["starts_on"] and told["due_on"]:
        assert told["starts_on"] <= told["due_on"]
    if told["status"] != told["status_before"] and told["status"] == "withdrawn":
        assert told["text"]
    if told["rating"] in {"amber", "red"} and told["rating"] != told["rating_before"]:
        assert told["text"]
        assert told["status"] == "in_progress"
