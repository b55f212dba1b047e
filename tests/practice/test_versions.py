"""Which version is in force, which is next, and what differs between two of them."""

from datetime import date
from types import SimpleNamespace

import pytest

from practice import sources_and_measures, writing
from practice.versions import differences, earliest_day, standing_of
from tests.factories.editing import MEASURE, SOURCE, WORDS, approve, begin, write_measure
from tests.factories.practice import make_part, make_practice_model

TODAY = date(2026, 6, 1)


def version(number, effective_on=None):
    state = "approved" if effective_on else "draft"
    return SimpleNamespace(number=number, state=state, effective_on=effective_on)


PAST, NOW, SOON, LATER = date(2026, 1, 1), TODAY, date(2026, 7, 1), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("days", "withdrawn", "in_force", "coming", "draft"),
    [
        ([None], None, None, None, 1),
        ([PAST], None, 1, None, None),
        ([NOW], None, 1, None, None),
        ([SOON], None, None, 1, None),
        ([PAST, NOW], None, 2, None, None),
        ([PAST, SOON, LATER], None, 1, 2, None),
        ([PAST, SOON, None], None, 1, 2, 3),
        ([PAST, SOON], NOW, None, None, None),
        ([PAST, None], NOW, None, None, 2),
        ([PAST, SOON, SOON], None, 1, 3, None),
        ([PAST, SOON, SOON, LATER], None, 1, 3, None),
        ([PAST, SOON], LATER, 1, 2, None),
        ([PAST, SOON], SOON, 1, None, None),
        ([PAST, LATER], SOON, 1, None, None),
    ],
)
def test_where_the_versions_stand_on_a_day(days, withdrawn, in_force, coming, draft):
    versions = [version(number, day) for number, day in enumerate(days, 1)]
    standing = standing_of(reversed(versions), TODAY, withdrawn)
    found = [each and each.number for each in (standing.in_force, standing.coming, standing.draft)]
    assert found == [in_force, coming, draft]


def test_the_next_version_cannot_come_before_the_last_one():
    assert earliest_day([version(1, PAST), version(2, SOON), version(3)]) == SOON
    assert earliest_day([version(1)]) is None


def told(before, after):
    return {
        label: "".join(
            {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]", "gap": "{}"}[piece.kind].format(
                piece.text
            )
            for piece in pieces
        )
        for label, pieces in differences(before, after)
    }


@pytest.fixture
def standard(area):
    return begin(make_part(make_practice_model(area.partnership)), area.coordinator)


def test_measures_are_compared_by_their_key_field_by_field(area, standard):
    by = area.coordinator
    for text in ("We meet", "We draw", "We ask"):
        write_measure(standard, by, text=text)
    sources_and_measures.add_source(standard=standard, by=by, **SOURCE)
    old = approve(standard, by)
    draft = writing.begin_draft(standard=standard, by=by)
    meet, draw, ask = draft.measures.all()
    words = {**MEASURE, "limit_unit": "working_days", "considered_in": []}
    sources_and_measures.change_measure(measure=meet, by=by, **{**words, "text": "We meet"})
    sources_and_measures.remove_measure(measure=draw, by=by)
    sources_and_measures.move_measure(measure=ask, up=True, by=by)
    write_measure(standard, by, text="We listen", roles=["team manager"])
    writing.change_words(standard=standard, by=by, **{**WORDS, "statement": "We are focused."})
    found = told(old, writing.draft_of(standard))
    assert list(found) == [
        "The standard",
        "Measure “We meet”: time limit",
        "Measure “We meet”: considered",
        "New measure: “We listen”",
        "Measure taken out: “We draw”",
        "Order of the measures",
    ]
    assert found["The standard"] == "We are [-family -]focused."
    assert found["Measure “We meet”: considered"] == "[-Early help-]"
    assert "Responsible: team manager" in found["New measure: “We listen”"]


def test_a_copy_differs_in_nothing(area, standard):
    by = area.coordinator
    write_measure(standard, by)
    old = approve(standard, by)
    assert differences(old, writing.begin_draft(standard=standard, by=by)) == []


def test_a_source_that_changed_is_told_by_its_words(area, standard):
    by = area.coordinator
    sources_and_measures.add_source(standard=standard, by=by, **SOURCE)
    old = approve(standard, by)
    draft = writing.begin_draft(standard=standard, by=by)
    words = {**SOURCE, "title": "Children Act 2004"}
    sources_and_measures.change_source(source=draft.sources.get(), by=by, **words)
    assert told(old, writing.draft_of(standard)) == {
        "Sources": "Law: Children Act [-1989-][+2004+]"
    }
