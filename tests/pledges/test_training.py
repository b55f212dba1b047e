"""Training: what is counted, how far a target is, and what recording a session refuses."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges import training
from pledges.models import Attendance, Session
from pledges.training import Share, day_at_this_pace, target_progress, trained
from tests.factories.outreach import make_course, make_session, make_target
from tests.factories.people import make_area, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(area):
    return make_course(area.partnership)


@pytest.fixture
def school(area):
    return make_organisation(area.partnership, "Bamford School")


# --- How many ---------------------------------------------------------------------------------


def test_people_are_counted_by_setting_and_by_organisation_most_first(area, course, school):
    make_session(course, (school, "schools", 12), (None, "health", 20))
    make_session(course, (school, "early_years", 3), held_on=date(2026, 5, 1))
    found = trained(area.partnership)
    assert (found.total, found.sessions) == (35, 2)
    assert found.by_setting == (
        Share("Health", 20),
        Share("Schools and colleges", 12),
        Share("Early years", 3),
    )
    assert found.by_organisation == (
        Share("Elsewhere, or not said", 20),
        Share("Bamford School", 15),
    )


def test_the_first_and_the_last_day_count(area, course):
    for day in (1, 2, 3, 4):
        make_session(course, (None, "health", day), held_on=date(2026, 3, day))
    assert trained(area.partnership, date(2026, 3, 2), date(2026, 3, 3)).total == 5
    assert trained(area.partnership, to_on=date(2026, 3, 1)).total == 1


def test_other_partnerships_and_other_courses_are_not_counted(area, course):
    make_session(course, (None, "health", 5))
    make_session(make_course(area.partnership, "Other"), (None, "health", 7))
    other = make_area("bury", "Bury Together", "Bury").partnership
    make_session(make_course(other), (None, "health", 100))
    assert trained(area.partnership).total == 12
    assert trained(area.partnership, course=course).total == 5


def test_counting_takes_as_many_queries_for_3_sessions_as_for_60(area, course, school):
    numbers = []
    for more in (3, 57):
        for _ in range(more):
            make_session(course, (school, "schools", 2), (None, "health", 1))
            make_target(area.partnership)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            trained(area.partnership)
            training.targets_of(area.partnership, date(2026, 6, 1))
        numbers.append(len(queries))
    assert numbers == [4, 4]


# --- Targets ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "trained", "days", "expected"),
    [
        (600, 300, 100, 100),  # half of it in a hundred days
        (600, 200, 50, 100),
        (600, 0, 100, None),
        (600, 300, 27, None),  # too early
        (600, 300, 28, 28),
        (600, 600, 100, 0),
        (10_000, 1, 100, None),  # not within ten years
        (601, 300, 100, 101),  # a day that is begun counts
    ],
)
def test_the_day_at_this_pace(people, trained, days, expected):
    first = date(2026, 1, 1)
    today = first + timedelta(days=days - 1)
    day = day_at_this_pace(people, trained, first, today)
    assert day == (None if expected is None else today + timedelta(days=expected))


@pytest.mark.parametrize(
    ("number", "today", "words", "percent"),
    [
        (412, date(2026, 9, 1), ("412 of 600 people by 31 December 2026; 188 to go. At this pace "
         "it is reached in December 2026, in time."), 68),
        (200, date(2026, 9, 1), ("200 of 600 people by 31 December 2026; 400 to go. At this pace "
         "it is reached in January 2028, after the day."), 33),
        (600, date(2026, 9, 1), "600 of 600 people by 31 December 2026: reached.", 100),
        (700, date(2026, 9, 1), "700 of 600 people by 31 December 2026: reached.", 100),
        (412, date(2027, 1, 1), ("412 of 600 people by 31 December 2026: 188 short. The day has "
         "passed."), 68),
        (10, date(2026, 1, 9), ("10 of 600 people by 31 December 2026; 590 to go. It is too early "
         "to say when it will be reached."), 1),
        (1, date(2026, 9, 1), ("1 of 600 people by 31 December 2026; 599 to go. At this pace it is "
         "not reached within ten years."), 0),
    ],
)  # fmt: skip
def test_a_target_says_how_far_it_is(area, course, number, today, words, percent):
    make_session(course, (None, "health", number), held_on=date(2026, 1, 5))
    progress = target_progress(make_target(area.partnership), today)
    assert (progress.sentence, progress.percent) == (words, percent)


def test_a_target_counts_its_own_days_and_its_own_course_and_nothing_after_today(area, course):
    other = make_course(area.partnership, "Other")
    for held_on in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1)):
        make_session(course, (None, "health", 10), held_on=held_on)
    make_session(other, (None, "health", 1), held_on=date(2026, 2, 1))
    make_target(area.partnership, words="All")
    make_target(area.partnership, words="One", course=other)
    found = training.targets_of(area.partnership, date(2026, 5, 1))
    assert {each.target.words: each.trained for each in found} == {"All": 11, "One": 1}
    later = training.targets_of(area.partnership, date(2028, 1, 1))
    assert {each.target.words: each.trained for each in later} == {"All": 21, "One": 1}


def test_only_who_decides_on_figures_sets_targets_and_courses(area):
    words = {"words": "x", "people": 1, "from_on": date(2026, 1, 1), "by_on": date(2026, 2, 1)}
    with pytest.raises(PermissionDenied, match="decide what is measured"):
        training.add_target(partnership=area.partnership, by=area.lead, **words)
    with pytest.raises(PermissionDenied, match="decide what is measured"):
        training.add_course(partnership=area.partnership, by=area.editor, name="x")


# --- Sessions ---------------------------------------------------------------------------------


def record(area, course, *rows, **words):
    words = {"held_on": date(2026, 3, 1), "by": area.editor} | words
    return training.record_session(course=course, rows=rows or [(None, "health", 4)], **words)


def test_the_same_click_twice_is_one_session(area, course):
    key = uuid.uuid4()
    first = record(area, course, request_key=key)
    assert record(area, course, request_key=key) == first
    assert Attendance.objects.count() == 1


def test_somebody_elses_key_is_refused(area, course):
    key = uuid.uuid4()
    record(area, course, request_key=key)
    with pytest.raises(ValidationError, match="sent before"):
        record(area, course, request_key=key, by=area.lead)


def test_a_session_that_is_to_come_or_that_nobody_was_at_is_refused(area, course):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="today or in the past"):
        record(area, course, held_on=tomorrow)
    with pytest.raises(ValidationError, match="how many people were there"):
        training.record_session(course=course, rows=[], held_on=date(2026, 3, 1), by=area.editor)
    with pytest.raises(PermissionDenied, match="log readings, training"):
        record(area, course, by=area.reader)
    assert not Session.objects.exists()


def test_putting_right_changes_only_the_rows_that_differ(area, course, school):
    session = record(area, course, (school, "schools", 4), (None, "health", 5))
    events = Attendance.pgh_event_model.objects
    before = events.count()
    training.change_session(
        session=session, by=area.lead, course=course, held_on=session.held_on, place="", note="",
        rows=[(school, "schools", 4), (None, "health", 6), (None, "police", 1)],
    )  # fmt: skip
    labels = events.order_by("pgh_id").values_list("pgh_label", flat=True)[before:]
    assert list(labels) == ["changed", "added"]
    assert trained(area.partnership).total == 11


def test_a_session_that_is_removed_stays_in_the_history(area, course):
    session = record(area, course)
    training.remove_session(session=session, by=area.lead)
    training.remove_session(session=session, by=area.lead)
    assert trained(area.partnership).total == 0
    assert Attendance.pgh_event_model.objects.filter(pgh_label="removed").count() == 1


def test_the_database_refuses_a_row_of_another_partnership(area, course):
    other = make_organisation(make_area("bury", "Bury Together", "Bury").partnership)
    with pytest.raises(IntegrityError, match="another partnership"):
        record(area, course, (other, "housing", 2))
