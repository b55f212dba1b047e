"""The page, the PDF and the Word file: the same words in the same order, and what each promises."""

import re
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from pledges.boards import FIRST_PAGE_LETTERS, sections_of
from pledges.models import Action, Board, Narrative, Publicity, Section
from rpcportal.board_report import matters
from rpcportal.board_report.outline import Outline
from rpcportal.board_report.printed import report_pdf
from rpcportal.kit.word import outline_word
from tests.factories.actions import make_plan_action
from tests.factories.assessments import agree, make_full, score
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.reports import (
    loaded,
    make_board_report,
    make_busy,
    make_finished,
    make_many,
    make_written_report,
)

pytestmark = pytest.mark.django_db

WORDS = {each.value: f"Ours on {each.value}.\nA second line.\n\nA new thought." for each in Section}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def busy(area):
    return make_busy(area)


def outline_of(report):
    return Outline.of(loaded(report))


def strings(outline):
    """Every text of an outline, in order."""
    yield outline.title
    for label, value in outline.facts:
        yield f"{label}:"
        yield value
    for part in outline.parts:
        yield part.title
        for block in part.blocks:
            yield from TEXTS[block.kind](block)


TEXTS = {
    "words": lambda block: [line for lines in block.paragraphs for line in lines],
    "paragraph": lambda block: [block.text],
    "heading": lambda block: [block.text],
    "bullets": lambda block: block.items,
    "table": lambda block: [
        block.caption, *block.columns, *(text for row in block.rows for text in row)
    ],
}  # fmt: skip


def words_of(texts):
    return " ".join(texts).split()


def page_words(client, report):
    page = html.fromstring(client.get(report.get_absolute_url()).content.decode())
    (found,) = page.xpath("//div[@class='rpc-report']")
    return words_of(found.itertext())


def pdf_texts(data):
    """The text of each page, without the foot that every page has."""
    foot = re.compile(r"Page \d+ of \d+")
    texts = []
    for page in PdfReader(BytesIO(data)).pages:
        text = page.extract_text()
        assert foot.search(text)
        texts.append(foot.sub("", text))
    return texts


def document_words(data):
    document = Document(BytesIO(data))
    ends = {f"{{{document.element.nsmap['w']}}}{tag}" for tag in ("p", "br")}
    texts = []
    for element in document.element.body.iter():
        if element.tag in ends:
            texts.append(" ")
        elif element.tag.endswith("}t"):
            texts.append(element.text)
    return "".join(texts).split()


@pytest.mark.parametrize("board", Board)
def test_page_and_word_file_have_every_word_in_the_same_order(area, busy, board):
    report = make_finished(
        area.partnership,
        by=area.coordinator,
        board=board,
        board_words="Cabinet",
        words={key: WORDS[key] for key in sections(board)},
    )
    outline = outline_of(report)
    expected = words_of(strings(outline))
    assert len(expected) > 400
    assert page_words(client_of(area.reader), report) == expected
    assert document_words(outline_word(outline)) == expected


@pytest.mark.parametrize("board", Board)
def test_the_pdf_has_every_word_of_the_page(area, busy, board):
    report = make_finished(
        area.partnership,
        by=area.coordinator,
        board=board,
        board_words="Cabinet",
        words={key: WORDS[key] for key in sections(board)},
    )
    outline = outline_of(report)
    pages = pdf_texts(report_pdf(outline))
    running = "".join(outline.running.split())
    printed = ["".join(text.split()).replace("•", "").replace(running, "") for text in pages]
    # Compared by letters: where a long word is broken, a PDF has no mark of it.
    expected = "".join(words_of(strings(outline)))
    assert is_within("".join(printed), expected)
    headings = Counter("".join(printed)) - Counter(expected)
    assert sum(headings.values()) <= 80 * len(pages)  # those that a new page repeats


def is_within(found, expected):
    """Whether all letters of ``expected`` stand in ``found`` in the same order."""
    letters = iter(found)
    return all(letter in letters for letter in expected)


def sections(board):
    return [each.value for each in sections_of(board)]


# --- The first page -------------------------------------------------------------------------


@pytest.mark.parametrize("board", ["steering", "domestic_abuse", "other"])
@pytest.mark.parametrize("letters", ["Wordy ", "W"])
def test_what_matters_is_one_page_by_itself_however_much_there_is(area, board, letters):
    much_of_everything(area, letters)
    report = make_written_report(
        area.partnership,
        by=area.coordinator,
        board=board,
        board_words=(letters * 150)[:150],
        words={"matters": (letters * 900)[: FIRST_PAGE_LETTERS - 20] + "\nx" * 9},
    )
    first, second, *_ = pdf_texts(report_pdf(outline_of(report)))
    assert "What matters" in first
    assert letters.strip() in first.rpartition("What made a difference")[2]
    next_section = Section(sections(board)[1]).label
    assert next_section not in first.split("\n")
    assert next_section in second[:400]


def much_of_everything(area, letters):
    """Names as long as they can be, all levels moved, three long words of what it made."""
    framework = load_rpc_2018()
    for year, level in ((2025, "1/2"), (2026, "3/4")):
        sheet = make_full(area.partnership, framework, assessed_on=date(year, 8, 1))
        score(sheet, dict.fromkeys(range(1, 11), level))
        agree(sheet, by=area.coordinator)
    organisation = make_organisation(area.partnership, (letters * 150)[:150])
    for number in range(1, 6):
        make_plan_action(
            organisation,
            what=f"Thing {number}",
            status="complete",
            completed_on=date(2026, 8, number),
            difference=letters * 200,
        )
    area.partnership.name = (letters * 120)[:120]
    area.partnership.area = (letters * 120)[:120]
    area.partnership.save()


def test_an_upright_page_that_is_tagged_titled_and_in_english(area, busy):
    pdf = PdfReader(
        BytesIO(report_pdf(outline_of(make_board_report(area.partnership, by=area.coordinator))))
    )
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert pdf.metadata.title == "Report to the steering group"
    assert pdf.pages[0].mediabox.height > pdf.pages[0].mediabox.width


def test_no_row_of_a_table_is_torn(area, busy):
    make_many(area, 30)
    Action.objects.filter(rating="red").update(rating_reason="Because of this. " * 40)
    outline = outline_of(make_board_report(area.partnership, by=area.coordinator))
    (table,) = [
        block
        for part in outline.parts
        for block in part.blocks
        if block.kind == "table" and block.shape == "reason"
    ]
    pages = ["".join(text.split()) for text in pdf_texts(report_pdf(outline))]
    assert len(pages) > 5
    for row in table.rows:
        cells = ["".join(text.split()) for text in row]
        assert any(all(cell in page for cell in cells) for page in pages), row


@pytest.mark.parametrize("board", Board)
def test_ratings_are_words_and_a_legend_stands_with_them(area, busy, board):
    report = make_board_report(area.partnership, by=area.coordinator, board=board, board_words="x")
    for part in outline_of(report).parts:
        texts = " ".join(text for block in part.blocks for text in TEXTS[block.kind](block))
        if "off track" in texts:
            assert "What the ratings mean. Green: on track" in texts


def test_the_word_file_is_prepared_for_who_listens(area, busy):
    document = Document(
        BytesIO(outline_word(outline_of(make_board_report(area.partnership, by=area.coordinator))))
    )
    assert document.core_properties.title == "Report to the steering group"
    styles = [each.style.name for each in document.paragraphs]
    assert styles[0] == "Heading 1"
    assert styles.count("Heading 2") == 6
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert [each.tag.rpartition("}")[2] for each in properties] == ["tblHeader", "cantSplit"]


def test_strange_words_reach_all_three(area, busy):
    strange = "=1+1 <script>alert(1)</script> & \ufffe \uffff “Zoë” 家 🙂"
    Publicity.objects.update(title=strange)
    report = make_board_report(area.partnership, by=area.coordinator)
    Narrative.objects.create(
        report=report, section="people", words=strange, written_by=area.coordinator
    )
    client = client_of(area.reader)
    assert "<script>alert" not in client.get(report.get_absolute_url()).content.decode()
    outline = outline_of(report)
    assert "<script>alert(1)</script>" in " ".join(document_words(outline_word(outline)))
    assert report_pdf(outline)[:5] == b"%PDF-"


def test_the_abuse_board_begins_with_the_line_and_hears_of_its_domains_first(area, busy):
    report = make_board_report(area.partnership, by=area.coordinator, board="domestic_abuse")
    outline = outline_of(report)
    assert [part.key for part in outline.parts][:2] == ["matters", "domains"]
    first = [TEXTS[block.kind](block) for block in outline.parts[0].blocks][:3]
    assert first[0] == ["The line between conflict and abuse"]
    assert first[1] == [matters.ABUSE]
