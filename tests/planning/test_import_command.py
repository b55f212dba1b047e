"""``manage.py import_sheet``: everything on a Word sheet arrives, or nothing and it says why."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from planning.imports import commit_sheet, word_sheet
from planning.levels import parse_level
from planning.models import Assessment, Entry, PriorityAction
from planning.outline import outline_of
from tests.factories import sheets
from tests.factories.assessments import entry_of
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.factories.sheets import LINES, sheet, write, write_heading
from tests.parallel import at_once


@pytest.fixture
def area(db):
    load_rpc_2018()
    return make_area()


@pytest.fixture
def imported(area, tmp_path):
    """Import a sheet of these bytes; returns what the command said."""

    def run(data=None, *, slug="rochdale", **options):
        path = tmp_path / "sheet.docx"
        path.write_bytes(sheet() if data is None else data)
        return import_file(path, slug, **options)

    return run


def import_file(path, slug="rochdale", **options):
    out, errors = io.StringIO(), io.StringIO()
    try:
        call_command("import_sheet", path, partnership=slug, stdout=out, stderr=errors, **options)
    except CommandError as error:
        return out.getvalue(), errors.getvalue(), str(error)
    return out.getvalue(), errors.getvalue(), ""


def row_counts():
    return Assessment.objects.count(), Entry.objects.count(), PriorityAction.objects.count()


NOTHING = (0, 0, 0)
NOT_IMPORTED = "sheet.docx was not imported. Nothing was written."


# --- Everything arrives ---------------------------------------------------------------------


def test_levels_evidence_and_gaps_arrive_in_their_places(area, imported):
    imported()
    assessment = Assessment.objects.get()
    entries = assessment.entries.in_order().values_list(
        "domain__number", "level", "evidence", "gaps"
    )
    assert list(entries) == [
        (line.number, parse_level(line.level, top=4), line.evidence, line.gaps) for line in LINES
    ]


def test_actions_arrive_once_each_at_every_domain_that_names_them(area, imported):
    imported()
    expected = {}
    for line in LINES:
        for what in line.actions:
            words = next((known for known in expected if known.lower() == what.lower()), what)
            expected.setdefault(words, []).append(line.number)
    found = {
        action.what: sorted(domain.number for domain in action.domains.all())
        for action in PriorityAction.objects.prefetch_related("domains")
    }
    assert found == expected


def test_the_date_and_the_illustration_arrive(area, imported):
    imported()
    assessment = Assessment.objects.get()
    assert (assessment.partnership, assessment.framework.slug) == (area.partnership, "rpc-2018")
    assert (assessment.assessed_on, assessment.status) == (date(2018, 7, 30), "illustrative")
    assert assessment.note == sheets.DISCLAIMER


def test_it_says_what_arrived(area, imported):
    out, errors, refusal = imported()
    assert (errors, refusal) == ("", "")
    assert out.splitlines() == [
        "30 July 2018, illustrative",
        *(f"  {line.number:>2}  {line.level}" for line in LINES),
        "  11 priority actions",
        "Imported into Rochdale Relationships: Rochdale, 30 July 2018.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ŵyneb yn wyneb â’r teulu yng Nghaernarfon",
        "\u202eright to left\u202c and שלום",
        "<script>alert('x')</script> & <b>bold</b>",
        "=HYPERLINK(1) {{ sheet.title }} {% url 'home' %} %s",
        "👩\u200d👧 x\u0301 — “quoted”",
        "x" * 100_000,
    ],
    ids=["welsh", "right to left", "html", "formula and template", "signs", "very long"],
)
def test_every_kind_of_text_arrives_as_it_was_written(area, imported, text):
    data = sheet(lambda document: write(document, 3, "evidence", text))
    _, errors, refusal = imported(data)
    assert (errors, refusal) == ("", "")
    assert entry_of(Assessment.objects.get(), 3).evidence == text


def test_a_domain_that_is_not_applicable_arrives_with_its_reason(area, imported):
    data = sheet(lambda document: write(document, 2, "level", "Not applicable: no budget of ours"))
    _, errors, refusal = imported(data)
    assert (errors, refusal) == ("", "")
    entry = entry_of(Assessment.objects.get(), 2)
    assert (entry.level, entry.not_applicable) == (None, True)
    assert entry.not_applicable_reason == "no budget of ours"


def test_another_area_on_the_sheet_is_pointed_out(area, imported):
    out, _, refusal = imported(
        sheet(lambda document: write_heading(document, sheets.TITLE.replace("ROCHDALE", "Bolton")))
    )
    assert refusal == ""
    assert out.splitlines()[0] == (
        "Please note: the sheet names its area “Bolton”, the partnership’s is “Rochdale”."
    )


# --- Once -----------------------------------------------------------------------------------


def test_a_dry_run_says_the_same_and_writes_nothing(area, imported):
    out, _, _ = imported(dry_run=True)
    assert row_counts() == NOTHING
    assert out.splitlines()[-1] == "This was a dry run: nothing was written."
    really, _, _ = imported()
    assert really.splitlines()[:-1] == out.splitlines()[:-1]


def test_the_same_sheet_twice_makes_nothing_twice_and_says_so(area, imported):
    imported()
    before = row_counts()
    out, _, refusal = imported()
    assert refusal == ""
    assert out == (
        "This sheet is in Rochdale Relationships already (Rochdale, 30 July 2018). "
        "Nothing was written.\n"
    )
    assert row_counts() == before


def test_the_same_words_in_another_file_are_the_same_sheet(area, imported):
    imported()
    imported(sheets.zipped(sheets.parts_of(sheet()), compression=0))
    assert Assessment.objects.count() == 1


def test_one_changed_word_makes_another_sheet(area, imported):
    imported()
    imported(sheet(lambda document: write(document, 4, "gaps", "One more")))
    assert Assessment.objects.count() == 2


def test_the_same_sheet_in_two_partnerships_is_two(area, imported):
    make_area("bolton", "Bolton Together", "Rochdale")
    imported()
    imported(slug="bolton")
    assert [each.partnership.slug for each in Assessment.objects.order_by("pk")] == [
        "rochdale", "bolton"
    ]  # fmt: skip


def test_a_sheet_that_was_changed_since_is_not_imported_over(area, imported):
    imported()
    Entry.objects.filter(domain__number=1).update(level=Decimal(4))
    imported()
    assert entry_of(Assessment.objects.get(), 1).level == Decimal(4)


@pytest.mark.django_db(transaction=True)
def test_the_same_sheet_imported_four_times_at_once_is_written_once():
    framework, area = load_rpc_2018(), make_area()
    parsed = word_sheet.parse(sheet(), outline=outline_of(framework))
    results = at_once(
        *[lambda: commit_sheet.commit(parsed, partnership=area.partnership, framework=framework)]
        * 4
    )
    assessment = Assessment.objects.get()
    assert [found for found, _ in results] == [assessment] * 4
    assert sorted(is_new for _, is_new in results) == [False, False, False, True]
    assert row_counts() == (1, 10, 11)


# --- Nothing, and why -----------------------------------------------------------------------


def test_a_bad_sheet_lists_every_row_and_writes_nothing(area, imported):
    out, errors, refusal = imported(
        sheet(
            lambda document: write(document, 2, "level", "5"),
            lambda document: write(document, 9, "level", "good"),
        )
    )
    assert (out, refusal) == ("", NOT_IMPORTED)
    wrong = "is not a progress level. Use 1, 1/2, 2, 2/3, 3, 3/4 or 4."
    assert errors.splitlines() == [
        f"Table 1, row 4 (2. Commissioning): “5” {wrong}",
        f"Table 2, row 6 (9. Outcomes): “good” {wrong}",
    ]
    assert row_counts() == NOTHING


@pytest.mark.parametrize(
    "data", [b"", b"words", b"PK\x03\x04broken", sheet()[:2000]],
    ids=["empty", "text", "broken zip", "cut off"],
)  # fmt: skip
def test_a_file_that_is_no_word_file_is_named_and_nothing_is_written(area, imported, data):
    out, errors, refusal = imported(data)
    assert (out, refusal) == ("", NOT_IMPORTED)
    assert errors.startswith("The file: ")
    assert row_counts() == NOTHING


@pytest.mark.parametrize("character", ["\0", "&#0;"], ids=["NUL itself", "its name in XML"])
def test_a_nul_in_the_file_is_a_sentence_and_nothing_is_written(area, imported, character):
    body = sheets.parts_of(sheet())[sheets.BODY]
    broken = body.replace(b"Health visitors", b"Health" + character.encode() + b"visitors")
    assert broken != body
    out, errors, refusal = imported(sheets.with_part(sheets.BODY, broken))
    assert (out, refusal) == ("", NOT_IMPORTED)
    assert errors.startswith("The file: ")
    assert row_counts() == NOTHING


def test_an_unknown_partnership_or_framework_is_named_with_those_there_are(area, imported):
    make_area("bolton", "Bolton Together", "Bolton")
    assert imported(slug="leeds")[2] == (
        "There is no partnership “leeds”. There are: bolton, rochdale."
    )
    assert imported(framework="rpc-2030")[2] == (
        "There is no framework “rpc-2030”. There are: rpc-2018."
    )
    assert row_counts() == NOTHING


def test_a_missing_file_and_a_folder_are_named(area, tmp_path):
    missing = tmp_path / "missing.docx"
    assert import_file(missing)[2] == f"{missing} cannot be read: No such file or directory."
    assert import_file(tmp_path)[2] == f"{tmp_path} cannot be read: Is a directory."


def test_without_any_partnership_it_says_so(db, tmp_path):
    assert import_file(tmp_path)[2] == ("There is no partnership “rochdale”. There are: none yet.")


def test_problems_given_to_commit_are_refused_there_too(area):
    broken = word_sheet.parse(b"", outline=sheets.OUTLINE)
    with pytest.raises(commit_sheet.SheetProblems) as refusal:
        commit_sheet.commit(broken, partnership=area.partnership, framework=load_rpc_2018())
    assert refusal.value.problems == broken.problems
    assert row_counts() == NOTHING
