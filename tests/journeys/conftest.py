"""A real browser for the journeys.

A journey opens pages with ``open_page`` (or the short forms below it), each in a browser
context of its own, so that two of them are two people. At its end it fails when the browser
complained: an error on the console or in a script, or a request to another host.
"""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
DESKTOP, PHONE = 1280, 320
HERE = Path(__file__).parent
# How long a page may take to show what is expected, in milliseconds: a busy machine is slow, and
# waiting costs nothing when all is well.
expect.set_options(timeout=15_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for each test process: CHROMIUM, the system's, or else Playwright's own."""
    # Playwright leaves an event loop in this thread, which makes Django refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    options = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium's sandbox refuses to work for root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=options)
        yield chromium
        chromium.close()


class Complaints(list):
    """What the browser objected to, as sentences."""

    def __init__(self):
        super().__init__()
        self._expected = []

    def expect(self, pattern):
        """Complaints that match are part of the journey: a 409 that the page handles, say."""
        self._expected.append(re.compile(pattern))

    def unexpected(self):
        return [
            sentence
            for sentence in self
            if not any(pattern.search(sentence) for pattern in self._expected)
        ]

    def listen(self, context, host):
        context.on("console", self._hear_console)
        context.on("weberror", lambda error: self.append(f"script error: {error.error}"))
        context.on("request", lambda request: self._hear_request(request.url, host))

    def _hear_console(self, message):
        if message.type == "error":
            where = message.location.get("url", "")
            self.append(f"console: {message.text} ({where})")

    def _hear_request(self, url, host):
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != host:
            self.append(f"request to another host: {url}")


@pytest.fixture
def complaints():
    """What the browser complained of so far; ``complaints.expect(pattern)`` allows some."""
    return Complaints()


@pytest.fixture
def open_page(browser, live_server, complaints):
    """``open_page(user, width=320, javascript=False)``: a page in a browser of its own.

    Addresses in ``page.goto`` may begin with "/". Without a user nobody is signed in.
    """
    contexts = []

    def open_one(user=None, *, width=DESKTOP, javascript=True, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",  # what is still fading in has no contrast yet
            **options,
        )
        contexts.append(context)
        complaints.listen(context, urlsplit(live_server.url).netloc)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert complaints.unexpected() == []


def session_cookie(user, url):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def signed_in_page(open_page):
    """``signed_in_page(user)``: a page at 1280 px, with this person signed in."""
    return open_page


@pytest.fixture
def page(open_page):
    """A page at 1280 px with nobody signed in."""
    return open_page()


@pytest.fixture
def phone_page(open_page):
    """A page at 320 px with nobody signed in."""
    return open_page(width=PHONE)


@pytest.fixture
def page_without_javascript(open_page):
    """A page at 1280 px with nobody signed in and no JavaScript."""
    return open_page(javascript=False)
