"""Long rows are cut to what fits on a page, and no word is lost on the way."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from planning.paging import FITS, breakable, pages_of
from planning.reports import RecordingSheet, SheetDimension, SheetReference, SheetRow
from planning.sheet_pdf import sheet_pdf
from tests.factories.assessments import make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area


def row(**words):
    values = {
        "number": 1, "title": "1. Strategy", "level": "2/3", "is_scored": True, "target": "3",
        "not_applicable_reason": "", "evidence": "", "reason": "", "dissent": "",
        "references": (), "gaps": "", "actions": (),
    }  # fmt: skip
    return SheetRow(**values | words)


def pieces(**words):
    return pages_of(SheetDimension("Plan", (row(**words),))).rows


def words_of(rows, field):
    return " ".join(getattr(each, field) for each in rows).replace("\u200b", "").split()


def test_a_row_that_fits_on_a_page_stays_as_it_is():
    reference = SheetReference("Title", "Place", "Shows")
    words = {"evidence": "Short.\nWords.", "gaps": "Few.", "references": (reference,)}
    assert pieces(**words) == (row(**words),)


def test_a_row_that_is_too_tall_becomes_several_that_name_their_domain():
    rows = pieces(evidence="A line of evidence.\n" * (FITS + 10))
    assert [each.title for each in rows[:2]] == ["1. Strategy", "1. Strategy (continued)"]
    assert [(each.level, each.target) for each in rows] == [("2/3", "3")] + [("", "")] * (
        len(rows) - 1
    )


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab \nŵ"), max_size=6000), st.text(max_size=3000))
def test_no_word_is_lost_and_their_order_stays(evidence, gaps):
    rows = pieces(evidence=evidence, gaps=gaps, reason=gaps[:500])
    for field, text in (("evidence", evidence), ("gaps", gaps), ("reason", gaps[:500])):
        joined = "".join(words_of(rows, field))
        assert joined == "".join(text.replace("\u200b", "").split())


def test_a_run_without_a_space_gets_places_to_break_and_a_web_address_none():
    address = "https://www.example.org/" + "a" * 80
    assert breakable(address) == address
    assert breakable("W" * 200).replace("\u200b", "") == "W" * 200
    assert max(map(len, breakable("W" * 200).split("\u200b"))) <= 20


@pytest.mark.django_db
def test_every_page_of_a_long_sheet_repeats_the_headings_and_names_a_domain():
    assessment = make_full(make_area().partnership, load_rpc_2018())
    assessment.entries.update(evidence="What the board saw. " * 300, gaps="What is missing. " * 200)
    sheet = RecordingSheet.of(assessment, date(2026, 3, 1))
    reader = PdfReader(io.BytesIO(sheet_pdf(sheet)))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 10
    assert ["Evidence of current progress" in text for text in texts] == [True] * len(texts)
    titles = [each.title for dimension in sheet.dimensions for each in dimension.rows]
    firsts = [title.split()[0] for title in titles]
    assert [any(first in text for first in firsts) for text in texts] == [True] * len(texts)
