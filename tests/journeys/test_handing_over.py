"""Somebody leaves: their open work goes to a colleague, what they wrote keeps their name."""

import pytest
from playwright.sync_api import expect

from partnerships.models import Membership
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path

WRITTEN = "A board meets twice a year and keeps minutes."


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_leaver_hands_over_and_the_past_keeps_the_name(
    open_page, area, draft, javascript, complaints
):
    complaints.expect("404")
    leaver = open_page(area.editor, javascript=javascript)
    leaver.goto(domain_path(draft))
    box(leaver, "evidence").fill(WRITTEN)
    leaver.get_by_role("button", name="Save and see all domains").click()
    expect(leaver.get_by_role("heading", name="Score your area")).to_be_visible()
    make_responsible(open_page(area.coordinator, javascript=javascript), area.editor, draft)

    page = open_page(area.coordinator, javascript=javascript)
    page.goto("/partnerships/rochdale/people/")
    page.get_by_role("link", name=area.editor.name).click()
    page.get_by_role("link", name="End their membership").click()
    page.get_by_role("link", name="Hand it over first").click()
    expect(page.get_by_role("listitem").filter(has_text="1. Strategy")).to_be_visible()
    if javascript:
        check_accessible(page)
    page.get_by_label("Who takes it on?").select_option(label=f"{area.lead.name}, partner lead")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(area.editor.name)
    expect(page.get_by_text("Open work")).to_have_count(0)
    page.get_by_role("link", name="End their membership").click()
    page.get_by_role("button", name="End the membership").click()

    expect(page.get_by_text(f"{area.editor.name} has left")).to_be_visible()
    assert not Membership.objects.filter(user=area.editor).exists()
    assert entry_of(draft, 1).responsible == area.lead
    page.goto(domain_path(draft))
    expect(page.get_by_text(f"Responsible: {area.lead.name}")).to_be_visible()
    page.get_by_role("link", name="History of 1. Strategy").click()
    written = page.locator(".rpc-history__change").filter(has_text=WRITTEN)
    expect(written.get_by_role("heading")).to_contain_text(area.editor.name)
    leaver.goto(domain_path(draft))
    expect(leaver.get_by_role("heading", level=1)).to_have_text("Page not found")


def make_responsible(page, person, draft):
    """The coordinator names who is responsible for the first domain."""
    page.goto(domain_path(draft))
    page.get_by_role("link", name="Change who is responsible").click()
    page.get_by_label("Who is responsible for this domain?").select_option(label=person.name)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Responsible: {person.name}")).to_be_visible()
