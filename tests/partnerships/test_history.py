"""The history as people read it: which events are one change, and what a change says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships import events, history
from partnerships.events import FOUND, NOTICED, Source, Wanted
from partnerships.models import Affiliation, Membership, Organisation, Partnership, Sector, User
from planning.models import Assessment
from tests.factories.assessments import make_assessment
from tests.factories.events import WEB, make_event, minutes_ago
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_member, make_organisation

# --- What a change says -----------------------------------------------------------------------

LABELS = {"name": "Name", "sector": "Sector"}
OrganisationEvent = Organisation.pgh_event_model


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def library(area):
    return make_organisation(area.partnership, "Library", Sector.COUNCIL)


def source_of(row, labels=LABELS, **values):
    return {0: Source(row.pgh_event_model, "pgh_obj", [row.pk], labels, **values)}


def told(row, labels=LABELS, **values):
    return history.page_of(source_of(row, labels, **values)).changes


def said(change):
    return change.kind, [(each.label, each.before, each.after) for each in change.fields]


def test_what_was_added_changed_and_removed_is_told_with_its_values(area, library):
    kept = Organisation.objects.get(pk=library.pk)
    make_event(library, at=minutes_ago(-2), by=area.editor, sector="police")
    make_event(
        library, at=minutes_ago(-4), by=area.editor, label="removed", name="", sector="police"
    )
    assert [said(change) for change in told(kept)] == [
        ("removed", [("Sector", "Police", "")]),
        ("changed", [("Sector", "Council", "Police")]),
        ("added", [("Name", "", "Library"), ("Sector", "", "Council")]),
    ]


def test_a_sitting_is_told_from_its_beginning_to_its_end(area, library):
    start = timezone.now()
    for minute, name in enumerate(("Lib", "Libra", "Libraries")):
        make_event(library, at=start + timedelta(minutes=minute), by=area.editor, name=name)
    newest = told(library)[0]
    assert said(newest) == ("changed", [("Name", "Library", "Libraries")])
    assert newest.at == start + timedelta(minutes=2)


def test_running_words_are_shown_word_by_word_and_names_are_not(area):
    sheet = make_assessment(area.partnership, make_small_framework(), note="One two three")
    make_event(sheet, at=minutes_ago(-1), by=area.editor, note="One 2 three")
    (field,) = told(Assessment.objects.get(), {"note": "Note"})[0].fields
    assert [(piece.kind, piece.text) for piece in field.pieces] == [
        ("same", "One "), ("removed", "two"), ("added", "2"), ("same", " three")
    ]  # fmt: skip


def test_more_than_anybody_reads_is_not_compared_word_by_word(area, monkeypatch):
    monkeypatch.setattr(history, "MOST_COMPARED", 20)
    sheet = make_assessment(area.partnership, make_small_framework(), note="One two three")
    make_event(sheet, at=minutes_ago(-1), by=area.editor, note="One 2 three")
    (field,) = told(sheet, {"note": "Note"})[0].fields
    assert [(piece.kind, piece.text) for piece in field.pieces] == [
        ("removed", "One two three"), ("added", "One 2 three")
    ]  # fmt: skip


def test_values_are_written_as_people_write_them(area):
    labels = {"second_factor_required": "Second step", "created_at": "Made", "area": "Area"}
    partnership = area.partnership
    before = partnership.created_at
    make_event(
        partnership,
        at=minutes_ago(-1),
        by=area.coordinator,
        second_factor_required=True,
        created_at=datetime(2026, 7, 1, 13, 5, tzinfo=UTC),
        area="",
    )
    changes = told(partnership, labels, shown={"area": str.upper})
    made = f"{timezone.localtime(before):%-d %B %Y %H:%M}"
    assert said(changes[0]) == (
        "changed",
        [("Second step", "No", "Yes"), ("Made", made, "1 July 2026 14:05"),
         ("Area", "ROCHDALE", "")],
    )  # fmt: skip
    # What a new thing is not, nobody tells.
    assert [field.label for field in changes[1].fields] == ["Made", "Area"]


def test_what_a_value_points_at_is_told_by_its_name_today(area, library):
    membership = area.partnership.memberships.get(user=area.reader)
    User.objects.filter(pk=area.reader.pk).update(name="Wren Ackerley")
    labels = {"user": "Person", "partnership": "Partnership"}
    assert said(told(membership, labels)[0]) == (
        "added", [("Person", "", "Wren Ackerley"), ("Partnership", "", "Rochdale Relationships")]
    )  # fmt: skip


def test_what_a_value_points_at_may_be_gone(area, library):
    membership = area.partnership.memberships.get(user=area.reader)
    tie = Affiliation.objects.create(membership=membership, organisation=library)
    make_event(tie, at=minutes_ago(-1), by=area.editor, organisation_id=987654)
    change = told(tie, {"organisation": "Organisation"})[0]
    assert said(change) == ("changed", [("Organisation", "Library", "Organisation 987654")])


def test_what_the_history_may_not_keep_is_noted_without_values(area):
    membership = area.partnership.memberships.get(user=area.reader)
    Membership.objects.filter(pk=membership.pk).update(job_title="Secret")
    newest = told(membership, {"role": "Role"})[0]
    assert newest.kind == NOTICED
    assert "Secret" not in repr(newest)


def test_a_change_to_what_was_there_before_the_history_began_says_no_more_than_is_known(area):
    library = Organisation(pk=4711, partnership=area.partnership, name="Library", sector="health")
    make_event(library, at=minutes_ago(1), by=area.editor, name="Libraries")
    assert [said(change) for change in told(library)] == [("changed", [])]


def test_what_stood_there_when_the_history_began_is_nobodys_doing(area):
    library = Organisation(pk=4711, partnership=area.partnership, name="Library", sector="health")
    make_event(library, at=minutes_ago(2), label=FOUND)
    make_event(library, at=minutes_ago(1), by=area.editor, name="Libraries")
    changed, found = told(library)
    assert said(changed) == ("changed", [("Name", "Library", "Libraries")])
    assert (found.who, found.kind) == ("", FOUND)


# --- Who --------------------------------------------------------------------------------------


def anonymise(user):
    User.objects.filter(pk=user.pk).update(
        name="", email=f"gone-{user.pk}@example.org", is_active=False, anonymised_at=timezone.now()
    )


def test_a_person_is_called_by_the_name_they_have_now(area, library):
    make_event(library, at=minutes_ago(-1), by=area.editor, name="New")
    User.objects.filter(pk=area.editor.pk).update(name="Wren Ackerley")
    assert told(library)[0].who == "Wren Ackerley"


def test_a_person_who_was_anonymised_is_a_former_member(area, library):
    make_event(library, at=minutes_ago(-1), by=area.editor, name="New")
    anonymise(area.editor)
    assert told(library)[0].who == "Former member"


@pytest.mark.parametrize(
    ("by", "who"),
    [(None, "Somebody with access to the database"), (WEB, "Somebody who had not signed in")],
)
def test_a_change_that_nobody_signed_in_for_says_so(area, library, by, who):
    make_event(library, at=minutes_ago(-1), by=by, name="New")
    assert told(library)[0].who == who


def test_a_person_whose_account_is_gone_is_a_former_member(area, library):
    make_event(library, at=minutes_ago(-1), by=User(pk=987654), name="New")
    assert told(library)[0].who == "Former member"


def test_what_came_back_says_from_when(area, library):
    first = make_event(library, at=minutes_ago(9), by=area.editor, name="First")
    make_event(
        library, at=minutes_ago(-1), by=area.editor, name="First", restored_from=first.pgh_id
    )
    assert told(library)[0].brought_back == first.pgh_created_at


# --- Reading ------------------------------------------------------------------------------------


def test_ties_are_told_with_what_was_written_in_the_same_moment(area, library):
    sources = {
        0: Source(OrganisationEvent, "pgh_obj", [library.pk], {"sector": "Sector"}),
        1: Source(OrganisationEvent, "pgh_obj", [library.pk], {"name": "Name"}, is_tie=True),
    }
    (change,) = history.page_of(sources).changes
    assert said(change) == ("added", [("Sector", "", "Council"), ("Name", "", "Library")])


def test_an_event_of_somebody_elses_thing_is_never_told(area, library):
    other = make_area("bury", "Bury Together", "Bury")
    make_organisation(other.partnership, "Elsewhere")
    sources = {
        0: Source(OrganisationEvent, "partnership", [area.partnership.pk], LABELS),
        1: Source(
            Partnership.pgh_event_model,
            "pgh_obj",
            Partnership.objects.filter(pk=area.partnership.pk).values("pk"),
        ),
    }
    rows = events.newest(sources, limit=50)
    assert {row.thing for row in rows if row.source == 0} == {library.pk}
    assert {row.thing for row in rows if row.source == 1} == {area.partnership.pk}


def test_nothing_is_asked_where_there_is_nothing_to_ask(db):
    assert events.newest({}, limit=5) == []


def write_changes(area, library, number):
    """So many changes, each of them one by itself."""
    start = timezone.now()
    for each in range(number):
        by = (area.editor, area.lead)[each % 2]
        make_event(library, at=start + timedelta(seconds=each), by=by, name=f"Name {each}")


def test_a_page_asks_as_much_for_300_changes_as_for_3(area, library):
    counts = set()
    for number in (3, 297):
        write_changes(area, library, number)
        with CaptureQueriesContext(connection) as context:
            history.page_of(source_of(library))
        counts.add(len(context))
    assert len(counts) == 1


def test_page_after_page_tells_every_change_once(area, library):
    write_changes(area, library, 60)
    seen, place = [], None
    for _ in range(3):
        page = history.page_of(source_of(library), older_than=place)
        seen.append([said(change)[1][0][2] for change in page.changes])
        place = page.older
    assert [len(names) for names in seen] == [25, 25, 11]
    assert place is None
    told_once = [name for names in seen for name in names]
    assert told_once == [*(f"Name {n}" for n in range(59, -1, -1)), "Library"]


def test_a_page_that_read_all_it_may_goes_on_where_it_stopped(area, library):
    """Saves of one sitting beyond what is read: told as two changes, and none is lost."""
    start = timezone.now()
    for second in range(7):
        make_event(library, at=start + timedelta(seconds=second), by=area.editor, name=f"N{second}")
    first = history.page_of(source_of(library), read=4)
    second = history.page_of(source_of(library), older_than=first.older, read=4)
    names = [(c.fields[0].before, c.fields[0].after) for c in first.changes + second.changes]
    assert names == [("N2", "N6"), ("Library", "N2"), ("", "Library")]


def test_only_what_was_wanted_is_found(area, library):
    at = timezone.now() + timedelta(days=1)
    ben = make_member(area.partnership, "editor")
    first = make_event(library, at=at, by=area.editor, name="1")
    second = make_event(library, at=at + timedelta(hours=1), by=ben, name="2")
    third = make_event(library, at=at + timedelta(hours=2), by=WEB, name="3")

    def found(**wanted):
        rows = events.newest(source_of(library), limit=9, wanted=Wanted(**wanted))
        return [row.pk for row in rows if row.label == "changed"]

    assert found() == [third.pgh_id, second.pgh_id, first.pgh_id]
    assert found(people=(ben.pk,)) == [second.pgh_id]
    assert found(people=(ben.pk, area.editor.pk)) == [second.pgh_id, first.pgh_id]
    assert found(people=()) == [third.pgh_id]
    assert found(since=second.pgh_created_at) == [third.pgh_id, second.pgh_id]
    assert found(until=second.pgh_created_at) == [first.pgh_id]


def test_events_of_one_moment_stand_in_one_order_on_every_page(area, library):
    """A transaction has one time for all that it writes."""
    at = timezone.now() + timedelta(minutes=1)
    for name in "abc":
        make_event(library, at=at, by=area.editor, name=name)
        make_event(area.partnership, at=at, by=area.editor, area=name)
    sources = source_of(library) | {
        1: Source(Partnership.pgh_event_model, "pgh_obj", [area.partnership.pk], {"area": "Area"})
    }
    rows = events.newest(sources, limit=6)
    assert [each.source for each in rows] == [0, 0, 0, 1, 1, 1]
    for number in range(1, 6):
        wanted = Wanted(older_than=rows[number - 1].position)
        assert events.newest(sources, limit=1, wanted=wanted) == [rows[number]]
