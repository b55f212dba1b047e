"""Forgetting a person: nothing in the database names them afterwards, and their work stays."""

import io

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from partnerships import inviting
from partnerships.actions import LastCoordinator, rename
from partnerships.anonymising import LastAdministrator, anonymise
from partnerships.mail import post
from partnerships.models import Invitation, Membership, OutgoingMail, TryCount, User
from partnerships.models.mail import MailState
from planning.actions import agree_sheet
from planning.models import Entry, UnsettledText
from rpcportal.kit.roles import Role
from tests.factories.assessments import entry_of, make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import (
    PASSWORD,
    make_invitation,
    make_member,
    make_membership,
    make_partnership,
    make_user,
)
from tests.parallel import meanwhile

pytestmark = pytest.mark.django_db

NAME = "Adélie Quill-O’Marsh"
EMAIL = "adelie.quill@council.example"
EARLIER = "aqo@old.example"
# Who agreed a sheet is part of the record.
SIGNED = {("planning_assessment", "agreed_name"), ("planning_assessmentevent", "agreed_name")}


@pytest.fixture
def partnership():
    partnership = make_partnership()
    make_member(partnership, Role.COORDINATOR)
    return partnership


@pytest.fixture
def person(partnership):
    """Somebody who left traces in every table that holds anything of people."""
    coordinator = User.objects.get()
    coordinator.known_memberships = {}
    (outcome,) = inviting.invite(
        partnership=partnership,
        people=[(EMAIL, NAME)],
        role=Role.EDITOR,
        by=coordinator,
        link=lambda path: f"https://portal.example{path}",
    )
    person = inviting.accept(
        invitation=outcome.invitation, name="Adélie Quill", job_title=f"PA to {NAME}"
    )
    rename(user=person, name=NAME)
    # They had another address then, which a portal administrator has changed since.
    Invitation.objects.update(email="quill@long-ago.example")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=EARLIER, verified=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": NAME})
    SocialAccount.objects.create(
        user=person, provider="council", uid=EMAIL, extra_data={"name": NAME}
    )
    make_invitation(partnership, EARLIER.upper(), name=NAME, job_title=NAME)
    post(to=EARLIER, subject="Hello", body=f"Hello {NAME}", about=f"code {EMAIL}")
    told = post(to="bo@council.example", subject=f"{NAME} left", body=f"Ask {EMAIL}")
    OutgoingMail.objects.filter(pk=told.pk).update(state=MailState.SENT)
    return person


@pytest.fixture
def signed_in(person):
    """A browser in which they are signed in, one half way in, and one that failed to."""
    client, half_way = Client(), Client()
    client.post("/sign-in/", {"login": EMAIL, "password": "not their password"})
    Authenticator.objects.filter(user=person).delete()
    client.post("/sign-in/", {"login": EMAIL, "password": PASSWORD})
    half_way.post("/sign-in/code/", {"email": EMAIL})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert half_way.session.session_key
    assert TryCount.objects.exists()
    return client


@pytest.fixture
def sheet(partnership, person):
    """An agreed sheet and a draft that hold their work."""
    framework = load_rpc_2018()
    agreed = make_full(partnership, framework, by=person)
    signed = {"name": NAME, "role": "Chair", "on": agreed.assessed_on}
    coordinator = User.objects.exclude(pk=person.pk).get()
    agreed = agree_sheet(assessment=agreed, by=coordinator, **signed)
    draft = make_full(partnership, framework, by=person)
    entry = entry_of(draft, 1)
    Entry.objects.filter(pk=entry.pk).update(responsible=person, updated_by=person)
    UnsettledText.objects.create(entry=entry, part="gaps", text="Our own words", author=person)
    return agreed


def places_that_name_them():
    """(table, column) of every place in the database where name or address stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            JOIN information_schema.tables USING (table_schema, table_name)
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
            """
        )
        return {place for place in cursor.fetchall() if names_them(cursor, *place)}


def names_them(cursor, table, column):
    if (table, column) == ("django_session", "session_data"):
        texts = [str(session.get_decoded()) for session in Session.objects.all()]
    else:
        cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
        texts = [text for (text,) in cursor.fetchall()]
    wanted = [NAME, NAME.encode("unicode_escape").decode(), "Quill", EMAIL, EARLIER]
    return any(each.lower() in text.lower() for text in texts for each in wanted)


def test_before_they_are_named_in_many_places(person, signed_in, sheet):
    """Or the scan would prove nothing."""
    assert places_that_name_them() >= SIGNED | {
        ("partnerships_user", "name"),
        ("partnerships_user", "email"),
        ("partnerships_invitation", "email"),
        ("partnerships_invitation", "name"),
        ("partnerships_invitation", "job_title"),
        ("partnerships_membership", "job_title"),
        ("partnerships_outgoingmail", "to"),
        ("partnerships_outgoingmail", "subject"),
        ("partnerships_outgoingmail", "body"),
        ("partnerships_outgoingmail", "about"),
        ("account_emailaddress", "email"),
        ("socialaccount_socialaccount", "uid"),
        ("socialaccount_socialaccount", "extra_data"),
    }


def test_afterwards_nothing_names_them_but_what_they_signed(person, signed_in, sheet):
    anonymise(user=person)

    assert places_that_name_them() == SIGNED


def test_the_history_never_knew_their_name(person, sheet):
    events = {place for place in places_that_name_them() if place[0].endswith("event")}

    assert events == {("planning_assessmentevent", "agreed_name")}


def test_the_account_is_empty_and_of_no_use(client, person, signed_in):
    anonymise(user=person)
    person.refresh_from_db()

    assert str(person) == "Former member"
    assert person.email == f"former-{person.pk}@anonymised.invalid"
    assert (person.is_active, person.is_portal_administrator) == (False, False)
    assert not person.has_usable_password()
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not model.objects.filter(user=person).exists()
    assert not Membership.objects.filter(user=person).exists()
    assert signed_in.get("/").status_code == 302
    client.post("/sign-in/", {"login": EMAIL, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_sessions_of_others_go_on(person, partnership):
    coordinator = User.objects.exclude(pk=person.pk).get()
    other = Client()
    other.post("/sign-in/", {"login": coordinator.email, "password": PASSWORD})
    anonymise(user=person)

    assert other.get("/").status_code == 302
    assert other.get(f"/partnerships/{partnership.slug}/").status_code == 200


def test_their_work_stays_by_a_former_member(person, sheet):
    anonymise(user=person)
    sheet.refresh_from_db()
    entry = Entry.objects.get(responsible=person)

    assert sheet.created_by == person
    assert str(entry.updated_by) == str(sheet.created_by) == "Former member"
    assert sheet.agreed_name == NAME
    assert UnsettledText.objects.get().text == "Our own words"


def test_an_open_invitation_to_them_is_taken_back(person):
    anonymise(user=person)

    assert not Invitation.objects.open().exists()
    for each in Invitation.objects.all():
        assert each.email == f"former-{person.pk}@anonymised.invalid"


def test_finished_documents_are_made_anew(person, django_capture_on_commit_callbacks):
    caches["documents"].set("sheet", NAME)
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(user=person)

    assert caches["documents"].get("sheet") is None


def test_twice_is_once(person):
    anonymise(user=person)
    person.refresh_from_db()
    when = person.anonymised_at
    anonymise(user=person)
    person.refresh_from_db()

    assert person.anonymised_at == when


def test_they_can_come_back_as_somebody_new(person, partnership):
    anonymise(user=person)
    again = make_member(partnership, Role.EDITOR, email=EMAIL, name=NAME)

    assert again.pk != person.pk


def test_somebody_without_a_name_takes_nobody_elses_mails_along(partnership):
    person = make_member(partnership, Role.EDITOR, email=EMAIL)
    User.objects.filter(pk=person.pk).update(name="")
    kept = post(to="bo@council.example", subject="Hello", body="Words")
    OutgoingMail.objects.update(state=MailState.SENT)
    anonymise(user=person)
    kept.refresh_from_db()

    assert (kept.subject, kept.body) == ("Hello", "Words")


@pytest.mark.parametrize("others", [Role.FACILITATOR, Role.EDITOR, None])
def test_the_only_coordinator_of_any_partnership_stays_whole(person, others):
    elsewhere = make_partnership("bolton", "Bolton Together", "Bolton")
    make_membership(elsewhere, person, Role.COORDINATOR)
    if others:
        make_member(elsewhere, others)
    with pytest.raises(LastCoordinator, match="the only coordinator of Bolton Together"):
        anonymise(user=person)
    person.refresh_from_db()

    assert person.name == NAME
    assert person.memberships.count() == 2


def test_a_coordinator_who_is_switched_off_does_not_count(person):
    elsewhere = make_partnership("bolton", "Bolton Together", "Bolton")
    make_membership(elsewhere, person, Role.COORDINATOR)
    off = make_member(elsewhere, Role.COORDINATOR)
    User.objects.filter(pk=off.pk).update(is_active=False)

    with pytest.raises(LastCoordinator):
        anonymise(user=person)


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_who_is_just_going_does_not_count(partnership):
    (first,) = User.objects.all()
    second = make_member(partnership, Role.COORDINATOR)
    with meanwhile(lambda: anonymise(user=second)) as outcome:
        anonymise(user=first)

    assert isinstance(outcome[0], LastCoordinator)


def test_the_only_portal_administrator_stays(person):
    User.objects.filter(pk=person.pk).update(is_portal_administrator=True)
    with pytest.raises(LastAdministrator, match="the only portal administrator"):
        anonymise(user=person)

    other = make_user()
    User.objects.filter(pk=other.pk).update(is_portal_administrator=True)
    anonymise(user=person)
    person.refresh_from_db()
    assert person.anonymised_at


# --- manage.py forget_person ---------------------------------------------------------------


def forget(email, **options):
    said = io.StringIO()
    call_command("forget_person", email, stdout=said, **options)
    return said.getvalue()


def refusal(email, **options):
    with pytest.raises(CommandError) as error:
        forget(email, **options)
    return str(error.value)


def test_the_command_asks_first(person):
    assert refusal(EMAIL) == (
        f"{NAME} ({EMAIL}) is in Rochdale Relationships. To remove name and address for good, "
        "add --yes."
    )
    assert places_that_name_them()


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper(), EARLIER])
def test_the_command_forgets(person, email):
    assert forget(email, yes=True) == f"Done. Account {person.pk} is now a “Former member”.\n"
    assert places_that_name_them() == set()
    assert refusal(email, yes=True) == f"Nobody here has the address {email}."


def test_the_command_refuses_the_last_coordinator(partnership):
    (alone,) = User.objects.all()

    assert refusal(alone.email, yes=True) == (
        f"{alone.name} is the only coordinator of Rochdale Relationships. Make somebody else "
        "coordinator first: a partnership always has one."
    )


def test_the_command_forgets_somebody_who_was_only_ever_invited(partnership):
    make_invitation(partnership, EMAIL, name=NAME, job_title="Head")
    bolton = make_partnership("bolton", "Bolton Together", "Bolton")
    make_invitation(bolton, EMAIL.title(), name=NAME)
    post(to=EMAIL, subject="Hello", body=f"Hello {NAME}")

    assert refusal(EMAIL) == (
        f"{EMAIL} was invited and has no account. To remove the address for good, add --yes."
    )
    assert forget(EMAIL, yes=True) == "Done. Invitations without the address now: 2.\n"
    assert places_that_name_them() == set()
    assert not Invitation.objects.open().exists()
