"""Two texts in one box, the difference between them, and the first one back."""

import pytest
from playwright.sync_api import expect

from tests.factories.assessments import entry_of, make_action, make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path, settled

FIRST = "A board meets twice a year and keeps minutes."
SECOND = "A board meets every month and keeps minutes."


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


def write(page, text, draft):
    """Write the evidence of the first domain, with the script or with the button."""
    page.goto(domain_path(draft))
    box(page, "evidence").fill(text)
    if page.locator("body.js-enabled").count():
        settled(page)
    else:
        page.get_by_role("button", name="Save and see all domains").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_the_evidence_is_written_twice_and_the_first_text_brought_back(
    open_page, area, draft, javascript
):
    ada = open_page(area.facilitator, javascript=javascript)
    ben = open_page(area.editor, javascript=javascript)
    write(ada, FIRST, draft)
    write(ben, SECOND, draft)
    ada.goto(domain_path(draft))
    ada.get_by_role("link", name="History of 1. Strategy").click()

    changes = ada.locator(".rpc-history__change")
    expect(changes.first.get_by_role("heading")).to_contain_text(str(area.editor))
    expect(changes.first.locator("del")).to_contain_text("twice a year")
    expect(changes.first.locator("ins")).to_contain_text("every month")
    if javascript:
        check_accessible(ada)
    ada.get_by_role("button", name="Bring this text back (Evidence of current progress").click()

    expect(ada.get_by_text("It is back.")).to_be_visible()
    expect(changes.first).to_contain_text("Brought back from")
    assert entry_of(draft, 1).evidence == FIRST
    ada.get_by_role("link", name="Back", exact=True).click()
    expect(box(ada, "evidence")).to_have_value(FIRST)


def test_words_typed_on_an_open_page_meet_what_was_brought_back(open_page, area, draft):
    ada, ben = open_page(area.facilitator), open_page(area.editor)
    write(ada, FIRST, draft)
    write(ben, SECOND, draft)
    ada.goto(f"{domain_path(draft)}history/")
    ada.get_by_role("button", name="Bring this text back").click()
    expect(ada.get_by_text("It is back.")).to_be_visible()
    box(ben, "evidence").fill(f"{SECOND} Ben types on.")

    panel = ben.get_by_role("region", name="Two texts for “Evidence of current progress”")
    expect(panel.get_by_text(FIRST)).to_be_visible()
    expect(panel.get_by_text("Ben types on.")).to_be_visible()


def test_an_action_is_removed_and_brought_back(open_page, area, draft):
    make_action(draft, [1, 3], what="Write the strategy down", owner="Ada Marsh")
    page = open_page(area.editor)
    page.goto(domain_path(draft))
    page.get_by_role("link", name="Remove the action").click()
    page.get_by_role("button", name="Remove everywhere").click()
    expect(page.get_by_text("Removed.")).to_be_visible()
    page.goto(f"{domain_path(draft)}history/")
    page.get_by_role("link", name="Write the strategy down").click()
    expect(page.get_by_text("This priority action is no longer on the sheet.")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Bring it back (the action)").click()

    expect(page.get_by_text("It is back.")).to_be_visible()
    action = draft.priority_actions.get()
    assert (action.what, action.owner) == ("Write the strategy down", "Ada Marsh")
    assert [domain.number for domain in action.domains.all()] == [1, 3]


def test_the_coordinator_reads_who_did_what(open_page, area, draft):
    page = open_page(area.editor)
    write(page, FIRST, draft)
    boss = open_page(area.coordinator)
    boss.goto(area.partnership.get_absolute_url())
    boss.get_by_role("link", name="Activity").click()
    expect(boss.get_by_text("changed the evidence of 1. Strategy")).to_be_visible()
    check_accessible(boss)
    boss.get_by_label("What").select_option("Organisations")
    boss.get_by_role("button", name="Show").click()
    expect(boss.get_by_text("Nothing of that kind has happened.")).to_be_visible()
    boss.get_by_label("What").select_option("Domains")
    boss.get_by_role("button", name="Show").click()
    with boss.expect_download() as download:
        boss.get_by_role("link", name="CSV").click()
    words = download.value.path().read_text("utf-8-sig")
    assert "changed the evidence of 1. Strategy" in words
    assert "made the partnership" not in words
