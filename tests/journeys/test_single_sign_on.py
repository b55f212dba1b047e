"""Signing in with the council's account in a browser.

The portal runs as a process of its own, switched on by its environment alone, so that the
addresses and the policy for forms are those of a portal that somebody set up so.
"""

import os
import socket
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.factories.people import make_member, make_partnership
from tests.factories.provider import ADDRESS, NAME, quiet, running
from tests.journeys.axe import check_accessible

pytestmark = quiet

SECONDS_TO_START = 30


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def database_url():
    """The database of this test, as another process may name it."""
    said = connection.settings_dict
    name = f"{quote(said['USER'] or '', safe='')}:{quote(said['PASSWORD'] or '', safe='')}"
    port = f":{said['PORT']}" if said["PORT"] else ""
    return f"postgresql://{name}@{quote(said['HOST'], safe='')}{port}/{said['NAME']}"


def wait_for(port, process):
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The portal did not start.")


@pytest.fixture
def provider():
    with running() as one:
        yield one


@pytest.fixture
def portal(transactional_db, provider):
    """The address of a portal with single sign-on."""
    port = free_port()
    environment = {
        **os.environ,
        **provider.environment,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "rpcportal.settings_test",
    }
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def page(browser, portal):
    """A page on which the portal's own pages give the browser nothing to object to."""
    context = browser.new_context(base_url=portal, locale="en-GB")
    page = context.new_page()
    complaints = []

    def listen(said):
        if said.type == "error" and said.location.get("url", "").startswith(portal):
            complaints.append(said.text)

    page.on("console", listen)
    yield page
    context.close()
    assert [each for each in complaints if "403" not in each and "401" not in each] == []


def sign_in_there(page, subject):
    page.get_by_role("button", name=f"Sign in with {NAME}").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_someone_who_was_invited_signs_in_and_a_stranger_learns_what_to_do(page, provider):
    partnership = make_partnership()
    make_member(partnership, "reader", email=ADDRESS, name="Ada Marsh")
    provider.know("number-7", email=ADDRESS, email_verified=True)
    provider.know("number-8", email="nobody@council.example", email_verified=True)

    page.goto("/partnerships/rochdale/people/")
    sign_in_there(page, "number-8")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You cannot sign in with this account"
    )
    check_accessible(page)

    page.goto("/partnerships/rochdale/people/")
    page.get_by_role("button", name=f"Sign in with {NAME}").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in did not work")
    check_accessible(page)
    page.goto("/sign-in/single/cancelled/")
    check_accessible(page)

    page.goto("/partnerships/rochdale/people/")
    check_accessible(page)
    sign_in_there(page, "number-7")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("link", name="Ada Marsh").first).to_be_visible()
    assert page.url.endswith("/partnerships/rochdale/people/")
