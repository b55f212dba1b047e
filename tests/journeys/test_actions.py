"""An action from the plan to what difference it made, on a phone, with scripts and without."""

import pytest
from playwright.sync_api import expect

from pledges.models import Action, Update
from tests.factories.actions import make_plan_action
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE
from tests.journeys.steps import fill_day


@pytest.fixture
def area(transactional_db):
    area = make_area()
    make_assessment(area.partnership, make_small_framework())
    ours = make_organisation(area.partnership, "Kingsway School")
    area.partnership.memberships.get(user=area.partner).organisations.add(ours)
    return area


def tell(page, **words):
    page.get_by_role("button", name="Add an update").click()
    for label, text in words.items():
        page.locator(f"[name={label}]").fill(text)


def send(page):
    page.get_by_role("button", name="Add the update").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_an_action_is_written_told_of_moved_and_completed_on_a_phone(open_page, area, javascript):
    page = open_page(area.partner, width=PHONE, javascript=javascript)
    page.goto(f"/partnerships/{area.partnership.slug}/actions/")
    page.get_by_role("button", name="Add an action").click()
    page.get_by_role("button", name="Add it to the register").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what will be done")
    page.get_by_label("What will be done?").fill("Train six teachers")
    page.get_by_label("Who sees to it?").select_option(label=str(area.partner))
    fill_day(page, "due_on", 1, 5, 2036)
    page.get_by_role("button", name="Add it to the register").click()
    expect(page.get_by_text("Action 1 is in the register.")).to_be_visible()

    tell(page, text="The trainer is ill.")
    page.get_by_label("In progress").check()
    page.get_by_label("Amber: at risk").check()
    fill_day(page, "due_on", 1, 6, 2036)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Say why the day was moved.")
    page.get_by_label("Why is the day moved?").fill("A new trainer has to be found")
    send(page)
    main = page.locator("main")
    expect(main).to_contain_text("Due: 1 May 2036 → 1 June 2036")
    expect(main).to_contain_text("Why the day was moved: A new trainer has to be found")

    tell(page, text="All six were there.")
    page.get_by_label("Complete").check()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Say what difference it made.")
    page.get_by_label("What difference did it make?").fill("Teachers notice earlier")
    send(page)
    expect(main).to_contain_text("Teachers notice earlier")
    action = Action.objects.get()
    assert (action.status, action.owner, Update.objects.count()) == ("complete", area.partner, 2)


def test_the_filter_is_folded_away_until_it_is_wanted(open_page, area):
    for number in range(1, 4):
        make_plan_action(area.partnership.organisations.get(), what=f"Do thing {number}")
    page = open_page(area.partner, width=PHONE)
    page.goto(f"/partnerships/{area.partnership.slug}/actions/")
    expect(page.get_by_label("Words, or a number")).to_be_hidden()
    page.get_by_text("Search and filter").click()
    check_accessible(page)
    page.get_by_label("Words, or a number").fill("2")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Do thing 2")).to_be_visible()
    expect(page.get_by_role("link", name="Do thing 1")).to_have_count(0)
    expect(page.get_by_label("Words, or a number")).to_be_visible()


def test_a_reader_is_refused_with_a_sentence(open_page, area, complaints):
    complaints.expect("403")
    action = make_plan_action(area.partnership.organisations.get())
    page = open_page(area.reader, width=PHONE)
    page.goto(action.get_absolute_url())
    expect(page.get_by_role("button", name="Add an update")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Your role in this partnership does not let you")
    assert page.goto(f"{action.get_absolute_url()}update/").status == 403
    expect(page.locator("main")).to_contain_text("write the action plan of your own organisation")
