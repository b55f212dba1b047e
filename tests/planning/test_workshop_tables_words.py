"""The tables' words on the sheet: once, by a person, and nobody's words are lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planning.models import Entry, PriorityAction, TableEntry, UnsettledText
from planning.permissions import SheetClosed
from planning.saving import save_entry
from planning.table_differences import domains_at_tables
from planning.table_words import put_on_sheet
from tests.factories.assessments import agree, entry_of, make_action
from tests.partnerships.telling import by, done
from tests.planning.tables_at_work import lay, save_of, write, wrote

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(workshop):
    return lay(workshop)


def put(workshop, number=None, who=None):
    entry = entry_of(workshop.assessment, number) if number else None
    found = put_on_sheet(workshop=workshop, entry=entry, by=who or workshop.created_by)
    return [each.domain.number for each in found]


def at(workshop, tables, number=1):
    return domains_at_tables(workshop, tables, number=number)[0]


def actions_of(number):
    return list(
        PriorityAction.objects.filter(domains__number=number).values_list("what", flat=True)
    )


def test_words_are_joined_to_what_stands_on_the_sheet_and_levels_stay(workshop, tables):
    entry = entry_of(workshop.assessment, 1)
    Entry.objects.filter(pk=entry.pk).update(evidence="A strategy", gaps="")
    wrote(tables[0], level=1, evidence="Minutes", gaps="No lead")
    wrote(tables[1], level=3, evidence="A plan")
    assert put(workshop) == [1]
    standing = entry_of(workshop.assessment, 1)
    assert standing.evidence == "A strategy\n\nTable 1: Minutes\n\nTable 2: A plan"
    assert standing.gaps == "Table 1: No lead"
    assert standing.level == entry.level
    assert standing.updated_by == workshop.created_by
    assert not UnsettledText.objects.exists()


def test_each_line_is_an_action_and_what_two_said_is_one(workshop, tables):
    make_action(workshop.assessment, [1], what="Meet every month")
    wrote(tables[0], actions="Name a lead\n\n  Train  everyone ")
    wrote(tables[1], actions="name a LEAD\nMeet every month\nWrite it down")
    put(workshop)
    assert actions_of(1) == ["Meet every month", "Name a lead", "Train everyone", "Write it down"]


def test_twice_is_once(area, workshop, tables):
    wrote(tables[0], evidence="Minutes", actions="Name a lead")
    assert put(workshop) == [1]
    assert put(workshop) == []
    assert put(workshop, who=area.facilitator) == []
    assert entry_of(workshop.assessment, 1).evidence == "Table 1: Minutes"
    assert actions_of(1) == ["Name a lead"]


def test_one_domain_alone_can_be_taken(workshop, tables):
    wrote(tables[0], 1, evidence="One")
    wrote(tables[0], 2, evidence="Two")
    assert put(workshop, 2) == [2]
    assert [entry_of(workshop.assessment, each).evidence for each in (1, 2)] == [
        "",
        "Table 1: Two",
    ]


def test_what_a_table_wrote_later_is_marked_and_only_that_is_new(workshop, tables):
    write(tables[0], 1, {"evidence": "Minutes", "actions": "Name a lead"})
    put(workshop)
    (copy, _) = at(workshop, tables).copies
    assert (copy.is_taken, copy.has_new) == (True, False)
    for later in ("Minutes\nA plan", "Minutes\nA plan\nA budget"):
        before = TableEntry.objects.get().evidence
        write(tables[0], 1, {"evidence": later}, started_from={"evidence": before})
    write(tables[0], 1, {"actions": "Name a lead\nMeet"}, started_from={"actions": "Name a lead"})
    (copy, _) = at(workshop, tables).copies
    assert (copy.is_taken, copy.has_new) == (True, True)
    assert copy.new == {"evidence": "A plan\nA budget", "gaps": "", "actions": "Meet"}
    assert put(workshop) == [1]
    assert entry_of(workshop.assessment, 1).evidence == (
        "Table 1: Minutes\n\nTable 1: A plan\nA budget"
    )
    assert actions_of(1) == ["Name a lead", "Meet"]
    assert put(workshop) == []


def test_another_level_alone_is_no_new_word(workshop, tables):
    write(tables[0], 1, {"evidence": "Minutes"})
    put(workshop)
    write(tables[0], 1, {"level": "2"})
    assert not at(workshop, tables).with_new


def test_somebody_who_is_typing_on_the_sheet_loses_nothing(area, workshop, tables):
    wrote(tables[0], evidence="Minutes")
    page = save_of({"evidence": "What the scribe typed"})  # made while the box was empty
    put(workshop)
    saved = save_entry(entry=entry_of(workshop.assessment, 1), save=page, by=area.editor)
    assert [str(part) for part in saved.clashes] == ["evidence"]
    assert UnsettledText.objects.get().text == "What the scribe typed"
    assert entry_of(workshop.assessment, 1).evidence == "Table 1: Minutes"


def test_a_box_that_would_overflow_gets_a_sentence_and_nothing_is_written(workshop, tables):
    entry = entry_of(workshop.assessment, 2)
    Entry.objects.filter(pk=entry.pk).update(evidence="x" * 19_995)
    wrote(tables[0], 1, evidence="Minutes")
    wrote(tables[0], 2, evidence="A plan")
    with pytest.raises(ValidationError, match="would have more than 20,000 characters"):
        put(workshop)
    assert entry_of(workshop.assessment, 1).evidence == ""
    assert not TableEntry.objects.filter(taken_over_at__isnull=False).exists()


def test_an_agreed_sheet_and_those_without_the_right_change_nothing(area, workshop, tables):
    wrote(tables[0], evidence="Minutes")
    with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
        put(workshop, who=area.lead)
    workshop.assessment.entries.update(evidence="E")
    agree(workshop.assessment, by=area.coordinator)
    with pytest.raises(PermissionDenied, match="This sheet was agreed") as refusal:
        put(workshop)
    assert not isinstance(refusal.value, SheetClosed)
    assert TableEntry.objects.get().taken_over_at is None


def test_it_is_told(area, workshop, tables):
    wrote(tables[0], evidence="Minutes")
    boss = area.coordinator
    with by(boss):
        told = done(area, lambda: put(workshop))
    assert set(told) == {
        f"{boss} put what table 1 of the workshop “Workshop” wrote about Purpose on the sheet",
        f"{boss} changed the evidence of 1. Purpose (30 July 2018)",
    }
