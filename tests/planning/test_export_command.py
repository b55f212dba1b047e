"""``manage.py export_sheet``: the whole sheet as a PDF, or a sentence and no file."""

import io
import re
import resource
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from planning.actions import reopen_sheet
from planning.reports import RecordingSheet
from tests.factories.assessments import agree, make_agreed, make_assessment, make_full, make_scored
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_area
from tests.planning.test_reports import strings_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def small():
    return make_small_framework()


@pytest.fixture
def out(tmp_path):
    return tmp_path / "sheet.pdf"


def export(out, slug="rochdale", **options):
    printed = io.StringIO()
    call_command("export_sheet", partnership=slug, out=out, stdout=printed, **options)
    return printed.getvalue()


def words_in(pdf):
    """Every word of a PDF, without the white space and hyphens that lines break at."""
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def plain(text):
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def refusal(out, slug="rochdale", **options):
    with pytest.raises(CommandError) as error:
        export(out, slug, **options)
    return str(error.value)


def test_the_pdf_holds_every_word_of_the_sheet(area, out):
    assessment = make_full(area.partnership, load_rpc_2018(), note="Nodiadau’r gweithdy: ŵy, ŷd")
    said = export(out)
    assert said == f"Wrote Recording sheet: Rochdale, 30 July 2018 (draft) to {out}.\n"
    sheet = RecordingSheet.of(assessment, assessment.assessed_on)
    printed = words_in(out)
    missing = [text for text in strings_in(sheet) if plain(text) not in printed]
    # Dimensions may be set in capitals; the partnership is named as the document's author.
    assert [text for text in missing if plain(text.upper()) not in printed] == [sheet.partnership]
    assert PdfReader(out).metadata.author == sheet.partnership


def test_an_illustration_and_a_superseded_sheet_say_so_on_paper(area, small, out):
    make_assessment(area.partnership, small, illustrative=True)
    export(out)
    assert plain("It is not Rochdale’s full or agreed plan.") in words_in(out)
    first = make_agreed(area.partnership, small, by=area.coordinator, assessed_on=date(2019, 1, 17))
    reopen_sheet(assessment=first, reason="New figures came", by=area.coordinator)
    export(out)
    assert plain("Version 2 was opened because: New figures came") in words_in(out)


def test_without_a_date_it_is_the_newest(area, small, out):
    for year in (2018, 2020, 2019):
        make_assessment(area.partnership, small, assessed_on=date(year, 1, 17))
    assert export(out).startswith("Wrote Recording sheet: Rochdale, 17 January 2020 (draft)")


def test_with_a_date_it_is_that_days(area, small, out):
    for year in (2018, 2020):
        make_assessment(area.partnership, small, assessed_on=date(year, 1, 17))
    said = export(out, date="2018-01-17")
    assert said.startswith("Wrote Recording sheet: Rochdale, 17 January 2018 (draft)")


def test_of_several_versions_it_is_the_latest(area, small, out):
    first = agree(make_scored(area.partnership, small), by=area.coordinator)
    reopen_sheet(assessment=first, reason="New figures", by=area.coordinator)
    for options in ({}, {"date": "2018-07-30"}):
        assert export(out, **options).startswith(
            "Wrote Recording sheet: Rochdale, 30 July 2018 (dr"
        )


def test_a_file_that_is_there_is_replaced_and_can_be_read_by_others(area, small, out):
    make_assessment(area.partnership, small)
    out.write_text("old")
    export(out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in out.parent.iterdir()] == ["sheet.pdf"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"slug": "bolton"}, "The partnership “bolton” does not exist or has no assessment."),
        ({"date": "2019-01-01"},
         "There is no assessment of 2019-01-01. There are: 2018-01-17, 2018-07-30."),
        ({"date": "30/07/2018"}, "“30/07/2018” is not a date. Write it like 2018-07-30."),
        ({"date": "2018-02-30"}, "“2018-02-30” is not a date. Write it like 2018-07-30."),
        ({"date": ""}, "“” is not a date. Write it like 2018-07-30."),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_said_in_a_sentence(area, small, out, options, sentence):
    make_assessment(area.partnership, small)
    make_assessment(area.partnership, small, assessed_on=date(2018, 1, 17))
    assert refusal(out, **options) == sentence
    assert list(out.parent.iterdir()) == []


def test_a_partnership_without_an_assessment_says_so(area, out):
    sentence = "The partnership “rochdale” does not exist or has no assessment."
    assert refusal(out) == sentence


def test_another_partnerships_sheet_is_never_exported(area, small, out):
    other = make_area("bolton", "Bolton Together", "Bolton")
    make_assessment(other.partnership, small, assessed_on=date(2020, 1, 1))
    make_assessment(area.partnership, small)
    assert export(out).startswith("Wrote Recording sheet: Rochdale, 30 July 2018")


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left_there(area, small, tmp_path):
    make_assessment(area.partnership, small)
    nowhere = tmp_path / "nowhere" / "sheet.pdf"
    assert refusal(nowhere) == f"{nowhere} cannot be written: No such file or directory."
    folder = tmp_path / "sheets"
    folder.mkdir()
    assert refusal(folder) == f"{folder} cannot be written: Is a directory."
    assert [path.name for path in tmp_path.iterdir()] == ["sheets"]


def test_a_disk_that_fills_up_leaves_no_stump(area, small, tmp_path):
    make_full(area.partnership, small)
    out = tmp_path / "sheet.pdf"
    out.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))  # less than any sheet
        sentence = refusal(out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sentence == f"{out} cannot be written: File too large."
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    assert out.read_text() == "old"
