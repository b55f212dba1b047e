"""The figures: what each is of, at which day, and that they cost the same however many."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import Domain
from pledges.models import Action, Measure
from rpcportal.board_report.gathering import figures_of
from rpcportal.board_report.outline import Outline
from rpcportal.board_report.period import MOST, said
from tests.factories.actions import make_plan_action
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.factories.reports import (
    loaded,
    make_board_report,
    make_busy,
    make_many,
    make_pledge,
    morning,
    move,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def busy(area):
    return make_busy(area)


def figures(area, **details):
    return make_board_report(area.partnership, by=area.coordinator, **details).figures


def numbers(found):
    return [each["number"] for each in found["rows"]]


def test_actions_are_counted_by_how_they_stand_and_what_happened(area, busy):
    found = figures(area)["actions"]
    asked = ("open", "completed", "overdue", "red", "amber", "waiting")
    assert {name: found[name] for name in asked} == {
        "open": 3, "completed": 1, "overdue": 1, "red": 1, "amber": 0, "waiting": 1,
    }  # fmt: skip


def test_exceptions_are_told_with_reason_days_and_what_is_waited_for(area, busy):
    found = figures(area)
    (red,) = found["rated"]["rows"]
    assert (red["number"], red["rating"], red["reason"]) == (
        busy.red.number, "red", "The trainer has left."
    )  # fmt: skip
    (late,) = found["overdue"]["rows"]
    assert (late["number"], late["due_on"], late["days"]) == (
        busy.overdue.number, "2026-09-10", 20
    )  # fmt: skip
    (waits,) = found["waiting"]["rows"]
    assert (waits["number"], waits["for"]["number"]) == (busy.waiting.number, busy.overdue.number)
    assert found["lapsed"]["rows"] == [{"organisation": "Old Mill", "lapsed_on": "2026-08-01"}]
    late = found["measures"]["late"]["rows"]
    assert [each["name"] for each in late] == ["Calls to the advice line"]


@pytest.mark.parametrize(
    ("due", "status", "completed", "is_overdue"),
    [
        (date(2026, 9, 29), "not_started", None, True),
        (date(2026, 9, 30), "not_started", None, False),
        (date(2026, 9, 29), "complete", date(2026, 9, 30), False),
        (date(2026, 9, 29), "complete", date(2026, 10, 1), True),
        (date(2026, 9, 29), "withdrawn", None, False),
        (None, "not_started", None, False),
    ],
)
def test_overdue_is_what_was_due_before_the_end_and_not_done_by_then(
    area, due, status, completed, is_overdue
):
    organisation = make_organisation(area.partnership)
    make_plan_action(organisation, due_on=due, status=status, completed_on=completed)
    found = figures(area)
    assert found["actions"]["overdue"] == len(found["overdue"]["rows"]) == int(is_overdue)


def test_a_day_that_was_moved_after_the_period_was_overdue_in_it(area):
    action = make_plan_action(make_organisation(area.partnership), due_on=date(2027, 1, 1))
    before, after = date(2026, 9, 1), date(2027, 1, 1)
    move(action, area.coordinator, before, after, "x", on=date(2026, 10, 2))
    found = figures(area)
    assert [each["due_on"] for each in found["overdue"]["rows"]] == ["2026-09-01"]
    assert found["dates"]["rows"] == []


def test_days_that_moved_are_those_of_the_period_with_reason_and_distance(area, busy):
    move(busy.red, area.coordinator, date(2026, 1, 1), date(2026, 2, 1), "x", on=date(2026, 6, 30))
    move(busy.red, area.coordinator, date(2026, 9, 9), None, "y", on=date(2026, 9, 30))
    move(busy.red, area.coordinator, None, date(2026, 9, 9), "first", on=date(2026, 9, 1))
    told = [
        (each["number"], each["before"], each["after"], each["days"], each["reason"])
        for each in figures(area)["dates"]["rows"]
    ]
    assert told == [
        (busy.red.number, "2026-09-09", None, None, "y"),
        (busy.overdue.number, "2026-08-10", "2026-09-10", 31, "The printer broke down."),
    ]


def test_what_was_completed_is_told_in_the_words_of_who_did_it(area, busy):
    (row,) = figures(area)["completed"]["rows"]
    assert (row["number"], row["difference"], row["where"]) == (
        busy.done.number, "Parents ask for it at the counter.", "The counter’s tally"
    )  # fmt: skip


def test_pledges_stand_and_are_signed_in_the_period(area, busy):
    make_pledge(make_organisation(area.partnership, "Later"), area.lead)
    found = figures(area)["pledges"]
    assert found == {"standing": 2, "lapsed": 1, "signed": 1, "organisations": 3}


def test_levels_then_and_now_with_the_actions_of_each_domain(area, busy):
    found = figures(area)
    names = ("number", "before", "level", "open", "complete", "overdue")
    rows = [tuple(each[name] for name in names) for each in found["domains"]["rows"]]
    assert rows == [(1, "1/2", "2/3", 2, 0, 1), (2, "2", "2", 1, 1, 1), (3, "2", "3", 0, 0, 0)]
    assert found["domains"]["no_domain"]["open"] == 1
    moved = [(each["title"], each["before"], each["level"]) for each in found["moved"]["rows"]]
    assert moved == [("1. Purpose", "1/2", "2/3"), ("3. Practice", "2", "3")]


def test_a_sheet_agreed_after_the_period_is_none_of_it(area, busy):
    found = figures(area, from_on=date(2026, 4, 1), to_on=date(2026, 6, 30))
    assert found["domains"]["sheet"]["assessed_on"] == "2025-09-01"
    assert found["domains"]["before"] is None
    assert [each["level"] for each in found["domains"]["rows"]] == ["1/2", "2", "2"]
    assert found["moved"] is None


def test_readings_are_those_by_the_end_of_the_period(area, busy):
    found = figures(area)["measures"]["rows"]
    (row,) = [each for each in found if each["value"]]
    assert (row["value"], row["read_on"]) == ("50 couples", "2026-09-30")
    assert (row["before"], row["before_on"]) == ("40 couples", "2026-06-30")
    assert (row["target"], row["rating"], row["by_rule"]) == ("100 couples", "red", True)


def test_of_very_many_measures_every_red_and_late_one_counts(area, busy):
    partnership, long_ago = area.partnership, morning(date(2025, 1, 1))
    for number in range(MOST):
        Measure.objects.create(partnership=partnership, name=f"A {number}")
    for number in range(3):
        Measure.objects.create(partnership=partnership, name=f"Z {number}", created_at=long_ago)
    found = figures(area)["measures"]
    assert (found["all"], found["red"], len(found["rows"])) == (MOST + 5, 1, MOST)
    assert found["rows"][0]["name"] == busy.measure.name
    assert found["late"]["all"] == 4
    assert "1 of 45" in str(Outline.of(loaded(make_board_report(partnership, by=area.coordinator))))


def test_an_open_action_of_another_tool_is_told_beside_the_table(area, busy):
    other = make_small_framework(slug="other-tool")
    domain = Domain.objects.filter(framework=other).first()
    make_plan_action(busy.homes, what="Serves another tool", domains=[domain])
    report = make_board_report(area.partnership, by=area.coordinator)
    assert report.figures["domains"]["elsewhere"] == 1
    assert "Open actions that serve domains of another tool alone: 1." in str(Outline.of(report))


@pytest.mark.parametrize(
    ("moment", "is_counted"),
    [  # summer time: midnight is at 23:00 UTC of the day before
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 9, 30, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 30, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_quarter_begins_and_ends_at_midnight_of_our_clocks(area, moment, is_counted):
    action = make_plan_action(make_organisation(area.partnership), created_at=moment)
    update = move(action, area.coordinator, date(2027, 1, 1), date(2027, 2, 1), "x")
    update.delete()
    update.pk, update.written_at = None, moment
    update.save()
    found = figures(area)
    assert (found["actions"]["added"], found["dates"]["all"]) == (is_counted, is_counted)


def test_people_are_counted_and_never_named(area, busy):
    found = figures(area)
    people = found["people"]
    assert (people["trained"], people["sessions"], people["reached"]) == (12, 1, 210)
    assert (people["champions"], people["organisations"], people["ambassadors"]) == (1, 1, 0)
    assert people["targets"][0]["sentence"].startswith("12 of 60 people by 31 December 2026")
    text = json.dumps(found, ensure_ascii=False)
    for person in ("Dagny Oyelaran", str(area.coordinator), area.coordinator.email, "Ada Marsh"):
        assert person not in text


def test_figures_of_another_partnership_are_none_of_it(area):
    before = figures(area)
    make_busy(make_area("bury", "Bury Together", "Bury"))
    assert figures(area) == before


def test_a_period_that_still_runs_ends_today(area):
    report = make_board_report(
        area.partnership, by=area.coordinator, from_on=date(2026, 1, 1), to_on=date(2099, 1, 1)
    )
    assert report.figures["end"] == report.figures["taken_on"]


def test_it_takes_the_same_queries_for_1_and_for_12(area, busy, django_assert_num_queries):
    report = loaded(make_board_report(area.partnership, by=area.coordinator))
    report.figures_at = morning(date(2026, 10, 5))
    make_many(area, 1)
    with CaptureQueriesContext(connection) as few:
        figures_of(report)
    make_many(area, 12)
    with django_assert_num_queries(len(few)):
        found = figures_of(report)
    assert found["dates"]["all"] == 14


def test_a_table_holds_the_first_and_says_how_many_there_are(area):
    organisation = make_organisation(area.partnership)
    for number in range(MOST + 3):
        make_plan_action(organisation, what=f"Do {number}", due_on=date(2026, 8, 1))
    found = figures(area)["overdue"]
    assert (len(found["rows"]), found["all"]) == (MOST, MOST + 3)


def test_everything_is_plain_json(area, busy):
    found = figures(area)
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("a\0b", "ab"),
        ("word " * 3, "word word word"),
        ("word " * 200, "word " * 79 + "word…"),
        ("W" * 500, "W" * 400 + "…"),
    ],
)
def test_a_text_in_a_table_is_short_and_clean(text, kept):
    assert said(text) == kept


def test_withdrawn_and_complete_are_not_waiting(area, busy):
    Action.objects.filter(pk=busy.overdue.pk).update(status="withdrawn")
    assert numbers(figures(area)["waiting"]) == []
