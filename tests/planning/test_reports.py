"""The recording sheet as values: every stored word is on it, in the official order."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import CharField, TextField

from planning.actions import reopen_sheet
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction
from planning.reports import COLUMNS, RecordingSheet
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_agreed,
    make_assessment,
    make_reference,
    make_scored,
    score,
)
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)
# Stored texts that are no words of the sheet: machinery, and what is shown in other words.
NO_WORDS = {"status", "import_digest", "partnership_id"}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def small():
    return make_small_framework()


def sheet_of(assessment):
    fresh = Assessment.objects.with_context().get(pk=assessment.pk)
    return RecordingSheet.of(fresh, TODAY)


def rows_of(sheet):
    return {row.number: row for dimension in sheet.dimensions for row in dimension.rows}


def strings_in(value):
    """Every text anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from strings_in(each)


def fill_with_canaries(row):
    """Write a text of its own into every text field of a row; returns those texts."""
    canaries = {}
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField) and not field.choices
        if is_text and field.name not in NO_WORDS:
            canaries[field.name] = f"{row._meta.model_name}-{row.pk}-{field.name}"
    type(row).objects.filter(pk=row.pk).update(**canaries)
    return set(canaries.values())


# --- Every word -----------------------------------------------------------------------------


def test_every_stored_text_is_on_the_sheet(area, small):
    """A new field of any of the four models fails this test until the sheet shows it."""
    first = make_agreed(area.partnership, small, by=area.coordinator)
    draft = reopen_sheet(assessment=first, reason="Why", by=area.coordinator)
    # Why a domain is not applicable is printed only where it is not.
    draft.entries.update(level=None, not_applicable=True)
    canaries = set()
    for rows in (
        Entry.objects.filter(assessment=draft),
        EvidenceReference.objects.filter(entry__assessment=draft),
        PriorityAction.objects.filter(assessment=draft),
    ):
        canaries |= {text for row in rows for text in fill_with_canaries(row)}
    canaries |= fill_with_canaries(draft)
    Assessment.objects.filter(pk=draft.pk).update(status="agreed", agreed_on=date(2018, 8, 2))
    assert len(canaries) == 3 * 5 + 3 * 3 + 2 * 3 + 6
    printed = "\n".join(strings_in(sheet_of(draft)))
    assert {text for text in canaries if text not in printed} == set()


def test_a_row_holds_everything_that_is_stored_of_its_domain(area, small):
    assessment = make_assessment(area.partnership, small)
    Entry.objects.filter(pk=entry_of(assessment, 2).pk).update(
        level=Decimal("2.5"), target=Decimal(4), evidence="E", gaps="G", reason="R", dissent="D"
    )
    make_reference(entry_of(assessment, 2), title="T", location="L", shows="S")
    make_action(assessment, [2], what="W", measure="M", owner="O", due=date(2026, 9, 30))
    row = rows_of(sheet_of(assessment))[2]
    assert (row.level, row.is_scored, row.target) == ("2/3", True, "4")
    assert (row.evidence, row.gaps, row.reason, row.dissent) == ("E", "G", "R", "D")
    assert [(each.title, each.location, each.shows) for each in row.references] == [("T", "L", "S")]
    assert [(each.what, each.measure, each.owner, each.due) for each in row.actions] == [
        ("W", "M", "O", date(2026, 9, 30))
    ]


@pytest.mark.parametrize(
    ("stored", "level", "is_scored"),
    [
        ({"level": Decimal(3)}, "3", True),
        ({"level": Decimal("4.5")}, "4/5", True),
        ({}, "Not yet scored", False),
        ({"not_applicable": True, "not_applicable_reason": "No schools"}, "Not applicable", False),
    ],
)
def test_scored_not_yet_and_not_applicable_read_differently(area, small, stored, level, is_scored):
    assessment = make_assessment(area.partnership, small)
    Entry.objects.filter(pk=entry_of(assessment, 1).pk).update(**stored)
    row = rows_of(sheet_of(assessment))[1]
    assert (row.level, row.is_scored) == (level, is_scored)
    assert row.not_applicable_reason == stored.get("not_applicable_reason", "")


def test_an_action_of_several_domains_stands_in_full_once_and_says_where(area, small):
    assessment = make_assessment(area.partnership, small)
    make_action(assessment, [3, 1], what="Train")
    make_action(assessment, [3], what="Act")
    rows = rows_of(sheet_of(assessment))
    said = {
        number: [(each.what, each.also_serves, each.in_full_under) for each in row.actions]
        for number, row in rows.items()
    }
    assert said == {
        1: [("Train", ("3. Practice",), "")],
        2: [],
        3: [("Train", ("1. Purpose",), "1. Purpose"), ("Act", (), "")],
    }


# --- Order ----------------------------------------------------------------------------------


def test_columns_dimensions_and_domains_stand_in_the_official_order(area):
    sheet = sheet_of(make_assessment(area.partnership, load_rpc_2018()))
    assert COLUMNS == (
        "Progress level",
        "Evidence of current progress",
        "Gaps and areas for development",
        "Priority SMART actions",
    )
    assert [(each.name, [row.title for row in each.rows]) for each in sheet.dimensions] == [
        ("Plan", ["1. Strategy", "2. Commissioning", "3. Workforce Planning"]),
        ("Lead", ["4. Partnership", "5. Leadership", "6. Community Ownership"]),
        ("Deliver", ["7. Services & Interventions", "8. Information & Data"]),
        ("Evaluate", ["9. Outcomes", "10. Using & Generating Evidence"]),
    ]


def test_references_and_actions_stand_in_the_order_they_were_written(area, small):
    assessment = make_assessment(area.partnership, small)
    for title in ("b", "a", "c"):
        make_reference(entry_of(assessment, 1), title=title)
        make_action(assessment, [1], what=title)
    row = rows_of(sheet_of(assessment))[1]
    assert [each.title for each in row.references] == ["b", "a", "c"]
    assert [each.what for each in row.actions] == ["b", "a", "c"]


# --- The head -------------------------------------------------------------------------------


ILLUSTRATION = (
    "This sheet is an illustration of how the planning tool is used. "
    "It is not Rochdale’s full or agreed plan."
)
REPLACED = (
    "Superseded. Version 2 has replaced this version, "
    "which was agreed on 31 July 2018 by Ada Marsh, Chair of the board."
)


def head(sheet):
    return (sheet.status, sheet.version, sheet.standing, sheet.illustration, sheet.version_sentence)


def test_the_head_of_a_draft(area, small):
    sheet = sheet_of(make_assessment(area.partnership, small, note="Who took part"))
    assert head(sheet) == ("Draft", 1, "Draft. It has not been agreed yet.", "", "")
    assert (sheet.tool, sheet.area, sheet.partnership, sheet.note) == (
        "Small planning tool", "Rochdale", "Rochdale Relationships", "Who took part"
    )  # fmt: skip
    assert (sheet.assessed_on, sheet.printed_on) == (date(2018, 7, 30), TODAY)
    assert sheet.title == "Recording sheet: Rochdale, 30 July 2018"


def test_an_illustration_says_that_it_is_one(area, small):
    sheet = sheet_of(make_assessment(area.partnership, small, illustrative=True))
    assert head(sheet) == ("Illustrative", 1, "", ILLUSTRATION, "")


def test_an_agreed_sheet_says_who_agreed_it_and_when(area, small):
    sheet = sheet_of(make_agreed(area.partnership, small, by=area.coordinator))
    sentence = "Agreed on 31 July 2018 by Ada Marsh, Chair of the board."
    assert head(sheet) == ("Agreed", 1, sentence, "", "")


def test_a_superseded_sheet_says_so_and_the_new_version_why(area, small):
    old = make_agreed(area.partnership, small, by=area.coordinator)
    new = reopen_sheet(assessment=old, reason="New figures came", by=area.coordinator)
    assert head(sheet_of(old)) == ("Superseded", 1, REPLACED, "", "")
    assert head(sheet_of(new)) == (
        "Draft",
        2,
        "Draft. It has not been agreed yet.",
        "",
        "Version 2 was opened because: New figures came",
    )


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("Rochdale", "rochdale-recording-sheet-2018-07-30-v1"),
        ("Tyne & Wear / North", "tyne-wear-north-recording-sheet-2018-07-30-v1"),
        ("Ynys Môn", "ynys-môn-recording-sheet-2018-07-30-v1"),
        ("../../etc", "etc-recording-sheet-2018-07-30-v1"),
        ("!!!", "area-recording-sheet-2018-07-30-v1"),
    ],
)
def test_its_files_are_named_after_area_day_and_version(small, name, filename):
    area = make_area(area=name)
    assert sheet_of(make_assessment(area.partnership, small)).filename == filename


def test_it_takes_as_many_queries_for_three_rows_as_for_three_hundred(
    area, small, django_assert_num_queries
):
    assessment = make_scored(area.partnership, small)
    sheet_of(assessment)  # the framework is read once a process
    fresh = Assessment.objects.with_context().get(pk=assessment.pk)
    for more in (3, 297):
        for number in range(more):
            make_reference(entry_of(assessment, 1 + number % 3))
            make_action(assessment, [1, 2, 3])
        with django_assert_num_queries(3):
            sheet = RecordingSheet.of(fresh, TODAY)
    assert sum(len(row.references) for row in rows_of(sheet).values()) == 300
    assert [len(row.actions) for row in rows_of(sheet).values()] == [300] * 3


def test_levels_of_one_sheet_never_show_on_another(area, small):
    make_scored(area.partnership, small)
    other = make_assessment(area.partnership, small)
    score(other, {2: "4/5"})
    assert [row.level for row in rows_of(sheet_of(other)).values()] == [
        "Not yet scored", "4/5", "Not yet scored"
    ]  # fmt: skip
