"""A launch: six phones sign, the wall fills, a rude note is hidden, and the rest is confirmed."""

import pytest
from playwright.sync_api import expect

from partnerships.joining import join_path, spoken_code
from pledges.models import Action, Launch, Pledge, Signing
from tests.factories.launches import make_launch, make_note
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import make_manifesto
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE

# name of the organisation, who signs, the first action
LEADERS = [
    ("Homes First", "Ada Marsh", "Train every tenancy officer"),
    ("Quay School", "Leopold Achterberg", "Name a staff champion"),
    ("Borough Police", "Tobias Ferreira", "Ask both parents what happens next"),
    ("Harbour Café", "Dagny Oyelaran", "Put leaflets on every table"),
    ("Rude Ltd", "A Nuisance", "Nothing at all, ha ha"),
    ("Homes First", "Hettie Lindqvist", "Put a page into the pack for new tenants"),
]
IN_THE_LIST = ("Homes First", "Quay School", "Borough Police")


@pytest.fixture
def area(transactional_db):
    area = make_area()
    make_manifesto(area.partnership)
    for name in IN_THE_LIST:
        make_organisation(area.partnership, name)
    return area


def test_six_phones_sign_and_the_wall_fills(open_page, area):
    desk = open_page(area.coordinator)
    launch = open_the_launch(desk)
    wall, screen = open_page(area.reader), open_page(area.coordinator)
    wall.goto(f"/partnerships/rochdale/launches/{launch.pk}/wall/")
    screen.goto(f"/partnerships/rochdale/launches/{launch.pk}/screen/")
    expect(screen.get_by_text(spoken_code(launch.occasion))).to_be_visible()
    for page in (wall, screen):
        check_accessible(page)
    fits_on_a_projector(screen)

    for number, leader in enumerate(LEADERS):
        javascript = number != 3
        phone = open_page(width=PHONE, javascript=javascript)
        join(phone, launch, leader[0], by_code=number % 2 == 0)
        sign(phone, leader, is_checked=number == 0)
        card = wall.get_by_role("listitem").filter(has_text=leader[2])
        expect(card).to_be_visible()
    expect(wall.locator("#count")).to_have_text("5 organisations")
    expect(screen.locator("#count")).to_have_text("5 organisations have signed")
    check_accessible(wall)

    hide_the_rude_one(desk, wall, launch)
    desk.get_by_role("button", name="Close the launch").click()
    expect(
        desk.get_by_text("The launch is closed. Its notes wait to be confirmed.")
    ).to_be_visible()
    expect(screen.get_by_text("The launch is closed.")).to_be_visible()
    confirm(desk)


def open_the_launch(desk):
    desk.goto("/partnerships/rochdale/launches/")
    check_accessible(desk)
    desk.get_by_role("button", name="Plan a launch").click()
    desk.get_by_role("button", name="Plan it").click()
    expect(desk.get_by_role("link", name="Enter the day of the launch")).to_be_visible()
    check_accessible(desk)
    for part, text in (("Day", "1"), ("Month", "3"), ("Year", "2026")):
        desk.get_by_label(part, exact=True).fill(text)
    desk.get_by_role("button", name="Plan it").click()
    expect(desk.get_by_text("The launch is planned.")).to_be_visible()
    check_accessible(desk)
    desk.get_by_label("1 hour").check()
    desk.get_by_role("button", name="Open the launch").click()
    expect(desk.get_by_role("heading", name="It is open until")).to_be_visible()
    check_accessible(desk)
    return Launch.objects.select_related("occasion").get()


def fits_on_a_projector(screen):
    before = screen.viewport_size
    for width, height in ((1280, 720), (1920, 1080)):
        screen.set_viewport_size({"width": width, "height": height})
        for place in (".rpc-screen__qr svg", ".rpc-screen__code", ".rpc-screen__address"):
            box = screen.locator(place).bounding_box()
            assert box["y"] + box["height"] <= height, (place, width)
            assert box["x"] + box["width"] <= width, (place, width)
        assert screen.locator(".rpc-screen__qr svg").bounding_box()["height"] > height / 2
        assert screen.locator(".rpc-screen__code").bounding_box()["height"] > height / 8
    screen.set_viewport_size(before)


def join(phone, launch, organisation, *, by_code):
    if by_code:
        phone.goto("/join/")
        phone.get_by_label("Code").fill(launch.occasion.code.lower())
        phone.get_by_role("button", name="Go on").click()
    else:
        phone.goto(join_path(launch.occasion))
    expect(phone.get_by_role("heading", name="Join the pledge launch")).to_be_visible()
    if organisation in IN_THE_LIST:
        phone.get_by_label("Your organisation").select_option(label=organisation)
    else:
        phone.get_by_label("If it is not in the list, its name").fill(organisation)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("heading", name="Sign the pledge")).to_be_visible()


def sign(phone, leader, *, is_checked):
    organisation, name, action = leader
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("Your job title").fill("Chief executive")
    phone.get_by_label("Our first action").fill(action)
    phone.get_by_label("Your e-mail address").fill(f"{name.split()[0].lower()}@leaders.example")
    if is_checked:
        check_accessible(phone, widths=(PHONE,))
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.get_by_role("heading", name="Thank you for signing")).to_be_visible()
    expect(phone.get_by_text(organisation, exact=True)).to_be_visible()


def hide_the_rude_one(desk, wall, launch):
    desk.goto(f"/partnerships/rochdale/launches/{launch.pk}/")
    desk.get_by_role("button", name="Hide it: the note of Rude Ltd").click()
    expect(desk.get_by_text("The note of Rude Ltd is hidden from the wall.")).to_be_visible()
    expect(wall.get_by_text("Rude Ltd")).to_have_count(0)
    expect(wall.locator("#count")).to_have_text("4 organisations")
    check_accessible(desk)


def confirm(desk):
    desk.get_by_role("button", name="Confirm the notes").click()
    expect(desk.get_by_text("3 are clear")).to_be_visible()
    check_accessible(desk)
    desk.get_by_role("button", name="Confirm all that are clear").click()
    expect(desk.get_by_text("3 notes are in the register. 3 left to look at.")).to_be_visible()

    desk.get_by_role("link", name="Homes First").click()
    expect(desk.get_by_text("has signed at this launch already, by Ada Marsh")).to_be_visible()
    check_accessible(desk)
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_text("In the register for Homes First: action 4.")).to_be_visible()

    desk.get_by_role("link", name="Harbour Café").click()
    desk.get_by_role("button", name="Confirm", exact=True).click()
    desk.get_by_role("link", name="Choose the sector of the new organisation").click()
    expect(desk.get_by_label("Sector of the new organisation")).to_be_focused()
    check_accessible(desk)
    desk.get_by_label("Sector of the new organisation").select_option("voluntary")
    desk.get_by_label("Invite dagny@leaders.example as partner lead").check()
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_text("In the register for Harbour Café: the signature")).to_be_visible()

    desk.get_by_role("link", name="Rude Ltd").click()
    desk.get_by_role("button", name="Set it aside").click()
    expect(desk.get_by_text("The note of Rude Ltd is set aside.")).to_be_visible()
    check_accessible(desk)

    assert Pledge.objects.filter(status="signed").count() == 4
    assert Signing.objects.filter(name="Ada Marsh", signed_on="2026-03-01").exists()
    assert Action.objects.count() == 5
    desk.goto("/partnerships/rochdale/activity/")
    expect(desk.get_by_text("set the note of Rude Ltd aside")).to_be_visible()


def test_the_wall_says_that_the_network_is_gone_and_goes_on_after_it(open_page, area, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED|htmx:|room.js|htmx-2")
    launch = make_launch(area.partnership, area.coordinator)
    wall = open_page(area.coordinator)
    wall.goto(f"/partnerships/rochdale/launches/{launch.pk}/wall/")
    make_note(launch, "Harbour Café")
    expect(wall.get_by_text("Harbour Café")).to_be_visible()
    wall.get_by_role("link", name="Load the newest").focus()

    wall.context.set_offline(True)
    expect(wall.get_by_text("There is no connection.")).to_be_visible()
    make_note(launch, "Quay School")
    expect(wall.get_by_text("Harbour Café")).to_be_visible()
    wall.context.set_offline(False)
    expect(wall.get_by_text("Quay School")).to_be_visible()
    expect(wall.get_by_text("There is no connection.")).to_have_count(0)
    expect(wall.get_by_role("link", name="Load the newest")).to_be_focused()


def test_without_scripts_the_wall_is_loaded_by_its_link(open_page, area):
    launch = make_launch(area.partnership, area.coordinator)
    wall = open_page(area.coordinator, javascript=False)
    wall.goto(f"/partnerships/rochdale/launches/{launch.pk}/wall/")
    expect(wall.get_by_text("The first note will be here in a moment.")).to_be_visible()
    make_note(launch, "Harbour Café")
    wall.get_by_role("link", name="Load the newest").click()
    expect(wall.get_by_text("Harbour Café")).to_be_visible()


def test_whoever_is_signed_out_meanwhile_is_told_so(open_page, area):
    launch = make_launch(area.partnership, area.coordinator)
    wall = open_page(area.coordinator)
    wall.goto(f"/partnerships/rochdale/launches/{launch.pk}/wall/")
    wall.context.clear_cookies()
    expect(wall.get_by_text("You are signed out.")).to_be_visible()
    expect(wall.get_by_role("heading", name=launch.name)).to_be_visible()
