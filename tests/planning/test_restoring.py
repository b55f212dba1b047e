"""Bringing an earlier text back: a change like any other, by which nobody's words are lost."""

import uuid
from datetime import date

import pghistory
import pytest
from django.core.exceptions import PermissionDenied

from partnerships import history
from planning import restoring
from planning.actions import remove_action, remove_reference
from planning.history import REFERENCE, action_rows, entry_sources
from planning.merging import fingerprint
from planning.models import Entry, EvidenceReference, PriorityAction, UnsettledText
from planning.permissions import SheetClosed
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    save_texts,
)
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.planning.standing import stands

pytestmark = pytest.mark.django_db

EntryEvent = Entry.pgh_event_model
ReferenceEvent = EvidenceReference.pgh_event_model
ActionEvent = PriorityAction.pgh_event_model


def write(entry, texts, *, by, before=None):
    save_texts(entry, texts, by=by, started_from=before, page=str(uuid.uuid4()))


@pytest.fixture
def twice(area, entry):
    """A domain whose evidence was written twice; “First” is the earlier text."""
    write(entry, {"evidence": "First"}, by=area.editor)
    write(entry, {"evidence": "Second"}, by=area.lead, before={"evidence": "First"})
    return entry


def waiting(entry):
    """The texts that wait to be settled."""
    return list(entry.unsettled.order_by("pk").values_list("text", flat=True))


def event_of(entry, text, field="evidence"):
    return EntryEvent.objects.filter(pgh_obj=entry.pk, **{field: text}).earliest("pgh_id").pgh_id


def bring_back(entry, text, *, by, field="evidence", standing=""):
    return restoring.restore_in_entry(
        entry=entry, event=event_of(entry, text, field), field=field, by=by, standing=standing
    )


def events():
    return EntryEvent.objects.count()


# --- An earlier text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["evidence", "gaps", "reason", "dissent", "not_applicable_reason"]
)
def test_an_earlier_text_comes_back_and_nothing_else_changes(area, entry, field):
    texts = {"evidence": "E", "gaps": "G", "reason": "R", "dissent": "D", "level": "2"}
    write(entry, {**texts, field: "First"}, by=area.editor)
    write(entry, {field: "Second"}, by=area.lead, before={field: "First"})
    bring_back(entry, "First", by=area.editor, field=field)
    row = Entry.objects.get(pk=entry.pk)
    assert {name: getattr(row, name) for name in texts if name not in ("level", field)} == {
        name: text for name, text in texts.items() if name not in ("level", field)
    }
    assert (getattr(row, field), row.level, row.updated_by) == ("First", 2, area.editor)


def test_it_is_a_change_and_says_from_when_it_came(area, twice):
    with pghistory.context(user=area.editor.pk):
        bring_back(twice, "First", by=area.editor)
    newest = history.page_of(entry_sources(twice)).changes[0]
    (field,) = newest.fields
    assert (newest.who, field.before, field.after) == (str(area.editor), "Second", "First")
    first = EntryEvent.objects.get(pgh_id=event_of(twice, "First"))
    assert newest.brought_back == first.pgh_created_at
    assert newest.event.pgh_context == {"user": area.editor.pk, "restored_from": first.pgh_id}


def test_what_was_brought_back_can_itself_be_undone(area, twice):
    bring_back(twice, "First", by=area.editor)
    bring_back(twice, "Second", by=area.lead)
    assert stands(twice) == "Second"


def test_the_same_click_twice_is_harmless(area, twice):
    bring_back(twice, "First", by=area.editor)
    before = events()
    bring_back(twice, "First", by=area.editor)
    assert (stands(twice), waiting(twice), events()) == ("First", [], before)


# --- Nobody's words are lost ------------------------------------------------------------------


def test_words_typed_since_the_page_was_read_are_kept_beside_it(area, twice):
    seen = fingerprint("Second")
    write(twice, {"evidence": "Third"}, by=area.lead, before={"evidence": "Second"})
    restored = bring_back(twice, "First", by=area.editor, standing=seen)
    assert restored.is_clash
    assert (stands(twice), waiting(twice)) == ("Third", ["First"])


def test_a_page_that_is_open_elsewhere_clashes_and_loses_nothing(area, twice):
    """The page wrote “Second” itself, and types on: its words may not overwrite what came back."""
    save_texts(twice, {"evidence": "Third"}, by=area.lead, page="open",
               started_from={"evidence": "Second"})  # fmt: skip
    bring_back(twice, "First", by=area.editor)
    saved = save_texts(twice, {"evidence": "Third and more"}, by=area.lead, page="open", number=2,
                       started_from={"evidence": "Third"})  # fmt: skip
    assert [name.field for name in saved.clashes] == ["evidence"]
    assert (stands(twice), waiting(twice)) == ("First", ["Third and more"])


def test_two_different_texts_brought_back_at_once_are_both_kept(area, entry):
    for text, before in (("First", ""), ("Second", "First"), ("Third", "Second")):
        write(entry, {"evidence": text}, by=area.editor, before={"evidence": before})
    seen = fingerprint("Third")
    bring_back(entry, "First", by=area.editor, standing=seen)
    bring_back(entry, "Second", by=area.lead, standing=seen)
    assert (stands(entry), waiting(entry)) == ("First", ["Second"])


def test_other_boxes_that_somebody_types_in_are_left_alone(area, twice):
    bring_back(twice, "First", by=area.editor)
    write(twice, {"gaps": "Typed meanwhile"}, by=area.lead)
    assert (stands(twice), waiting(twice)) == ("First", [])


# --- References -------------------------------------------------------------------------------


def test_an_earlier_text_of_a_reference_comes_back(area, entry):
    reference = make_reference(entry, shows="First")
    EvidenceReference.objects.filter(pk=reference.pk).update(shows="Second")
    event = ReferenceEvent.objects.get(shows="First")
    restoring.restore_in_entry(
        entry=entry, event=event.pgh_id, field="reference-shows", by=area.editor
    )
    reference.refresh_from_db()
    assert reference.shows == "First"


def test_a_reference_that_was_removed_comes_back_whole(area, entry):
    reference = make_reference(entry, title="Minutes", location="Shelf 4", shows="That it met")
    remove_reference(reference=reference, by=area.editor)
    event = ReferenceEvent.objects.get(pgh_label="removed")
    for _ in range(2):
        restoring.restore_in_entry(entry=entry, event=event.pgh_id, field="reference", by=area.lead)
    row = entry.references.get()
    assert (row.key, row.title, row.location, row.shows) == (
        reference.key, "Minutes", "Shelf 4", "That it met"
    )  # fmt: skip
    changes = history.page_of(entry_sources(entry)).changes
    assert [each.brought_back for each in changes if each.source == REFERENCE] == [
        event.pgh_created_at, None, None
    ]  # fmt: skip


def test_one_text_of_a_removed_reference_asks_for_the_whole(area, entry):
    reference = make_reference(entry)
    event = ReferenceEvent.objects.get()
    remove_reference(reference=reference, by=area.editor)
    with pytest.raises(restoring.RowGone):
        restoring.restore_in_entry(
            entry=entry, event=event.pgh_id, field="reference-shows", by=area.editor
        )
    assert not entry.references.exists()


# --- Actions ------------------------------------------------------------------------------------


def bring_back_action(action, event, field, *, by):
    return restoring.restore_in_action(
        assessment=action.assessment, key=action.key, event=event.pgh_id, field=field, by=by
    )


@pytest.mark.parametrize("field", ["what", "measure", "owner"])
def test_an_earlier_text_of_an_action_comes_back(area, draft, field):
    action = make_action(draft, [2, 3], **{"what": "Do", field: "First"})
    PriorityAction.objects.filter(pk=action.pk).update(**{field: "Second"})
    bring_back_action(action, ActionEvent.objects.get(**{field: "First"}), field, by=area.editor)
    action.refresh_from_db()
    assert getattr(action, field) == "First"
    assert [domain.number for domain in action.domains.all()] == [2, 3]


def test_an_action_that_was_removed_comes_back_whole_under_its_domains(area, draft):
    action = make_action(
        draft, [2, 3], what="Write", measure="It is there", owner="Ada", due=date(2026, 9, 30)
    )
    remove_action(action=action, by=area.editor)
    event = ActionEvent.objects.get(pgh_label="removed")
    for _ in range(2):
        bring_back_action(action, event, "action", by=area.lead)
    row = draft.priority_actions.get()
    assert (row.key, row.what, row.measure, row.owner, row.due) == (
        action.key, "Write", "It is there", "Ada", date(2026, 9, 30)
    )  # fmt: skip
    assert [domain.number for domain in row.domains.all()] == [2, 3]


@pytest.mark.django_db(transaction=True)  # each removal has a time of its own
def test_it_comes_back_under_the_domains_that_it_served_at_last():
    area = make_area()
    draft = make_assessment(area.partnership, make_small_framework())
    action = make_action(draft, [1, 2, 3])
    remove_action(action=action, by=area.editor, only_from=action.domains.get(number=1).pk)
    remove_action(action=action, by=area.editor)
    removed = ActionEvent.objects.get(pgh_label="removed")
    bring_back_action(action, removed, "action", by=area.editor)
    served = draft.priority_actions.get().domains
    assert [domain.number for domain in served.all()] == [2, 3]


def test_an_action_that_came_back_keeps_its_whole_history(area, draft):
    action = make_action(draft, [1], what="Write")
    remove_action(action=action, by=area.editor)
    bring_back_action(action, ActionEvent.objects.get(pgh_label="removed"), "action", by=area.lead)
    numbers, words = action_rows(draft, action.key)
    assert (len(numbers), words) == (2, "Write")


def test_an_action_that_is_there_again_with_other_words_is_left_alone(area, draft):
    action = make_action(draft, [1], what="Write")
    remove_action(action=action, by=area.editor)
    event = ActionEvent.objects.get(pgh_label="removed")
    save_texts(entry_of(draft, 1), {f"action-{action.key}-what": "Write more"}, by=area.lead)
    bring_back_action(action, event, "action", by=area.editor)
    assert draft.priority_actions.get().what == "Write more"
    assert not UnsettledText.objects.exists()


def test_one_text_of_a_removed_action_asks_for_the_whole(area, draft):
    action = make_action(draft, [1], owner="Ada")
    event = ActionEvent.objects.get(owner="Ada")
    remove_action(action=action, by=area.editor)
    with pytest.raises(restoring.RowGone):
        bring_back_action(action, event, "owner", by=area.editor)


# --- Who may, and where -------------------------------------------------------------------------


def test_a_reader_may_not_and_the_sentence_names_who_can(area, twice):
    with pytest.raises(PermissionDenied, match=r"bring back an earlier text\. A coordinator"):
        bring_back(twice, "First", by=area.reader)
    assert stands(twice) == "Second"


def test_on_an_agreed_sheet_nothing_comes_back(area, draft):
    entry = entry_of(draft, 1)
    write(entry, {"evidence": "First"}, by=area.editor)
    write(entry, {"evidence": "Second"}, by=area.lead, before={"evidence": "First"})
    for number in (2, 3):
        write(entry_of(draft, number), {"evidence": "Some"}, by=area.editor)
    entry.assessment = agree(draft, by=area.coordinator)
    with pytest.raises(PermissionDenied, match="This sheet was agreed on 31 July 2018"):
        bring_back(entry, "First", by=area.coordinator)
    assert stands(entry) == "Second"


def test_a_sheet_agreed_in_that_very_moment_changes_no_more(area, draft):
    entry = entry_of(draft, 1)
    write(entry, {"evidence": "First"}, by=area.editor)
    write(entry, {"evidence": "Second"}, by=area.lead, before={"evidence": "First"})
    for number in (2, 3):
        write(entry_of(draft, number), {"evidence": "Some"}, by=area.editor)
    agree(draft, by=area.coordinator)
    with pytest.raises(SheetClosed):
        bring_back(entry, "First", by=area.editor)  # which knows the sheet as a draft still
