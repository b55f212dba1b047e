"""Saving a domain's page: nobody's words are lost on the way to the rows.

The rules of who wins are in test_merging.py; settling two texts is in test_settling.py, and
people at the same moment are in test_saving_at_once.py.
"""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from planning.actions import remove_action, remove_reference
from planning.merging import fingerprint
from planning.models import EvidenceReference, PriorityAction
from planning.parts import PartName
from planning.permissions import SheetClosed
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    make_scored,
    save_texts,
)
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.planning.standing import stands, waiting

pytestmark = pytest.mark.django_db


# --- One person -----------------------------------------------------------------------------


def test_every_box_of_the_page_is_written(area, entry):
    texts = {
        "level": "2.5",
        "target": "4",
        "evidence": "Ŵyneb yn wyneb",
        "gaps": "<script>alert(1)</script>",
        "reason": "\u202eright to left",
        "dissent": "=1+1",
        "not_applicable_reason": "Not at all",
    }
    saved = save_texts(entry, texts, by=area.partner)
    entry.refresh_from_db()
    assert (entry.level, entry.target) == (Decimal("2.5"), Decimal(4))
    written = ("evidence", "gaps", "reason", "dissent", "not_applicable_reason")
    assert {field: getattr(entry, field) for field in written} == {
        field: texts[field] for field in written
    }
    assert entry.updated_by == area.partner
    assert saved.base == {part: fingerprint(text) for part, text in texts.items()}
    assert (saved.kept, saved.clashes) == ((), ())


@pytest.mark.parametrize(
    ("first", "then", "stored"),
    [
        ("2", "na", (None, True)),
        ("na", "3.5", (Decimal("3.5"), False)),
        ("na", "", (None, False)),
        ("2", "", (None, False)),
    ],
)
def test_a_level_is_given_changed_and_taken_back(area, entry, first, then, stored):
    save_texts(entry, {"level": first}, by=area.partner)
    save_texts(entry, {"level": then}, by=area.partner, started_from={"level": first})
    entry.refresh_from_db()
    assert (entry.level, entry.not_applicable) == stored


def test_a_new_reference_and_a_new_action_are_made(area, entry):
    reference, action = uuid.uuid4(), uuid.uuid4()
    texts = {
        f"reference-{reference}-title": "Minutes",
        f"reference-{reference}-location": "Drive",
        f"reference-{reference}-shows": "That it met",
        f"action-{action}-what": "Write it down",
        f"action-{action}-measure": "It is written",
        f"action-{action}-owner": "Ada",
        f"action-{action}-due": "2026-09-30",
        f"action-{action}-domains": "1,3",
    }
    save_texts(entry, texts, by=area.partner)
    assert list(entry.references.values_list("key", "title", "location", "shows")) == [
        (reference, "Minutes", "Drive", "That it met")
    ]
    row = entry.assessment.priority_actions.get()
    assert (row.key, row.what, row.measure, row.owner, row.due) == (
        action, "Write it down", "It is written", "Ada", date(2026, 9, 30)
    )  # fmt: skip
    assert [domain.number for domain in row.domains.all()] == [1, 3]


def test_a_new_action_serves_the_domain_it_was_written_on(area, entry):
    save_texts(entry, {f"action-{uuid.uuid4()}-what": "Write it down"}, by=area.partner)
    assert [each.number for each in PriorityAction.objects.get().domains.all()] == [1]


@pytest.mark.parametrize(
    "part", [f"reference-{uuid.UUID(int=1)}-shows", f"action-{uuid.UUID(int=1)}-owner"]
)
def test_a_row_without_what_it_must_have_is_not_made(area, entry, part):
    save_texts(entry, {part: "Half a row"}, by=area.partner)
    assert (EvidenceReference.objects.count(), PriorityAction.objects.count()) == (0, 0)


def test_saving_twice_changes_nothing_more(area, entry):
    texts = {"evidence": "Mine", f"action-{uuid.uuid4()}-what": "Act"}
    for _ in range(2):
        save_texts(entry, texts, by=area.partner)
    assert (stands(entry), PriorityAction.objects.count(), waiting(entry)) == ("Mine", 1, [])


def test_a_late_save_of_the_same_page_never_undoes_its_newer_one(area, entry):
    save_texts(entry, {"evidence": "Mine and more"}, by=area.partner, number=2)
    save_texts(entry, {"evidence": "Mine"}, by=area.partner, number=1)
    assert (stands(entry), waiting(entry)) == ("Mine and more", [])


def test_an_answer_lost_on_the_way_makes_no_clash(area, entry):
    """The page never heard that its first save arrived, so it goes on from its old base."""
    save_texts(entry, {"evidence": "Mine"}, by=area.partner, number=1)
    save_texts(entry, {"evidence": "Mine and more"}, by=area.partner, number=2)
    assert (stands(entry), waiting(entry)) == ("Mine and more", [])


@pytest.mark.parametrize(
    "part", ["", "writers", "assessment", "level2", "action-1-what", "reference--title", "x-y-z",
             f"action-{uuid.UUID(int=1)}-writers", f"workshop-{uuid.UUID(int=1)}-what"]
)  # fmt: skip
def test_a_part_that_no_page_has_is_refused_and_nothing_is_written(area, entry, part):
    with pytest.raises(ValueError):  # noqa: PT011 - a crafted request: any message will do
        save_texts(entry, {"evidence": "Mine", part: "x"}, by=area.partner)
    assert stands(entry) == ""


# --- Two people -----------------------------------------------------------------------------


def test_two_people_in_one_box_both_keep_their_words(area, entry):
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    saved = save_texts(entry, {"evidence": "Mine"}, by=area.partner, page="mine")
    assert saved.clashes == (PartName("evidence"),)
    assert saved.base == {"evidence": fingerprint("Mine")}
    assert stands(entry) == "Theirs"
    assert waiting(entry) == [("evidence", "Mine", area.partner)]


def test_more_words_of_the_one_who_waits_replace_their_own_alone(area, entry):
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    save_texts(entry, {"evidence": "Mine"}, by=area.partner, page="mine", number=1)
    save_texts(entry, {"evidence": "Mine too"}, by=area.coordinator, page="third")
    save_texts(entry, {"evidence": "Mine and more"}, by=area.partner, page="mine", number=2)
    assert waiting(entry) == [
        ("evidence", "Mine and more", area.partner),
        ("evidence", "Mine too", area.coordinator),
    ]


def test_two_people_in_different_boxes_make_no_clash(area, entry):
    both_started_from = {"evidence": "", "gaps": ""}
    save_texts(
        entry, {"evidence": "Theirs", "gaps": ""}, by=area.facilitator, page="theirs",
        started_from=both_started_from,
    )  # fmt: skip
    saved = save_texts(
        entry, {"evidence": "", "gaps": "Mine"}, by=area.partner, page="mine",
        started_from=both_started_from,
    )  # fmt: skip
    assert (stands(entry), stands(entry, "gaps")) == ("Theirs", "Mine")
    assert saved.kept == ("Evidence of current progress",)
    assert (saved.clashes, waiting(entry)) == ((), [])


def test_a_shared_action_is_edited_from_two_domains(area, assessment):
    action = make_action(assessment, [1, 3], what="Act", owner="Ada")
    one, three = entry_of(assessment, 1), entry_of(assessment, 3)
    what, owner = f"action-{action.key}-what", f"action-{action.key}-owner"
    before = {what: "Act", owner: "Ada"}
    save_texts(one, before | {what: "Act now"}, by=area.partner, page="1", started_from=before)
    save_texts(three, before | {owner: "Bea"}, by=area.facilitator, page="3", started_from=before)
    action.refresh_from_db()
    assert (action.what, action.owner) == ("Act now", "Bea")
    saved = save_texts(three, {what: "Act later"}, by=area.facilitator, page="3b",
                       started_from={what: "Act"})  # fmt: skip
    assert saved.clashes == (PartName("what", "action", action.key),)
    assert waiting(three) == [(what, "Act later", area.facilitator)]
    assert [domain.number for domain in action.domains.all()] == [1, 3]


@pytest.mark.parametrize("kind", ["reference", "action"])
def test_a_removed_row_that_another_had_edited_is_revived_whole(area, assessment, entry, kind):
    if kind == "reference":
        row = make_reference(entry, title="Minutes", location="Drive", shows="That it met")
        fields, changed = {"title": "Minutes", "location": "Drive", "shows": "That it met"}, "shows"
        remove_reference(reference=row, by=area.facilitator)
    else:
        row = make_action(assessment, [1, 3], what="Act", measure="Done", owner="Ada")
        fields = {"what": "Act", "measure": "Done", "owner": "Ada", "due": "", "domains": "1,3"}
        changed = "measure"
        remove_action(action=row, by=area.facilitator)
    before = {f"{kind}-{row.key}-{field}": text for field, text in fields.items()}
    mine = before | {f"{kind}-{row.key}-{changed}": "My words"}
    save_texts(entry, mine, by=area.partner, started_from=before)
    revived = type(row).objects.get(key=row.key)
    expected = fields | {changed: "My words"}
    for field in expected.keys() - {"due", "domains"}:
        assert getattr(revived, field) == expected[field]
    if kind == "action":
        assert [domain.number for domain in revived.domains.all()] == [1, 3]


def test_a_removed_row_that_nobody_touched_stays_gone(area, entry):
    row = make_reference(entry, title="Minutes", location="", shows="")
    before = {f"reference-{row.key}-title": "Minutes", f"reference-{row.key}-shows": ""}
    remove_reference(reference=row, by=area.facilitator)
    saved = save_texts(entry, before, by=area.partner, started_from=before)
    assert EvidenceReference.objects.count() == 0
    assert saved.kept == ("Title of the evidence",)


# --- Whose rows -----------------------------------------------------------------------------


def test_keys_of_another_partnerships_rows_do_not_reach_them(area, entry):
    other = make_area("bolton", "Bolton Together", "Bolton")
    theirs = entry_of(make_assessment(other.partnership, entry.assessment.framework), 1)
    action = make_action(theirs.assessment, [1], what="Their action")
    reference = make_reference(theirs, title="Their minutes")
    texts = {
        f"action-{action.key}-what": "Mine",
        f"action-{action.key}-domains": "1,2",
        f"reference-{reference.key}-title": "Mine",
    }
    save_texts(entry, texts, by=area.partner)
    action.refresh_from_db()
    reference.refresh_from_db()
    assert (action.what, reference.title) == ("Their action", "Their minutes")
    assert [domain.number for domain in action.domains.all()] == [1]
    assert (action.assessment, reference.entry) == (theirs.assessment, theirs)
    assert entry.assessment.priority_actions.get().what == "Mine"


@pytest.mark.parametrize("role", ["reader", "outsider"])
def test_who_may_not_score_cannot_save(area, entry, role):
    other = make_area("bolton", "Bolton Together", "Bolton")
    by = other.coordinator if role == "outsider" else area.reader
    with pytest.raises(PermissionDenied) as refusal:
        save_texts(entry, {"evidence": "Mine"}, by=by)
    assert str(refusal.value) == (
        "Your role in this partnership does not let you score domains, write evidence, gaps and "
        "priority actions. A coordinator, facilitator, partner lead or partner editor can."
    )
    assert stands(entry) == ""


def test_an_agreed_sheet_takes_no_more_words(area):
    draft = make_scored(area.partnership, make_small_framework())
    stale = entry_of(draft, 1)  # a page that was opened before the sheet was agreed
    fresh = entry_of(agree(draft, by=area.coordinator), 1)
    with pytest.raises(PermissionDenied, match="This sheet was agreed on 31 July 2018"):
        save_texts(fresh, {"evidence": "Mine"}, by=area.partner)
    with pytest.raises(SheetClosed, match="This sheet was agreed a moment ago"):
        save_texts(stale, {"evidence": "Mine", "gaps": "Mine"}, by=area.partner)
    assert (stands(fresh), stands(fresh, "gaps")) == ("", "")
