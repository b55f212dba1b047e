"""Reminders: one e-mail to each person, with what is due, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partnerships.models import OutgoingMail
from pledges.actions import add_action, tell_of
from pledges.models import ReminderChoice
from pledges.reminding import send_reminders
from tests.factories.people import (
    client_of,
    make_area,
    make_member,
    make_membership,
    make_organisation,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = MONDAY.date()


def make_homes(area):
    homes = make_organisation(area.partnership)
    area.editor.memberships.get().organisations.add(homes)
    return homes


@pytest.fixture
def area():
    area = make_area()
    make_homes(area)
    return area


def make(area, what="Train officers", *, days=3, owner="editor", **words):
    """An action that is due so many days from that Monday."""
    return add_action(
        organisation=area.partnership.organisations.first(),
        by=area.coordinator,
        what=what,
        owner=getattr(area, owner) if owner else None,
        due_on=TODAY + timedelta(days=days),
        **words,
    )


def mails():
    return list(OutgoingMail.objects.order_by("pk"))


def test_what_is_overdue_and_what_is_due_soon_in_one_mail(area):
    make(area, "Late", days=-1)
    make(area, "Today", days=0)
    make(area, "In two weeks", days=14)
    make(area, "Later", days=15)
    assert send_reminders(MONDAY) == 1
    (mail,) = mails()
    assert (mail.to, mail.subject) == (
        area.editor.email, "Your actions: 1 overdue and 2 due soon"
    )  # fmt: skip
    assert mail.body.index("Overdue:") < mail.body.index("Late") < mail.body.index("Due soon:")
    assert "Today" in mail.body
    assert "In two weeks" in mail.body
    assert "Later" not in mail.body
    assert "was due on 22 November 2026" in mail.body


def test_twice_sends_once_and_the_next_week_again(area):
    make(area)
    for moment, number in ((MONDAY, 1), (MONDAY, 1), (MONDAY + timedelta(days=6), 1),
                           (MONDAY + timedelta(days=8), 2)):  # fmt: skip
        send_reminders(moment)
        assert len(mails()) == number


@pytest.mark.django_db(transaction=True)
def test_six_at_once_send_once():
    area = make_area()
    make_homes(area)
    make(area)
    answers = at_once(*[lambda: send_reminders(MONDAY)] * 6)
    assert sorted(answers) == [0, 0, 0, 0, 0, 1]
    assert len(mails()) == 1


def test_nothing_due_nothing_sent(area):
    make(area, days=60)
    done = make(area)
    tell_of(
        action=done, by=area.coordinator, request_key="6a0f9d5e-1b39-4f0a-9d5a-5b6f2a0c1d11",
        text="", status="complete", rating="", due_on=done.due_on, difference="Some",
    )  # fmt: skip
    make(area, "Nobody's", owner=None)
    assert send_reminders(MONDAY) == 0
    assert not mails()


def test_a_day_that_is_moved_stops_it(area):
    action = make(area, days=-5)
    tell_of(
        action=action, by=area.editor, request_key="6a0f9d5e-1b39-4f0a-9d5a-5b6f2a0c1d12",
        text="", status="not_started", rating="", due_on=TODAY + timedelta(days=90),
        due_reason="The trainer is ill",
    )  # fmt: skip
    assert send_reminders(MONDAY) == 0


def test_deputies_are_reminded_too_each_with_a_link_of_their_own(area):
    make(area, deputies=[area.facilitator])
    assert send_reminders(MONDAY) == 2
    links = {line for mail in mails() for line in mail.body.split() if "/update/" in line}
    assert len(links) == 2


@pytest.mark.parametrize(
    ("rhythm", "numbers"), [("weekly", [1, 2, 3]), ("monthly", [1, 1, 2]), ("off", [0, 0, 0])]
)
def test_as_often_as_one_chose(area, rhythm, numbers):
    make(area, days=-1)
    client_of(area.editor).post("/your-account/reminders/", {"rhythm": rhythm})
    for weeks, number in zip((0, 1, 2), numbers, strict=True):
        send_reminders(MONDAY + timedelta(weeks=weeks))
        assert len(mails()) == number


def test_nobody_is_reminded_who_cannot_write_or_has_left(area):
    make(area)
    make(area, owner="lead")  # of no organisation
    area.editor.memberships.update(role="reader")
    assert send_reminders(MONDAY) == 0
    gone = make_member(area.partnership, "facilitator")
    add_action(
        organisation=area.partnership.organisations.first(), by=area.coordinator, what="x",
        owner=gone, due_on=TODAY,
    )  # fmt: skip
    gone.memberships.get().delete()
    assert send_reminders(MONDAY) == 0


def test_an_account_that_is_switched_off_gets_none(area):
    make(area)
    area.editor.is_active = False
    area.editor.save()
    assert send_reminders(MONDAY) == 0


def test_of_two_partnerships_there_is_one_mail(area):
    bolton = make_area("bolton", "Bolton", "Bolton")
    there = make_organisation(bolton.partnership, "School")
    make_membership(bolton.partnership, area.editor, "editor", organisation=there)
    make(area)
    add_action(
        organisation=there, by=bolton.coordinator, what="Theirs", owner=area.editor, due_on=TODAY
    )
    assert send_reminders(MONDAY) == 1
    (mail,) = mails()
    assert "Train officers" in mail.body
    assert "Theirs" in mail.body


def test_words_of_an_action_begin_no_line_of_the_head(area):
    make(area, "x\r\nBcc: all@x.org")
    send_reminders(MONDAY)
    (mail,) = mails()
    assert "\n" not in mail.subject


def test_the_command_says_how_many(area, capsys):
    add_action(
        organisation=area.partnership.organisations.first(), by=area.coordinator, what="x",
        owner=area.editor, due_on=timezone.localdate(),
    )  # fmt: skip
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out == "Reminders written: 1.\nReminders written: 0.\n"


def test_the_daily_work_does_it():
    from partnerships.daily import JOBS

    assert JOBS["reminders"] is send_reminders


def test_the_choice_is_shown_again(area):
    client = client_of(area.reader)
    assert client.get("/your-account/reminders/").context["form"]["rhythm"].value() == "weekly"
    assert client.post("/your-account/reminders/", {"rhythm": "monthly"}).url == "/your-account/"
    assert ReminderChoice.objects.get(user=area.reader).rhythm == "monthly"
    assert client.get("/your-account/reminders/").context["form"]["rhythm"].value() == "monthly"
    assert client.post("/your-account/reminders/", {"rhythm": "daily"}).status_code == 200
