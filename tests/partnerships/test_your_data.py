"""What the portal holds about a person: all of it, and nothing about anybody else."""

import json

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships import holdings
from partnerships.inviting import invite
from partnerships.mail import post
from partnerships.models import Download, Membership, User
from planning.models import Entry
from tests.factories.assessments import entry_of, make_action, make_agreed, make_assessment
from tests.factories.people import make_area, make_member, make_organisation, make_user
from tests.factories.second_steps import give_app
from tests.factories.world import CANARY, make_world

PAGE, FILE = "/your-account/data/", "/your-account/data.json"


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def world(db):
    return make_world()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def parts_of(user):
    return json.loads(client_of(user).get(FILE).content)["parts"]


def page_of(user):
    return client_of(user).get(PAGE).content.decode()


@pytest.fixture
def draft(world):
    """An assessment of area a in which nobody has written."""
    return make_assessment(world.a.partnership, world.framework)


def write(draft, person, text="Typed by hand", number=1):
    """Save a domain as its page does."""
    path = f"/planning/{draft.pk}/domains/{number}/"
    body = {"reason": text, "page": f"page of {person.pk}", "number": "1"}
    answer = client_of(person).post(path, body, headers={"X-Autosave": "1"})
    assert answer.status_code == 200


# --- What is in it ---------------------------------------------------------------------------


def test_the_account_and_the_memberships(area):
    person = area.reader
    membership = person.memberships.get()
    membership.organisations.add(make_organisation(area.partnership, name="Leaf Housing"))
    parts = parts_of(person)

    (account,) = parts["Your account"]
    assert account["Name"] == person.name
    assert account["E-mail address"] == person.email
    (row,) = parts["Memberships"]
    assert (row["Partnership"], row["Role"]) == ("Rochdale Relationships", "Reader")
    assert row["Organisations"] == "Leaf Housing"
    assert 'href="/partnerships/rochdale/"' in page_of(person)


def test_the_role_that_one_had_before_and_the_membership_that_ended(area):
    person = area.reader
    Membership.objects.filter(user=person).update(role="lead")
    Membership.objects.filter(user=person).delete()
    rows = parts_of(person)["Changes to your memberships"]

    assert [(row["What"], row["Role"]) for row in rows] == [
        ("Ended", "Partner lead"),
        ("Changed", "Partner lead"),
        ("Added", "Reader"),
    ]


def test_invitations_sessions_mails_and_ways_in(area):
    person = area.reader
    User.objects.filter(pk=person.pk).update(email="guest@council.example")
    person.refresh_from_db()
    other = make_area("bury", "Bury Together", "Bury")
    people = [("Guest@council.example", "Gil Guest")]
    invite(
        partnership=other.partnership,
        people=people,
        role="reader",
        by=other.coordinator,
        link=lambda path: path,
    )
    give_app(person)
    SocialAccount.objects.create(user=person, provider="council", uid="a-number")
    UserSession.objects.create(
        user=person, ip="192.0.2.7", session_key="k" * 32, user_agent="Firefox 140"
    )
    parts = parts_of(person)

    assert parts["Invitations to you"][0]["Partnership"] == "Bury Together"
    assert "Bury Together" in parts["E-mails to you"][0]["Subject"]
    (session,) = parts["Where you are signed in"]
    assert (session["Internet address"], session["Browser"]) == ("192.0.2.7", "Firefox 140")
    assert "Last seen" not in session  # nothing in the portal notes it
    ways = [row["What"] for row in parts["Ways to sign in"]]
    assert ways == ["App on a phone", "Recovery codes", "The council’s account"]


def test_what_one_wrote_is_counted_once_for_each_domain_with_a_link(world, draft):
    person = world.person("facilitator of a")
    for _ in range(3):
        write(draft, person)
        Entry.objects.filter(assessment=draft).update(reason="")
    write(draft, person, number=2)
    (row,) = parts_of(person)["Where you wrote"]

    assert (row["Domains"], row["References"], row["Priority actions"]) == (2, 0, 0)
    assert row["Assessment"] == str(draft)
    assert row["Last"]
    assert f'href="/planning/{draft.pk}/"' in page_of(person)


def test_what_others_wrote_is_not_counted(world, draft):
    write(draft, world.person("lead of a"))

    assert parts_of(world.person("facilitator of a"))["Where you wrote"] == []


def test_domains_actions_and_agreements(world):
    person = world.person("editor of a")
    person.refresh_from_db()
    entry = entry_of(world.draft, 3)
    entry.responsible = person
    entry.save()
    make_action(world.draft, [1], what="Call them all", owner=person.name.upper())
    make_action(world.draft_of_b, [1], what="Of a namesake", owner=person.name)
    parts = parts_of(person)

    row = {"Assessment": str(world.draft), "Domain": str(entry.domain)}
    assert row in parts["Domains that you are responsible for"]
    assert [row["Action"] for row in parts["Priority actions that name you as owner"]] == [
        "Call them all"
    ]
    agreed = parts_of(world.person("coordinator of a"))
    name = "Agreements that you recorded, or that carry your name"
    assert {row["Recorded by you"] for row in agreed[name]} == {"Yes"}


@pytest.mark.parametrize("written", [str, str.upper, str.lower])
def test_a_name_on_a_sheet_is_ones_own_however_its_letters_are_written(world, written):
    boss = world.person("coordinator of a")
    person = make_member(world.a.partnership, "editor", name=written("Ada Marsh"))
    make_agreed(world.a.partnership, world.framework, by=boss)
    rows = parts_of(person)["Agreements that you recorded, or that carry your name"]

    assert {(row["Your name is on it"], row["Recorded by you"]) for row in rows} == {("Yes", "No")}


def test_after_leaving_what_one_wrote_is_told_without_a_link(world, draft):
    person = world.person("facilitator of a")
    write(draft, person)
    person.memberships.all().delete()
    page = page_of(person)

    assert str(draft) in page
    assert "/planning/" not in page


# --- What is not in it -----------------------------------------------------------------------


def test_nobody_elses_data_is_in_it(world):
    for name in ("lead of a", "coordinator of a"):
        write(world.draft, world.person(name), f"{CANARY} secret")
    person = world.person("coordinator of b")
    people = [("guest-of-b@else.example", "Gil Guest")]
    invite(
        partnership=world.b.partnership,
        people=people,
        role="reader",
        by=person,
        link=lambda path: path,
    )
    post(to="another@else.example", subject="Secret subject", body="x")
    heard = page_of(person) + json.dumps(parts_of(person))

    assert CANARY not in heard
    assert "guest-of-b@else.example" not in heard
    assert "Gil Guest" not in heard
    assert "Secret subject" not in heard
    for other in User.objects.exclude(pk=person.pk):
        assert other.email not in heard
        assert other.name not in heard


def test_nothing_in_it_lets_anybody_in(area):
    person = area.reader
    secret = give_app(person)
    heard = page_of(person) + json.dumps(parts_of(person))

    assert secret not in heard
    assert person.password not in heard
    session = client_of(person)
    assert session.cookies["session"].value not in session.get(PAGE).content.decode()


# --- How it is given -------------------------------------------------------------------------


def test_taking_it_is_noted_and_looking_is_not(area):
    client = client_of(area.reader)
    client.get(PAGE)
    client.head(FILE)
    assert Download.objects.count() == 0
    response = client.get(FILE)
    note = Download.objects.get()

    assert (note.user, note.partnership) == (area.reader, None)
    assert note.what == "What the portal holds about oneself"
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="rpc-portal-your-data')
    assert "no-store" in response["Cache-Control"]


def test_it_is_for_whoever_signed_in(db):
    for path in (PAGE, FILE):
        assert Client().get(path).url == f"/sign-in/?next={path}"
        assert Client().put(path).status_code in {302, 405}


def test_only_reading_is_answered(area):
    client = client_of(area.reader)
    for path in (PAGE, FILE):
        for method in ("POST", "PUT", "DELETE"):
            assert client.generic(method, path).status_code == 405


def test_the_account_page_leads_there(area):
    assert f'href="{PAGE}"' in client_of(area.reader).get("/your-account/").content.decode()


def test_someone_with_next_to_nothing_reads_that(db):
    page = page_of(make_user())
    assert "Nothing is held under" in page


def test_as_many_queries_for_much_as_for_little(world, draft):
    person = world.person("editor of a")
    write(draft, person)
    client = client_of(person)
    counts = []
    for size in (0, 3, 30):
        for number in range(size):
            post(to=person.email, subject=f"Mail {number}", body="x")
            Download.objects.create(user=person, what="x", partnership=world.a.partnership)
            make_action(world.draft, [1], what=f"Act {number}", owner=person.name)
            entry = entry_of(world.draft, number % 10 + 1)
            entry.responsible = person
            entry.save()
        client.get(PAGE)
        with CaptureQueriesContext(connection) as context:
            client.get(PAGE)
        counts.append(len(context))

    assert len(set(counts)) == 1
    assert counts[0] < 90  # each room asks for each kind of thing once


def test_every_part_has_the_same_names_in_every_row(world, draft):
    person = world.person("coordinator of a")
    write(draft, person)
    for label, rows in holdings.held_about(User.objects.get(pk=person.pk)):
        assert len({tuple(row) for row in rows}) <= 1, label
