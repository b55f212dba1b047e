"""Every link of an error summary moves the focus to the box it is about."""

import pytest
from playwright.sync_api import expect

from tests.factories.assessments import make_agreed, make_assessment, make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path, fill_day, row_box, wait_until_saved


@pytest.fixture
def area(transactional_db):
    return make_area()


def check_summary(page, boxes, *, axe=True):
    """The summary has a link for each of these boxes, in order; each moves the focus there."""
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_visible()
    assert page.title().startswith("Error: ")
    links = summary.get_by_role("link")
    assert links.count() == len(boxes)
    for index, name in enumerate(boxes):
        links.nth(index).click()
        expect(page.locator(f'main [name$="{name}"]:focus')).to_have_count(1)
    if axe:  # axe is a script itself: it needs a browser that runs them
        check_accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_on_the_page_of_a_domain(open_page, area, complaints, javascript):
    complaints.expect("422")
    draft = make_assessment(area.partnership, load_rpc_2018())
    page = open_page(area.partner, javascript=javascript)
    page.goto(domain_path(draft))
    # What no hand can choose, a broken browser may still send.
    page.locator('[name="level"][value="1"]').check()
    page.locator('[name="level"][value="1"]').evaluate("radio => { radio.value = '5' }")
    box(page, "evidence").fill("Typed words " + "Z" * 20_000)
    if javascript:
        page.get_by_role("button", name="Add a piece of evidence").click()
    row_box(page, "reference", "location").fill("Nowhere")
    row_box(page, "action", "what").fill("Do it")
    row_box(page, "action", "due-day").fill("31")
    row_box(page, "action", "due-month").fill("2")
    row_box(page, "action", "due-year").fill("2026")
    page.get_by_role("button", name="Save and go on").click()

    check_summary(page, ["level", "evidence", "-title", "-due-day"], axe=javascript)
    expect(box(page, "evidence")).to_have_value("Typed words " + "Z" * 20_000)
    expect(row_box(page, "action", "what", 0)).to_have_value("Do it")
    page.locator('[name="level"][value="2"]').check()
    box(page, "evidence").fill("Shorter")
    row_box(page, "reference", "title").fill("Title")
    row_box(page, "action", "due-day").fill("28")
    if javascript:
        wait_until_saved(page)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.")
    assert draft.entries.get(domain__number=1).evidence == "Shorter"


def test_on_the_other_forms(open_page, area):
    framework = load_rpc_2018()
    scored = make_scored(area.partnership, framework)
    agreed = make_agreed(area.partnership, framework, by=area.coordinator)
    page = open_page(area.coordinator)
    page.goto("/partnerships/rochdale/assessments/new/")
    page.get_by_role("button", name="Start").click()
    check_summary(page, ["assessed_on-day"])
    page.goto(f"/planning/{scored.pk}/details/")
    fill_day(page, "assessed_on", 30, "", 2018)
    page.get_by_role("button", name="Save").click()
    check_summary(page, ["assessed_on-month"])
    page.goto(f"/planning/{scored.pk}/agree/")
    fill_day(page, "on", 1, 1, 2018)
    page.get_by_role("button", name="Agree the sheet").click()
    check_summary(page, ["name", "role", "on-day"])
    page.goto(f"/planning/{agreed.pk}/reopen/")
    page.get_by_role("button", name="Reopen").click()
    check_summary(page, ["reason"])


def test_on_the_way_in(page, area):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()

    check_summary(page, ["login", "password"])
