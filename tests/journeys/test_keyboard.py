"""From signing in to an agreed sheet with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.factories.frameworks import make_small_framework
from tests.factories.people import PASSWORD, make_area
from tests.journeys.keyboard import Keyboard


@pytest.fixture
def area(transactional_db):
    make_small_framework()  # three domains: the same keys as ten, in a third of the time
    return make_area()


def test_from_signing_in_to_an_agreed_sheet_without_a_mouse(page, area):
    keyboard = Keyboard(page)
    page.goto("/")
    keyboard.to(words="Skip to main content").press("Enter")
    keyboard.to(name="login").type(area.coordinator.email)
    keyboard.to(name="password").type(PASSWORD).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rochdale Relationships")
    keyboard.to(words="Start an assessment").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start an assessment")
    keyboard.to(name="assessed_on-day").type("1")
    keyboard.to(name="assessed_on-month").type("3")
    keyboard.to(name="assessed_on-year").type("2025")
    keyboard.to(words="Start").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")
    keyboard.to(words="1. Purpose").press("Enter")
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{number}. ")
        score_with_keys(keyboard)
    expect(page.get_by_text("3 of 3 domains are scored.")).to_be_visible()
    keyboard.to(words="Check and agree").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and agree")
    keyboard.to(name="name").type("Ada Marsh")
    keyboard.to(name="role").type("Chair")
    keyboard.to(words="Agree the sheet").press("Enter")

    expect(page.get_by_text("The sheet is agreed. From now on it cannot change.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("by Ada Marsh, Chair.")
    expect(page.get_by_role("main")).to_contain_text("Typed with keys.")
    expect(page.get_by_text("Do it")).to_have_count(3)


def score_with_keys(keyboard):
    """Level 2 by two arrows from “Not yet scored” round to the first, words, an action, on."""
    keyboard.to(name="level").press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(keyboard.page.locator('[name="level"]:checked')).to_have_value("2")
    keyboard.to(name="evidence").type("Typed with keys.")
    keyboard.to(name="-what").type("Do it")
    keyboard.to(words="It serves other domains too").press("Enter")
    keyboard.to(name="-domains").press("Space", "Space")
    keyboard.to(words="Save and").press("Enter")


def test_the_skip_link_is_first_and_leads_to_the_words(open_page, area):
    page = open_page(area.coordinator)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main-content")).to_be_focused()
