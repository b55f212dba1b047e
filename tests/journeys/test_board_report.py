"""A board report: made, words written beside its figures, finished, and taken away as files."""

from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from pledges.models import BoardReport
from tests.factories.people import make_area
from tests.factories.reports import make_busy
from tests.journeys.axe import check_accessible
from tests.journeys.steps import fill_day

OURS = "Help comes late because one trainer has left."


@pytest.fixture
def area(transactional_db):
    area = make_area()
    make_busy(area)
    return area


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_report_is_made_written_finished_and_downloaded(open_page, area, javascript):
    page = open_page(area.coordinator, javascript=javascript, accept_downloads=True)
    main = page.locator("main")
    page.goto(f"/partnerships/{area.partnership.slug}/reports/")
    page.get_by_role("button", name="Make a report").click()
    expect(page.get_by_label("Steering group")).to_be_checked()
    fill_day(page, "from_on", 1, 10, 2026)
    fill_day(page, "to_on", 30, 9, 2026)
    page.get_by_role("button", name="Take the figures").click()
    expect(page.get_by_role("alert")).to_contain_text("must be the same day as “First day” or")
    fill_day(page, "from_on", 1, 7, 2026)
    page.get_by_role("button", name="Take the figures").click()
    expect(main).to_contain_text("Parents ask for it at the counter.")
    look_at(page, javascript)

    page.get_by_label("Your words on “Exceptions”").fill(OURS)
    page.get_by_role("button", name="Save all words").first.click()
    expect(page.get_by_text("Your words are saved.")).to_be_visible()
    page.get_by_label("Your words on “What matters”").fill("We ask for a second trainer.")
    page.get_by_role("button", name="Save and go on to finish").click()
    expect(main).to_contain_text("nothing in it can be changed")
    expect(main).to_contain_text("We ask for a second trainer.")
    look_at(page, javascript)
    page.get_by_role("button", name="Finish the report").click()
    expect(
        page.get_by_text("The report is finished. From now on it cannot change.")
    ).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    look_at(page, javascript)
    assert BoardReport.objects.get().finished_by == area.coordinator

    pdf = "".join(each.extract_text() for each in PdfReader(download(page, "PDF")).pages)
    word = [each.text for each in Document(download(page, "Word")).paragraphs]
    assert OURS in " ".join(pdf.split())
    assert OURS in word


def look_at(page, javascript):
    if javascript:
        check_accessible(page)


def download(page, name):
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    return BytesIO(started.value.path().read_bytes())


def test_a_reader_reads_it_on_a_phone_and_is_offered_nothing_to_change(open_page, area):
    page = open_page(area.reader, width=320)
    page.goto(f"/partnerships/{area.partnership.slug}/reports/")
    expect(page.get_by_text("No report has been made yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Make a report")).to_have_count(0)
    check_accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_another_board_is_named_where_it_is_chosen(open_page, area, javascript):
    page = open_page(area.facilitator, width=320, javascript=javascript)
    page.goto(f"/partnerships/{area.partnership.slug}/reports/add/")
    expect(page.get_by_label("Name of the board")).to_be_hidden()
    page.get_by_label("Another board").check()
    page.get_by_label("Name of the board").fill("Scrutiny committee")
    look_at(page, javascript)
    page.get_by_role("button", name="Take the figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report to the Scrutiny committee")
