"""The buttons that bring an earlier text back, pressed by those who may and by the others."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from planning import restoring
from planning.actions import remove_reference
from planning.merging import fingerprint
from planning.models import Entry, EvidenceReference, PriorityAction
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    save_texts,
)
from tests.factories.events import make_event, minutes_ago
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


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def history_of(entry, number=1):
    return f"/planning/{entry.assessment_id}/domains/{number}/history/"


def path_of(entry, number=1):
    return f"{history_of(entry, number)}restore/"


def button(entry, text="First"):
    return {"event": event_of(entry, text), "field": "evidence"}


def test_the_button_brings_the_text_back_and_says_so(area, twice):
    response = client_of(area.editor).post(path_of(twice), button(twice), follow=True)
    assert response.redirect_chain == [(history_of(twice), 302)]
    assert "It is back." in response.content.decode()
    assert stands(twice) == "First"


def test_words_written_meanwhile_lead_to_the_page_where_both_are_settled(area, twice):
    body = button(twice) | {"standing": fingerprint("Earlier")}
    response = client_of(area.editor).post(path_of(twice), body, follow=True)
    assert response.redirect_chain == [(f"/planning/{twice.assessment_id}/domains/1/", 302)]
    assert "Both texts are kept" in response.content.decode()
    assert (stands(twice), waiting(twice)) == ("Second", ["First"])


def test_what_was_removed_meanwhile_is_said(area, entry):
    reference = make_reference(entry)
    event = ReferenceEvent.objects.get()
    remove_reference(reference=reference, by=area.editor)
    body = {"event": event.pgh_id, "field": "reference-shows"}
    response = client_of(area.editor).post(path_of(entry), body, follow=True)
    assert "Bring it back as a whole first." in response.content.decode()


def test_elsewhere_there_is_no_such_button(area, twice):
    other = make_area("bury", "Bury", "Bury")
    response = client_of(other.coordinator).post(path_of(twice), button(twice))
    assert (response.status_code, stands(twice)) == (404, "Second")


def test_a_reader_is_refused_with_a_sentence(area, twice):
    response = client_of(area.reader).post(path_of(twice), button(twice))
    assert response.status_code == 403
    assert "does not let you bring back an earlier text" in response.content.decode()
    assert stands(twice) == "Second"


def test_an_event_of_another_domain_or_partnership_is_not_found(area, twice):
    other = make_area("bury", "Bury", "Bury")
    theirs = entry_of(make_assessment(other.partnership, make_small_framework()), 1)
    write(theirs, {"evidence": "Secret of Bury"}, by=other.editor)
    beside = entry_of(twice.assessment, 2)
    write(beside, {"evidence": "Of the second"}, by=area.editor)
    reference = make_reference(theirs, title="Secret of Bury")
    secret = ReferenceEvent.objects.get(title="Secret of Bury")
    remove_reference(reference=reference, by=other.editor)
    client = client_of(area.editor)
    for event, field in (
        (event_of(theirs, "Secret of Bury"), "evidence"),
        (event_of(beside, "Of the second"), "evidence"),
        (secret.pgh_id, "reference-title"),
        (secret.pgh_id, "reference"),
    ):
        body = {"event": event, "field": field}
        assert client.post(path_of(twice), body).status_code == 404
    assert (stands(twice), stands(beside)) == ("Second", "Of the second")
    assert not twice.references.exists()


def test_an_event_of_another_action_is_not_found(area, draft):
    mine, other = make_action(draft, [1], owner="Ada"), make_action(draft, [1], owner="Ben")
    path = f"/planning/{draft.pk}/actions/{mine.key}/history/restore/"
    event = ActionEvent.objects.get(owner="Ben")
    for field in ("owner", "action"):
        body = {"event": event.pgh_id, "field": field}
        assert client_of(area.editor).post(path, body).status_code == 404
    mine.refresh_from_db()
    assert (mine.owner, other.owner) == ("Ada", "Ben")


@pytest.mark.parametrize("event", [None, "", "x", "99999999999999999999", "-1", "1\0", "0"])
def test_what_is_no_event_is_not_found(area, twice, event):
    body = {"field": "evidence"} | ({} if event is None else {"event": event})
    refused_everywhere(area, twice, body)


@pytest.mark.parametrize(
    "field",
    [None, "", "level", "responsible", "writers", "reference-key", "reference-", "pgh_context",
     "evidence\0", "action-what"],
)  # fmt: skip
def test_what_is_no_text_that_comes_back_is_not_found(area, twice, field):
    body = {"event": event_of(twice, "First")} | ({} if field is None else {"field": field})
    refused_everywhere(area, twice, body)


def refused_everywhere(area, entry, body):
    action = make_action(entry.assessment, [1])
    of_action = f"/planning/{entry.assessment_id}/actions/{action.key}/history/restore/"
    client = client_of(area.editor)
    answers = [client.post(path, body).status_code for path in (path_of(entry), of_action)]
    assert answers == [404, 404]
    assert stands(entry) == "Second"


def test_it_is_asked_for_by_a_button_only(area, twice):
    assert client_of(area.editor).get(path_of(twice)).status_code == 405


def test_an_old_text_is_brought_back_from_the_events_of_its_time(area, entry):
    """Also what was written before others came and went within minutes."""
    first = make_event(entry, at=minutes_ago(60), by=area.editor, evidence="An hour ago")
    body = {"event": first.pgh_id, "field": "evidence"}
    client_of(area.editor).post(path_of(entry), body)
    assert stands(entry) == "An hour ago"


def test_the_page_says_from_when_it_came(area, entry):
    at = timezone.make_aware(timezone.datetime(2026, 5, 3, 14, 5))
    first = make_event(entry, at=at, by=area.editor, evidence="First")
    Entry.objects.filter(pk=entry.pk).update(evidence="Second")
    client = client_of(area.editor)
    client.post(path_of(entry), {"event": first.pgh_id, "field": "evidence"})
    page = client.get(history_of(entry)).content.decode()
    assert "Brought back from 3 May 2026 14:05" in page
    assert stands(entry) == "First"
