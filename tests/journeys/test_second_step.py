"""An app as the second step: set up, signed in with, lost; with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.people import make_area
from tests.factories.ways_in import add_app, app_code
from tests.journeys.axe import check_accessible
from tests.journeys.steps import sign_in

SCRIPTS = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with scripts", "without scripts"]
)


@pytest.fixture
def area(transactional_db):
    return make_area()


def look(page, *, javascript):
    """axe is a script itself: it needs a browser that runs them."""
    if javascript:
        check_accessible(page)


def sign_in_again(page, person):
    """Out, and in as far as the second step."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill("three-words-together")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")


@SCRIPTS
def test_set_it_up_sign_in_with_it_and_lose_the_phone(open_page, area, javascript):
    person, page = area.partner, open_page(javascript=javascript)
    page.goto("/your-account/")
    sign_in(page, person)
    page.get_by_role("link", name="Set up your second step").click()
    look(page, javascript=javascript)
    page.get_by_role("link", name="Set up an app").click()
    look(page, javascript=javascript)
    picture = page.get_by_alt_text(re.compile("^Picture for the app"))
    assert picture.evaluate("picture => picture.naturalWidth") > 0 if javascript else True
    key = page.locator("#app-key").inner_text()
    page.get_by_label("Code that the app shows now").fill("12345")
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    look(page, javascript=javascript)
    assert page.locator("#app-key").inner_text() == key
    page.get_by_label("Code that the app shows now").fill(app_code(key, later=-1))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.get_by_text("Your second step is set up")).to_be_visible()
    look(page, javascript=javascript)
    codes = page.locator(".rpc-codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save them as a text file").click()
    saved = download.value.path().read_text()
    assert all(code.replace(" ", "") in saved for code in codes)

    sign_in_again(page, person)
    look(page, javascript=javascript)
    page.get_by_label("Code from your app, or a recovery code").fill(app_code(key))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    sign_in_again(page, person)
    expect(page.get_by_text("Use a recovery code. No recovery codes left?")).to_be_visible()
    page.get_by_label("Code from your app, or a recovery code").fill(codes[4])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.goto("/your-account/second-step/")
    expect(page.get_by_text("9 left")).to_be_visible()
    look(page, javascript=javascript)
    page.get_by_role("link", name="Remove the app").click()
    look(page, javascript=javascript)
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_text("The app is no longer your second step.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    page.goto("/sign-in/")
    sign_in(page, person)


@SCRIPTS
def test_a_coordinator_who_must_have_one_sets_it_up_and_goes_on(open_page, area, javascript):
    area.partnership.second_factor_required = True
    area.partnership.save()
    page = open_page(javascript=javascript)
    page.goto("/partnerships/rochdale/people/")
    sign_in(page, area.coordinator)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    expect(page.get_by_text("Your partnership asks it of its coordinators")).to_be_visible()
    look(page, javascript=javascript)
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("#app-key").inner_text()
    page.get_by_label("Code that the app shows now").fill(app_code(key))
    page.get_by_role("button", name="Set up the app").click()
    page.get_by_role("button", name="Go on to where you were going").click()

    expect(page).to_have_url(re.compile("/partnerships/rochdale/people/$"))


def test_being_asked_again_and_the_lists_are_accessible(open_page, area):
    person = area.partner
    add_app(person)
    page = open_page(person)
    for path, heading in (
        ("/your-account/second-step/app/remove/", "Is it you?"),
        ("/your-account/confirm/code/", "Is it you?"),
        ("/your-account/sessions/", "Where you are signed in"),
        ("/your-account/passkeys/", "Passkeys"),
        ("/your-account/password/", "Sign in again first"),
        ("/your-account/", "Your account"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        check_accessible(page)
    page.goto("/your-account/second-step/app/remove/")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator('[name="password"]')).to_be_focused()
    check_accessible(page)
    page.get_by_label("Password", exact=True).fill("three-words-together")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove the app?")


@SCRIPTS
def test_signing_out_everywhere_else(open_page, area, javascript):
    here, there = open_page(javascript=javascript), open_page()
    for page in (here, there):
        page.goto("/your-account/")
        sign_in(page, area.partner)
    here.goto("/your-account/sessions/")
    look(here, javascript=javascript)
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_text("You are signed out everywhere else.")).to_be_visible()
    there.reload()

    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")
