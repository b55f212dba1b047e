"""A question to a room: a facilitator, a screen and two phones; then you said, we did."""

import pytest
from playwright.sync_api import expect

from partnerships.joining import join_path, spoken_code
from practice.models import Prompt, YouSaid
from tests.factories.people import make_area
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE

HOME = "/partnerships/rochdale/practice/prompts/"
QUESTION = "How should people feel when they work with us?"


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_room_answers_and_reads_what_became_of_it(open_page, area, javascript):
    # axe is a script itself, and finds the same on the same pages.
    check = check_accessible if javascript else unchecked
    desk = open_page(area.facilitator, javascript=javascript)
    prompt = ask_and_open(desk, check)
    screen = open_page(area.coordinator, javascript=javascript)
    screen.goto(f"{HOME}{prompt.pk}/screen/")
    expect(screen.get_by_text(spoken_code(prompt.occasion))).to_be_visible()
    check(screen)
    if javascript:
        fits_on_a_projector(screen)

    first = open_page(width=PHONE, javascript=javascript)
    second = open_page(width=PHONE, javascript=javascript)
    join(first, prompt, by_code=True)
    join(second, prompt, by_code=False)
    check(first, widths=(PHONE,))
    answer(first, "Listened to")
    answer(first, "Safe")
    answer(second, "Silly")
    news(screen, javascript)
    expect(screen.locator("#count")).to_have_text("3 answers")
    expect(screen.get_by_role("listitem").first).to_have_text("Silly")

    desk.goto(f"{HOME}{prompt.pk}/")
    desk.get_by_role("button", name="Hide it: Silly").click()
    expect(desk.get_by_text("The answer is taken off the screen.")).to_be_visible()
    news(screen, javascript)
    expect(screen.get_by_text("Silly")).to_have_count(0)
    desk.get_by_role("button", name="Close the question").click()
    news(screen, javascript)
    expect(screen.get_by_text("The question is closed. Thank you.")).to_be_visible()
    first.reload()
    expect(first.get_by_text("The question has closed.")).to_be_visible()
    expect(first.get_by_text("Listened to")).to_be_visible()
    say_and_do(desk, check)


def unchecked(page, **options):
    """Where scripts do not run."""


def ask_and_open(desk, check):
    desk.goto(HOME)
    check(desk)
    desk.get_by_role("button", name="Ask a question").click()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("link", name="Enter the question")).to_be_visible()
    desk.get_by_label("Question", exact=True).fill(QUESTION)
    check(desk)
    desk.get_by_role("button", name="Save").click()
    desk.get_by_label("1 hour").check()
    desk.get_by_role("button", name="Open the question").click()
    expect(desk.get_by_role("heading", name="It is open until")).to_be_visible()
    check(desk)
    return Prompt.objects.select_related("occasion").get()


def fits_on_a_projector(screen):
    before = screen.viewport_size
    for width, height in ((1280, 720), (1920, 1080)):
        screen.set_viewport_size({"width": width, "height": height})
        for place in (".rpc-prompt__question", ".rpc-prompt__qr svg", ".rpc-prompt__code"):
            box = screen.locator(place).bounding_box()
            assert box["y"] + box["height"] <= height / 2, (place, width)
            assert box["x"] + box["width"] <= width, (place, width)
        assert screen.locator(".rpc-prompt__qr svg").bounding_box()["height"] >= height * 0.26
    screen.set_viewport_size(before)


def join(phone, prompt, *, by_code):
    if by_code:
        phone.goto("/join/")
        phone.get_by_label("Code").fill(prompt.occasion.code.lower())
        phone.get_by_role("button", name="Go on").click()
    else:
        phone.goto(join_path(prompt.occasion))
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()


def answer(phone, words):
    phone.get_by_role("textbox").fill(words)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("listitem").filter(has_text=words)).to_be_visible()


def news(screen, javascript):
    """With scripts it comes by itself."""
    if not javascript:
        screen.get_by_role("link", name="Load the newest").click()


def say_and_do(desk, check):
    desk.get_by_role("button", name="Add “You said”").click()
    desk.get_by_label("You said").fill("Hear us out first.")
    desk.get_by_label("Listened to").check()
    check(desk)
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="You said: Hear us out first.")).to_be_visible()
    check(desk)
    desk.get_by_role("link", name="Say what was done").click()
    desk.get_by_label("We did").fill("The first ten minutes are theirs.")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("link", name="Enter the day on which it was done")).to_be_visible()
    for part, text in (("Day", "1"), ("Month", "3"), ("Year", "2026")):
        desk.get_by_label(part, exact=True).fill(text)
    desk.get_by_role("button", name="Save").click()
    desk.goto(HOME)
    expect(desk.get_by_text("The first ten minutes are theirs.")).to_be_visible()
    check(desk)
    assert [each.words for each in YouSaid.objects.get().answers.all()] == ["Listened to"]
