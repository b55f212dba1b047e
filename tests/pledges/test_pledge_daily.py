"""Reminders and lapsing, day by day: once each, and a day that was missed is made up."""

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from partnerships.daily import JOBS
from partnerships.mail import forget_old_mail
from partnerships.models import OutgoingMail
from partnerships.models.mail import MailState
from pledges.daily import see_to_pledges
from pledges.models import Action, Pledge, Update
from tests.factories.pledges import add_signing, make_pledge
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
LAPSES = date(2027, 3, 1)


@pytest.fixture
def pledge(area, homes):
    return make_pledge(homes, area.coordinator, signed_on=SIGNED, lead=area.partner)


def moment(day):
    return timezone.make_aware(datetime.combine(day, time(3)))


def live(day, *, state=MailState.SENT):
    """The night of a day, and what becomes of its post."""
    see_to_pledges(moment(day))
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    waiting.update(state=state, ended_at=moment(day))


def live_through(first, last, **options):
    for number in range((last - first).days + 1):
        live(first + timedelta(days=number), **options)


def days_of_mails():
    rows = OutgoingMail.objects.order_by("ended_at")
    return [(LAPSES - timezone.localdate(each.ended_at)).days for each in rows]


def status_of(pledge):
    pledge.refresh_from_db()
    return pledge.status


def test_it_is_what_the_portal_does_every_day():
    assert JOBS["pledges"] is see_to_pledges


def test_three_reminders_and_then_it_lapses(pledge):
    live_through(SIGNED, LAPSES - timedelta(days=1))
    assert days_of_mails() == [56, 28, 7]
    assert status_of(pledge) == "signed"
    live_through(LAPSES, LAPSES + timedelta(days=5))
    assert (status_of(pledge), pledge.lapsed_on) == ("lapsed", LAPSES)
    assert days_of_mails() == [56, 28, 7]


def test_twice_a_night_is_once(pledge):
    for _ in range(3):
        see_to_pledges(moment(LAPSES - timedelta(days=7)))
    mail = OutgoingMail.objects.get()
    assert mail.to == pledge.lead.email
    assert "lapses on 1 March 2027" in mail.body
    assert f"/partnerships/rochdale/pledges/{pledge.organisation_id}/" in mail.body


def test_days_that_were_missed_are_made_up_by_one_reminder(pledge):
    live(LAPSES - timedelta(days=20))
    assert days_of_mails() == [20]
    live(LAPSES + timedelta(days=3))
    assert days_of_mails() == [20]
    assert status_of(pledge) == "lapsed"  # it was said long before


def test_nothing_lapses_before_somebody_was_reminded(pledge):
    late = LAPSES + timedelta(days=40)
    live(late)
    assert status_of(pledge) == "signed"
    assert "lapses on 17 April 2027" in OutgoingMail.objects.get().body
    live_through(late, late + timedelta(days=6))
    assert status_of(pledge) == "signed"
    live(late + timedelta(days=7))
    assert status_of(pledge) == "lapsed"


def test_what_could_not_be_sent_in_time_is_written_again(pledge):
    live(LAPSES, state=MailState.STALE)
    live_through(LAPSES + timedelta(days=1), LAPSES + timedelta(days=7))
    assert [each.state for each in OutgoingMail.objects.order_by("pk")] == ["stale", "sent"]
    assert status_of(pledge) == "signed"
    live(LAPSES + timedelta(days=8))
    assert status_of(pledge) == "lapsed"


def test_mails_that_were_forgotten_still_count(pledge):
    live(LAPSES - timedelta(days=56))
    forget_old_mail(moment(LAPSES - timedelta(days=10)))
    live(LAPSES - timedelta(days=50))
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("word", ["signing", "update"])
def test_a_word_starts_another_year(area, pledge, word):
    live_through(LAPSES - timedelta(days=56), LAPSES - timedelta(days=1))
    said_on = LAPSES - timedelta(days=1)
    if word == "signing":
        add_signing(pledge, area.lead, signed_on=said_on)
    else:
        tell_of_an_action(area, pledge.organisation, said_on)
    live_through(LAPSES, LAPSES + timedelta(days=60))
    assert status_of(pledge) == "signed"
    assert len(days_of_mails()) == 3
    live(said_on.replace(year=2028) - timedelta(days=56))
    assert len(days_of_mails()) == 4


def tell_of_an_action(area, organisation, day):
    action = Action.objects.create(
        partnership=area.partnership, organisation=organisation, number=1, what="Begin"
    )
    Update.objects.create(
        action=action, request_key=uuid.uuid4(), text="Done", status_before="not_started",
        status_after="not_started", written_by=area.lead, written_at=moment(day),
    )  # fmt: skip


def test_who_is_reminded(area, homes, pledge):
    Pledge.objects.update(lead=None)
    first, second = LAPSES - timedelta(days=56), LAPSES - timedelta(days=28)
    live(first)
    assert [each.to for each in OutgoingMail.objects.all()] == [area.coordinator.email]
    area.lead.memberships.get().organisations.add(homes)
    live(second)
    assert OutgoingMail.objects.latest("pk").to == area.lead.email


def test_a_lead_who_has_left_is_not_reminded(area, pledge):
    area.partner.memberships.get().delete()
    live(LAPSES - timedelta(days=56))
    assert [each.to for each in OutgoingMail.objects.all()] == [area.coordinator.email]


def test_whom_no_mail_reaches_gives_way_to_the_next(area, pledge):
    day = LAPSES - timedelta(days=56)
    live(day, state=MailState.FAILED)
    live_through(day + timedelta(days=1), day + timedelta(days=5))
    said = [(each.to, each.state) for each in OutgoingMail.objects.order_by("pk")]
    assert said == [(area.partner.email, "failed"), (area.coordinator.email, "sent")]


@pytest.mark.parametrize("status", ["invited", "draft", "withdrawn"])
def test_what_does_not_stand_is_left_alone(pledge, status):
    Pledge.objects.update(status=status)
    live_through(LAPSES - timedelta(days=56), LAPSES)
    assert (status_of(pledge), OutgoingMail.objects.count()) == (status, 0)


@pytest.mark.django_db(transaction=True)
def test_several_machines_at_once_remind_once(pledge):
    night = moment(LAPSES - timedelta(days=7))
    at_once(*[lambda: see_to_pledges(night)] * 4)
    assert OutgoingMail.objects.count() == 1
