"""People whom a public page names: what they are told, and that they can be forgotten."""

import pytest

from partnerships.anonymising import anonymise
from partnerships.holdings import held_about
from partnerships.models import PublicPage
from tests.factories.people import client_of, make_area, make_member, make_user
from tests.factories.public import make_public_page

pytestmark = pytest.mark.django_db
PART = "Public pages that name you as the one to ask"


@pytest.fixture
def area():
    return make_area()


def told(user):
    return dict(held_about(user))[PART]


@pytest.mark.parametrize("where", ["address", "name"])
def test_who_is_named_is_told_and_nobody_else(area, where):
    person = make_member(area.partnership, "coordinator", name="Ada Marsh")
    by = {"address": {"contact_email": person.email.upper()}, "name": {"contact_name": "Ada Marsh"}}
    make_public_page(area.partnership, area.coordinator, **by[where])
    (row,) = told(person)
    assert (row["Partnership"], row["Published"]) == ("Rochdale Relationships", "Yes")
    assert told(area.reader) == []
    assert told(make_user(name="Ada Marsh")) == []  # of the same name, and not of the partnership
    assert "Ada Marsh" not in str(told(area.coordinator))


def test_who_is_forgotten_is_taken_off_the_page(area):
    make_member(area.partnership, "coordinator")
    contact = {"contact_email": area.coordinator.email, "contact_phone": "01706 000 000"}
    make_public_page(area.partnership, area.coordinator, contact_name="Ada", **contact)
    anonymise(user=area.coordinator)
    page = PublicPage.objects.get()
    assert (page.contact_name, page.contact_email, page.contact_phone) == ("", "", "")
    assert "01706" not in client_of().get("/public/rochdale/").content.decode()


def test_somebody_elses_address_stays(area):
    make_public_page(area.partnership, area.coordinator, contact_email="team@example.org")
    anonymise(user=area.reader)
    assert PublicPage.objects.get().contact_email == "team@example.org"
