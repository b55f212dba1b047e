"""What people do in every journey, named as they would say it."""

import re

from playwright.sync_api import expect

from planning.levels import parse_level
from tests.factories.people import PASSWORD

SAVED = re.compile(r"^Saved \d\d:\d\d")

KEPT_HERE = "Object.keys(localStorage).some((key) => key.startsWith('rpc-draft:'))"


def sign_in(page, user, password=PASSWORD):
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def domain_path(assessment, number=1):
    return f"/planning/{assessment.pk}/domains/{number}/"


def box(page, name):
    """A box of the domain's page by its part: “evidence”, “level” …"""
    return page.locator(f'#domain-form [name="{name}"]')


def row_box(page, kind, field, index=-1):
    """A box of the nth reference or action on the page."""
    found = page.locator(f'#domain-form [name^="{kind}-"][name$="-{field}"]')
    return found.last if index == -1 else found.nth(index)


def choose_level(page, level, top=4):
    """Take a level as people write it: “2/3”."""
    value = f"{parse_level(level, top=top).normalize():f}"
    page.locator(f'[name="level"][value="{value}"]').check()


def fill_day(page, name, day, month, year):
    for part, text in (("day", day), ("month", month), ("year", year)):
        page.locator(f'[name="{name}-{part}"]').fill(str(text))


def state(page):
    return page.locator("[data-save-state]")


def wait_until_saved(page):
    expect(state(page)).to_have_text(SAVED)


def wait_until_nothing_is_kept_here(page):
    """Until the server has all that was typed, whether before or after this page was loaded."""
    for _ in range(80):
        if not page.evaluate(KEPT_HERE):
            return
        page.wait_for_timeout(100)
    raise AssertionError("Words are still kept in the browser.")


def settled(page):
    """What the page says when nothing is left to say: “Saved 14:03” and no more."""
    expect(state(page)).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
