"""The history of a domain, an action and an assessment: who reads it, and what it says."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from planning.actions import remove_action, remove_reference, reopen_sheet
from planning.models import Entry
from planning.responsibility import assign
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_reference,
    save_texts,
)
from tests.factories.events import make_event, minutes_ago
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db

TAG = re.compile(r"<[^>]+>")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def words(response):
    """What the page's own part says, without tags, spaces as one."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(TAG.sub(" ", main).split())


def read(user, path):
    response = client_of(user).get(path)
    assert response.status_code == 200
    return words(response)


def of_entry(entry, number=1):
    return f"/planning/{entry.assessment_id}/domains/{number}/history/"


def of_action(action):
    return f"/planning/{action.assessment_id}/actions/{action.key}/history/"


def of_assessment(assessment):
    return f"/planning/{assessment.pk}/history/"


@pytest.fixture
def paths(draft):
    entry = entry_of(draft, 1)
    return [of_entry(entry), of_action(make_action(draft, [1])), of_assessment(draft)]


# --- Who reads it -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["coordinator", "facilitator", "lead", "editor", "reader"])
def test_everybody_in_the_partnership_reads_it(area, paths, role):
    for path in paths:
        assert client_of(getattr(area, role)).get(path).status_code == 200


def test_elsewhere_there_is_no_such_page(area, paths):
    stranger = client_of(make_area("bury", "Bury", "Bury").coordinator)
    for path in paths:
        assert stranger.get(path).status_code == 404


def test_an_action_of_another_sheet_has_no_page_here(area, draft, assessment):
    action = make_action(draft, [1])
    client = client_of(area.reader)
    assert client.get(f"/planning/{assessment.pk}/actions/{action.key}/history/").status_code == 404
    assert client.get(f"/planning/{draft.pk}/actions/{uuid.uuid4()}/history/").status_code == 404
    assert client.get(f"/planning/{draft.pk}/domains/99/history/").status_code == 404


def test_it_is_only_read(area, paths):
    for path in paths:
        assert client_of(area.coordinator).post(path).status_code == 405


# --- What it says -----------------------------------------------------------------------------


def test_a_domain_tells_every_field_as_people_know_it(area, entry):
    save_texts(entry, {"level": "2.5", "target": "4"}, by=area.editor)
    save_texts(entry, {"evidence": "A board meets"}, by=area.editor)
    assign(entry=Entry.objects.get(pk=entry.pk), user=area.lead, by=area.coordinator)
    save_texts(
        entry,
        {"level": "na", "not_applicable_reason": "None lives here"},
        by=area.editor,
        started_from={"level": "2.5"},
    )
    said = read(area.reader, of_entry(entry))
    for sentence in (
        "Progress level before: Nothing → after: 2/3",
        "Target level before: Nothing → after: 4",
        "Progress level before: 2/3 → after: Nothing",
        "Not applicable before: No → after: Yes",
        "Why it is not applicable",
        f"Responsible before: Nothing → after: {area.lead}",
    ):
        assert sentence in said


def test_two_texts_are_compared_word_by_word(area, entry):
    at = timezone.now()
    make_event(entry, at=at, by=area.editor, evidence="A board meets twice a year")
    make_event(entry, at=at + timedelta(hours=1), by=area.lead, evidence="A board meets each month")
    page = client_of(area.reader).get(of_entry(entry)).content.decode()
    assert re.search(
        r"A board meets <del>.*?twice a year.*?</del><ins>.*?each month.*?</ins>", page
    )


def test_who_and_when_stand_above_each_change(area, entry):
    at = timezone.make_aware(timezone.datetime(2026, 7, 3, 14, 5))
    make_event(entry, at=at, by=area.editor, evidence="A board meets")
    assert f"{area.editor}, 3 July 2026 14:05 Changed" in read(area.reader, of_entry(entry))


def test_a_reference_is_told_with_its_domain_and_unsettled_texts_are_not(area, entry):
    make_reference(entry, title="Minutes of May", location="Shelf 4")
    save_texts(entry, {"gaps": "Mine"}, by=area.editor, page="one")
    save_texts(entry, {"gaps": "Theirs that wait"}, by=area.lead, page="two")
    said = read(area.reader, of_entry(entry))
    assert "Added. Evidence that lies elsewhere: Minutes of May" in said
    assert "Where the evidence is Shelf 4" in said
    assert "Theirs that wait" not in said


def test_a_reference_that_was_removed_is_still_told(area, entry):
    remove_reference(reference=make_reference(entry, title="Minutes of May"), by=area.editor)
    assert "Removed. Evidence that lies elsewhere: Minutes of May" in read(
        area.reader, of_entry(entry)
    )


def test_another_domain_is_not_told(area, draft):
    save_texts(entry_of(draft, 2), {"evidence": "Of the second"}, by=area.editor)
    assert "Of the second" not in read(area.reader, of_entry(entry_of(draft, 1)))


def test_an_action_tells_its_fields_and_the_domains_it_serves(area, draft):
    action = make_action(draft, [1, 3], what="Write it down", owner="Ada Marsh")
    said = read(area.reader, of_action(action))
    assert "Priority action Write it down Who owns the action Ada Marsh" in said
    assert "Domain it serves 1. Purpose" in said
    assert "Domain it serves 3. Practice" in said
    # One change, not three: it was written in one moment.
    assert said.count("Added") == 1


def test_an_action_that_was_removed_is_told_and_found(area, draft):
    action = make_action(draft, [1], what="Write it down")
    path, entry = of_action(action), entry_of(draft, 1)
    remove_action(action=action, by=area.editor)
    said = read(area.reader, path)
    assert "This priority action is no longer on the sheet." in said
    assert "Removed Priority action Write it down" in said
    page = client_of(area.reader).get(of_entry(entry)).content.decode()
    assert f'href="{path}">Write it down' in page
    elsewhere = client_of(area.reader).get(of_entry(entry, 2)).content.decode()
    assert path not in elsewhere


def test_an_assessment_tells_its_date_its_words_and_its_agreement(area, agreed):
    said = read(area.reader, of_assessment(agreed))
    for sentence in (
        "Status before: Draft → after: Agreed",
        "Agreed by before: Nothing → after: Ada Marsh",
        "Agreed on before: Nothing → after: 31 July 2018",
        f"Agreement recorded by before: Nothing → after: {area.coordinator}",
        "Date 30 July 2018",
        "Words at the head of the sheet Who took part",
    ):
        assert sentence in said


def test_a_later_version_leads_to_the_history_of_the_one_before(area, agreed):
    later = reopen_sheet(assessment=agreed, reason="A mistake", by=area.coordinator)
    client = client_of(area.reader)
    for path in ("history/", "domains/1/history/"):
        page = client.get(f"/planning/{later.pk}/{path}").content.decode()
        assert f'href="/planning/{agreed.pk}/{path}">The history of version 1' in page


def test_words_are_shown_as_they_were_typed(area, entry):
    save_texts(entry, {"evidence": "<script>alert(1)</script>"}, by=area.editor)
    page = client_of(area.reader).get(of_entry(entry)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- The way there ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "reader"])
def test_pages_lead_to_their_history(area, draft, who):
    action = make_action(draft, [1])
    client = client_of(getattr(area, who))
    domain = client.get(f"/planning/{draft.pk}/domains/1/").content.decode()
    assert f'href="{of_entry(entry_of(draft, 1))}"' in domain
    assert f'href="{of_action(action)}"' in domain
    for page in ("", "sheet/"):
        assert (
            f'href="{of_assessment(draft)}"'
            in client.get(f"/planning/{draft.pk}/{page}").content.decode()
        )


# --- Buttons ------------------------------------------------------------------------------------


def write_twice(entry, area):
    at = timezone.now()
    first = make_event(entry, at=at, by=area.editor, evidence="First")
    make_event(entry, at=at + timedelta(hours=1), by=area.lead, evidence="Second")
    Entry.objects.filter(pk=entry.pk).update(evidence="Second")
    return first


def test_an_earlier_text_has_a_button_and_the_present_one_has_none(area, entry):
    first = write_twice(entry, area)
    page = client_of(area.editor).get(of_entry(entry)).content.decode()
    assert page.count("Bring this text back") == 1
    assert f'name="event" value="{first.pgh_id}"' in page


@pytest.mark.parametrize("who", ["reader"])
def test_who_may_not_bring_back_reads_why_and_sees_no_button(area, entry, who):
    write_twice(entry, area)
    said = read(getattr(area, who), of_entry(entry))
    assert "Your role in this partnership does not let you bring back an earlier text." in said
    assert "Bring this text back" not in said


def test_on_an_agreed_sheet_nothing_is_brought_back(area, draft):
    entry = entry_of(draft, 1)
    save_texts(entry, {"evidence": "First"}, by=area.editor)
    save_texts(entry, {"evidence": "Second"}, by=area.lead, started_from={"evidence": "First"})
    for number in (2, 3):
        save_texts(entry_of(draft, number), {"evidence": "Some"}, by=area.editor)
    agree(draft, by=area.coordinator)
    said = read(area.coordinator, of_entry(entry))
    assert "This sheet was agreed on 31 July 2018, so it cannot change." in said
    assert "Bring this text back" not in said


# --- Many of them -----------------------------------------------------------------------------


def test_300_changes_are_paged_and_ask_no_more_than_3(area, draft):
    entry = entry_of(draft, 1)
    action = make_action(draft, [1, 2])
    client = client_of(area.reader)
    paths = (of_entry(entry), of_action(action), of_assessment(draft))
    counts = {path: set() for path in paths}
    at = minutes_ago(60)  # what the database itself has written just now stays the newest
    for number in (3, 300):
        for each in range(number):
            at += timedelta(seconds=1)
            by = (area.editor, area.lead)[each % 2]
            make_event(entry, at=at, by=by, evidence=f"Evidence {number} {each}")
            make_event(action, at=at, by=by, what=f"What {number} {each}")
            make_event(draft, at=at, by=by, note=f"Note{number}x{each}")
        make_reference(entry, title=f"Paper {number}")
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as context:
                response = client.get(path)
            counts[path].add(len(context))
    assert {path: len(each) for path, each in counts.items()} == dict.fromkeys(paths, 1)
    page = response.content.decode()
    assert page.count('class="rpc-history__change"') == 25
    (older,) = re.findall(r'href="(\?older=[^"]+)"', page)
    second = client.get(paths[2] + older).content.decode()
    assert second.count('class="rpc-history__change"') == 25
    assert "Note300x299" in page
    assert "Note300x299" not in second
    assert "Newest" in second
    assert "Newest" not in page


@pytest.mark.parametrize("older", ["x", "1.2", "9999999999999999999999.1.1", "1.1.99999999999"])
def test_an_address_that_names_no_place_is_no_error(area, draft, older):
    path = f"{of_assessment(draft)}?older={older}"
    assert client_of(area.reader).get(path).status_code == 200
