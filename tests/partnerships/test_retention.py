"""Unused accounts: who is warned, who is emptied, and who never is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from partnerships.activity import Asked, page_of
from partnerships.anonymising import anonymise
from partnerships.mail import forget_old_mail
from partnerships.models import OutgoingMail, User
from partnerships.models.mail import MailState
from partnerships.retention import Step, months_before, see_to_unused_accounts, step
from partnerships.sending import send_due
from rpcportal.kit.roles import Role
from tests.factories.people import (
    make_invitation,
    make_member,
    make_organisation,
    make_partnership,
    make_user,
)
from tests.parallel import at_once, meanwhile

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 3, 0, tzinfo=LONDON)
LONG_AGO = datetime(2023, 2, 1, 12, 0, tzinfo=LONDON)
MONTH = timedelta(days=30)


# --- The rule ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-06-15", 24, "2024-06-15"),
        ("2026-02-28", 24, "2024-02-28"),
        ("2024-02-29", 24, "2022-02-28"),
        ("2024-02-29", 48, "2020-02-29"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-12-31", 1, "2026-11-30"),
        ("2026-01-01", 13, "2024-12-01"),
        ("2026-01-15", 12, "2025-01-15"),
        ("2026-01-15", 99_999, "0001-01-01"),
    ],
)
def test_months_before(day, months, before):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("last_used", "warned", "today", "expected"),
    [
        # Two years to the day.
        ("2024-06-16", None, "2026-06-15", Step.NOTHING),
        ("2024-06-15", None, "2026-06-15", Step.WARN),
        ("2020-01-01", None, "2026-06-15", Step.WARN),
        # Thirty days after the warning.
        ("2024-06-15", "2026-06-15", "2026-06-15", Step.NOTHING),
        ("2024-06-15", "2026-06-15", "2026-07-14", Step.NOTHING),
        ("2024-06-15", "2026-06-15", "2026-07-15", Step.EMPTY),
        # Somebody who signed in after the warning, on its very day or later.
        ("2026-06-15", "2026-06-15", "2026-07-15", Step.NOTHING),
        ("2026-07-14", "2026-06-15", "2026-07-15", Step.NOTHING),
        ("2026-07-14", "2026-06-15", "2028-07-13", Step.NOTHING),
        ("2026-07-14", "2026-06-15", "2028-07-14", Step.WARN),
        # Nobody is too early for a day that their year does not have.
        ("2024-02-29", None, "2026-02-28", Step.NOTHING),
        ("2024-02-29", None, "2026-03-01", Step.WARN),
        # A warning by a shorter measure, since lengthened, does not count.
        ("2024-06-15", "2025-06-15", "2026-06-15", Step.WARN),
    ],
)
def test_what_is_to_be_done(last_used, warned, today, expected):
    given = {"last_used": last_used, "warned": warned, "today": today}
    days = {name: text and date.fromisoformat(text) for name, text in given.items()}

    assert step(**days, months=24) is expected


@pytest.mark.parametrize("months", [0, -1])
def test_accounts_can_be_kept_for_ever(months):
    given = {"last_used": date(1990, 1, 1), "warned": date(1995, 1, 1), "today": TODAY}

    assert step(**given, months=months) is Step.NOTHING


# --- Accounts ------------------------------------------------------------------------------


@pytest.fixture
def portal(db, settings):
    """A portal that sends mails, and counts two years."""
    settings.DEMO_POST, settings.SMTP_URL = False, "smtp://127.0.0.1:1"
    settings.UNUSED_MONTHS = 24
    settings.PRODUCTION, settings.HOSTS = True, ["portal.example"]


@pytest.fixture
def area(portal):
    """A partnership with a coordinator who is there."""
    partnership = make_partnership()
    coordinator = make_member(partnership, Role.COORDINATOR)
    User.objects.filter(pk=coordinator.pk).update(last_login=NOW)
    return partnership


@pytest.fixture
def away(area):
    """Somebody of that partnership who has not signed in for long."""
    person = make_member(area, Role.EDITOR, name="Ada Marsh", email="ada@council.example")
    return used(person, LONG_AGO)


def used(person, when):
    User.objects.filter(pk=person.pk).update(last_login=when)
    person.refresh_from_db()
    return person


def after(days):
    see_to_unused_accounts(NOW + timedelta(days=days))


def deliver():
    """As if the mail server had taken everything."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    waiting.update(state=MailState.SENT, ended_at=timezone.now(), body="")


def is_emptied(person):
    person.refresh_from_db()
    return person.anonymised_at is not None


def test_an_unused_account_is_warned_once_and_emptied_after_a_month(away):
    after(days=0)
    (mail,) = OutgoingMail.objects.all()

    assert mail.to == "ada@council.example"
    assert mail.subject == "Your account on the RPC Portal is not in use"
    assert "Hello Ada Marsh," in mail.body
    assert "since 1 February 2023" in mail.body
    assert "before 15 July 2026" in mail.body
    assert "https://portal.example" in mail.body
    assert "only coordinator" not in mail.body
    deliver()
    for days in (0, 1, 29):
        after(days)
    assert OutgoingMail.objects.count() == 1
    assert not is_emptied(away)
    after(days=30)
    assert is_emptied(away)
    assert str(away) == "Former member"
    after(days=31)
    assert not OutgoingMail.objects.filter(to__contains="anonymised").exists()


def test_an_account_that_was_never_used_counts_from_its_making(area):
    person = make_member(area, Role.EDITOR)
    User.objects.filter(pk=person.pk).update(joined_at=LONG_AGO)
    after(days=0)

    assert OutgoingMail.objects.get().to == person.email


def test_an_account_in_use_is_left_alone(area):
    person = used(make_member(area, Role.EDITOR), NOW - timedelta(days=700))
    after(days=0)

    assert not OutgoingMail.objects.exists()
    person.refresh_from_db()
    assert person.warned_at is None


def test_signing_in_after_the_warning_keeps_the_account_and_a_later_one_counts_anew(away):
    after(days=0)
    deliver()
    used(away, NOW + timedelta(days=5))
    after(days=30)
    after(days=400)
    assert not is_emptied(away)
    assert OutgoingMail.objects.count() == 1

    after(days=5 + 731)
    assert OutgoingMail.objects.filter(to=away.email).count() == 2
    assert not is_emptied(away)


@pytest.mark.django_db(transaction=True)
def test_somebody_who_signs_in_at_that_very_moment_keeps_the_account(away):
    after(days=0)
    deliver()
    with meanwhile(lambda: after(days=30)) as outcome:
        used(away, NOW + MONTH)

    assert outcome == [None]
    assert not is_emptied(away)


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_warn_once_and_empty_once(away):
    at_once(*[lambda: see_to_unused_accounts(NOW)] * 4)
    assert OutgoingMail.objects.count() == 1
    deliver()
    assert at_once(*[lambda: see_to_unused_accounts(NOW + MONTH)] * 4) == [None] * 4
    assert is_emptied(away)


def test_nobody_is_emptied_whom_no_warning_could_reach(away):
    after(days=0)
    after(days=30)
    assert not is_emptied(away)  # it still waits to be sent

    OutgoingMail.objects.update(state=MailState.STALE, ended_at=NOW + MONTH)
    after(days=31)
    assert OutgoingMail.objects.filter(state=MailState.WAITING).count() == 1
    deliver()
    after(days=60)
    assert not is_emptied(away)
    after(days=61)
    assert is_emptied(away)


def test_an_address_that_takes_no_mail_any_more_is_no_reason_to_keep_it(away):
    after(days=0)
    OutgoingMail.objects.update(state=MailState.FAILED, ended_at=NOW)
    after(days=30)

    assert is_emptied(away)


def test_the_warning_can_be_sent_for_as_long_as_it_is_of_use(away):
    after(days=0)
    mail = OutgoingMail.objects.get()

    assert mail.useless_after - mail.created_at >= timedelta(days=29, hours=23)


def test_what_was_sent_may_be_forgotten_before_the_month_is_over(away):
    after(days=0)
    deliver()
    OutgoingMail.objects.update(ended_at=NOW)
    forget_old_mail(NOW + timedelta(days=31))
    after(days=31)

    assert is_emptied(away)


def test_an_account_that_is_switched_off_gets_no_mail_and_is_emptied(away):
    User.objects.filter(pk=away.pk).update(is_active=False)
    after(days=0)
    assert not OutgoingMail.objects.exists()
    after(days=30)
    assert is_emptied(away)


def test_the_history_says_that_the_portal_emptied_it(area, away):
    home = make_organisation(area, "Housing")
    away.memberships.get().organisations.add(home)
    make_invitation(area, accepted_at=NOW, accepted_by=away)
    after(days=0)
    deliver()
    after(days=30)
    nobody = Asked(people=())  # had signed in
    told = {line.sentence for line in page_of(area, nobody)[0]}

    assert {
        "The portal ended the membership of Former member",
        "The portal took Former member out of Housing",
        "The portal changed the address of an invitation as partner editor",
    } <= told
    assert not any(each.startswith("Former member") for each in told if "Housing" in each)


def test_what_somebody_does_at_the_database_is_not_the_portals_doing(area, away):
    anonymise(user=away)
    told = [line.sentence for line in page_of(area, Asked(people=()))[0]]

    assert "Somebody with access to the database ended the membership of Former member" in told


def test_in_the_demo_the_warning_can_be_read(away, settings):
    settings.DEMO_POST = True
    after(days=0)
    send_due()

    assert "Ada Marsh" in OutgoingMail.objects.get().body


# --- Those without whom it does not go on --------------------------------------------------


def test_the_last_coordinator_stays_and_administrators_are_told_once(area, caplog):
    User.objects.update(last_login=LONG_AGO)
    (alone,) = User.objects.all()
    administrator = used(make_user("root@portal.example"), NOW + timedelta(days=300))
    User.objects.filter(pk=administrator.pk).update(is_portal_administrator=True)
    after(days=0)
    (warning,) = OutgoingMail.objects.all()
    assert "You are the only coordinator of Rochdale Relationships." in warning.body
    deliver()
    for days in (30, 31, 32):
        after(days)
        forget_old_mail(NOW + timedelta(days=days))

    assert not is_emptied(alone)
    (told,) = OutgoingMail.objects.filter(to="root@portal.example")
    assert told.subject == "Rochdale Relationships needs a coordinator"
    assert alone.name not in told.body
    assert alone.email not in told.body
    assert caplog.records[0].event == "last_coordinator_unused"
    assert alone.email not in caplog.text
    deliver()
    forget_old_mail(timezone.now() + timedelta(days=31))
    after(days=100)
    assert not OutgoingMail.objects.filter(to="root@portal.example").exists()


def test_once_there_is_another_coordinator_the_unused_account_goes(area):
    User.objects.update(last_login=LONG_AGO)
    (alone,) = User.objects.all()
    after(days=0)
    deliver()
    after(days=30)
    used(make_member(area, Role.COORDINATOR), NOW + MONTH)
    after(days=31)

    assert is_emptied(alone)


@pytest.mark.django_db(transaction=True)
def test_of_two_unused_coordinators_one_stays_also_when_both_go_at_once(portal):
    partnership = make_partnership()
    both = [used(make_member(partnership, Role.COORDINATOR), LONG_AGO) for _ in range(2)]
    after(days=0)
    deliver()
    assert at_once(*[lambda: see_to_unused_accounts(NOW + MONTH)] * 2) == [None, None]

    assert sorted(is_emptied(person) for person in both) == [False, True]


def test_the_last_portal_administrator_stays(portal, caplog):
    person = used(make_user("root@portal.example"), LONG_AGO)
    User.objects.filter(pk=person.pk).update(is_portal_administrator=True)
    after(days=0)
    deliver()
    after(days=30)

    assert not is_emptied(person)
    assert [line.event for line in caplog.records] == ["last_administrator_unused"]
