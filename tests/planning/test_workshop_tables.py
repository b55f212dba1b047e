"""Tables of a workshop: how many there are, what each wrote, and where they differ."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planning import table_work
from planning.models import Assessment, TableEntry, Workshop
from planning.table_differences import WIDEST, difference, domains_at_tables
from planning.table_words import new_lines
from planning.table_work import GONE, OVER, Met
from tests.factories.assessments import agree
from tests.partnerships.telling import by, done
from tests.planning.tables_at_work import lay, texts_at, write, wrote

pytestmark = pytest.mark.django_db


# --- Rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "verdict", "words"),
    [
        (["2", "2", "2"], "Agree", "All 2"),
        (["2"], "Agree", "Level 2"),
        (["1.5", "3"], "Differ", "From 1/2 to 3"),
        (["1", None, "2"], "Differ", "From 1 to 2; 1 table has not scored"),
        (["2", None, None], "Not all have scored", "So far 2; 2 tables have not scored"),
        ([None, None], "Not scored", ""),
        ([], "Not scored", ""),
    ],
)
def test_how_far_tables_lie_apart_is_said_in_words(levels, verdict, words):
    found = difference([level and Decimal(level) for level in levels])
    assert (found.verdict, found.words) == (verdict, words)


def test_the_widest_difference_is_the_largest():
    wide = difference([Decimal(1), Decimal(4)])
    parted = difference([Decimal(1), Decimal(2), Decimal(3)])
    narrow = difference([Decimal(1), Decimal(3)])
    same, nobody = difference([Decimal(2), Decimal(2)]), difference([None])
    found = sorted([same, narrow, nobody, wide, parted], key=lambda each: each.width, reverse=True)
    assert found == [wide, parted, narrow, same, nobody]


@pytest.mark.parametrize(
    ("text", "taken", "new"),
    [
        ("A\nB", "", "A\nB"),
        ("A\nB", "A", "B"),
        ("A\nB", "A\nB", ""),
        ("B", "A\nB", ""),
        ("A\nA", "A", "A"),
        ("A  b", "A b", ""),
        ("A\n\nB\n\nC", "A", "B\n\nC"),
        ("", "A", ""),
    ],
)
def test_new_are_the_lines_that_were_not_taken(text, taken, new):
    assert new_lines(text, taken) == new


# --- How many tables --------------------------------------------------------------------------


def test_there_are_as_many_tables_as_somebody_says(workshop):
    assert [str(table) for table in lay(workshop, 3)] == ["Table 1", "Table 2", "Table 3"]
    version = Workshop.objects.get().version
    assert len(lay(workshop, 3)) == 3  # the same click twice
    assert Workshop.objects.get().version == version
    assert len(lay(workshop, 2)) == 2


def test_a_table_that_wrote_stays(workshop):
    *_, last = lay(workshop, 3)
    wrote(last, evidence="Minutes")
    for call in (
        lambda: lay(workshop, 2),
        lambda: table_work.remove_table(table=last, by=workshop.created_by),
    ):
        with pytest.raises(ValidationError, match="Table 3 has written something, so it stays"):
            call()
    assert workshop.tables.count() == 3
    write(last, 1, {"evidence": ""}, started_from={"evidence": "Minutes"})
    for _ in range(2):
        table_work.remove_table(table=last, by=workshop.created_by)
    assert workshop.tables.count() == 2


def test_what_the_whole_room_wrote_is_one_table(workshop):
    rooms = [
        table_work.lay_one_for_the_room(workshop=workshop, by=workshop.created_by) for _ in "12"
    ]
    assert [(str(room), room.number) for room in rooms] == [("The room", 1)] * 2


def test_a_closed_workshop_keeps_its_tables(workshop):
    lay(workshop)
    workshop.closed_at = workshop.created_at
    workshop.save()
    with pytest.raises(ValidationError, match=OVER):
        lay(workshop, 3)


def test_only_those_who_run_the_room_have_a_say_in_its_tables(area, workshop):
    table, _ = lay(workshop)
    for call in (
        lambda: table_work.lay_tables(workshop=workshop, number=4, by=area.lead),
        lambda: table_work.lay_one_for_the_room(workshop=workshop, by=area.lead),
        lambda: table_work.rename_table(table=table, name="x", by=area.lead),
        lambda: table_work.remove_table(table=table, by=area.lead),
        lambda: write(table, 1, {"evidence": "x"}, by=area.lead),
    ):
        with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
            call()


# --- What a table wrote -----------------------------------------------------------------------


def test_two_phones_at_a_table_are_merged_and_never_overwrite_each_other(workshop):
    table, _ = lay(workshop)
    write(table, 1, {"level": "2.5", "evidence": "Minutes"})
    # Another phone, whose page is older, wrote in another box.
    write(table, 1, {"level": "", "evidence": "", "gaps": "No lead"})
    assert texts_at(table) == {
        "level": "2.5",
        "evidence": "Minutes",
        "gaps": "No lead",
        "actions": "",
    }
    with pytest.raises(Met) as met:
        write(table, 1, {"evidence": "A plan", "actions": "Name a lead"})
    (clashes,) = met.value.clashes.values()
    assert clashes == {"evidence": "Minutes"}
    assert texts_at(table)["actions"] == ""  # nothing of it was written


def test_the_same_again_is_harmless_and_nothing_makes_no_row(workshop):
    table, _ = lay(workshop)
    assert write(table, 2, {"level": "", "evidence": ""}) is None
    assert not TableEntry.objects.exists()
    row = write(table, 1, {"evidence": "Minutes"})
    assert write(table, 1, {"evidence": "Minutes"}).revision == row.revision == 1


@pytest.mark.parametrize("ends", ["workshop", "sheet", "table"])
def test_nothing_is_written_once_it_is_over(area, workshop, ends):
    table, _ = lay(workshop)
    if ends == "workshop":
        Workshop.objects.update(closed_at=workshop.created_at)
        sentence = OVER
    elif ends == "sheet":
        workshop.assessment.entries.update(evidence="E")
        agree(Assessment.objects.get(), by=area.coordinator)
        sentence = "This sheet was agreed"
    else:
        table_work.remove_table(table=table, by=workshop.created_by)
        sentence = GONE
    for who in (None, area.coordinator):
        with pytest.raises(PermissionDenied, match=sentence):
            write(table, 1, {"evidence": "Late"}, by=who)
    assert not TableEntry.objects.exists()


def test_domains_stand_in_the_tools_order_or_the_widest_first(workshop):
    one, two = lay(workshop)
    wrote(one, 1, level=2), wrote(two, 1, level=2)
    wrote(one, 2, level=1), wrote(two, 2, level=3)
    there = list(workshop.tables.all())
    assert [each.domain.number for each in domains_at_tables(workshop, there)] == [1, 2, 3]
    widest = domains_at_tables(workshop, there, order=WIDEST)
    assert [each.domain.number for each in widest] == [2, 1, 3]


# --- What is told -----------------------------------------------------------------------------


def test_the_activity_tells_of_tables_and_names_no_phone(area, workshop):
    boss = area.coordinator
    with by(boss):
        tables = []
        assert done(area, lambda: tables.extend(lay(workshop))) == [
            f"{boss} set up table 2 for the workshop “Workshop”",
            f"{boss} set up table 1 for the workshop “Workshop”",
        ]
        # Even of somebody who is signed in on the phone.
        assert done(area, lambda: write(tables[0], 1, {"evidence": "E"})) == [
            "Somebody in the room wrote about Purpose for table 1 of the workshop “Workshop”"
        ]
