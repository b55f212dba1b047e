"""A workshop: a facilitator, a scribe, a projector and eight phones, through two domains."""

import re

import pytest
from playwright.sync_api import expect

from partnerships.joining import spoken_code
from planning.models import Status, Vote
from tests.factories.assessments import entry_of, make_agreed, make_assessment, score
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_organisation
from tests.journeys.steps import box, domain_path, fill_day, wait_until_nothing_is_kept_here
from tests.journeys.workshop_steps import IN_THE_LIST, Room

COME = ["Homes First", "Quay School", "Borough Police", "Harbour Café"] * 2
OFFLINE = "ERR_INTERNET_DISCONNECTED|htmx:|room.js|htmx-2|workshop_phone"


@pytest.fixture
def area(transactional_db):
    area = make_area()
    for name in IN_THE_LIST:
        make_organisation(area.partnership, name)
    return area


def test_eight_phones_a_scribe_and_a_projector_through_two_domains(open_page, area, complaints):
    complaints.expect(OFFLINE)
    framework = load_rpc_2018()
    make_agreed(area.partnership, framework, by=area.coordinator)
    sheet = make_assessment(area.partnership, framework, assessed_on="2025-03-01")
    score(sheet, dict.fromkeys(range(3, 11), "2"))
    room = Room(open_page, area)
    everybody_comes_in(room, sheet)
    first_domain(room, sheet)
    second_domain(room, sheet)
    dots(room)
    the_end(room, sheet)


def everybody_comes_in(room, sheet):
    room.plan(sheet)
    room.let_phones_in()
    room.show_screen()
    expect(room.screen.get_by_text(spoken_code(room.workshop.occasion))).to_be_visible()
    for number, organisation in enumerate(COME):
        phone = room.join(organisation, by_code=number == 3)
        expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    room.count_says("8 phones are in.")
    room.check(room.screen)
    room.check_phone(room.phones[0])


def first_domain(room, sheet):
    one, two, three, *rest = room.phones
    room.go_to("1. Strategy")
    expect(room.screen.get_by_role("heading", level=1)).to_contain_text("1. Strategy")
    room.every_phone_shows("1. Strategy")
    scribe = room.open(room.area.partner)
    scribe.goto(domain_path(sheet))
    box(scribe, "evidence").focus()
    room.open_vote()
    expect(scribe.locator("#room-at")).to_contain_text("a vote is open")
    expect(box(scribe, "evidence")).to_be_focused()
    expect(one.get_by_role("button", name="Vote")).to_be_visible()
    room.check_phone(one)
    room.vote(one, "1", "Nobody owns it")
    room.check_phone(one)
    room.vote(two, "2")
    room.vote_anew(two, "2.5")
    typing_is_left_alone(room, three)
    for phone, level in zip(rest, ["2", "2", "3", "none"], strict=False):
        room.vote(phone, level)
    drops_off_and_comes_back(rest[-1], room)
    room.count_says("All 8 have voted.")
    one.reload()
    expect(one.get_by_role("heading", name="Your vote: 1", exact=True)).to_be_visible()

    room.reveal()
    expect(room.screen.locator("svg.rpc-spread__chart")).to_be_visible()
    for phone in room.phones:
        expect(phone.locator("svg.rpc-spread__chart")).to_be_visible()
    room.check(room.console)
    room.check(room.screen)
    room.check_phone(one)
    second_round(room)
    agreed_while_the_scribe_types(room, scribe, sheet)


def typing_is_left_alone(room, phone):
    """News of votes and of the timer leave the finger, the focus and the words where they are."""
    reason = phone.locator('[name="reason"]')
    room.choose(phone, "4", "We have")
    reason.focus()
    poll = phone.locator("#poll")
    seen = poll.get_attribute("hx-get")
    parking = room.console.get_by_label("What shall we come back to?")
    parking.press_sequentially("The board")
    other = room.open(room.area.coordinator)
    other.goto(f"{room.home}console/")
    other.get_by_role("button", name="Start the timer").click()
    expect(room.screen.get_by_role("timer")).to_be_visible()
    expect(room.console.get_by_role("link", name="Show the newest")).to_be_visible()
    expect(parking).to_be_focused()
    room.console.keyboard.type(" in May")
    expect(parking).to_have_value("The board in May")
    room.console.get_by_role("button", name="Park it").click()
    expect(room.console.locator(".rpc-parking")).to_contain_text("The board in May")
    expect(poll).not_to_have_attribute("hx-get", seen)
    expect(reason).to_be_focused()
    phone.keyboard.type(" a strategy")
    expect(reason).to_have_value("We have a strategy")
    phone.get_by_role("button", name="Vote", exact=True).click()
    expect(phone.get_by_text("You wrote: We have a strategy")).to_be_visible()


def drops_off_and_comes_back(phone, room):
    phone.context.set_offline(True)
    room.choose(phone, "3", "We were offline")
    phone.get_by_role("button", name="Vote", exact=True).click()
    expect(phone.locator("#trouble")).to_contain_text("Your vote is not sent yet")
    room.count_says("7 of 8 have voted.")
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Your vote: 3", exact=True)).to_be_visible()
    expect(phone.locator("#trouble")).to_be_empty()


def second_round(room):
    room.open_vote("Open a second round")
    sleeping = room.phones[-1]
    sleeping.context.set_offline(True)
    for phone, level in zip(room.phones, ["2", "2", "2", "2.5", "3"], strict=False):
        expect(phone.get_by_text("Round 2.")).to_be_visible()
        room.vote(phone, level)
    room.count_says("5 of 8 have voted.")
    room.reveal()
    expect(room.screen.get_by_text(re.compile("^Round 2. "))).to_be_visible()
    sleeping.context.set_offline(False)
    expect(sleeping.get_by_role("heading", name="1. Strategy: round 2")).to_be_visible()


def agreed_while_the_scribe_types(room, scribe, sheet):
    box(scribe, "evidence").press_sequentially("Minutes of the board")
    room.agree("2", reason="Nothing is written down yet", dissent="The police see a 3")
    expect(scribe.locator("#room-at")).to_contain_text("the room agreed 2")
    expect(box(scribe, "evidence")).to_be_focused()
    scribe.keyboard.type(", 3 May")
    box(scribe, "gaps").fill("No owner")
    wait_until_nothing_is_kept_here(scribe)
    entry = entry_of(sheet, 1)
    assert (entry.level, entry.evidence, entry.gaps, entry.reason, entry.dissent) == (
        *(2, "Minutes of the board, 3 May", "No owner"),
        *("Nothing is written down yet", "The police see a 3"),
    )
    expect(room.screen.locator(".rpc-workshop__agreed")).to_have_text(re.compile("Agreed level 2"))
    for phone in room.phones:
        expect(phone.get_by_text("The room agreed: 2")).to_be_visible()


def second_domain(room, sheet):
    room.press("Go on to 2. Commissioning")
    room.open_vote()
    levels = ["1", "1", "1", "1.5", "1", "1.5", "none", "4"]
    for phone, level in zip(room.phones, levels, strict=True):
        expect(phone.get_by_role("heading", name="2. Commissioning")).to_be_visible()
        room.vote(phone, level)
    room.count_says("All 8 have voted.")
    room.reveal()
    room.agree("1.5", reason="One contract names it", dissent="")
    expect(room.phones[-1].get_by_text("The room agreed: 1/2")).to_be_visible()
    assert Vote.objects.count() == 0
    scribe = room.open(room.area.partner)
    scribe.goto(f"{room.home}now/")
    expect(scribe.get_by_role("heading", level=1)).to_have_text("2. Commissioning")
    box(scribe, "gaps").fill("Contracts are silent")
    wait_until_nothing_is_kept_here(scribe)


def dots(room):
    room.console.get_by_role("link", name="Dots").click()
    room.press("Gaps")
    room.press("Open the dots")
    for phone in room.phones:
        more = phone.get_by_role("button", name="One dot more: No owner")
        more.click()
        more.click()
        phone.get_by_role("button", name="One dot more: Contracts are silent").click()
        if phone is room.phones[0]:
            room.check_phone(phone)
        phone.get_by_role("button", name="Place my dots").click()
        expect(phone.get_by_role("heading", name="Your dots are placed")).to_be_visible()
    room.count_says("All 8 have placed their dots.")
    room.press("Close the dots and show the ranking")
    expect(room.screen.locator(".rpc-ranking li").first).to_contain_text("No owner")
    room.every_phone_shows("The dots are counted")
    room.check(room.screen)


def the_end(room, sheet):
    room.console.goto(f"{room.home}closing/")
    room.press("Ask how it was")
    for number, phone in enumerate(room.phones):
        expect(phone.get_by_role("heading", name="How was this workshop?")).to_be_visible()
        if not number:
            room.check_phone(phone)
        room.vote(phone, str(3 + number % 3), "More time" if number == 1 else "")
    room.count_says("All 8 have answered.")
    room.press("Close it and show it")
    room.console.get_by_label("What happens next", exact=True).fill("Ada writes the plan by May")
    room.press("Save what happens next")
    for page in (room.screen, room.phones[0]):
        expect(page.get_by_text("Ada writes the plan by May")).to_be_visible()
    room.check(room.console)
    room.press("Close the workshop")
    expect(room.console.get_by_text("The workshop is closed. Thank you.")).to_be_visible()
    room.every_phone_shows("The workshop is over")
    agree_the_sheet(room.console, sheet)


def agree_the_sheet(page, sheet):
    page.goto(f"/planning/{sheet.pk}/agree/")
    page.get_by_label("Name").fill("Ada Marsh")
    page.get_by_label("Role").fill("Chair")
    fill_day(page, "on", 1, 4, 2025)
    page.get_by_role("button", name="Agree the sheet").click()
    expect(page.get_by_role("heading", name="Recording sheet", level=1)).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.status == Status.AGREED
    page.goto(f"{domain_path(sheet)}history/")
    expect(page.locator("svg.rpc-spread__chart")).to_have_count(2)
    for words in ("The police see a 3", "Nobody owns it", "Nothing is written down yet"):
        expect(page.get_by_text(words).first).to_be_visible()
