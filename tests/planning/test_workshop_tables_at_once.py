"""Several people at the tables at the same moment: real threads, real database."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planning import table_work
from planning.models import PriorityAction, TableEntry, Workshop, WorkshopTable
from planning.saving import save_entry
from planning.table_words import put_on_sheet
from planning.table_work import GONE, Met
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_workshop
from tests.parallel import at_once, meanwhile
from tests.planning.tables_at_work import lay, save_of, texts_at, write, wrote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop():
    area = make_area()
    draft = make_scored(area.partnership, make_small_framework())
    return make_workshop(draft, area.coordinator)


def test_of_two_phones_in_one_box_one_is_asked_and_nothing_is_lost(workshop):
    table, _ = lay(workshop)
    said = [f"Words of phone {number}" for number in range(6)]
    found = at_once(*(lambda text=text: write(table, 1, {"evidence": text}) for text in said))
    asked = [each for each in found if isinstance(each, Met)]
    assert [type(each) for each in found].count(TableEntry) == 1
    assert len(asked) == 5
    stands = texts_at(table)["evidence"]
    assert stands in said
    for each in asked:
        assert list(each.clashes.values()) == [{"evidence": stands}]


def test_phones_in_several_boxes_all_stand(workshop):
    table, _ = lay(workshop)
    said = {"level": "2.5", "evidence": "E", "gaps": "G", "actions": "A"}
    at_once(*(lambda part=part: write(table, 1, {part: said[part]}) for part in said))
    assert texts_at(table) == said
    assert TableEntry.objects.get().revision == 4


def test_two_facilitators_put_the_words_on_the_sheet_once(workshop):
    for table in lay(workshop, 3):
        wrote(table, 1, evidence=f"Words of {table}", actions="Name a lead")
        wrote(table, 2, gaps=f"Gaps of {table}")
    found = at_once(*[lambda: put_on_sheet(workshop=workshop, by=workshop.created_by)] * 4)
    assert sorted(len(each) for each in found) == [0, 0, 0, 2]
    assert entry_of(workshop.assessment, 1).evidence.count("Words of") == 3
    assert entry_of(workshop.assessment, 2).gaps.count("Gaps of") == 3
    assert PriorityAction.objects.count() == 1


def test_a_scribe_who_saves_in_that_moment_keeps_every_word(workshop):
    table, _ = lay(workshop)
    wrote(table, 1, evidence="Minutes")
    entry = entry_of(workshop.assessment, 1)
    page = save_of({"evidence": "The scribe"})

    def put():
        return put_on_sheet(workshop=workshop, by=workshop.created_by)

    with meanwhile(put):
        save_entry(entry=entry, save=page, by=workshop.created_by)
    assert entry_of(workshop.assessment, 1).evidence == "The scribe\n\nTable 1: Minutes"


def test_a_table_that_is_removed_takes_no_words_with_it(workshop):
    *_, last = lay(workshop, 3)
    by = workshop.created_by
    removed, written = at_once(
        lambda: table_work.remove_table(table=last, by=by),
        lambda: write(last, 1, {"evidence": "In this moment"}),
    )
    if WorkshopTable.objects.filter(pk=last.pk).exists():
        assert isinstance(removed, ValidationError)
        assert texts_at(last)["evidence"] == "In this moment"
    else:
        assert isinstance(written, PermissionDenied)
        assert str(written) == GONE


def test_two_who_lay_tables_lay_them_once(workshop):
    at_once(*[lambda: lay(workshop, 5)] * 4)
    assert sorted(WorkshopTable.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    at_once(*[lambda: lay(workshop, 2)] * 3)
    assert WorkshopTable.objects.count() == 2


def test_a_phone_that_waits_for_the_close_comes_too_late(workshop):
    table, _ = lay(workshop)
    with meanwhile(lambda: write(table, 1, {"evidence": "Late"})) as outcome:
        Workshop.objects.filter(pk=workshop.pk).update(closed_at=workshop.created_at)
    assert isinstance(outcome[0], PermissionDenied)
    assert not TableEntry.objects.exists()
