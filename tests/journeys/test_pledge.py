"""From the words of a manifesto to a certificate: a coordinator writes, a partner lead signs."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from pledges.models import Pledge
from tests.factories.people import make_area, make_organisation
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE

PROMISE = "We notice when parents are in conflict, and we help early."
OWN = "We will train every housing officer within a year."


@pytest.fixture
def area(transactional_db):
    area = make_area()
    homes = make_organisation(area.partnership, "Homes First")
    area.lead.memberships.get().organisations.add(homes)
    return area


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_manifesto_is_written_and_a_partner_signs_on_a_phone(open_page, area, javascript):
    write_manifesto(open_page(area.coordinator, javascript=javascript), javascript)

    phone = open_page(area.lead, width=PHONE, javascript=javascript)
    phone.goto("/partnerships/rochdale/pledges/")
    if javascript:
        check_accessible(phone)
    phone.get_by_role("link", name="Homes First").click()
    phone.get_by_role("button", name="Sign the pledge").click()
    expect(phone.get_by_text(PROMISE)).to_be_visible()
    sign(phone, javascript)
    expect(phone.get_by_text("The pledge of Homes First is signed.")).to_be_visible()
    assert Pledge.objects.get().status == "signed"
    if javascript:
        check_accessible(phone)

    phone.get_by_role("link", name="Certificate").click()
    expect(phone.get_by_text(OWN)).to_be_visible()
    if javascript:
        check_accessible(phone)
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download as PDF").click()
    check_certificate(download.value)
    take_an_idea(phone)


def write_manifesto(page, javascript):
    page.goto("/partnerships/rochdale/pledges/")
    page.get_by_role("button", name="Write the manifesto").click()
    page.get_by_label("Vision").fill("Every child has parents who get on well enough.")
    page.get_by_label("Manifesto").fill("# What we stand for\n\n- We begin early")
    page.get_by_role("button", name="Publish it").click()
    link = page.get_by_role("link", name="Enter the words that organisations sign")
    link.click()
    if javascript:
        expect(page.get_by_label("Words of the pledge")).to_be_focused()
        check_accessible(page)
    page.get_by_label("Words of the pledge").fill(PROMISE)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", name="What we stand for")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Version 1 of the manifesto counts now.")).to_be_visible()
    if javascript:
        check_accessible(page)


def sign(page, javascript):
    page.get_by_label("Your own words").fill(OWN)
    page.get_by_role("button", name="Sign the pledge").click()
    expect(page.get_by_role("link", name="Enter the name of the person who signs")).to_be_visible()
    if javascript:
        check_accessible(page)
    page.get_by_label("Who signs").fill("Ada Marsh")
    page.get_by_label("Their job title").fill("Chief executive")
    page.get_by_role("button", name="Sign the pledge").click()


def check_certificate(download):
    assert download.suggested_filename.startswith("pledge-homes-first-")
    (page,) = PdfReader(BytesIO(Path(download.path()).read_bytes())).pages
    text = " ".join(page.extract_text().split())
    for words in ("Homes First", PROMISE, OWN, "Ada Marsh"):
        assert words in text


def take_an_idea(page):
    page.goto("/partnerships/rochdale/pledges/first-actions/")
    idea = page.get_by_role("link", name="Take this one")
    idea.filter(has_text="Name a staff champion").click()
    expect(page.get_by_label("What will be done?")).to_have_value(
        "Name a staff champion for healthy relationships between parents"
    )
    page.get_by_role("button", name="Add it to the register").click()
    expect(page.get_by_text("Action 1 is in the register.")).to_be_visible()
