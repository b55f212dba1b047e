"""Training, a champion and a peer review, on a phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from pledges.models import Action, Attendance, Champion
from tests.factories.actions import make_plan_action
from tests.factories.outreach import make_course, make_publicity, make_target
from tests.factories.people import make_area, make_organisation
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE
from tests.journeys.steps import fill_day

RECORD_ONE = re.compile("Record one ?: Kingsway School")
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def area(transactional_db):
    area = make_area()
    ours = make_organisation(area.partnership, "Kingsway School")
    area.partnership.memberships.get(user=area.partner).organisations.add(ours)
    make_organisation(area.partnership, "Housing")
    make_course(area.partnership, "Noticing conflict")
    make_target(area.partnership)
    return area


def start(area, page, name):
    page.goto(f"/partnerships/{area.partnership.slug}/{name}/")


def fill_row(page, number, people, setting, organisation=""):
    row = page.get_by_role("group", name=f"Row {number}")
    row.get_by_label("How many people?").fill(people)
    row.get_by_label("Where do they work?").select_option(label=setting)
    if organisation:
        row.get_by_label("For which organisation?").select_option(label=organisation)


@SCRIPTS
def test_a_session_with_numbers_from_several_places(open_page, area, javascript):
    page = open_page(area.partner, width=PHONE, javascript=javascript)
    start(area, page, "training")
    page.get_by_role("button", name="Record a session").click()
    page.get_by_label("Course").select_option(label="Noticing conflict")
    fill_day(page, "held_on", 1, 10, 2026)
    fill_row(page, 1, "12", "Schools and colleges", "Kingsway School")
    fill_row(page, 2, "5", "Housing", "Housing")
    fill_row(page, 3, "many", "Health")
    page.get_by_role("button", name="Add another row").click()
    expect(page.get_by_role("group", name="Row 4")).to_be_in_viewport()
    fill_row(page, 4, "2", "Police")
    page.get_by_role("button", name="Save the session").click()
    alert = page.get_by_role("alert")
    alert.get_by_role("link", name="must be a whole number").click()
    expect(page.locator("[name=row-3-people]")).to_be_focused()
    page.locator("[name=row-3-people]").fill("3")
    page.get_by_role("button", name="Save the session").click()
    expect(page.get_by_text("The session is recorded.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Kingsway School")
    assert sum(Attendance.objects.values_list("people", flat=True)) == 22

    start(area, page, "training")
    expect(page.locator("main")).to_contain_text("22 people at 1 session")
    expect(page.locator("main")).to_contain_text("22 of 600 people by 31 December 2026")
    if javascript:
        check_accessible(page)


@SCRIPTS
def test_a_champion_and_a_peer_review_with_an_action(open_page, area, javascript):
    action = make_plan_action(area.partnership.organisations.get(name="Kingsway School"))
    page = open_page(area.partner, width=PHONE, javascript=javascript)
    start(area, page, "champions")
    page.get_by_role("link", name=RECORD_ONE).click()
    page.get_by_label("Name", exact=True).fill("Dagny Oyelaran")
    page.get_by_role("button", name="Save the entry").click()
    expect(page.get_by_text("The entry is saved.")).to_be_visible()
    assert Champion.objects.get().organisation.name == "Kingsway School"
    expect(page.get_by_role("link", name=RECORD_ONE)).to_have_count(0)

    page.get_by_role("link", name="Peer reviews").click()
    page.get_by_role("button", name="Add a peer review").click()
    page.get_by_label("Who looked, or will look?").select_option(label="Kingsway School")
    page.locator("[name=subject_words]").fill("A neighbouring area")
    page.get_by_label("Findings").fill("Nobody asks later.")
    page.get_by_role("button", name="Save the peer review").click()
    for name, text in (("numbers", str(action.number)), ("what", "Ask a month later")):
        page.get_by_role("link", name="Add an action that came of it").click()
        page.locator(f"[name={name}]").fill(text)
        if name == "what":
            page.get_by_label("Whose plan is it in?").select_option(label="Kingsway School")
        page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Action 2: Ask a month later")
    expect(page.locator("main")).to_contain_text("Action 1: Train the practitioners")
    assert Action.objects.count() == 2


def test_every_page_is_accessible(open_page, area):
    make_publicity(area.partnership, reached=120, link="https://www.example.org/")
    page = open_page(area.coordinator)
    for name in (
        *("training", "training/sessions/new", "training/targets/new", "training/courses/new"),
        *("champions", "champions/new", "peer-reviews", "peer-reviews/new"),
        *("publicity", "publicity/new"),
    ):
        start(area, page, name)
        check_accessible(page)
