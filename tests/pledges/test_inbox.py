"""Priority actions of agreed sheets: they wait until taken on, or answered."""

import uuid

import pytest

from planning.actions import reopen_sheet
from pledges import inbox
from pledges.actions import add_action, answer_no_action
from pledges.models import Action, Answer
from tests.factories.assessments import agree, make_action, make_full
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

HERE = "/partnerships/rochdale/actions/waiting/"


@pytest.fixture
def area():
    area = make_area()
    homes = make_organisation(area.partnership)
    for person in (area.lead, area.editor):
        person.memberships.get().organisations.add(homes)
    return area


def homes_of(area):
    return area.partnership.organisations.get()


@pytest.fixture
def sheet(area):
    """An agreed sheet; its own actions are answered, so that only what a test adds waits."""
    return make_sheet(area)


def make_sheet(area, **words):
    draft = make_full(area.partnership, load_rpc_2018())
    draft.priority_actions.all().delete()
    words = {"what": "Train housing officers", "measure": "Twelve trained"} | words
    make_action(draft, [1, 4], **words)
    agree(draft, by=area.coordinator)
    return draft


def form_of(area, pk, **more):
    page = client_of(area.editor).get(f"{HERE}{pk}/take-on/")
    form = page.context["form"]
    body = {
        "organisation": homes_of(area).pk,
        "request_key": form["request_key"].value(),
        "what": form["what"].value(),
        "measure": form["measure"].value(),
        "domains": form["domains"].value(),
    }
    return body | more


def test_what_was_agreed_waits_and_a_draft_does_not(area, sheet):
    draft = make_full(area.partnership, load_rpc_2018())
    make_action(draft, [1], what="Only a draft")
    page = shown(client_of(area.reader).get(HERE))
    assert "Train housing officers" in page
    assert "Only a draft" not in page
    refused = client_of(area.editor).get(f"{HERE}{draft.priority_actions.first().pk}/take-on/")
    assert refused.status_code == 404


def test_taken_on_it_is_a_line_of_the_plan_that_keeps_the_link(area, sheet):
    (waiting,) = inbox.waiting(area.partnership)
    answer = client_of(area.editor).post(f"{HERE}{waiting.pk}/take-on/", form_of(area, waiting.pk))
    action = Action.objects.get()
    assert answer.url == action.get_absolute_url()
    assert (action.what, action.measure) == ("Train housing officers", "Twelve trained")
    assert sorted(action.domains.values_list("number", flat=True)) == [1, 4]
    assert action.priority_action == waiting
    assert not inbox.waiting(area.partnership).exists()
    page = shown(client_of(area.reader).get(answer.url))
    assert "the recording sheet of" in page


def test_taken_on_by_one_organisation_twice_it_is_one(area, sheet):
    (waiting,) = inbox.waiting(area.partnership)
    for _ in range(2):
        body = form_of(area, waiting.pk)
        client_of(area.editor).post(f"{HERE}{waiting.pk}/take-on/", body)
    assert Action.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_take_it_on_once():
    area = make_area()
    make_organisation(area.partnership)
    make_sheet(area)
    (waiting,) = inbox.waiting(area.partnership)
    takes = [
        lambda: add_action(
            organisation=homes_of(area), by=area.coordinator, what="x", priority_action=waiting
        )
    ] * 6
    assert len({action.pk for action in at_once(*takes)}) == 1


def test_an_owner_who_is_known_by_name_is_proposed(area):
    sheet = make_sheet(area, owner=area.lead.name.upper())
    words = inbox.first_words(sheet.priority_actions.get(), area.partnership)
    assert words["owner"] == area.lead.pk
    assert "owner_words" not in words


def test_another_owner_stays_as_words(area):
    sheet = make_sheet(area, owner="Head of housing")
    words = inbox.first_words(sheet.priority_actions.get(), area.partnership)
    assert words["owner_words"] == "Head of housing"
    assert "owner" not in words


def test_no_action_because(area, sheet):
    (waiting,) = inbox.waiting(area.partnership)
    client = client_of(area.facilitator)
    empty = client.post(f"{HERE}{waiting.pk}/no-action/", {"because": " "})
    assert "Enter why nobody takes it on" in shown(empty)
    client.post(f"{HERE}{waiting.pk}/no-action/", {"because": "The council does it anyway."})
    assert Answer.objects.get().because == "The council does it anyway."
    assert not inbox.waiting(area.partnership).exists()
    assert "The council does it anyway." in shown(client.get(HERE))


def test_answered_after_it_was_taken_on_is_refused(area, sheet):
    (waiting,) = inbox.waiting(area.partnership)
    add_action(organisation=homes_of(area), by=area.editor, what="x", priority_action=waiting)
    refused = client_of(area.coordinator).post(
        f"{HERE}{waiting.pk}/no-action/", {"because": "Nobody can"}
    )
    assert refused.status_code == 403
    assert "has taken this priority action on meanwhile" in shown(refused)
    assert not Answer.objects.exists()


def test_a_sheet_agreed_anew_brings_nothing_back(area):
    sheet = make_sheet(area)
    make_another = sheet.priority_actions.get()
    add_action(organisation=homes_of(area), by=area.editor, what="x", priority_action=make_another)
    again = reopen_sheet(assessment=sheet, reason="A wrong level", by=area.coordinator)
    make_action(again, [2], what="A new one")
    agree(again, by=area.coordinator)
    assert [each.what for each in inbox.waiting(area.partnership)] == ["A new one"]


def test_the_same_key_elsewhere_answers_nothing_here(area):
    key = uuid.uuid4()
    make_sheet(area, key=key)
    bolton = make_area("bolton", "Bolton", "Bolton")
    theirs = make_sheet(bolton, key=key).priority_actions.get()
    answer_no_action(
        priority_action=theirs, partnership=bolton.partnership, because="-", by=bolton.coordinator
    )
    assert inbox.waiting(area.partnership).count() == 1


@pytest.mark.parametrize("role", ["lead", "editor", "reader"])
def test_only_who_writes_for_everybody_answers(area, sheet, role):
    (waiting,) = inbox.waiting(area.partnership)
    client = client_of(getattr(area, role))
    for answer in (
        client.get(f"{HERE}{waiting.pk}/no-action/"),
        client.post(f"{HERE}{waiting.pk}/no-action/", {"because": "x"}),
    ):
        assert answer.status_code == 403
        assert "A coordinator or facilitator can." in shown(answer)


def test_a_reader_and_someone_of_no_organisation_take_nothing_on(area, sheet):
    (waiting,) = inbox.waiting(area.partnership)
    assert client_of(area.reader).get(f"{HERE}{waiting.pk}/take-on/").status_code == 403
    area.editor.memberships.get().organisations.clear()
    refused = client_of(area.editor).get(f"{HERE}{waiting.pk}/take-on/")
    assert refused.status_code == 403
    assert "You do not belong to an organisation" in shown(refused)


def test_home_says_that_some_wait_to_those_who_can_take_them_on(area, sheet):
    assert "1 priority action waits" in shown(client_of(area.editor).get("/partnerships/rochdale/"))
    assert "priority action waits" not in shown(
        client_of(area.reader).get("/partnerships/rochdale/")
    )


def test_the_list_costs_as_much_for_one_as_for_many(area, django_assert_num_queries):
    make_sheet(area)
    counts = []
    for _ in range(2):
        client = client_of(area.coordinator)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(HERE)
        counts.append(len(seen))
        for _ in range(3):
            make_sheet(area)
    assert counts[0] == counts[1]


def test_a_page_that_made_something_else_is_told_so(area, sheet):
    """The key of another page: an error on the form, with everything in it, and no fault."""
    (waiting,) = inbox.waiting(area.partnership)
    body = form_of(area, waiting.pk)
    other = make_organisation(area.partnership, "School")
    add_action(organisation=other, by=area.coordinator, what="x", request_key=body["request_key"])
    answer = client_of(area.editor).post(f"{HERE}{waiting.pk}/take-on/", body)
    assert answer.status_code == 200
    assert "This page was sent before, for something else." in shown(answer)
    assert Action.objects.count() == 1
