"""From signing in to the recording sheet's PDF, with the words of a Word sheet."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.factories.sheets import LINES
from tests.journeys.steps import box, choose_level, fill_day, row_box, sign_in


@pytest.fixture
def area(transactional_db):
    load_rpc_2018()
    return make_area()


def squeezed(text):
    """Without white space: a PDF breaks lines where the page does not."""
    return "".join(text.split())


def text_of_pdf(download):
    pages = PdfReader(BytesIO(Path(download.path()).read_bytes())).pages
    return squeezed("".join(page.extract_text() for page in pages))


def start_an_assessment(page, area):
    page.goto("/")
    sign_in(page, area.coordinator)
    page.get_by_role("main").get_by_role("link", name="Start an assessment").first.click()
    fill_day(page, "assessed_on", 30, 7, 2018)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("0 of 10 domains are scored.")).to_be_visible()


def score(page, line):
    choose_level(page, line.level)
    box(page, "evidence").fill(line.evidence)
    box(page, "gaps").fill(line.gaps)
    for index, action in enumerate(line.actions):
        if index:
            page.get_by_role("button", name="Add an action").click()
            expect(row_box(page, "action", "what")).to_have_value("")
        row_box(page, "action", "what").fill(action)
    page.get_by_role("button", name="Save and").first.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_ten_domains_from_a_sheet_reach_the_profile_and_the_pdf(open_page, area, javascript):
    page = open_page(javascript=javascript)
    start_an_assessment(page, area)
    page.get_by_role("link", name="1. Strategy").first.click()
    for line in LINES:
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{line.number}. {line.name}")
        score(page, line)
    expect(page.get_by_text("10 of 10 domains are scored.")).to_be_visible()

    page.get_by_role("link", name="Profile").click()
    for line in LINES:
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=f"{line.number}. {line.name}", exact=True)
        )
        expect(row.get_by_role("cell").first).to_have_text(line.level)
    for figure in ("2.33", "3.67", "2.00", "2.50", "2.70"):
        expect(page.get_by_role("cell", name=figure, exact=True)).to_be_visible()

    page.get_by_role("link", name="Recording sheet").click()
    on_the_page = squeezed(page.get_by_role("main").inner_text())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as PDF").click()
    in_the_pdf = text_of_pdf(download.value)
    assert download.value.suggested_filename == "rochdale-recording-sheet-2018-07-30-v1.pdf"
    for line in LINES:
        for text in (line.level, line.evidence, line.gaps, *line.actions):
            assert squeezed(text) in on_the_page
            assert squeezed(text) in in_the_pdf
