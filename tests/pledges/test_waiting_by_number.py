"""What an action waits for is written as its number in the register."""

import uuid

import pytest
from django.urls import reverse

from pledges.models import Action
from tests.factories.actions import make_plan_action, make_plan_actions
from tests.factories.bad_input import STRANGE, shown
from tests.factories.people import client_of, make_area, make_organisation
from tests.pledges.test_action_forms import body_of, errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(area):
    return make_organisation(area.partnership, "Ours")


def add(area, ours, text):
    path = reverse("add_action", args=[area.partnership.slug])
    sent = {
        "organisation": ours.pk, "what": "New", "request_key": uuid.uuid4(), "blocked_by": text
    }  # fmt: skip
    return client_of(area.coordinator).post(path, sent)


def change_path(action):
    return reverse("change_action", args=[action.partnership.slug, action.number])


@pytest.mark.parametrize("text", ["2", " 2 ", "No. 2", "no 2", "#2", "2. Find the money", "002"])
def test_a_number_as_people_write_it(area, ours, text):
    make_plan_action(ours)
    money = make_plan_action(ours, what="Find the money")
    assert add(area, ours, text).status_code == 302
    assert Action.objects.get(what="New").blocked_by == money


def test_an_empty_box_waits_for_none(area, ours):
    assert add(area, ours, " ").status_code == 302
    assert Action.objects.get().blocked_by is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9", "There is no action 9 in the register."),
        ("0", "There is no action 0 in the register."),
        ("Find the money", "must be a number, like 12"),
        ("9" * 40, "must be a number, like 12"),
        ("-1", "must be a number, like 12"),
        ("٣", "must be a number, like 12"),
        ("1", "Action 1 is withdrawn, so nothing can wait for it."),
    ],
)
def test_what_is_not_there_is_a_sentence(area, ours, text, sentence):
    make_plan_action(ours, status="withdrawn")
    bury = make_area("bury", "Bury", "Bury")
    make_plan_actions(make_organisation(bury.partnership), 9)
    (error,) = errors(add(area, ours, text))
    assert sentence in error
    assert Action.objects.of(area.partnership).count() == 1


@pytest.mark.parametrize("text", STRANGE.values())
def test_odd_words_are_a_sentence(area, ours, text):
    assert add(area, ours, text).status_code in {200, 302}
    assert not Action.objects.exclude(blocked_by=None).exists()


def test_the_page_says_what_it_waits_for_and_keeps_it(area, ours):
    money = make_plan_action(ours, what="Find the money", status="withdrawn")
    action = make_plan_action(ours, blocked_by=money)
    client = client_of(area.coordinator)
    assert "Now: 1. Find the money." in shown(client.get(change_path(action)))
    body = body_of(client, change_path(action))
    assert body["blocked_by"] == ["1"]
    assert client.post(change_path(action), body).status_code == 302
    action.refresh_from_db()
    assert action.blocked_by == money
    assert client.post(change_path(action), body | {"blocked_by": ""}).status_code == 302
    action.refresh_from_db()
    assert action.blocked_by is None


def test_it_never_waits_for_itself_by_however_long_a_way(area, ours):
    action = make_plan_action(ours)
    make_plan_action(ours, blocked_by=make_plan_action(ours, blocked_by=action))
    client = client_of(area.coordinator)
    body = body_of(client, change_path(action))
    for number, sentence in (("1", "cannot wait for itself"), ("3", "waits for this one")):
        (error,) = errors(client.post(change_path(action), body | {"blocked_by": number}))
        assert sentence in error


def test_the_page_is_as_long_for_many_actions_as_for_few(area, ours):
    action = make_plan_action(ours)
    client = client_of(area.coordinator)
    before = len(client.get(change_path(action)).content)
    make_plan_actions(ours, 300)
    assert len(client.get(change_path(action)).content) == before
