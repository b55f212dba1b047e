"""Every page in a browser, empty and full: axe, no sideways scrolling, nothing complained of.

The pages come from tests/addresses.py, which the URLconf holds to be complete.
"""

import pytest
from playwright.sync_api import expect

from tests.addresses import ADDRESSES, path_of
from tests.factories.assessments import make_assessment
from tests.factories.people import make_member, make_partnership, make_user
from tests.factories.world import make_world
from tests.journeys.axe import check_accessible

PAGES = [name for name, each in ADDRESSES.items() if each.readers and not each.file]
PARTS = 4


@pytest.fixture
def world(transactional_db):
    return make_world()


# In parts, so that several processes share them.
@pytest.mark.parametrize("part", range(PARTS))
def test_every_full_page_is_accessible_at_both_widths(open_page, world, part):
    inside, outside = open_page(world.a.coordinator), open_page()
    for name in PAGES[part::PARTS]:
        page = outside if ADDRESSES[name].guest else inside
        response = page.goto(path_of(name, world))
        assert response.status == 200, name
        check_accessible(page)


def test_every_page_for_readers_is_accessible_at_both_widths(open_page, world, complaints):
    complaints.expect("403")
    page = open_page(world.a.reader)
    for name in ("domain", "assessment", "agree", "reopen", "partnership"):
        page.goto(path_of(name, world))
        check_accessible(page)


def test_every_empty_page_is_accessible_at_both_widths(open_page, world):
    partnership = make_partnership("empty", "Empty", "Empty")
    person = make_member(partnership, "coordinator")
    page = open_page(person)
    for path in ("", "people/", "assessments/new/"):
        page.goto(f"/partnerships/empty/{path}")
        check_accessible(page)
    draft = make_assessment(partnership, world.framework)
    for path in ("", "details/", "profile/", "domains/1/", "sheet/", "agree/"):
        page.goto(f"/planning/{draft.pk}/{path}")
        check_accessible(page)


def test_the_pages_for_trouble_are_accessible_at_both_widths(open_page, world, complaints):
    complaints.expect("404|403|400")
    page = open_page(make_user())
    page.goto("/")
    check_accessible(page)
    for path in ("/nowhere/", f"/planning/{world.draft.pk}/"):
        assert page.goto(path).status == 404
        check_accessible(page)
    stranger = open_page()
    stranger.goto("/sign-in/")
    stranger.context.clear_cookies()
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.locator("main")).to_contain_text("nothing was saved")
    check_accessible(stranger)
