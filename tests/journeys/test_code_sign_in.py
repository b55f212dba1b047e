"""Without a password: a code from an e-mail, with scripts and without."""

import pytest
from playwright.sync_api import expect

from partnerships.models import OutgoingMail
from tests.factories.people import make_area
from tests.factories.ways_in import newest_code
from tests.journeys.axe import check_accessible

SCRIPTS = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with scripts", "without scripts"]
)


@pytest.fixture
def person(transactional_db):
    return make_area().partner


@SCRIPTS
def test_from_the_page_that_was_asked_for_and_back_to_it(open_page, person, javascript):
    page = open_page(javascript=javascript)
    page.goto("/your-account/")
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_label("E-mail address").fill(person.email.upper())
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    expect(page.get_by_text(person.email)).to_be_visible()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the code from the e-mail")
    if javascript:
        check_accessible(page)
    page.get_by_label("Code").fill(newest_code(person.email).lower())
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


@SCRIPTS
def test_another_code_and_another_address(open_page, person, javascript):
    page = open_page(javascript=javascript)
    page.goto("/sign-in/code/")
    page.get_by_label("E-mail address").fill("mistyped@council.example")
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    OutgoingMail.objects.update(problem="The mail server could not be reached.", tries=1)
    page.reload()
    expect(page.get_by_text("We could not send the e-mail yet. We keep trying.")).to_be_visible()
    if javascript:
        check_accessible(page)
    page.get_by_role("link", name="Use another address").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_text(person.email)).to_be_visible()
    first = newest_code(person.email)
    page.get_by_role("button", name="Send another code").click()
    expect(page.get_by_text("Another e-mail is on its way")).to_be_visible()
    page.get_by_label("Code").fill(first)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the code")
    page.get_by_label("Code").fill(newest_code(person.email))
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_pages_of_the_way_in_are_accessible(page, person):
    for path in ("/sign-in/", "/sign-in/code/", "/sign-in/not-in-use/"):
        page.goto(path)
        check_accessible(page)
    page.goto("/sign-in/code/")
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator('[name="email"]')).to_be_focused()
    check_accessible(page)
    page.get_by_label("E-mail address").fill("nobody@council.example")
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    check_accessible(page)
