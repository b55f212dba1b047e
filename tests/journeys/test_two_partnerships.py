"""One account in two partnerships: home lists both, and each shows its own and nothing else."""

import pytest
from playwright.sync_api import expect

from rpcportal.kit.roles import Role
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_membership, make_user
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path, sign_in

SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def rochdale(transactional_db):
    return make_area()


@pytest.fixture
def bury(rochdale):
    return make_area("bury", "Bury Together", "Bury")


@pytest.fixture
def ada(rochdale, bury):
    """Coordinator in Rochdale, reader in Bury."""
    ada = make_user("ada@x.org", "Ada Marsh")
    make_membership(rochdale.partnership, ada, Role.COORDINATOR)
    make_membership(bury.partnership, ada, Role.READER)
    return ada


def heading(page):
    return page.get_by_role("heading", level=1)


@SCRIPTS
def test_signing_in_shows_both_and_each_is_two_clicks_away(open_page, ada, javascript):
    page = open_page(width=320, javascript=javascript)
    page.goto("/")
    sign_in(page, ada)
    expect(heading(page)).to_have_text("Your partnerships")
    main = page.get_by_role("main")
    expect(main.get_by_role("link")).to_have_text(["Bury Together", "Rochdale Relationships"])
    if javascript:
        check_accessible(page)
    for name in ("Bury Together", "Rochdale Relationships"):
        main.get_by_role("link", name=name).click()
        expect(heading(page)).to_have_text(name)
        page.get_by_role("link", name="Your partnerships").click()
        expect(heading(page)).to_have_text("Your partnerships")


def test_the_role_of_one_is_not_the_role_of_the_other(open_page, ada):
    page = open_page(ada)
    page.goto("/partnerships/rochdale/people/")
    expect(page.get_by_role("button", name="Invite people")).to_be_visible()
    page.goto("/partnerships/bury/people/")
    expect(heading(page)).to_have_text("Organisations and people")
    expect(page.get_by_role("button", name="Invite people")).to_have_count(0)


def test_with_both_open_in_two_tabs_each_keeps_to_its_own(open_page, ada, rochdale, bury):
    framework = load_rpc_2018()
    own = make_assessment(rochdale.partnership, framework)
    other = make_assessment(bury.partnership, framework)
    first = open_page(ada)
    second = first.context.new_page()
    first.goto(domain_path(own))
    second.goto(domain_path(other))
    expect(second.locator("main textarea")).to_have_count(0)
    box(first, "evidence").fill("Of Rochdale")
    first.get_by_role("button", name="Save and go on").click()
    expect(heading(first)).to_contain_text("2.")
    second.reload()
    expect(second.get_by_text("Of Rochdale")).to_have_count(0)


def test_a_partnership_that_one_has_left_is_gone_from_the_list(open_page, ada, bury):
    page = open_page(ada)
    page.goto("/")
    expect(heading(page)).to_have_text("Your partnerships")
    coordinator = open_page(bury.coordinator)
    coordinator.goto("/partnerships/bury/people/")
    coordinator.get_by_role("link", name="Ada Marsh").click()
    coordinator.get_by_role("link", name="End their membership").click()
    coordinator.get_by_role("button", name="End the membership").click()
    expect(coordinator.get_by_text("Ada Marsh has left Bury Together.")).to_be_visible()
    page.goto("/")
    expect(heading(page)).to_have_text("Rochdale Relationships")
