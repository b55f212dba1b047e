"""A measure from its first words to its trend: added, read, seen, rated by hand."""

import re

import pytest
from playwright.sync_api import expect

from pledges.models import Measure, Reading
from tests.factories.people import make_area, make_organisation
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE
from tests.journeys.steps import fill_day


@pytest.fixture
def area(transactional_db):
    area = make_area()
    homes = make_organisation(area.partnership, "Homes First")
    area.lead.memberships.get().organisations.add(homes)
    return area


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_measure_is_added_read_on_a_phone_and_rated_by_hand(open_page, area, javascript):
    def check(page):
        if javascript:
            check_accessible(page)

    add_measure(open_page(area.coordinator, javascript=javascript), check)
    phone = open_page(area.lead, width=PHONE, javascript=javascript)
    phone.goto("/partnerships/rochdale/measures/")
    expect(phone.get_by_text("Nothing yet")).to_be_visible()
    check(phone)
    phone.get_by_role("link", name="Couples helped").click()
    record(phone, (30, 6, 2025), "1,1OO", check)
    expect(
        phone.get_by_role("link", name="“Figure” must be a number, like 1,250.5")
    ).to_be_visible()
    check(phone)
    phone.get_by_label("Figure").fill("1,100")
    phone.get_by_role("button", name="Record it").click()
    expect(phone.get_by_text("The reading is recorded.")).to_be_visible()
    phone.get_by_role("button", name="Record a reading").click()
    record(phone, (31, 12, 2025), "1,900 ", check, is_open=True)
    look(phone)
    check(phone)
    rate_by_hand(phone, check)
    take_away(phone)


def add_measure(page, check):
    page.goto("/partnerships/rochdale/measures/")
    expect(page.get_by_text("No measure is like that.")).to_be_visible()
    page.get_by_role("button", name="Add a measure").click()
    page.get_by_label("What is measured?").fill("Couples helped")
    page.get_by_label("What is counted").fill("couples")
    page.get_by_label("Baseline", exact=False).first.fill("1,000")
    page.get_by_role("button", name="Add it").click()
    link = page.get_by_role("link", name="Enter the day of the baseline: a figure is of a day")
    expect(link).to_be_visible()
    check(page)
    fill_day(page, "baseline_on", 31, 12, 2024)
    page.locator('[name="target"]').fill("2,000")
    fill_day(page, "target_on", 31, 12, 2025)
    page.get_by_label("Whose figure is it?").select_option("Homes First")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“Couples helped” is measured from now on.")).to_be_visible()
    expect(page.get_by_text("Nothing has been read yet.").first).to_be_visible()
    check(page)
    measure = Measure.objects.get()
    assert (measure.baseline, measure.target, str(measure.organisation)) == (
        1000, 2000, "Homes First",
    )  # fmt: skip


def record(page, day, figure, check, *, is_open=False):
    if not is_open:
        page.get_by_role("button", name="Record a reading").click()
    fill_day(page, "read_on", *day)
    page.get_by_label("Figure").fill(figure)
    page.get_by_label("Where does it come from?").fill("The quarterly return")
    page.get_by_role("button", name="Record it").click()


def look(page):
    expect(page.get_by_text("1,900 couples on 31 December 2025")).to_be_visible()
    expect(page.get_by_text("Amber: at risk").first).to_be_visible()
    picture = page.get_by_role("img", name="Trend of “Couples helped”")
    expect(picture).to_be_visible()
    expect(picture).to_have_accessible_name(re.compile("30 June 2025: 1,100 couples, Red"))
    row = page.get_by_role("row", name=re.compile("30 June 2025"))
    expect(row).to_contain_text("Red: off track")
    expect(row).to_contain_text("The quarterly return")
    page.get_by_text("How the colour is worked out").click()
    expect(page.get_by_text("Draw a straight line from the baseline")).to_be_visible()


def rate_by_hand(page, check):
    page.get_by_role("link", name="Rate the reading of 31 December 2025").click()
    page.get_by_label("Green: on track").check()
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_role("link", name=re.compile("Say why it is rated otherwise"))
    ).to_be_visible()
    check(page)
    page.get_by_label("Why is it rated otherwise?").fill("Two sites send theirs next week.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Rated by hand: Two sites send theirs next week.")).to_be_visible()
    assert Reading.objects.get(read_on="2025-12-31").rating == "green"
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Two sites send theirs next week.")).to_be_visible()
    check(page)


def take_away(page):
    page.goto("/partnerships/rochdale/measures/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
