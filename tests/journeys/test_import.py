"""An action plan that was kept as a spreadsheet comes into the register."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from pledges.models import Action
from tests.factories.actions import make_plan_action
from tests.factories.imports import workbook_of
from tests.factories.people import make_area, make_organisation
from tests.journeys.axe import check_accessible
from tests.journeys.steps import sign_in

HEAD = ["Ref", "Lead agency", "What will be done", "Deadline", "RAG", "RAG reason", "Status"]
NEW = ["", "Library", "Hold six evenings for parents", date(2027, 3, 31), "", "", "Not started"]
CHANGED = [1, "", "Train the practitioners", "30 June 2027", "Amber", "Two have left", "Underway"]
WRONG = ["", "Museum", "Write to schools", "soon", "", "", ""]


@pytest.fixture
def area(transactional_db):
    area = make_area()
    library = make_organisation(area.partnership, "Library")
    make_plan_action(library, due_on=date(2027, 3, 31))
    return area


def choose(page, *rows):
    file = {"name": "Plan.xlsx", "mimeType": "application/octet-stream"}
    page.get_by_label("Spreadsheet").set_input_files({**file, "buffer": workbook_of(HEAD, *rows)})
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What the file would change")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_spreadsheet_plan_comes_in(open_page, area, javascript):
    page = open_page(javascript=javascript)
    page.goto(f"/partnerships/{area.partnership.slug}/actions/")
    sign_in(page, area.coordinator)
    page.get_by_role("link", name="Import actions from a spreadsheet").click()
    choose(page, NEW, CHANGED, WRONG)
    expect(page.get_by_text("Row 4, “Due”: says “soon”, which is not one day.")).to_be_visible()
    expect(page.get_by_role("button", name="Import the rows that are right")).to_be_visible()
    if javascript:
        check_accessible(page)

    page.get_by_role("link", name="choose it again").click()
    choose(page, NEW, CHANGED)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="1 new action")).to_be_visible()
    expect(main.get_by_text(re.compile("31 March 2027.*30 June 2027"))).to_be_visible()
    assert Action.objects.count() == 1
    main.get_by_role("button", name="Import", exact=True).click()

    expect(page.get_by_text("Imported: 1 action is new, 1 was changed.")).to_be_visible()
    page.get_by_role("link", name="Train the practitioners").click()
    expect(page.get_by_text("Due: 31 March 2027 → 30 June 2027")).to_be_visible()
    expect(page.get_by_text("Why the day was moved: From a spreadsheet")).to_be_visible()
