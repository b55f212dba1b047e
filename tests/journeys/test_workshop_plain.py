"""A workshop by plain forms: everybody's scripts are off, and news is fetched by a link."""

import re

import pytest
from playwright.sync_api import expect

from planning.models import Status, Vote
from tests.factories.assessments import entry_of, make_assessment, score
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.journeys.steps import box, domain_path, fill_day
from tests.journeys.workshop_steps import IN_THE_LIST, Room

COME = ["Homes First", "Quay School", "Borough Police", "Harbour Café", "Homes First"]


@pytest.fixture
def area(transactional_db):
    area = make_area()
    for name in IN_THE_LIST:
        make_organisation(area.partnership, name)
    return area


@pytest.fixture
def sheet(area):
    sheet = make_assessment(area.partnership, make_small_framework(), assessed_on="2025-03-01")
    score(sheet, {3: "2"})
    return sheet


def test_a_workshop_from_the_door_to_the_agreed_sheet_by_plain_forms(open_page, area, sheet):
    room = Room(open_page, area, javascript=False)
    room.plan(sheet)
    room.let_phones_in()
    room.show_screen()
    for number, organisation in enumerate(COME):
        room.join(organisation, by_code=number == 3)
    room.count_says("5 phones are in.")

    scribe = room.open(area.partner)
    scribe.goto(domain_path(sheet))
    room.go_to("1. Purpose")
    room.open_vote()
    for phone, level in zip(room.phones, ["1", "2", "2", "2.5", "none"], strict=True):
        expect(room.look_at(phone).get_by_role("heading", name="1. Purpose")).to_be_visible()
        room.vote(phone, level, "It is said, not written" if level == "1" else "")
    room.vote_anew(room.phones[0], "1.5")
    room.phones[1].reload()
    expect(room.phones[1].get_by_role("heading", name="Your vote: 2", exact=True)).to_be_visible()
    room.count_says("All 5 have voted.")
    room.reveal()
    for page in [room.look_at_screen(), *map(room.look_at, room.phones)]:
        expect(page.locator("svg.rpc-spread__chart")).to_be_visible()
    second_round_without_a_phone(room)
    agreed_while_the_scribe_types(room, scribe, sheet)

    room.press("Go on to 2. People")
    room.open_vote()
    for phone, level in zip(room.phones, "12345", strict=True):
        room.vote(room.look_at(phone), level)
    room.reveal()
    room.agree("3", reason="", dissent="")
    dots(room)
    the_end(room, sheet)


def second_round_without_a_phone(room):
    """One is away in the second round, and comes back late; fewer than five are not shown."""
    room.open_vote("Open a second round")
    *there, away = room.phones
    for phone in there:
        expect(room.look_at(phone).get_by_text("Round 2.")).to_be_visible()
        room.vote(phone, "2")
    room.look_at(away)
    room.choose(away, "4", "I was outside")
    room.count_says("4 of 5 have voted.")
    room.press("Close the vote and show it")
    said = "Fewer than five votes are not shown"
    expect(room.console.get_by_text(said)).to_be_visible()
    expect(room.console.locator("svg.rpc-spread__chart")).to_have_count(0)
    away.get_by_role("button", name="Vote", exact=True).click()
    late = away.get_by_role("region", name="This was not sent in time")
    expect(late).to_contain_text("I was outside")
    expect(late).to_contain_text("4")
    expect(away.get_by_text(said)).to_be_visible()


def agreed_while_the_scribe_types(room, scribe, sheet):
    box(scribe, "evidence").fill("Minutes of the board")
    room.agree("2", reason="Nothing is written down", dissent="The police see a 3")
    box(scribe, "gaps").fill("No owner\nNo date")
    scribe.get_by_role("button", name="Save and see all domains").click()
    expect(scribe.get_by_role("heading", level=1)).to_have_text("Score your area")
    entry = entry_of(sheet, 1)
    assert (entry.level, entry.evidence, entry.gaps.splitlines(), entry.reason, entry.dissent) == (
        *(2, "Minutes of the board", ["No owner", "No date"]),
        *("Nothing is written down", "The police see a 3"),
    )
    for page in [room.look_at_screen(), *map(room.look_at, room.phones)]:
        expect(page.get_by_text(re.compile("(The room agreed:|Agreed level) 2"))).to_be_visible()


def dots(room):
    room.console.get_by_role("link", name="Dots").click()
    room.press("Gaps")
    room.press("Open the dots")
    for phone in room.phones:
        room.look_at(phone)
        phone.get_by_label("No owner").fill("1")
        phone.get_by_label("No date").fill("2")
        phone.get_by_role("button", name="Place my dots").click()
        expect(phone.get_by_role("heading", name="Your dots are placed")).to_be_visible()
    room.says(room.screen, "All 5 have placed their dots.")
    room.press("Close the dots and show the ranking")
    for page in [room.console, room.look_at_screen(), *map(room.look_at, room.phones)]:
        expect(page.locator(".rpc-ranking li").first).to_contain_text("No date")


def the_end(room, sheet):
    room.console.goto(f"{room.home}closing/")
    room.press("Ask how it was")
    for phone in room.phones:
        expect(room.look_at(phone).get_by_role("heading", name="How was")).to_be_visible()
        room.vote(phone, "4")
    room.press("Close it and show it")
    room.console.get_by_label("What happens next", exact=True).fill("Ada writes the plan by May")
    room.press("Save what happens next")
    expect(room.look_at_screen().get_by_text("Ada writes the plan by May")).to_be_visible()
    room.press("Close the workshop")
    expect(room.console.get_by_text("The workshop is closed. Thank you.")).to_be_visible()
    room.every_phone_shows("The workshop is over")
    assert Vote.objects.count() == 0

    desk = room.console
    desk.goto(f"{room.home}closing/")
    desk.get_by_role("link", name="Agree and sign the sheet").click()
    desk.get_by_label("Name").fill("Ada Marsh")
    desk.get_by_label("Role").fill("Chair")
    fill_day(desk, "on", 1, 4, 2025)
    desk.get_by_role("button", name="Agree the sheet").click()
    expect(desk.get_by_role("heading", name="Recording sheet", level=1)).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.status == Status.AGREED
    desk.goto(f"{domain_path(sheet)}history/")
    expect(desk.locator("svg.rpc-spread__chart")).to_have_count(1)
    for words in ("The police see a 3", "Nothing is written down"):
        expect(desk.get_by_text(words).first).to_be_visible()
