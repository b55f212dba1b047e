"""What is held about a person in pledges and action plans; and what of them is forgotten."""

import json
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.anonymising import anonymise
from partnerships.models import Manifesto
from pledges.actions import answer_no_action
from pledges.models import Pledge, PledgeStatus, ReminderChoice, Signing
from tests.factories.actions import make_plain_pledge, make_plan_action, make_update
from tests.factories.assessments import make_action, make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation
from tests.pledges.reading import read

pytestmark = pytest.mark.django_db
PAGE, FILE = "/your-account/data/", "/your-account/data.json"
OWNED = "Actions that you see to, or that name you"
STANDS_IN = "Actions that you stand in on"
WROTE = "Actions that you wrote into a plan"
UPDATES = "Updates that you wrote"
ANSWERS = "Priority actions that you answered with “no action”"
LED = "Pledges that you lead, or that name you as champion"
SIGNINGS = "Signings that you recorded, or that carry your name"
REMINDED = "How often you are reminded of actions"
ALL = (OWNED, STANDS_IN, WROTE, UPDATES, ANSWERS, LED, SIGNINGS, REMINDED)


@pytest.fixture
def bury():
    return make_area("bury", "Bury Together", "Bury")


def parts_of(user):
    return json.loads(client_of(user).get(FILE).content)["parts"]


def sign(pledge, *, name, by):
    manifesto = Manifesto.objects.newest(pledge.partnership) or Manifesto.objects.create(
        partnership=pledge.partnership, number=1, pledge="We will"
    )
    return Signing.objects.create(
        pledge=pledge, manifesto=manifesto, request_key=uuid.uuid4(), name=name, role="Chair",
        signed_on=date(2026, 1, 31), recorded_by=by,
    )  # fmt: skip


def everything_of(person, library, by, number=1):
    """One of each kind that names ``person``; ``by`` did what must be done by somebody."""
    action = make_plan_action(
        library, number=number, owner=person, deputies=[person], created_by=person,
        due_on=date(2026, 3, 31),
    )  # fmt: skip
    make_update(action, by=by, text=f"Told {number}")
    return action


# --- What is in it ------------------------------------------------------------------------------


def test_actions_that_one_sees_to_stands_in_on_and_wrote(area, library):
    action = everything_of(area.lead, library, area.coordinator)
    parts = parts_of(area.lead)
    assert parts[OWNED] == [
        {
            "Action": "1. Train the practitioners",
            "Organisation": "Library",
            "Status": "Not started",
            "Due": "2026-03-31",
        }
    ]
    assert [row["Action"] for row in parts[STANDS_IN]] == [str(action)]
    assert [row["Action"] for row in parts[WROTE]] == [str(action)]
    assert f'href="{action.get_absolute_url()}"' in client_of(area.lead).get(PAGE).content.decode()


def test_an_owner_in_words_is_oneself_in_ones_own_partnerships_alone(area, bury, library):
    make_plan_action(library, owner_words=f"{area.lead.name.upper()}, Library")
    make_plan_action(bury.partnership, owner_words=area.lead.name)
    assert [row["Organisation"] for row in parts_of(area.lead)[OWNED]] == ["Library"]


def test_whoever_has_no_name_is_not_named_by_every_text(area, library):
    make_plan_action(library, owner_words="Somebody else")
    sign(make_plain_pledge(library, champion="Bo"), name="Bo", by=area.coordinator)
    area.lead.name = ""
    area.lead.save()
    parts = parts_of(area.lead)
    assert [parts[OWNED], parts[LED], parts[SIGNINGS]] == [[], [], []]


def test_updates_and_answers_are_there_in_ones_own_words(area, library):
    boss = area.coordinator
    make_update(make_plan_action(library), by=boss, text="Two have booked")
    priority_action = make_action(make_assessment(area.partnership, make_small_framework()), [1])
    answer_no_action(
        priority_action=priority_action, partnership=area.partnership, because="No money", by=boss
    )
    parts = parts_of(boss)
    assert [row["Words"] for row in parts[UPDATES]] == ["Two have booked"]
    assert [(row["Priority action"], row["Because"]) for row in parts[ANSWERS]] == [
        (priority_action.what, "No money")
    ]


def test_pledges_and_signings(area, library):
    pledge = make_plain_pledge(library, lead=area.lead, status=PledgeStatus.DRAFT)
    school = make_organisation(area.partnership, name="School")
    make_plain_pledge(school, champion=area.lead.name)
    sign(pledge, name=area.lead.name, by=area.coordinator)
    led, signings = parts_of(area.lead)[LED], parts_of(area.lead)[SIGNINGS]
    assert led == [
        {"Pledge": "Pledge of Library", "Status": "Draft", "You are the lead contact": "Yes"},
        {"Pledge": "Pledge of School", "Status": "Invited", "You are the lead contact": "No"},
    ]
    assert signings == [
        {
            "Pledge": "Pledge of Library",
            "Signed on": "2026-01-31",
            "Your name is on it": "Yes",
            "Recorded by you": "No",
        }
    ]
    (recorded,) = parts_of(area.coordinator)[SIGNINGS]
    assert (recorded["Your name is on it"], recorded["Recorded by you"]) == ("No", "Yes")


def test_how_often_one_is_reminded(area):
    ReminderChoice.objects.create(user=area.lead, rhythm="monthly")
    (row,) = parts_of(area.lead)[REMINDED]
    assert row["Last e-mail"] is None
    assert parts_of(area.editor)[REMINDED] == []


# --- What is not ------------------------------------------------------------------------------


def test_what_is_about_others_is_not_in_it(area, library):
    everything_of(area.lead, library, area.coordinator)
    make_plain_pledge(library, lead=area.lead)
    parts = parts_of(area.editor)
    assert [parts[name] for name in ALL] == [[]] * len(ALL)
    assert area.lead.name not in json.dumps(
        {name: parts_of(area.coordinator)[name] for name in ALL}
    )


def test_a_partnership_that_one_left_is_named_without_a_link(area, bury, library):
    action = everything_of(area.lead, library, area.coordinator)
    make_plain_pledge(library, lead=area.lead)
    area.lead.memberships.all().delete()
    page = client_of(area.lead).get(PAGE).content.decode()
    assert str(action) in page
    assert "/partnerships/rochdale/" not in page


def test_much_is_found_in_as_many_queries_as_little(area, library):
    counts = set()
    client = client_of(area.coordinator)
    for numbers in (range(1, 2), range(2, 12)):
        for number in numbers:
            organisation = make_organisation(area.partnership, name=f"Organisation {number}")
            everything_of(area.coordinator, organisation, area.coordinator, number)
            pledge = make_plain_pledge(organisation, lead=area.coordinator)
            sign(pledge, name="Bo", by=area.coordinator)
        client.get(FILE)
        with CaptureQueriesContext(connection) as context:
            client.get(FILE)
        counts.add(len(context))
    assert len(counts) == 1


# --- Forgetting a person ----------------------------------------------------------------------


def test_a_forgotten_person_is_a_former_member_everywhere(area, library):
    person, name, address = area.lead, area.lead.name, area.lead.email
    person.memberships.get().organisations.add(library)
    action = everything_of(person, library, person)
    make_plain_pledge(library, lead=person)
    anonymise(user=person)
    action.refresh_from_db()
    assert action.owner_name == "Former member"
    pledge = f"/partnerships/rochdale/pledges/{library.pk}/history/"
    page, room = action.get_absolute_url(), "/partnerships/rochdale"
    for path in (page, f"{page}history/", pledge, f"{room}/actions/", f"{room}/activity/"):
        said = read(area.coordinator, path)
        assert "Former member" in said
        assert name not in said
        assert address not in said


def test_nothing_of_a_forgotten_person_is_left_in_the_tables_of_this_room(area, library):
    person, texts = area.lead, [area.lead.name, area.lead.email]
    person.memberships.get().organisations.add(library)
    everything_of(person, library, person)
    Pledge.objects.create(partnership=area.partnership, organisation=library, lead=person)
    ReminderChoice.objects.create(user=person)
    anonymise(user=person)
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if table.startswith(("pledges_", "partnerships_manifesto"))
        ]
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows = " ".join(row for (row,) in cursor.fetchall())
            assert not [text for text in texts if text in rows]
    assert len(tables) > 15
