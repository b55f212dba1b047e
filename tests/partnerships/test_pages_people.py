"""The page of organisations and people."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Membership, Organisation, User
from tests.factories.people import make_area, make_organisation


@pytest.fixture
def area(db):
    return make_area()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


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
    Membership.objects.bulk_create(
        Membership(user=user, partnership=area.partnership, organisation=each, role="partner")
        for user, each in zip(users, organisations, strict=True)
    )


def test_the_page_names_organisations_and_people_with_their_roles(area):
    make_organisation(area.partnership, name="Housing association")
    page = client_of(area.reader).get("/partnerships/rochdale/people/").content.decode()

    assert "Housing association" in page
    for person, role in ((area.coordinator, "Coordinator"), (area.reader, "Reader")):
        assert person.name in page
        assert role in page


def test_as_many_queries_for_300_people_as_for_one(area):
    client = client_of(area.reader)
    counts = set()
    for size in (1, 3, 300):
        add_people(area, size)
        client.get("/partnerships/rochdale/people/")
        with CaptureQueriesContext(connection) as context:
            client.get("/partnerships/rochdale/people/")
        counts.add(len(context))

    assert len(counts) == 1


@pytest.mark.parametrize("column", ["name", "job_title", "organisation", "role"])
def test_people_can_be_sorted_by_every_column(area, column):
    client = client_of(area.reader)
    add_people(area, 3)

    for way in ("", "-"):
        answer = client.get(f"/partnerships/rochdale/people/?p-sort={way}{column}")
        assert answer.status_code == 200
        assert "aria-sort" in answer.content.decode()


def test_only_get_and_head_are_answered(area):
    client = client_of(area.coordinator)

    assert client.post("/partnerships/rochdale/people/").status_code == 405
    assert client.head("/partnerships/rochdale/people/").status_code == 200


def test_a_stranger_signs_in_first_and_another_area_finds_nothing(area):
    other = make_area("bury", "Bury Together", "Bury")

    assert Client().get("/partnerships/rochdale/people/").status_code == 302
    assert client_of(other.coordinator).get("/partnerships/rochdale/people/").status_code == 404
