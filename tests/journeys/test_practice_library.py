"""The practice library is read: a time limit is found, the handbook printed, a reflection kept."""

import re
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from practice.models import PartKind
from tests.factories.people import make_area, make_member, make_organisation
from tests.factories.practice import (
    make_part,
    make_practice_model,
    make_question_set,
    make_standard,
)
from tests.journeys.conftest import PHONE
from tests.journeys.keyboard import Keyboard

HOME = "/partnerships/rochdale/"
STATEMENT = "We are family focused."
MEASURE = "We hold a family network meeting"
PRIVATE = "I talk too much in the first ten minutes."
WITH_AND_WITHOUT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["scripts", "no scripts"]
)


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def library(area):
    model = make_practice_model(area.partnership)
    pillar = make_part(model)
    value = {"meaning": "We want to understand.", "behaviours": "I ask.\nI listen."}
    make_part(model, PartKind.VALUE, name="Curiosity", **value)
    make_standard(pillar, statement=STATEMENT)
    make_standard(pillar, statement="We write plainly.", position=2, measures=0)
    return model


# --- A practitioner looks for a time limit -----------------------------------------------------


@WITH_AND_WITHOUT
def test_a_time_limit_is_found_in_three_steps(open_page, area, library, javascript):
    page = open_page(area.reader, javascript=javascript)
    page.goto(HOME)
    page.get_by_role("link", name="Practice", exact=True).click()
    page.get_by_role("link", name="All time limits").click()
    page.get_by_role("row").filter(has_text=MEASURE).get_by_role("link").first.click()
    shows_the_limit(page)


@WITH_AND_WITHOUT
def test_a_mistyped_search_on_a_phone_finds_it_too(open_page, area, library, javascript):
    page = open_page(area.reader, width=PHONE, javascript=javascript)
    page.goto(HOME)
    if javascript:
        page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Practice", exact=True).click()
    page.get_by_label("Search the library").fill("famliy netwrok meeting")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("showing “network”")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name=MEASURE).click()
    shows_the_limit(page)


def test_a_time_limit_is_found_by_keyboard_alone(open_page, area, library):
    page = open_page(area.reader)
    keyboard = Keyboard(page)
    page.goto(HOME)
    keyboard.to(words="Practice").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Practice library")
    keyboard.to(name="words").type("network meeting").press("Enter")
    expect(page.get_by_role("table", name="1 thing found")).to_be_visible()
    keyboard.to(words=MEASURE).press("Enter")
    shows_the_limit(page)


def shows_the_limit(page):
    expect(page.get_by_role("heading", level=1)).to_have_text(STATEMENT)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Within 10 days")
    expect(main).to_contain_text("Allocated practitioner and team manager")
    expect(main).to_contain_text("Required in children’s social care; considered in early help")


# --- A manager prints the handbook ---------------------------------------------------------------


@WITH_AND_WITHOUT
def test_a_manager_prints_the_handbook_and_the_poster(open_page, area, library, javascript):
    page = open_page(area.lead, javascript=javascript, accept_downloads=True)
    page.goto(f"{HOME}practice/")
    page.get_by_role("link", name=library.name, exact=True).click()
    page.get_by_role("link", name="Read or print the handbook").click()
    expect(page.get_by_role("main")).to_contain_text(MEASURE)
    is_a_handbook(PdfReader(download(page, "PDF")))
    paragraphs = [each.text for each in Document(download(page, "Word")).paragraphs]
    assert any(STATEMENT in each for each in paragraphs)

    page.get_by_role("link", name=library.name, exact=True).click()
    page.get_by_role("link", name="One-page poster").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{library.name} on one page")
    expect(page.get_by_role("img", name=library.name)).to_be_visible()
    assert len(PdfReader(download(page, "PDF to print")).pages) == 1


def is_a_handbook(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    text = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert "Contents" in text
    assert "Page 1 of" in text
    assert MEASURE in text
    assert "Voice of the child" in titles(pdf.outline)


def titles(outline):
    """Of all bookmarks, however deep."""
    found = []
    for each in outline:
        found += titles(each) if isinstance(each, list) else [each.title]
    return found


def download(page, name):
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    return BytesIO(started.value.path().read_bytes())


# --- What one writes for oneself -----------------------------------------------------------------


@WITH_AND_WITHOUT
def test_a_reflection_is_found_by_a_colleague_only_while_it_is_shared(
    open_page, area, complaints, javascript
):
    complaints.expect("404")
    homes = make_organisation(area.partnership, "Homes First")
    area.partner.memberships.get().organisations.add(homes)
    colleague = make_member(area.partnership, "editor", organisation=homes)
    questions = make_question_set(area.partnership)
    writer = open_page(area.partner, javascript=javascript)
    here = write_reflection(writer, questions)
    readers = [open_page(each, javascript=javascript) for each in (colleague, area.coordinator)]
    for reader in readers:
        finds_nothing(reader, here)

    writer.get_by_role("button", name="Share with Homes First").click()
    expect(writer.get_by_text("The members of Homes First can read it now.")).to_be_visible()
    finds_nothing(readers[1], here)
    reader = readers[0]
    reader.goto(f"{HOME}practice/reflections/")
    reader.get_by_role("row").get_by_role("link", name=questions.name).click()
    expect(reader.get_by_text(PRIVATE)).to_be_visible()
    expect(reader.get_by_role("link", name="Change it")).to_have_count(0)

    writer.get_by_role("button", name="Take it back").click()
    expect(writer.get_by_text("You took it back: only you see it now.")).to_be_visible()
    finds_nothing(reader, here)


def write_reflection(page, questions):
    """Answers the questions alone; returns where what was answered stands."""
    page.goto(f"{HOME}practice/reflections/")
    page.get_by_role("link", name=re.compile(f"Look and answer.*{questions.name}")).click()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_label("Me alone")).to_be_checked()
    page.get_by_label("Question 1?").fill(PRIVATE)
    page.get_by_label("Question 2?").fill("11")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Question 1?")).to_have_value(PRIVATE)
    page.get_by_label("Question 2?").fill("6")
    page.get_by_label("WITH: high challenge, high support").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your reflection is kept.")).to_be_visible()
    expect(page.get_by_text("Only you see this.")).to_be_visible()
    return page.url


def finds_nothing(page, address):
    page.goto(f"{HOME}practice/reflections/")
    expect(page.get_by_text("You have not kept a reflection yet.")).to_be_visible()
    assert page.goto(address).status == 404
    expect(page.get_by_text(PRIVATE)).to_have_count(0)
