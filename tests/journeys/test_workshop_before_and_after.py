"""Around a workshop: scored beforehand by a link on two devices; a table's paper typed back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from planning.models import Ballot, Paper, PaperScore, TableEntry
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_workshop
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE
from tests.journeys.keyboard import Keyboard


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def sheet(area):
    return make_assessment(area.partnership, make_small_framework(), assessed_on="2025-03-01")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_scored_beforehand_on_a_phone_and_then_on_a_laptop(
    open_page, area, sheet, javascript, complaints
):
    complaints.expect("404|422")  # an answer that is settled first; a paper that is gone
    ends = timezone.now() + timedelta(days=7)
    workshop = make_workshop(sheet, area.facilitator, is_open=False, prework_closes_at=ends)
    desk = open_page(area.facilitator, javascript=javascript)
    desk.goto(f"/planning/{sheet.pk}/workshops/{workshop.pk}/beforehand/")
    link = desk.get_by_text(f"/prework/{workshop.prework_key}/").inner_text()
    phone = open_page(width=PHONE, javascript=javascript)
    phone.goto(link)
    phone.get_by_label("Your organisation’s sector").select_option("health")
    phone.get_by_role("button", name="Begin").click()
    expect(phone.get_by_text("0 of 3 domains answered.")).to_be_visible()
    own_link = phone.get_by_text("/prework/papers/").inner_text()
    phone.get_by_role("button", name="Start: 1. Purpose").click()
    answer(phone, "2", strength="The board meets")
    phone.get_by_role("button", name="Save and go on to 2. People").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("2. People")

    laptop = open_page(javascript=javascript)
    laptop.goto(own_link)
    expect(laptop.get_by_text("1 of 3 domains answered.")).to_be_visible()
    laptop.get_by_role("link", name="1. Purpose").click()
    expect(laptop.locator('[name="level"][value="2"]')).to_be_checked()
    expect(laptop.locator('[name="strength"]')).to_have_value("The board meets")
    laptop.goto(own_link)
    laptop.get_by_role("button", name="Go on: 2. People").click()
    answer(laptop, "dk", improvement="Train them")
    laptop.get_by_role("button", name="Save and see all domains").click()
    both_answered_the_second(phone, laptop)
    phone.get_by_role("link", name="All domains").click()
    expect(phone.get_by_text("2 of 3 domains answered.")).to_be_visible()
    if javascript:
        check_accessible(phone, widths=(PHONE,))

    others_answer(workshop, [1, 2, 3, 4])
    desk.reload()
    expect(desk.get_by_text("5 people have answered so far.")).to_be_visible()
    desk.get_by_role("button", name="End it and see the report").click()
    desk.get_by_role("button", name="End it and count").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Scored before the workshop")
    expect(desk.get_by_text("The board meets", exact=True)).to_be_visible()
    expect(desk.locator("svg.rpc-spread__chart")).to_have_count(1)
    assert not Paper.objects.exists()
    assert Ballot.objects.filter(round=0, voters=5).count() == 1
    if javascript:
        check_accessible(desk)
    phone.reload()
    gone = "There are no answers at this address"
    expect(phone.get_by_role("heading", level=1)).to_have_text(gone)


def answer(page, level, **words):
    page.locator(f'[name="level"][value="{level}"]').check()
    for name, text in words.items():
        page.locator(f'[name="{name}"]').fill(text)


def both_answered_the_second(phone, laptop):
    """The page on the phone is older than what the laptop has saved: both stand there."""
    answer(phone, "3", improvement="Pay them")
    phone.get_by_role("button", name="Save and see all domains").click()
    clash = phone.get_by_role("alert")
    expect(clash).to_contain_text("Train them")
    expect(phone.locator('[name="improvement"]')).to_have_value("Pay them")
    clash.get_by_role("link", name="keep what is saved").click()
    expect(phone.locator('[name="improvement"]')).to_have_value("Train them")


def others_answer(workshop, levels):
    """So many other people, of the first domain only."""
    entry = entry_of(workshop.assessment, 1)
    for level in levels:
        paper = Paper.objects.create(workshop=workshop, sector="council")
        PaperScore.objects.create(paper=paper, entry=entry, level=level)


def test_a_tables_paper_is_typed_back_with_keys_only(open_page, area, sheet, complaints):
    complaints.expect("422")
    workshop = make_workshop(sheet, area.facilitator, name="Half a day")
    page = open_page(area.facilitator)
    page.goto(f"/planning/{sheet.pk}/workshops/{workshop.pk}/tables/")
    keyboard = Keyboard(page)
    keyboard.to(name="number").type("2")
    keyboard.to(words="Set up the tables").press("Enter")
    expect(page.get_by_text("There are 2 tables now.")).to_be_visible()
    keyboard.to(words="Type its sheet").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the sheet of Table 1")
    keyboard.to(name="domain-1-level").type("nine")
    for number in (1, 2, 3):
        if number > 1:
            page.keyboard.press("Tab")
            page.keyboard.type("2/3")
        for words in (f"Evidence {number}", f"Gap {number}", "Ask the board\nPay for it"):
            page.keyboard.press("Tab")
            page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    a_level_that_cannot_be_read_is_found(page, keyboard)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tables and paper")

    typed = TableEntry.objects.order_by("entry__domain__number")
    assert [(float(each.level), each.evidence, each.gaps) for each in typed] == [
        (4, "Evidence 1", "Gap 1"),
        (2.5, "Evidence 2", "Gap 2"),
        (2.5, "Evidence 3", "Gap 3"),
    ]
    assert [each.actions.splitlines() for each in typed] == [["Ask the board", "Pay for it"]] * 3
    check_accessible(page)
    keyboard.to(words="Put the tables’ words on the sheet").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tables and paper")
    assert [each.gaps for each in sheet.entries.in_order()] == [
        f"Table 1: Gap {number}" for number in (1, 2, 3)
    ]
    assert sheet.priority_actions.count() == 6


def a_level_that_cannot_be_read_is_found(page, keyboard):
    """What is wrong is named, its link leads to the box, and everything that was typed stays."""
    link = page.get_by_role("alert").get_by_role("link", name="1. Purpose")
    expect(link).to_be_visible()
    check_accessible(page)
    keyboard.to(words="1. Purpose").press("Enter")
    box = page.locator('[name="domain-1-level"]')
    expect(box).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    expect(page.locator('[name="domain-3-gaps"]')).to_have_value("Gap 3")
    page.keyboard.press("Enter")
