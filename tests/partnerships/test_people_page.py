"""The page of organisations and people, and the page of one person."""

import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Affiliation, Membership, Organisation, User
from rpcportal.kit.roles import Role
from tests.factories.assessments import entry_of, make_action, make_assessment
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import (
    client_of,
    make_area,
    make_member,
    make_membership,
    make_organisation,
)

PAGE = "/partnerships/rochdale/people/"


@pytest.fixture
def area(db):
    return make_area()


def add_people(area, count):
    there = Organisation.objects.count()
    organisations = Organisation.objects.bulk_create(
        Organisation(partnership=area.partnership, name=f"Organisation {number}", sector="other")
        for number in range(there, count)
    )
    users = User.objects.bulk_create(
        User(email=f"{number}@people.example", name=f"Person {number}", password="!")
        for number in range(there, count)
    )
    members = Membership.objects.bulk_create(
        Membership(user=user, partnership=area.partnership, role="editor") for user in users
    )
    Affiliation.objects.bulk_create(
        Affiliation(membership=member, organisation=each)
        for member, each in zip(members, organisations, strict=True)
    )


def path_of(person):
    return f"{PAGE}{person.memberships.get(partnership__slug='rochdale').pk}/"


# --- The lists ------------------------------------------------------------------------------


def test_the_page_names_organisations_and_people_with_their_roles(area):
    make_organisation(area.partnership, name="Housing association")
    page = client_of(area.reader).get(PAGE).content.decode()

    assert "Housing association" in page
    for person, role in (
        (area.coordinator, "Coordinator"),
        (area.lead, "Partner lead"),
        (area.partner, "Partner editor"),
        (area.reader, "Reader"),
    ):
        assert person.name in page
        assert role in page


def test_someone_of_two_organisations_is_one_row_that_names_both(area):
    homes = make_organisation(area.partnership, name="Homes First")
    school = make_organisation(area.partnership, name="School")
    person = make_member(area.partnership, Role.LEAD, name="Of Both", organisation=homes)
    person.memberships.get().organisations.add(school)
    table = client_of(area.reader).get(PAGE).context["people"]

    rows = [row for row in table.rows if row.record.user == person]
    assert [row.get_cell("organisations") for row in rows] == ["Homes First, School"]


def test_as_many_queries_for_300_people_as_for_one(area):
    client = client_of(area.coordinator)
    counts = set()
    for size in (1, 3, 300):
        add_people(area, size)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as context:
            client.get(PAGE)
        counts.add(len(context))

    assert len(counts) == 1


@pytest.mark.parametrize("column", ["name", "job_title", "role"])
def test_people_can_be_sorted_by_every_column_that_holds_one_thing(area, column):
    client = client_of(area.reader)
    add_people(area, 3)

    for way in ("", "-"):
        answer = client.get(f"{PAGE}?p-sort={way}{column}")
        assert answer.status_code == 200
        assert "aria-sort" in answer.content.decode()


@pytest.mark.parametrize("column", ["name", "sector", "people_count"])
def test_organisations_can_be_sorted_by_every_column(area, column):
    client = client_of(area.reader)
    add_people(area, 3)

    for way in ("", "-"):
        answer = client.get(f"{PAGE}?o-sort={way}{column}")
        assert answer.status_code == 200
        assert answer.context["organisations"].order_by == (f"{way}{column}",)


def test_names_of_organisations_lead_coordinators_to_changing_them(area):
    organisation = make_organisation(area.partnership)
    link = f"/partnerships/rochdale/organisations/{organisation.pk}/"
    for role in Role:
        page = client_of(getattr(area, role.value)).get(PAGE).content.decode()
        assert (f'href="{link}"' in page) == (role == Role.COORDINATOR)


def test_what_only_coordinators_may_do_is_offered_to_them_alone(area):
    for role in Role:
        page = shown(client_of(getattr(area, role.value)).get(PAGE))
        for words in ("Invite people", "Invitations", "Add an organisation", "Settings"):
            assert (words in page) == (role == Role.COORDINATOR), (role, words)


def test_only_get_and_head_are_answered(area):
    client = client_of(area.coordinator)

    assert client.post(PAGE).status_code == 405
    assert client.head(PAGE).status_code == 200


def test_a_stranger_signs_in_first_and_another_area_finds_nothing(area):
    other = make_area("bury", "Bury Together", "Bury")

    assert Client().get(PAGE).status_code == 302
    assert client_of(other.coordinator).get(PAGE).status_code == 404


# --- One person -----------------------------------------------------------------------------


def test_the_page_of_a_person_says_who_they_are(area):
    homes = make_organisation(area.partnership, name="Homes First")
    person = make_member(
        area.partnership, Role.LEAD, name="Ada Marsh", email="ada@x.org", organisation=homes
    )
    person.memberships.update(job_title="Head of service", joined_at="2026-02-03T12:00Z")
    page = shown(client_of(area.reader).get(path_of(person)))
    for words in ("Ada Marsh", "Partner lead", "Homes First", "Head of service", "3 February 2026"):
        assert words in page
    assert 'href="mailto:ada@x.org"' in page


def test_what_is_not_known_is_said(area):
    page = shown(client_of(area.reader).get(path_of(area.partner)))
    assert "None yet" in page
    assert "Not given" in page


OFFERS = {
    #             change  hand over
    "coordinator": (True, True),
    "facilitator": (False, False),
    "lead": (False, True),  # of the same organisation
    "editor": (False, True),  # oneself
    "reader": (False, False),
}


@pytest.mark.parametrize("role", OFFERS)
def test_the_page_offers_what_the_reader_of_it_may_do_and_else_says_who_may(area, role):
    homes = make_organisation(area.partnership)
    for person in (area.lead, area.editor):
        person.memberships.get().organisations.add(homes)
    page = shown(client_of(getattr(area, role)).get(path_of(area.editor)))

    change, hand_over = OFFERS[role]
    assert (f'href="{path_of(area.editor)}change/"' in page) == change
    assert (f'href="{path_of(area.editor)}end/"' in page) == change
    assert (f'href="{path_of(area.editor)}hand-over/"' in page) == hand_over
    assert ("let you invite people, change their roles" in page) == (not change)
    assert ("let you hand over the work of somebody" in page) == (not hand_over)


def test_a_lead_reads_who_hands_over_the_work_of_another_organisation(area):
    page = shown(client_of(area.lead).get(path_of(area.editor)))

    assert "A coordinator can hand over anybody’s." in page
    assert "let you invite people, change their roles" in page


def test_the_day_of_joining_is_that_of_the_clock_on_the_wall(area):
    midnight = datetime.fromisoformat("2026-05-02T00:30+01:00")  # still the first of May in UTC
    Membership.objects.update(joined_at=midnight)
    file = client_of(area.coordinator).get("/partnerships/rochdale/people.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active

    assert {row[5].value.date() for row in sheet.iter_rows(min_row=2)} == {date(2026, 5, 2)}


def headings_of(page):
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    return re.findall(r"<h(\d)[^>]*>(.*?)</h\d>", main)


def test_the_headings_of_open_work_stand_below_the_one_above_them(area):
    draft = make_assessment(area.partnership, load_rpc_2018())
    make_action(draft, [1], owner=area.editor.name)
    client = client_of(area.coordinator)
    name = str(area.editor)

    assert headings_of(client.get(path_of(area.editor))) == [
        ("1", name),
        ("2", "Open work"),
        ("3", "Named as owner of priority actions"),
    ]
    assert headings_of(client.get(f"{path_of(area.editor)}hand-over/")) == [
        ("1", f"Hand over the work of {name}"),
        ("2", "Named as owner of priority actions"),
    ]


def test_the_open_work_of_a_person_is_listed(area):
    draft = make_assessment(area.partnership, load_rpc_2018())
    entry = entry_of(draft, 3)
    entry.responsible = area.partner
    entry.save()
    make_action(draft, [1], what="Write the strategy", owner=area.partner.name)
    page = shown(client_of(area.reader).get(path_of(area.partner)))
    for words in ("Open work", f"3. {entry.domain.name}", "Write the strategy"):
        assert words in page
    assert "Open work" not in shown(client_of(area.reader).get(path_of(area.lead)))


def test_a_person_of_two_partnerships_shows_in_each_what_they_are_there(area):
    bolton = make_area("bolton", "Bolton", "Bolton")
    there = make_membership(bolton.partnership, area.reader, Role.LEAD)
    there.job_title = "Known in Bolton alone"
    there.save()
    page = shown(client_of(area.partner).get(path_of(area.reader)))
    assert "Reader" in page
    assert "Known in Bolton alone" not in page
    for path in (f"{PAGE}{there.pk}/", f"/partnerships/bolton/people/{there.pk}/"):
        assert client_of(area.partner).get(path).status_code == 404


def test_an_account_that_was_emptied_is_called_a_former_member(area):
    User.objects.filter(pk=area.partner.pk).update(
        name="", is_active=False, anonymised_at=timezone.now()
    )
    for path in (PAGE, path_of(area.partner)):
        assert "Former member" in shown(client_of(area.reader).get(path))
