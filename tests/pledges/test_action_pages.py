"""The page of an action, and who may open the pages that change it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.actions import (
    make_milestone,
    make_plan_action,
    make_plan_actions,
    make_update,
)
from tests.factories.bad_input import shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db

WRITING = ("tell", "change_action", "add_milestone")


def path(action, page="action"):
    return reverse(page, args=[action.partnership.slug, action.number])


def test_the_story_says_who_changed_what_and_why(area, ours):
    action = make_plan_action(ours, due_on=date(2026, 5, 1))
    make_update(
        action,
        by=area.lead,
        text="The trainer is ill.",
        status="in_progress",
        rating="amber",
        due_on=date(2026, 6, 1),
        due_reason="A new trainer",
    )
    page = shown(client_of(area.reader).get(path(action)))
    for words in (
        "The trainer is ill.",
        "Status: not started → in progress",
        "Rating: Amber: at risk",
        "Due: 1 May 2026 → 1 June 2026",
        "Why the day was moved: A new trainer",
        "What the words and colours mean",
        str(area.lead),
    ):
        assert words in page


def test_a_closed_action_says_what_became_of_it(area, ours):
    done, dropped = make_plan_action(ours), make_plan_action(ours)
    make_update(done, by=area.lead, status="complete", difference="Calmer", where_seen="Survey")
    make_update(dropped, by=area.lead, status="withdrawn", text="No money")
    page = shown(client_of(area.reader).get(path(done)))
    assert "What difference it made" in page
    assert "Calmer" in page
    assert "Survey" in page
    assert "Withdrawn because" in shown(client_of(area.reader).get(path(dropped)))


@pytest.mark.parametrize("page", WRITING)
def test_a_lead_of_another_organisation_is_told_whose_action_it_is(area, ours, page):
    theirs = make_plan_action(make_organisation(area.partnership, "Theirs"))
    sentence = (
        "You can write the action plan of your own organisation, and this action belongs to "
        "Theirs. A coordinator or facilitator can write it too."
    )
    client = client_of(area.lead)
    for answer in (client.get(path(theirs, page)), client.post(path(theirs, page), {})):
        assert answer.status_code == 403
        assert sentence in shown(answer)
    assert sentence in shown(client.get(path(theirs)))


@pytest.mark.parametrize("page", WRITING)
def test_a_reader_is_refused_and_a_stranger_finds_nothing(area, ours, page):
    action = make_plan_action(ours)
    reader = client_of(area.reader).get(path(action, page))
    assert reader.status_code == 403
    assert "write the action plan of your own organisation" in shown(reader)
    stranger = client_of(make_area("bury", "Bury", "Bury").coordinator)
    for name in (page, "action"):
        assert stranger.get(path(action, name)).status_code == 404


def test_who_belongs_to_no_organisation_is_told_who_can_help(area, ours):
    response = client_of(area.partner).get(reverse("add_action", args=[area.partnership.slug]))
    assert response.status_code == 403
    assert "A coordinator can say which one is yours." in shown(response)


def test_where_no_organisation_is_yet_the_coordinator_is_sent_to_add_one(area):
    response = client_of(area.coordinator).get(reverse("add_action", args=[area.partnership.slug]))
    assert response.status_code == 403
    assert "There is no organisation yet." in shown(response)


def test_a_step_is_ticked_and_nothing_else_is_taken_for_an_answer(area, ours):
    step = make_milestone(make_plan_action(ours))
    where = reverse("tick_milestone", args=[area.partnership.slug, step.action.number, step.pk])
    client = client_of(area.lead)
    assert client.post(where, {"done": "perhaps"}).status_code == 404
    assert client.post(where, {"done": "yes"}).status_code == 302
    step.refresh_from_db()
    assert step.done_on is not None
    other = make_plan_action(ours)
    strayed = reverse("tick_milestone", args=[area.partnership.slug, other.number, step.pk])
    assert client.post(strayed, {"done": "no"}).status_code == 404


def test_the_page_takes_the_same_queries_however_long_the_story_is(area, ours):
    domains = list(make_small_framework().domains.all())
    action = make_plan_action(ours, blocked_by=make_plan_action(ours), deputies=[area.lead])

    def lengthen(times):
        for number in range(times):
            make_update(action, by=area.coordinator, text=f"News {number}")
            make_milestone(action, what=f"Step {number}")

    lengthen(1)
    action.domains.set(domains[:1])
    client = client_of(area.lead)
    client.get(path(action))
    before = _queries(client, path(action))
    lengthen(10)
    action.domains.set(domains)
    action.deputies.set([area.lead, area.partner, area.facilitator])
    make_plan_actions(ours, 298)
    assert _queries(client, path(action)) == before


def test_the_forms_take_the_same_queries_for_three_and_three_hundred_actions(area, ours):
    action = make_plan_action(ours)
    make_plan_actions(ours, 2)
    client = client_of(area.lead)
    paths = [path(action, name) for name in WRITING]
    paths.append(reverse("add_action", args=[area.partnership.slug]))
    for each in paths:
        client.get(each)
    before = [_queries(client, each) for each in paths]
    make_plan_actions(ours, 297)
    assert [_queries(client, each) for each in paths] == before


def _queries(client, where):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)
