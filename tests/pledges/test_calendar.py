"""One's own due dates for any calendar, at an address that only its owner is told."""

import uuid
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from pledges.actions import add_action
from pledges.calendar import key_of, new_address
from tests.factories.bad_input import STRANGE
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    area = make_area()
    make_organisation(area.partnership)
    return area


def make(area, what="Train officers", owner="editor", due_on=date(2026, 11, 20), **words):
    return add_action(
        organisation=area.partnership.organisations.get(), by=area.coordinator, what=what,
        owner=getattr(area, owner), due_on=due_on, **words,
    )  # fmt: skip


def events(user, client=None):
    answer = (client or Client()).get(f"/calendar/{key_of(user) or new_address(user)}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_ones_own_open_actions_stand_on_their_days(area):
    mine = make(area)
    make(area, "Somebody else’s", owner="lead")
    make(area, "No day", due_on=None)
    make(area, "As deputy", owner="lead", deputies=[area.editor], due_on=date(2028, 2, 29))
    first, second = events(area.editor)
    assert (first["summary"], first.decoded("dtstart")) == ("Due: Train officers", mine.due_on)
    assert first.decoded("dtend") == date(2026, 11, 21)
    assert str(first["url"]).endswith(mine.get_absolute_url())
    assert second.decoded("dtend") == date(2028, 3, 1)


def test_a_moved_day_moves_the_same_event(area):
    action = make(area)
    (before,) = events(area.editor)
    action.due_on = date(2026, 12, 24)
    action.save()
    (after,) = events(area.editor)
    assert before["uid"] == after["uid"]
    assert after.decoded("dtstart") == date(2026, 12, 24)


@pytest.mark.parametrize("kind", [kind for kind, text in STRANGE.items() if len(text) <= 500])
def test_strange_words_come_out_as_they_were_written(area, kind):
    make(area, STRANGE[kind])
    (event,) = events(area.editor)
    assert event["summary"] == f"Due: {STRANGE[kind]}"


def test_words_make_no_event_of_their_own(area):
    make(area, "x END:VEVENT\\nBEGIN:VEVENT, SUMMARY:y; z")
    assert len(events(area.editor)) == 1


def test_a_new_address_ends_the_one_before(area):
    client = client_of(area.editor)
    assert client.post("/your-account/reminders/calendar/").url == "/your-account/reminders/"
    first = key_of(area.editor)
    assert f"/calendar/{first}.ics" in client.get("/your-account/reminders/").content.decode()
    client.post("/your-account/reminders/calendar/")
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert events(area.editor) == []


def test_nobodys_address_and_that_of_an_account_out_of_use_are_not_found(area):
    assert Client().get(f"/calendar/{uuid.uuid4()}.ics").status_code == 404
    key = new_address(area.editor)
    area.editor.is_active = False
    area.editor.save()
    assert Client().get(f"/calendar/{key}.ics").status_code == 404


def test_of_a_partnership_that_one_has_left_nothing_is_told(area):
    make(area)
    key = new_address(area.editor)
    area.editor.memberships.all().delete()
    assert b"Train officers" not in Client().get(f"/calendar/{key}.ics").content
