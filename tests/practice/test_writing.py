"""Standards while they are written, approved and arranged: every verb, and who may."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from practice import approving, arranging, sources_and_measures, writing
from practice.models import Standard, StandardMeasure, StandardVersion
from practice.versions import fingerprint_of
from tests.factories.editing import APPROVAL, MEASURE, SOURCE, WORDS, approve, begin, write_measure
from tests.factories.people import make_area
from tests.factories.practice import (
    library_of,
    make_part,
    make_practice_model,
    make_resource,
    make_standard,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(area):
    return area.coordinator


@pytest.fixture
def standard(pillar, boss):
    return begin(pillar, boss)


def refusal(verb, **values):
    with pytest.raises(ValidationError) as caught:
        verb(**values)
    return " ".join(caught.value.messages)


# --- Drafts ------------------------------------------------------------------------------------


def test_a_standard_begins_as_a_draft_and_twice_is_once(pillar, boss):
    begin(pillar, boss)
    asked = {"pillar": pillar, "statement": "We ask.", "request_key": uuid.uuid4(), "by": boss}
    first, again = writing.add_standard(**asked), writing.add_standard(**asked)
    assert first == again
    assert [each.position for each in Standard.objects.all()] == [1, 2]
    version = first.versions.get()
    assert (version.number, version.state, version.written_by) == (1, "draft", boss)
    other = {**asked, "statement": "We tell."}
    assert "is a standard already" in refusal(writing.add_standard, **other)


def test_it_stands_under_a_pillar_of_ones_own(area, pillar, boss):
    value = make_part(pillar.model, "value", name="Curiosity")
    assert "stands under a pillar" in refusal(
        writing.add_standard, pillar=value, statement="We.", request_key=uuid.uuid4(), by=boss
    )
    with pytest.raises(PermissionDenied, match="came with the portal"):
        begin(make_part(make_practice_model()), boss)


def test_a_new_draft_is_a_copy_whose_measures_keep_their_key(standard, boss):
    measure = write_measure(standard, boss)
    sources_and_measures.add_source(standard=standard, by=boss, **SOURCE)
    old = approve(standard, boss)
    draft = writing.begin_draft(standard=standard, by=boss)
    assert writing.begin_draft(standard=standard, by=boss) == draft
    assert (draft.number, draft.statement, draft.amendment) == (2, old.statement, "")
    (copy,) = draft.measures.all()
    assert (copy.key, copy.text) == (measure.key, measure.text)
    assert copy.pk != measure.pk
    assert [each.title for each in draft.sources.all()] == [SOURCE["title"]]
    assert old.measures.get().pk == measure.pk


def test_words_are_written_into_the_draft_alone(standard, boss):
    approve(standard, boss)
    words = {**WORDS, "statement": "We ask."}
    assert "no draft any more" in refusal(writing.change_words, standard=standard, by=boss, **words)
    writing.begin_draft(standard=standard, by=boss)
    writing.change_words(standard=standard, by=boss, **words)
    said = standard.versions.order_by("number").values_list("statement", flat=True)
    assert list(said) == ["We are family focused.", "We ask."]


def test_a_discarded_draft_leaves_what_was_approved(standard, boss):
    approve(standard, boss)
    writing.begin_draft(standard=standard, by=boss)
    assert writing.discard_draft(standard=standard, by=boss) == standard
    assert [each.number for each in standard.versions.all()] == [1]


def test_a_standard_that_nobody_approved_goes_with_its_draft(standard, boss):
    write_measure(standard, boss)
    assert writing.discard_draft(standard=standard, by=boss) is None
    assert not Standard.objects.exists()
    assert "discarded this standard" in refusal(
        writing.change_words, standard=standard, by=boss, **WORDS
    )


# --- Sources and measures ----------------------------------------------------------------------


def test_a_measure_holds_what_the_seed_says_without_a_footnote(standard, boss):
    measure = write_measure(standard, boss)
    for name, value in MEASURE.items():
        assert getattr(measure, name) == value
    sources_and_measures.change_measure(
        measure=measure, by=boss, **{**MEASURE, "limit_unit": "working_days"}
    )
    changed = StandardMeasure.objects.get()
    assert (changed.limit_unit, changed.key) == ("working_days", measure.key)


def test_the_same_click_twice_adds_one(standard, boss):
    asked = {"standard": standard, "by": boss, "request_key": uuid.uuid4()}
    for _ in range(2):
        sources_and_measures.add_measure(**asked, **MEASURE)
        sources_and_measures.add_source(standard=standard, by=boss, **SOURCE)
    draft = writing.draft_of(standard)
    assert (draft.measures.count(), draft.sources.count()) == (1, 1)
    other = {**MEASURE, "text": "Other"}
    assert "stands in the draft already" in refusal(
        sources_and_measures.add_measure, **asked, **other
    )


def test_rows_move_and_go(standard, boss):
    rows = [write_measure(standard, boss, text=text) for text in "abc"]

    def texts():
        return [each.text for each in writing.draft_of(standard).measures.all()]

    sources_and_measures.move_measure(measure=rows[2], up=True, by=boss)
    assert texts() == ["a", "c", "b"]
    sources_and_measures.move_measure(measure=rows[0], up=True, by=boss)
    sources_and_measures.move_measure(measure=rows[0], up=False, by=boss)
    assert texts() == ["c", "a", "b"]
    for _ in range(2):
        sources_and_measures.remove_measure(measure=rows[0], by=boss)
    assert texts() == ["c", "b"]
    assert "took this out" in refusal(
        sources_and_measures.change_measure, measure=rows[0], by=boss, **MEASURE
    )


def test_a_draft_holds_so_many_and_no_more(standard, boss, monkeypatch):
    monkeypatch.setattr(sources_and_measures, "MOST", 1)
    write_measure(standard, boss)
    assert "at most" in refusal(
        sources_and_measures.add_measure,
        standard=standard, request_key=uuid.uuid4(), by=boss, **MEASURE,
    )  # fmt: skip


# --- Approval ----------------------------------------------------------------------------------


def test_approved_by_a_named_person_it_stays(standard, boss):
    version = approve(standard, boss)
    version.refresh_from_db()
    assert (version.state, version.approved_name, version.approved_role) == (
        "approved",
        "Ruth Ellis",
        "Director",
    )
    assert (version.approved_on, version.effective_on) == (date(2026, 3, 2), date(2026, 4, 1))
    assert version.approved_recorded_by == boss
    assert version.amendment == ""  # of the first version nothing changed


def test_the_same_click_twice_is_one_approval(standard, boss):
    seen = fingerprint_of([writing.draft_of(standard)])
    first = approve(standard, boss, seen=seen)
    asked = {**APPROVAL, "standard": standard, "seen": seen, "by": boss}
    assert approving.approve_draft(**asked) == first
    assert "Nothing waits" in refusal(approving.approve_draft, **{**asked, "name": "Other"})


CHANGES = {
    "words": lambda standard, by: writing.change_words(standard=standard, by=by, **WORDS),
    "measure": write_measure,
    "source": lambda standard, by: sources_and_measures.add_source(
        standard=standard, by=by, **SOURCE
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_approved_is_what_was_read(standard, boss, what):
    seen = fingerprint_of([writing.draft_of(standard)])
    CHANGES[what](standard, boss)
    with pytest.raises(ValidationError, match="has changed what waits"):
        approve(standard, boss, seen=seen)
    with pytest.raises(ValidationError, match="has changed what waits"):
        approve(standard, boss, seen="")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"on": timezone.localdate() + timedelta(days=1)}, "must be today or in the past"),
        ({"effective_on": date(2026, 3, 1)}, "must not be before the day on which"),
    ],
)
def test_days_lie_in_order(standard, boss, words, sentence):
    if "effective_on" not in words:
        words = {**words, "effective_on": words["on"]}
    with pytest.raises(ValidationError, match=sentence):
        approve(standard, boss, **words)


def test_a_second_version_says_what_changed_and_follows_the_first(standard, boss):
    approve(standard, boss)
    writing.begin_draft(standard=standard, by=boss)
    with pytest.raises(ValidationError, match="Enter what changed and why"):
        approve(standard, boss, amendment="")
    with pytest.raises(ValidationError, match=r"must not be before 1 April 2026: .*version 1"):
        approve(standard, boss, effective_on=date(2026, 3, 20))
    version = approve(standard, boss)
    assert (version.number, version.amendment) == (2, "Clearer.")


def test_all_drafts_of_a_model_at_once(pillar, standard, boss):
    approve(standard, boss)
    writing.begin_draft(standard=standard, by=boss)
    writing.change_words(standard=standard, by=boss, **{**WORDS, "amendment": "Its own."})
    for statement in ("We ask.", "We tell."):
        begin(pillar, boss, statement)
    withdrawn = begin(pillar, boss, "We forget.")
    arranging.withdraw(standard=withdrawn, on=timezone.localdate(), by=boss)
    drafts = list(approving.waiting_in(pillar.model))
    approved = approving.approve_drafts(
        model=pillar.model, seen=fingerprint_of(drafts), by=boss, **APPROVAL
    )
    assert [each.amendment for each in approved] == ["Its own.", "", ""]
    assert [each.standard for each in StandardVersion.objects.drafts()] == [withdrawn]
    assert "Nothing waits" in refusal(
        approving.approve_drafts, model=pillar.model, seen="", by=boss, **APPROVAL
    )
    with pytest.raises(ValidationError, match="is withdrawn"):
        approve(withdrawn, boss)


# --- What is no matter of a version ------------------------------------------------------------


def test_standards_move_about_under_the_pillars_of_their_model(pillar, boss):
    first, second, third = (make_standard(pillar, position=n) for n in (1, 2, 3))
    details = {"owner": boss, "review_on": date(2027, 1, 1), "by": boss}
    arranging.change_details(standard=third, pillar=pillar, place=1, **details)
    arranging.change_details(standard=first, pillar=pillar, place=99, **details)
    assert list(Standard.objects.filter(pillar=pillar)) == [third, second, first]
    assert [each.position for each in Standard.objects.filter(pillar=pillar)] == [1, 2, 3]
    other = make_part(pillar.model, name="Other", position=2)
    moved = arranging.change_details(standard=second, pillar=other, place=1, **details)
    assert (moved.pillar, moved.owner, moved.review_on) == (other, boss, date(2027, 1, 1))
    elsewhere = make_part(make_practice_model(pillar.model.partnership, name="Another"))
    assert "pillars of its own practice model" in refusal(
        arranging.change_details, standard=second, pillar=elsewhere, place=1, **details
    )


def test_tools_and_related_standards(area, pillar, boss):
    standard, other = make_standard(pillar), make_standard(pillar, position=2)
    own, starter = make_resource(area.partnership), make_resource(name="Starter")
    nothing = {"tools": [], "related": [], "bearings": {}, "by": boss}
    arranging.change_links(
        standard=standard, **{**nothing, "tools": [own, starter], "related": [other]}
    )
    arranging.change_links(standard=standard, **{**nothing, "tools": [starter]})
    assert list(standard.tools.all()) == [starter]
    assert not standard.related.exists()


def test_withdrawn_and_brought_back(pillar, boss):
    standard, today = make_standard(pillar), timezone.localdate()
    in_force = StandardVersion.objects.in_force
    arranging.withdraw(standard=standard, on=today, by=boss)
    assert not in_force(today).exists()
    arranging.withdraw(standard=standard, on=None, by=boss)
    assert in_force(today).get().standard == standard


# --- Who may -----------------------------------------------------------------------------------

VERBS = {
    "add": lambda it, by: begin(it.pillar, by),
    "begin": lambda it, by: writing.begin_draft(standard=it.standard, by=by),
    "words": lambda it, by: writing.change_words(standard=it.drafted, by=by, **WORDS),
    "discard": lambda it, by: writing.discard_draft(standard=it.drafted, by=by),
    "add source": lambda it, by: sources_and_measures.add_source(
        standard=it.drafted, by=by, **SOURCE
    ),
    "change source": lambda it, by: sources_and_measures.change_source(
        source=it.draft_source, by=by, **SOURCE
    ),
    "remove source": lambda it, by: sources_and_measures.remove_source(
        source=it.draft_source, by=by
    ),
    "move source": lambda it, by: sources_and_measures.move_source(
        source=it.draft_source, up=True, by=by
    ),
    "add measure": lambda it, by: write_measure(it.drafted, by),
    "change measure": lambda it, by: sources_and_measures.change_measure(
        measure=it.draft_measure, by=by, **MEASURE
    ),
    "remove measure": lambda it, by: sources_and_measures.remove_measure(
        measure=it.draft_measure, by=by
    ),
    "move measure": lambda it, by: sources_and_measures.move_measure(
        measure=it.draft_measure, up=True, by=by
    ),
    "approve": lambda it, by: approve(it.drafted, by),
    "approve all": lambda it, by: approving.approve_drafts(
        model=it.model, seen=fingerprint_of([it.draft]), by=by, **APPROVAL
    ),
    "details": lambda it, by: arranging.change_details(
        standard=it.standard, owner=None, review_on=None, pillar=it.pillar, place=1, by=by
    ),
    "links": lambda it, by: arranging.change_links(
        standard=it.standard, tools=[], related=[], bearings={}, by=by
    ),
    "withdraw": lambda it, by: arranging.withdraw(standard=it.standard, on=None, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_those_who_write_the_library_may_and_nobody_else(area, verb):
    library, other = library_of(area.partnership), make_area("bury", "Bury", "Bury")
    for person in (area.lead, area.editor, area.reader, other.coordinator):
        with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
            VERBS[verb](library, person)
    VERBS[verb](library, area.facilitator)
