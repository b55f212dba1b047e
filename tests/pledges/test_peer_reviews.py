"""Peer reviews: who reviews whom, what came of it, and what the history keeps."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from pledges import outreach, peer_reviews
from pledges.models import Action, PeerReview, ReviewAction
from tests.factories.actions import make_plan_action
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.outreach import make_review
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db


def path(area, name, *more):
    return reverse(name, args=[area.partnership.slug, *more])


def sent(**more):
    return {
        "reviewer_words": "Bury",
        "subject_words": "All of us",
        "held_on-day": "1",
        "held_on-month": "3",
        "held_on-year": "2027",
        "request_key": str(uuid.uuid4()),
    } | more


def test_a_review_is_planned_written_and_told(area, ours):
    client = client_of(area.editor)
    body = sent(reviewer=ours.pk, reviewer_words="", findings="<b>Slow</b>")
    for _ in range(2):
        assert client.post(path(area, "add_peer_review"), body).status_code == 302
    review = PeerReview.objects.get()
    page = client.get(path(area, "peer_review", review.pk)).content.decode()
    assert "planned for 1 March 2027" in page
    assert "&lt;b&gt;Slow&lt;/b&gt;" in page
    assert "Planned" in shown(client.get(path(area, "peer_reviews")))
    history = shown(client.get(path(area, "peer_review_history", review.pk)))
    assert "Findings" in history


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"subject_words": ""}, "Say whose work was looked at"),
        ({"reviewer_words": ""}, "Say who looked"),
        ({"reviewer": "ours"}, "Choose an organisation or write a name, not both"),
        ({"reviewer": "ours", "reviewer_words": "", "subject": "ours", "subject_words": ""},
         "An organisation cannot review itself"),
        ({"findings": "Zehn " * (TEN_MEGABYTES // 5)}, "the most it can hold is 10,000"),
        ({"held_on-day": "31", "held_on-month": "2"}, "must be a real date"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_a_sentence(area, ours, words, sentence):
    words = {name: ours.pk if value == "ours" else value for name, value in words.items()}
    response = client_of(area.editor).post(path(area, "add_peer_review"), sent(**words))
    assert sentence in shown(response)
    assert not PeerReview.objects.exists()


def test_who_wrote_meanwhile_is_heard(area):
    review = make_review(area.partnership, findings="Mine")
    client, address = client_of(area.editor), path(area, "change_peer_review", review.pk)
    seen = html.fromstring(client.get(address).content.decode()).xpath("//input[@name='seen']")
    PeerReview.objects.filter(pk=review.pk).update(findings="Theirs")
    body = sent(findings="Later", seen=seen[0].get("value"))
    response = client.post(address, body)
    assert "Someone else has changed this peer review meanwhile" in shown(response)
    assert "“Theirs”" in shown(response)
    assert PeerReview.objects.get().findings == "Theirs"


# --- What came of it --------------------------------------------------------------------------


def test_actions_of_the_register_are_linked_by_number(area, ours):
    review = make_review(area.partnership)
    first, second = make_plan_action(ours), make_plan_action(ours)
    address = path(area, "add_review_action", review.pk)
    body = {"numbers": f"{first.number}, #{second.number}", "request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client_of(area.lead).post(address, body).status_code == 302
    assert list(review.actions.order_by("number")) == [first, second]
    (found,) = outreach.reviews_of(area.partnership, date(2026, 3, 1), date(2026, 3, 1))
    assert [each.number for each in found.actions.all()] == [first.number, second.number]
    untie = path(area, "untie_review_action", review.pk, first.number)
    for _ in range(2):
        client_of(area.lead).post(untie)
    assert list(review.actions.all()) == [second]
    assert Action.objects.filter(pk=first.pk).exists()


def test_a_new_action_is_written_into_a_plan_once(area, ours):
    review = make_review(area.partnership)
    body = {"organisation": ours.pk, "what": "Ask later", "request_key": str(uuid.uuid4())}
    for _ in range(2):
        client_of(area.lead).post(path(area, "add_review_action", review.pk), body)
    assert Action.objects.get().what == "Ask later"
    assert ReviewAction.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Enter the number of an action, or write a new action below"),
        ({"numbers": "99"}, "There is no action 99 in the register"),
        ({"numbers": "three"}, "“three” is not the number of an action"),
        ({"numbers": "99999999999999999999"}, "is not the number of an action"),
        ({"what": "Ask later"}, "Choose the organisation whose plan the action is in"),
    ],
)
def test_what_is_no_action_is_told(area, ours, body, sentence):
    review = make_review(area.partnership)
    body = {"request_key": str(uuid.uuid4())} | body
    response = client_of(area.lead).post(path(area, "add_review_action", review.pk), body)
    assert sentence in shown(response)
    assert not Action.objects.exists()


def test_an_action_of_another_partnership_has_no_number_here(area, ours):
    other = make_area("bury", "Bury Together", "Bury")
    make_plan_action(make_organisation(other.partnership), number=7)
    review = make_review(area.partnership)
    body = {"numbers": "7", "request_key": str(uuid.uuid4())}
    response = client_of(area.coordinator).post(path(area, "add_review_action", review.pk), body)
    assert "There is no action 7" in shown(response)


def test_a_review_that_is_removed_leaves_its_actions(area, ours):
    action = make_plan_action(ours)
    review = make_review(area.partnership, actions=[action])
    peer_reviews.remove_review(review=review, by=area.editor)
    peer_reviews.remove_review(review=review, by=area.editor)
    assert Action.objects.filter(pk=action.pk).exists()
    with pytest.raises(ValidationError, match="removed this meanwhile"):
        peer_reviews.change_review(review=review, by=area.editor, findings="x")


def test_lists_take_as_many_queries_for_3_as_for_60(area, ours):
    client = client_of(area.coordinator)
    review = make_review(area.partnership)
    numbers = []
    for first, last in ((0, 3), (3, 60)):
        for _ in range(first, last):
            action = make_plan_action(ours)
            make_review(area.partnership, reviewer=ours, actions=[action])
            ReviewAction.objects.create(review=review, action=action)
        for address in (path(area, "peer_reviews"), path(area, "peer_review", review.pk)):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            numbers.append(len(queries))
    assert numbers[:2] == numbers[2:]
