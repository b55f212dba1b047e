"""Passkeys in a real browser, with an authenticator that the browser itself makes up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.factories.people import PASSWORD, make_area
from tests.factories.ways_in import newest_mail
from tests.journeys.axe import check_accessible
from tests.journeys.steps import sign_in


@pytest.fixture
def person(transactional_db):
    return make_area().partner


class Device:
    """A phone or computer with a fingerprint reader, as Chromium imitates it."""

    def __init__(self, page):
        self.browser = page.context.new_cdp_session(page)
        self.browser.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def finger(self, *, known):
        """Whether the reader knows the finger on it."""
        self._set("WebAuthn.setUserVerified", isUserVerified=known)

    def nobody_there(self):
        """The dialog stays until the browser gives up."""
        self._set("WebAuthn.setAutomaticPresenceSimulation", enabled=False)

    def _set(self, what, **values):
        self.browser.send(what, {"authenticatorId": self.id, **values})


def add_passkey(page, name="Work laptop"):
    page.goto("/your-account/passkeys/add/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_add_one_and_sign_in_with_it_alone(page, person):
    Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    page.goto("/your-account/passkeys/add/")
    check_accessible(page)
    add_passkey(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.get_by_text("Your passkey is set up.")).to_be_visible()
    assert newest_mail(person.email).subject == "A passkey was added to your account"
    page.goto("/your-account/passkeys/")
    expect(page.get_by_role("term")).to_have_text("Work laptop")
    check_accessible(page)
    sign_out(page)

    page.goto("/your-account/name/")  # sends to the door, and is where it leads
    check_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your name")


def test_as_the_second_step_after_a_password(page, person):
    device = Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    add_passkey(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)

    page.goto("/your-account/name/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    check_accessible(page)
    device.finger(known=False)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent")
    check_accessible(page)
    device.finger(known=True)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your name")


def test_a_finger_that_is_not_known_adds_none_and_signs_nobody_in(page, person):
    device = Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    device.finger(known=False)
    add_passkey(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent")
    assert not Authenticator.objects.exists()
    device.finger(known=True)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    device.finger(known=False)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Nothing was sent: the dialog was closed")).to_be_visible()
    check_accessible(page)

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_same_device_is_not_added_twice(page, person):
    Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    add_passkey(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    add_passkey(page, "The same")

    expect(page.get_by_role("alert")).to_have_text(
        "This device has a passkey for your account already."
    )


def test_one_that_was_removed_opens_nothing(page, person):
    Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    add_passkey(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/your-account/passkeys/")
    page.get_by_role("link", name="Rename Work laptop").click()
    check_accessible(page)
    page.get_by_label("Name").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Old laptop").click()
    check_accessible(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("You have none.")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="not accepted")).to_be_visible()

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_being_asked_again(page, person):
    Device(page)
    page.goto("/your-account/")
    sign_in(page, person)
    add_passkey(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    person.set_unusable_password()
    person.save()
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/your-account/confirm/passkey/?next=/your-account/passkeys/")
    check_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(re.compile("/your-account/passkeys/$"))


def test_where_the_browser_has_none_nothing_offers_them(open_page, person):
    for javascript in (True, False):
        page = open_page(javascript=javascript)
        if javascript:
            page.add_init_script("delete window.PublicKeyCredential")
        page.goto("/sign-in/")
        expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
        expect(page.get_by_role("button", name="E-mail me a code")).to_be_visible()
        sign_in(page, person)
        page.goto("/your-account/passkeys/add/")
        expect(page.get_by_text("This browser cannot make passkeys")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)
        expect(page.get_by_role("link", name="Set up an app")).to_be_visible()
