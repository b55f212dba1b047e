"""Agreeing closes a sheet for everyone; reopening makes a version; pressing twice does no harm."""

import pytest
from playwright.sync_api import expect

from planning.models import Assessment, Status
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_agreed,
    make_full,
    make_reference,
)
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import PASSWORD, make_area
from tests.journeys.steps import domain_path, fill_day


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def full(area):
    return make_full(area.partnership, load_rpc_2018())


SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


def agree(page, sheet):
    page.goto(f"/planning/{sheet.pk}/agree/")
    page.get_by_label("Name").fill("Ada Marsh")
    page.get_by_label("Role").fill("Chair")
    fill_day(page, "on", 1, 8, 2018)
    page.get_by_role("button", name="Agree the sheet").dblclick()
    expect(page.get_by_role("heading", name="Recording sheet", level=1)).to_be_visible()


@SCRIPTS
def test_an_agreed_sheet_is_read_only_for_all_and_reopens_as_a_version(
    open_page, area, full, javascript
):
    page = open_page(area.coordinator, javascript=javascript)
    agree(page, full)
    expect(page.get_by_text("by Ada Marsh, Chair.")).to_be_visible()
    for person in (area.coordinator, area.facilitator, area.partner, area.reader):
        other = open_page(person, javascript=javascript)
        other.goto(domain_path(full))
        expect(other.locator("main textarea, main input:not([type=hidden])")).to_have_count(0)
        expect(other.get_by_text("Evidence of domain 1.")).to_be_visible()
    page.get_by_role("link", name="Reopen as a new version").click()
    page.get_by_label("Why is the sheet reopened?").fill("A level was misread.")
    page.get_by_role("button", name="Reopen as a new version").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")

    new = Assessment.objects.get(previous_version=full)
    assert page.url.endswith(f"/planning/{new.pk}/")
    assert entry_of(new, 1).evidence == "Evidence of domain 1."
    page.goto(f"/planning/{full.pk}/sheet/")
    expect(page.get_by_text("Superseded. Version 2 has replaced this version")).to_be_visible()
    assert page.request.get(f"/planning/{full.pk}/sheet.pdf").body()[:5] == b"%PDF-"
    page.goto(f"/planning/{new.pk}/sheet/")
    expect(page.get_by_text("Version 2 was opened because: A level was misread.")).to_be_visible()


@SCRIPTS
def test_pressing_twice_does_everything_once(open_page, area, full, javascript):
    page = open_page(javascript=javascript)
    page.goto("/")
    page.get_by_label("E-mail address").fill(area.coordinator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").dblclick()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/partnerships/rochdale/assessments/new/")
    fill_day(page, "assessed_on", 1, 2, 2020)
    page.get_by_role("button", name="Start").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")
    assert Assessment.objects.filter(assessed_on="2020-02-01").count() == 1
    page.goto(f"/planning/{full.pk}/details/")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")
    page.goto(domain_path(full))
    page.get_by_role("button", name="Save and see all domains").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")
    page.get_by_role("button", name="Sign out").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@SCRIPTS
def test_removing_twice_ends_on_the_page_of_the_domain(open_page, area, full, javascript):
    action = make_action(full, [1], what="To go")
    reference = make_reference(entry_of(full, 1), title="To go as well")
    page = open_page(area.partner, javascript=javascript)
    for kind, row in (("actions", action), ("references", reference)):
        page.goto(f"{domain_path(full)}{kind}/{row.key}/remove/")
        page.get_by_role("button", name="Remove").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("1. Strategy")
    assert not full.priority_actions.filter(pk=action.pk).exists()


def test_someone_who_types_while_another_agrees_is_told(open_page, area, full, complaints):
    complaints.expect("403")
    typing = open_page(area.partner)
    typing.goto(domain_path(full))
    agree(open_page(area.coordinator), full)
    typing.locator('[name="evidence"]').fill("Too late")

    expect(typing.locator("[data-save-state]")).to_contain_text("Not saved. This sheet was agreed")
    assert typing.locator('[name="evidence"]').input_value() == "Too late"
    assert entry_of(full, 1).evidence == "Evidence of domain 1."


def test_only_an_agreed_sheet_offers_to_be_reopened(open_page, area):
    agreed = make_agreed(area.partnership, load_rpc_2018(), by=area.coordinator)
    page = open_page(area.facilitator)
    page.goto(f"/planning/{agreed.pk}/sheet/")

    expect(page.get_by_role("link", name="Reopen as a new version")).to_have_count(0)
    assert Assessment.objects.get(pk=agreed.pk).status == Status.AGREED
