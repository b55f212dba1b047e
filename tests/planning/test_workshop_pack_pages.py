"""The pack as a page, PDFs and a Word file: the same words, whole pages, tags, few queries."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from lxml import html
from pypdf import PdfReader

from planning.models import Entry, Workshop
from planning.outline import outline_of
from planning.pack_forms import MOST_SETS
from planning.workshop_pack import TITLES, pack_of
from rpcportal.kit import pdf as kit_pdf
from tests.factories.assessments import make_agreed, make_assessment, make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.packs import make_long_framework, make_long_plan
from tests.factories.people import client_of
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db
UPRIGHT = {"agenda", "summary", "descriptors", "cards"}


@pytest.fixture
def workshop(area):
    framework = load_rpc_2018()
    make_agreed(area.partnership, framework, by=area.coordinator, assessed_on=date(2025, 10, 1))
    draft = make_full(area.partnership, framework, assessed_on=date(2026, 11, 1))
    made = make_workshop(draft, area.coordinator, is_open=False, to_read="- the **tool**")
    make_long_plan(made, lines=8)
    return made


@pytest.fixture
def client(area):
    return client_of(area.reader)


def path_of(workshop, end="/"):
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/pack{end}"


def read(client, workshop, end):
    response = client.get(path_of(workshop, end))
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content))


def squeezed(text):
    return "".join(text.split()).replace("\u200b", "")


def printed(reader):
    return squeezed(" ".join(page.extract_text() for page in reader.pages))


def test_the_page_says_all_that_the_pdf_and_the_word_file_say(client, workshop):
    page = html.fromstring(client.get(path_of(workshop)).content)
    (report,) = page.xpath("//div[@class='rpc-report']")
    whole = printed(read(client, workshop, ".pdf"))
    document = Document(BytesIO(client.get(path_of(workshop, ".docx")).content))
    typed = squeezed("".join(document.element.body.itertext()))
    texts = report.xpath(
        ".//*[self::p or self::li or self::h2 or self::h3 or self::dd or self::td]"
    )
    assert len(texts) > 150
    cards = report.xpath("./section")[-1]
    for each in texts:
        text = squeezed("".join(each.itertext()))
        in_cards = cards in each.iterancestors()
        if in_cards and each.tag == "p":
            continue  # how to cut them stands on the page
        assert text in whole, text
        assert in_cards or text in typed, text


@pytest.mark.parametrize("part", TITLES)
def test_each_part_is_a_pdf_of_its_own_tagged_titled_and_in_english(client, workshop, part):
    reader = read(client, workshop, f"/{part}.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title.startswith(f"{TITLES[part]}: ")
    for page in reader.pages:
        assert squeezed(page.extract_text())  # none is empty
        box = page.mediabox
        assert (box.height > box.width) == (part in UPRIGHT)


def test_a_part_that_is_none_is_not_there(client, workshop):
    assert client.get(path_of(workshop, "/poster.pdf")).status_code == 404


# --- Pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", ["Wordy ", "W"])
@pytest.mark.parametrize(
    ("levels", "dimensions", "domains", "name"),
    [(2, 1, 1, 10), (4, 4, 3, 20), (4, 4, 3, 60), (6, 5, 2, 30), (9, 4, 3, 60), (9, 5, 3, 30)],
)
def test_the_summary_is_one_upright_page_whatever_the_tool(
    area, client, letters, levels, dimensions, domains, name
):
    framework = make_long_framework(levels, letters, dimensions, domains, name)
    made = make_workshop(
        make_assessment(area.partnership, framework), area.coordinator, is_open=False
    )
    make_long_plan(made, lines=0)
    reader = read(client, made, "/summary.pdf")
    assert len(reader.pages) == 1
    text = printed(reader)
    outline = outline_of(framework)
    for each in (*outline.dimensions, *outline.domains, *outline.levels):
        assert squeezed(each.name) in text
    assert "08082000247" in text


def test_the_summary_of_2018_is_one_page(client, workshop):
    assert len(read(client, workshop, "/summary.pdf").pages) == 1


def test_each_domain_begins_on_a_page_and_takes_one_or_two(area, client, workshop):
    assert len(read(client, workshop, "/descriptors.pdf").pages) == 10
    short, made = (
        make_workshop(
            make_assessment(area.partnership, make_long_framework(levels)),
            area.coordinator,
            is_open=False,
        )
        for levels in (2, 9)
    )
    assert len(read(client, short, "/descriptors.pdf").pages) == 12
    reader = read(client, made, "/descriptors.pdf")
    assert 12 < len(reader.pages) <= 24
    starts = [n for n, page in enumerate(reader.pages) if "What it covers" in page.extract_text()]
    assert len(starts) == 12
    for page in reader.pages:
        assert "Whatitlookslike" in squeezed(page.extract_text())  # headings are repeated


def test_a_hundred_lines_repeat_the_headings_and_none_is_torn(area, client):
    made = make_workshop(
        make_assessment(area.partnership, load_rpc_2018()), area.coordinator, is_open=False
    )
    make_long_plan(made, lines=100)
    pages = [squeezed(each.extract_text()) for each in read(client, made, "/agenda.pdf").pages]
    for item in made.agenda.all():
        (page,) = (text for text in pages if squeezed(item.title) in text)
        assert "Minutes" in page
    for invitee in made.invitees.all():
        assert any(squeezed(invitee.organisation_words) in text for text in pages)


def test_long_words_on_the_sheet_stay_whole_with_headings_on_every_page(client, workshop):
    Entry.objects.filter(assessment=workshop.assessment).update(
        evidence="What we saw in the area this year. " * 150, gaps="W" * 1900
    )
    reader = read(client, workshop, "/filled.pdf")
    assert printed(reader).count("year.") == 1500
    for page in list(reader.pages)[1:]:  # the first has room for the heading alone
        assert "Evidenceofcurrentprogress" in squeezed(page.extract_text())


def test_the_blank_sheet_leaves_room_to_write(client, workshop):
    reader = read(client, workshop, "/blank.pdf")
    assert len(reader.pages) == 4  # a dimension on each
    assert printed(reader).count("Circleone:") == 10


# --- Cards --------------------------------------------------------------------------------------


def test_there_are_as_many_sets_as_are_invited_unless_somebody_says_otherwise(client, workshop):
    assert len(read(client, workshop, "/cards.pdf").pages) == 8
    assert len(read(client, workshop, "/cards.pdf?sets=3").pages) == 3
    assert len(read(client, workshop, f"/cards.pdf?sets={MOST_SETS}").pages) == MOST_SETS
    workshop.invitees.all().delete()
    assert len(read(client, workshop, "/cards.pdf").pages) == 1


@pytest.mark.parametrize("sets", ["0", "41", "-1", "", "1.5", "many", "9" * 5000, "\0", "<b>"])
def test_another_number_of_sets_gets_a_sentence(client, workshop, sets):
    response = client.get(path_of(workshop, "/cards.pdf"), {"sets": sets})
    assert response.status_code == 200
    assert "from 1 to 40</a>" in response.content.decode()


def test_a_set_of_nine_levels_with_long_names_is_three_whole_sheets(area, client):
    framework = make_long_framework(9, "W")
    made = make_workshop(
        make_assessment(area.partnership, framework), area.coordinator, is_open=False
    )
    reader = read(client, made, "/cards.pdf?sets=2")
    assert len(reader.pages) == 6
    assert printed(reader).count("Between") == 16


# --- Cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["/", ".pdf", ".docx", "/agenda.pdf", "/filled.pdf", "/cards.pdf"])
def test_reading_costs_the_same_for_few_and_many(client, workshop, end):
    client.get(path_of(workshop, end))
    with CaptureQueriesContext(connection) as few:
        client.get(path_of(workshop, end))
    workshop.agenda.all().delete()
    make_long_plan(workshop, lines=60)
    with CaptureQueriesContext(connection) as many:
        client.get(path_of(workshop, end))
    assert len(many) == len(few) <= 16


def test_what_has_not_changed_is_not_printed_anew(client, workshop, monkeypatch):
    first = client.get(path_of(workshop, ".pdf")).content
    monkeypatch.setattr(kit_pdf, "write_pdf", lambda html: b"made anew")
    assert client.get(path_of(workshop, ".pdf")).content == first
    Workshop.objects.filter(pk=workshop.pk).update(place="Elsewhere")
    assert client.get(path_of(workshop, ".pdf")).content == b"made anew"


def test_what_was_typed_never_becomes_markup(client, workshop):
    strange = "=1+1 <script>alert(1)</script> & {{ 7 }}"
    Workshop.objects.filter(pk=workshop.pk).update(name=strange, place=strange, to_read=strange)
    Entry.objects.filter(assessment=workshop.assessment).update(evidence=strange)
    page = client.get(path_of(workshop)).content.decode()
    assert "<script>alert" not in page
    outline = pack_of(
        Workshop.objects.with_context().get(pk=workshop.pk), date(2026, 11, 22), ("filled",)
    )
    assert strange in repr(outline)
    assert squeezed(strange) in printed(read(client, workshop, "/filled.pdf"))
    assert client.get(path_of(workshop, ".docx")).status_code == 200
