"""The handbook, the poster and the measures on paper: what the page says, they say."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from lxml import etree, html
from pypdf import PdfReader

from practice.handbook import handbook_of
from practice.models import PartKind, PracticeModel
from practice.poster import HEIGHT, MARGIN, WIDTH, poster_of
from rpcportal.kit.blocks import Facts
from tests.factories.people import client_of
from tests.factories.practice import (
    library_of,
    make_definition,
    make_part,
    make_practice_model,
    make_standard,
    make_standard_measure,
    make_version,
)

pytestmark = pytest.mark.usefixtures("index_left_alone")
TODAY = date(2026, 11, 22)
RICH = """It **matters**.

- one
- two

| A | B |
|---|---|
| 1 | 2 |

[More](https://law.example/) <script>alert(1)</script>"""


@pytest.fixture
def library(area):
    found = library_of(area.partnership)
    make_part(
        found.model, PartKind.PANE, name="WITH", high_challenge=True, high_support=True,
        meaning="Much is asked, much is offered.",
    )  # fmt: skip
    make_part(found.model, PartKind.VALUE, name="Curiosity", behaviours="I ask.\nI listen.")
    make_standard(found.pillar, statement="We write plainly.", position=3, about=RICH, measures=2)
    make_definition(area.partnership, term="Conflict", is_not="Abuse.")
    return found


def addresses(area, library, name):
    return reverse(name, args=[area.partnership.slug, library.model.pk])


def words(element):
    return "".join(" ".join(element.itertext()).split())


def page_of(client, area, library):
    page = html.fromstring(client.get(addresses(area, library, "handbook")).content)
    (found,) = page.xpath("//div[@class='rpc-report']")
    return found


def test_page_pdf_and_word_file_say_the_same(area, client, library):
    page = page_of(client, area, library)
    pdf = PdfReader(BytesIO(client.get(addresses(area, library, "handbook_pdf")).content))
    printed = "".join("".join(each.extract_text().split()) for each in pdf.pages)
    document = Document(BytesIO(client.get(addresses(area, library, "handbook_word")).content))
    typed = "".join("".join(document.element.body.itertext()).split())
    paragraphs = [
        words(each) for each in page.xpath("//section//*[self::p or self::li or self::h3]")
    ]
    assert len(paragraphs) > 20
    for each in filter(None, paragraphs):
        assert each in printed, each
        assert each.replace("More<", "More(https://law.example/)<") in typed, each


def test_a_draft_is_not_in_the_handbook_and_is_marked_on_its_own_paper(area, client, library):
    pages = html.tostring(page_of(client, area, library)).decode()
    assert f'id="standard-{library.standard.pk}"' in pages
    assert f'id="standard-{library.drafted.pk}"' not in pages
    path = reverse("standard_pdf", args=[area.partnership.slug, library.drafted.pk, 1])
    text = PdfReader(BytesIO(client.get(path).content)).pages[0].extract_text()
    assert "Draft of version 1" in text


def test_the_pdf_is_tagged_has_bookmarks_and_contents_that_lead_there(area, client, library):
    pdf = PdfReader(BytesIO(client.get(addresses(area, library, "handbook_pdf")).content))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    (book,) = (each for each in pdf.outline if not isinstance(each, list))
    assert book.title == "model: the handbook"
    chapters = [each.title for each in pdf.outline[1] if not isinstance(each, list)]
    assert chapters == ["Contents", "How we work", "pillar", "The words we use"]
    links = [a.get_object() for a in pdf.pages[0]["/Annots"]]
    assert len(links) >= 5
    assert "Page 1 of " in pdf.pages[0].extract_text()


def test_what_was_typed_never_becomes_markup(area, client, library):
    page = client.get(addresses(area, library, "handbook")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_measure_says_everything_in_a_few_lines(area, library):
    outline = handbook_of(library.model, area.partnership, TODAY)
    facts = next(each for part in outline.parts for each in part.blocks if isinstance(each, Facts))
    assert facts.text == "1. We hold a family network meeting"
    assert dict(facts.items) == {
        "When": "Within 10 days (calendar or working days: not yet decided) of this: the child is "
        "opened to children’s social care",
        "Where": "Required in children’s social care; considered in early help",
        "Who": "Allocated practitioner and team manager",
        "To see on file": "The date, and who came",
        "Source": "Our own rule",
    }


def test_the_measures_come_as_csv_with_their_limits_apart(area, client, library):
    response = client.get(addresses(area, library, "practice_measures_csv"))
    rows = list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 3  # of two standards in force; the draft's is not among them
    assert rows[0]["Number"] == "10"
    assert rows[0]["Who"] == "Allocated practitioner and team manager"
    assert rows[0]["In force from"] == "2026-01-05"


@pytest.mark.parametrize("name", ["handbook", "handbook_pdf", "handbook_word"])
def test_reading_costs_the_same_for_few_and_many(area, client, library, name):
    path = addresses(area, library, name)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for position in range(4, 24):
        make_standard(library.pillar, position=position, measures=3)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) <= 14


def test_another_version_has_a_paper_of_its_own(area, client, library):
    make_version(library.standard, number=2, statement="We listen twice.", amendment="Again")
    for number, words_of_it in ((1, "We listen."), (2, "We listen twice.")):
        args = [area.partnership.slug, library.standard.pk, number]
        document = Document(BytesIO(client.get(reverse("standard_word", args=args)).content))
        assert document.core_properties.title == words_of_it
    args = [area.partnership.slug, library.standard.pk, 3]
    assert client.get(reverse("standard_pdf", args=args)).status_code == 404


def test_a_starter_is_printed_before_it_is_taken_on(area):
    starter = make_practice_model()
    make_standard(make_part(starter), statement="We ask.")
    path = reverse("handbook_pdf", args=[area.partnership.slug, starter.pk])
    text = PdfReader(BytesIO(client_of(area.reader).get(path).content)).pages[-1]
    assert text.extract_text()


# --- The poster ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 5, 13])
@pytest.mark.parametrize("name", ["Care", "A long name of a part that goes on " * 6, "Ж" * 200])
def test_every_box_lies_on_the_page_and_no_two_meet(db, count, name):
    model = make_practice_model(guiding_words=name[:300])
    kinds = [PartKind.PILLAR, PartKind.VALUE, PartKind.OUTCOME]
    parts = [
        make_part(model, kind, name=name[:200], position=place)
        for kind in kinds
        for place in range(1, count + 1)
    ]
    poster = poster_of(model, parts)
    boxes = [poster.roof, *(box for floor in poster.floors for box in floor.boxes)]
    assert len(boxes) == 1 + 3 * count
    for box in boxes:
        assert box.x >= MARGIN - 1
        assert box.x + box.width <= WIDTH - MARGIN + 1
        assert box.y + box.height <= HEIGHT - MARGIN + 1
        assert box.height > 0
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart


def test_the_poster_says_in_words_what_it_shows_and_is_one_page(area, client, library):
    make_part(library.model, name="A <b>& B", position=2)
    svg = etree.fromstring(client.get(addresses(area, library, "poster_svg")).content)
    told = svg.findtext("{http://www.w3.org/2000/svg}desc")
    assert "2 pillars: pillar; A <b>& B" in told
    assert "1 pane of the window: WITH: high challenge, high support" in told
    page = client.get(addresses(area, library, "poster")).content.decode()
    assert "A &lt;b&gt;&amp; B" in page
    pdf = PdfReader(BytesIO(client.get(addresses(area, library, "poster_pdf")).content))
    assert len(pdf.pages) == 1


def test_a_measure_without_a_limit_has_no_when(area, library):
    make_standard_measure(library.draft, limit_number=None, limit_unit="", trigger="")
    outline = handbook_of(library.model, area.partnership, TODAY)
    facts = [b for part in outline.parts for b in part.blocks if isinstance(b, Facts)]
    assert all(value for fact in facts for _, value in fact.items)


def test_a_model_without_guiding_words_has_no_roof(area, client, library):
    svg = client.get(addresses(area, library, "poster_svg")).content.decode()
    assert "Guiding principle" not in svg
    PracticeModel.objects.filter(pk=library.model.pk).update(guiding_words="Systemic")
    svg = client.get(addresses(area, library, "poster_svg")).content.decode()
    assert "Guiding principle: Systemic" in svg
