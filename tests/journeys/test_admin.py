"""The administration in a browser: its scripts and styles pass the security policy."""

import pytest
from playwright.sync_api import expect

from partnerships.models import Partnership
from tests.factories.people import make_area, make_user
from tests.factories.second_steps import give_app, make_administrator
from tests.journeys.axe import check_accessible


@pytest.fixture
def administrator(transactional_db):
    return make_administrator()


def test_a_partnership_gets_its_coordinator(open_page, administrator):
    make_area()
    make_user("nia@council.example", "Nia North")
    page = open_page(administrator)
    page.goto("/admin/partnerships/partnership/add/")
    page.get_by_label("Name").fill("Bury Together")
    page.get_by_label("Area").fill("Bury")
    expect(page.get_by_label("Slug")).to_have_value("bury-together")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    page.goto("/admin/partnerships/membership/add/")
    page.get_by_label("User").select_option(label="Nia North (nia@council.example)")
    page.get_by_label("Partnership").select_option(label="Bury Together")
    page.get_by_label("Role").select_option("coordinator")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    coordinator = Partnership.objects.get(slug="bury-together").memberships.coordinators().get()
    assert coordinator.user.email == "nia@council.example"


def test_someone_locked_out_is_helped_from_the_list(open_page, administrator):
    give_app(make_area().reader)
    page = open_page(administrator)
    page.goto("/admin/partnerships/user/?q=reader")
    page.get_by_role("checkbox").last.check()
    page.locator("select[name=action]").select_option("remove_second_step")
    page.get_by_role("button", name="Go", exact=False).click()

    expect(page.get_by_text("has no second step any more")).to_be_visible()


def test_its_pages_are_accessible(open_page, administrator, complaints):
    complaints.expect("Applying inline style")  # axe copies a style sheet that imports another
    area = make_area()
    page = open_page(administrator)
    user, member = "/admin/partnerships/user/", "/admin/partnerships/membership/"
    of_reader = f"{user}{area.reader.pk}/change/"
    for path in ("/admin/", user, f"{user}add/", of_reader, member, f"{member}add/"):
        page.goto(path)
        check_accessible(page)


def test_wording_a_page_is_accessible_and_shows_it_before_it_is_saved(open_page, administrator):
    page = open_page(administrator)
    page.goto("/about/accessibility/")
    check_accessible(page)
    page.get_by_role("link", name="Change the words of this page").click()
    check_accessible(page)
    page.get_by_label("Words of the page").fill("# Anytown\n\nWe keep little.")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", name="Anytown")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The page is changed.")).to_be_visible()
    page.goto("/about/accessibility/edit/")
    check_accessible(page)
    page.get_by_role("button", name="Use our words again").click()
    expect(page.get_by_text("The page has our words again.")).to_be_visible()
