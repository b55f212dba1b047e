"""People work by the library: they commit and are asked again, and an audit becomes actions."""

import csv
import re
from io import StringIO

import pytest
from playwright.sync_api import expect

from tests.factories.people import make_area, make_organisation
from tests.factories.practice import (
    make_part,
    make_practice_model,
    make_standard,
    make_standard_measure,
)
from tests.journeys.axe import check_accessible
from tests.journeys.keyboard import Keyboard

HOME = "/partnerships/rochdale/"
PRACTICE = f"{HOME}practice/"
BEFORE, AFTER = "We are family focused.", "We are family led."
WHY = "Families asked us to say who leads."
WITH_AND_WITHOUT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["scripts", "no scripts"]
)


@pytest.fixture
def area(transactional_db):
    area = make_area()
    homes = make_organisation(area.partnership, "Homes First")
    for person in (area.lead, area.partner):
        person.memberships.get().organisations.add(homes)
    return area


@pytest.fixture
def pillar(area):
    return make_part(make_practice_model(area.partnership))


# --- A promise, and what becomes of it when its words change -------------------------------------


@WITH_AND_WITHOUT
def test_a_partner_commits_and_is_asked_again_after_an_amendment(
    open_page, area, pillar, javascript
):
    standard = make_standard(pillar, statement=BEFORE)
    make_standard(pillar, statement="We write plainly.", position=2)
    partner = open_page(area.partner, javascript=javascript, accept_downloads=True)
    partner.goto(f"{PRACTICE}commitments/")
    partner.get_by_role("button", name="Read and commit").click()
    partner.get_by_role("button", name="I have read these 2 and commit to them").click()
    expect(partner.get_by_text("You are committed to 2 standards.")).to_be_visible()
    expect(partner.get_by_text("you have committed to all 2 standards")).to_be_visible()

    amend(open_page(area.coordinator, javascript=javascript), standard)

    partner.goto(PRACTICE)
    partner.get_by_role("link", name="1 standard changed since you committed").click()
    expect(partner.get_by_text("One standard waits.")).to_be_visible()
    shows_word_by_word(partner)
    expect(partner.get_by_role("main")).to_contain_text(WHY)
    expect(partner.get_by_text("We write plainly.")).to_have_count(0)
    if javascript:
        check_accessible(partner)
    partner.get_by_role("button", name=re.compile(f"I have read this.*{AFTER}")).click()
    expect(partner.get_by_text("You are committed to this standard.")).to_be_visible()
    expect(partner.get_by_text("you have committed to all 2 standards")).to_be_visible()
    partner.get_by_role("link", name="Your commitments, to print or download").click()
    expect(partner.get_by_role("row").filter(has_text=AFTER)).to_have_count(1)
    holds_both_versions(partner, str(area.partner))


def amend(page, standard):
    """The words of the standard change: a draft, a note why, and who approved it."""
    page.goto(f"{PRACTICE}standards/{standard.pk}/")
    page.get_by_role("button", name="Change the words").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft of version 2")
    page.get_by_label("The standard", exact=True).fill(AFTER)
    page.get_by_label("What changed and why").fill(WHY)
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_text("The words of the draft are saved.")).to_be_visible()
    page.get_by_role("button", name="Record that it was approved").click()
    shows_word_by_word(page)
    page.get_by_label("Who approved it?").fill("Ruth Ellis")
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_text("It is approved.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(AFTER)
    expect(page.get_by_role("main")).to_contain_text("Approved by Ruth Ellis")


def shows_word_by_word(page):
    expect(page.locator("del")).to_have_count(1)
    expect(page.locator("del")).to_contain_text("focused")
    expect(page.locator("ins")).to_have_count(1)
    expect(page.locator("ins")).to_contain_text("led")


def holds_both_versions(page, person):
    """The receipt: the promise that was made first stands beside the new one."""
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = started.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert {each["Who"] for each in rows} == {person}
    assert {(each["Standard"], each["Version"]) for each in rows} == {
        (BEFORE, "1"),
        (AFTER, "2"),
        ("We write plainly.", "1"),
    }


# --- An audit, from its first file to the register -----------------------------------------------


@WITH_AND_WITHOUT
def test_a_gap_that_an_audit_finds_becomes_an_action(open_page, area, pillar, javascript):
    draft = make_standard(pillar, statement=BEFORE, draft=True).versions.get()
    make_standard_measure(draft, text="A manager reads the plan", position=2)
    approve_as_it_stands(draft)
    page = open_page(area.lead, javascript=javascript)
    start(page)
    look_at_files_with_keys(page, javascript)
    finish(page)

    page.get_by_role("link", name="Make an action of the gap in measure 1").click()
    what = page.get_by_label("What will be done?")
    expect(what).to_have_value("Close a gap: We hold a family network meeting")
    what.fill("Hold the meeting within ten days")
    page.get_by_role("button", name="Add it to the register").click()
    expect(page.get_by_text("Action 1 is in the register.")).to_be_visible()
    page.get_by_role("link", name="Actions", exact=True).click()
    page.get_by_role("link", name="Hold the meeting within ten days").click()
    came = page.locator(".govuk-summary-list__row").filter(has_text="Came of an audit")
    expect(came).to_contain_text("We hold a family network meeting")
    came.get_by_role("link", name="Network meetings in spring").click()
    expect(page.get_by_role("link", name="Action 1: Hold the meeting")).to_be_visible()


def approve_as_it_stands(draft):
    day = draft.written_at.date()
    draft.state, draft.approved_name = "approved", "Ruth Ellis"
    draft.approved_on = draft.effective_on = day
    draft.save()


def start(page):
    page.goto(f"{PRACTICE}audits/")
    page.get_by_role("button", name="Start an audit").click()
    page.get_by_label("What is this audit about?").fill("Network meetings in spring")
    page.get_by_label("Whose practice does it look at?").select_option(label="Homes First")
    page.get_by_label("How many files?").fill("2")
    page.get_by_role("button", name="Choose the measures").click()
    page.get_by_role("button", name="Save the measures").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one measure")
    page.get_by_label("We hold a family network meeting").check()
    page.get_by_label("A manager reads the plan").check()
    page.get_by_role("button", name="Save the measures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Network meetings in spring")


def look_at_files_with_keys(page, javascript):
    """Two files, by arrows and Tab: nobody wants to reach for a mouse in each of thirty."""
    keyboard = Keyboard(page)
    keyboard.to(words="Begin with file 1").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("File 1")
    choose(keyboard, 3, "not")
    keyboard.to(name="-note").type("No date is written.")
    choose(keyboard, 1, "met")
    keyboard.to(words="Save and next file").press("Enter")
    expect(page.get_by_text("File 1 is saved.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("File 2")
    choose(keyboard, 1, "met")
    choose(keyboard, 4, "not_applicable")
    if javascript:
        check_accessible(page)
    keyboard.to(words="Save").press("Enter")
    expect(page.get_by_text("File 2 is saved.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("2 of 2 files done")


def choose(keyboard, arrows, outcome):
    """So many arrows on from “Not looked at”, round to the first."""
    keyboard.to(name="-outcome").press(*["ArrowDown"] * arrows)
    here = "document.activeElement"
    assert keyboard.page.evaluate(f"[{here}.value, {here}.checked]") == [outcome, True]


def finish(page):
    page.get_by_role("button", name="Finish the audit").click()
    page.get_by_label("What goes well, and what was learnt?").fill("Plans are read.")
    page.get_by_role("button", name="Finish the audit").click()
    expect(page.get_by_text("The audit is finished.")).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 of 2 met, 1 not met")
    expect(main).to_contain_text("File 1: not met – No date is written.")
    expect(page.get_by_role("link", name="Make an action of the gap in measure 2")).to_have_count(0)
