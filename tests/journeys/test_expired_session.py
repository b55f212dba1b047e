"""A session that ends while somebody types costs nothing, whichever way they come in again."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import PASSWORD, make_area
from tests.factories.ways_in import add_app, add_recovery_codes, app_code, newest_code
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path

WORDS = "Eine lange Geschichte.\nIn two lines, “quoted” & <b>ŵ</b>. " + "More of it. " * 300
KEPT = "Your session had ended. What you typed is kept: sign in and it is still there."


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


def type_until_the_session_is_over(page, draft):
    """Type, and send it when the session is gone."""
    page.goto(domain_path(draft))
    box(page, "evidence").fill(WORDS)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text(KEPT)).to_be_visible()


def fill_in_password(page, person):
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill("a slip of the finger")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def ask_for_code(page, person):
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("E-mail address").fill("mistyped@council.example")
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("link", name="Use another address").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("button", name="Send another code").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("Code").fill(newest_code(person.email))
    page.get_by_role("button", name="Sign in").click()


def take_second_step(page, code):
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("Code from your app, or a recovery code").fill("000 000 x")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_label("Code from your app, or a recovery code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def send_what_was_kept(page, draft):
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in again")
    assert draft.entries.get(domain__number=1).evidence == ""
    page.get_by_role("button", name="Send what I typed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.")
    assert draft.entries.get(domain__number=1).evidence == WORDS.strip()


def test_by_password(open_page, area, draft):
    page = open_page(area.partner, javascript=False)
    type_until_the_session_is_over(page, draft)
    fill_in_password(page, area.partner)

    send_what_was_kept(page, draft)


def test_by_code(open_page, area, draft):
    page = open_page(area.partner, javascript=False)
    type_until_the_session_is_over(page, draft)
    ask_for_code(page, area.partner)

    send_what_was_kept(page, draft)


def test_by_password_and_second_step(open_page, area, draft):
    page = open_page(area.partner, javascript=False)
    secret = add_app(area.partner)
    type_until_the_session_is_over(page, draft)
    fill_in_password(page, area.partner)
    take_second_step(page, app_code(secret))

    send_what_was_kept(page, draft)


def test_by_code_and_recovery_code(open_page, area, draft):
    page = open_page(area.partner, javascript=False)
    add_app(area.partner)
    type_until_the_session_is_over(page, draft)
    ask_for_code(page, area.partner)
    take_second_step(page, add_recovery_codes(area.partner)[0])

    send_what_was_kept(page, draft)


def test_who_must_set_up_a_second_step_first_loses_nothing_either(open_page, area, draft):
    page = open_page(area.coordinator, javascript=False)
    page.goto(domain_path(draft))
    box(page, "evidence").fill(WORDS)
    area.partnership.second_factor_required = True
    area.partnership.save()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    key = page.locator("#app-key").inner_text()
    page.get_by_label("Code that the app shows now").fill(app_code(key))
    page.get_by_role("button", name="Set up the app").click()
    page.get_by_role("button", name="Go on to where you were going").click()

    send_what_was_kept(page, draft)


def test_the_page_of_kept_words_is_accessible(open_page, area, draft):
    """With scripts, which axe needs; without them nothing is saved in the background."""
    page = open_page(area.partner)
    page.route(
        "**/autosave*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    type_until_the_session_is_over(page, draft)
    check_accessible(page)
    fill_in_password(page, area.partner)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in again")

    check_accessible(page)


def test_somebody_else_at_the_same_browser_does_not_see_it(open_page, area, draft):
    page = open_page(area.partner, javascript=False)
    type_until_the_session_is_over(page, draft)
    page.goto("/sign-in/")
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page.get_by_label("E-mail address").fill(area.facilitator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    for path in ("/", domain_path(draft), "/your-account/"):
        page.goto(path)
        assert "Eine lange Geschichte" not in page.content()

    assert draft.entries.get(domain__number=1).evidence == ""
