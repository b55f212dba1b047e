"""The daily work: once a day by one machine, and done all the same when one breaks down."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnerships import daily
from partnerships.limits import CODE_TO_ACCOUNT, take
from partnerships.models import DailyJob, TryCount
from tests.factories.people import PASSWORD, make_user
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def done(monkeypatch):
    """Two pieces of work in place of the real ones; what was done is noted in this list."""
    done = []
    jobs = {"one": lambda now: done.append("one"), "two": lambda now: done.append("two")}
    monkeypatch.setattr(daily, "JOBS", jobs)
    return done


def let_pass(time):
    """As if so much time had passed since."""
    for job in DailyJob.objects.all():
        job.due_at -= time
        job.save()


def test_each_is_done_once_a_day(done):
    assert daily.do_due_jobs() == ["one", "two"]
    assert daily.do_due_jobs() == []
    assert done == ["one", "two"]

    let_pass(timedelta(days=1, hours=12))
    assert daily.do_due_jobs() == ["one", "two"]


def test_a_day_that_was_missed_is_not_made_up_twice(done):
    daily.do_due_jobs()
    let_pass(timedelta(days=5))

    assert daily.do_due_jobs() == ["one", "two"]
    assert daily.do_due_jobs() == []


@pytest.mark.django_db(transaction=True)
def test_several_machines_at_once_do_each_once(done):
    at_once(*[daily.do_due_jobs] * 6)

    assert sorted(done) == ["one", "two"]


def test_one_that_fails_stops_no_other_and_is_tried_again(done, monkeypatch, caplog):
    def fail(now):
        done.append("failed")
        raise RuntimeError("Something")

    monkeypatch.setitem(daily.JOBS, "one", fail)

    assert daily.do_due_jobs() == ["two"]
    assert daily.do_due_jobs() == []
    assert [line.event for line in caplog.records] == ["job_failed"]
    let_pass(daily.CLAIM)
    assert daily.do_due_jobs() == []
    assert done == ["failed", "two", "failed"]


def test_one_that_was_killed_half_way_is_done_again_soon(done, monkeypatch):
    class Killed(BaseException):
        pass

    def die(now):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setitem(daily.JOBS, "one", die)
        with pytest.raises(Killed):
            daily.do_due_jobs()

    assert daily.do_due_jobs() == ["two"]  # the claim stands
    let_pass(daily.CLAIM)
    assert daily.do_due_jobs() == ["one"]


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ((2026, 5, 3, 12, 0), (2026, 5, 4, 3, 0)),
        ((2026, 5, 3, 0, 5), (2026, 5, 4, 3, 0)),
        ((2026, 3, 28, 12, 0), (2026, 3, 29, 3, 0)),  # that night an hour is left out
        ((2026, 10, 24, 12, 0), (2026, 10, 25, 3, 0)),  # and that night there is one more
        ((2026, 12, 31, 23, 59), (2027, 1, 1, 3, 0)),
    ],
)
def test_the_next_time_is_three_at_night_by_our_clocks(now, night):
    assert daily.next_night(datetime(*now, tzinfo=LONDON)) == datetime(*night, tzinfo=LONDON)


def test_sessions_that_ended_are_forgotten_with_where_they_came_from(client):
    client.post("/sign-in/", {"login": make_user().email, "password": PASSWORD})
    ended = UserSession.objects.get()
    long_ago = timezone.now() - timedelta(days=2)
    Session.objects.update(expire_date=long_ago)
    running = UserSession.objects.create(
        user=ended.user, ip="127.0.0.1", user_agent="x", session_key="new", data={}
    )
    daily.forget_ended_sessions(timezone.now())
    assert UserSession.objects.count() == 2  # a session that begins has no row for a moment

    UserSession.objects.update(created_at=long_ago)
    Session.objects.create(
        session_key="new", session_data="", expire_date=timezone.now() + timedelta(hours=1)
    )
    daily.forget_ended_sessions(timezone.now())

    assert UserSession.objects.get() == running
    assert Session.objects.get().session_key == "new"


def test_counts_of_tries_are_forgotten_after_a_day():
    take(CODE_TO_ACCOUNT, "ada@council.example")
    daily.JOBS["counts"](timezone.now())
    assert TryCount.objects.count() == 1
    daily.JOBS["counts"](timezone.now() + timedelta(days=2))
    assert TryCount.objects.count() == 0
