"""Who sees a reflection: its writer, and their team once they share it. Nobody else."""

import json

import pytest
from django.contrib import admin
from django.test import Client

from partnerships.activity import KINDS, Asked, every_line
from partnerships.anonymising import anonymise
from partnerships.holdings import as_json
from practice.models import Reflection, ReflectionAnswer
from tests.factories.people import (
    client_of,
    make_area,
    make_member,
    make_organisation,
)
from tests.factories.practice import make_question_set
from tests.factories.reflections import make_reflection

SECRET = "I lose patience on Fridays"
HERE = "/partnerships/rochdale/practice/reflections/"


@pytest.fixture
def team(area):
    return make_organisation(area.partnership, "Riverside")


@pytest.fixture
def writer(area, team):
    return make_member(area.partnership, "editor", name="Wren Ackerley", organisation=team)


@pytest.fixture
def colleague(area, team):
    return make_member(area.partnership, "lead", name="Ada Marsh", organisation=team)


@pytest.fixture
def secret(area, writer):
    return make_reflection(make_question_set(area.partnership), writer, words=SECRET)


def opens(user, reflection):
    """The statuses of every way to a reflection; what comes back never holds its words."""
    client = client_of(user)
    answers = [
        client.get(f"{HERE}{reflection.pk}/"),
        client.get(f"{HERE}{reflection.pk}/change/"),
        client.post(f"{HERE}{reflection.pk}/change/", {"q1": "Mine now"}),
        client.post(f"{HERE}{reflection.pk}/share/", {"organisation": ""}),
        client.get(f"{HERE}{reflection.pk}/remove/"),
    ]
    assert SECRET not in client.get(HERE).content.decode()
    return [each.status_code for each in answers]


def test_nobody_but_the_writer_opens_what_is_private(area, secret, writer, colleague):
    assert client_of(writer).get(secret.get_absolute_url()).status_code == 200
    elsewhere = make_area("bury", "Bury", "Bury")
    for user in (
        colleague,
        area.coordinator,
        area.facilitator,
        area.lead,
        area.reader,
        elsewhere.coordinator,
    ):
        assert opens(user, secret) == [404] * 5
    removed = client_of(colleague).post(f"{HERE}{secret.pk}/remove/")
    assert (removed.status_code, Reflection.objects.count()) == (302, 1)
    stranger = Client().get(secret.get_absolute_url())
    assert (stranger.status_code, SECRET in stranger.content.decode()) == (302, False)


def test_a_team_reads_what_is_shared_and_changes_nothing(area, secret, writer, colleague, team):
    client_of(writer).post(f"{HERE}{secret.pk}/share/", {"organisation": team.pk})
    page = client_of(colleague).get(secret.get_absolute_url())
    assert SECRET in page.content.decode()
    for path in ("change", "remove"):
        assert client_of(colleague).get(f"{HERE}{secret.pk}/{path}/").status_code == 403
    refused = client_of(colleague).post(f"{HERE}{secret.pk}/share/", {"organisation": ""})
    assert refused.status_code == 403
    assert client_of(colleague).post(f"{HERE}{secret.pk}/remove/").status_code == 403
    assert opens(area.coordinator, secret) == [404] * 5

    client_of(writer).post(f"{HERE}{secret.pk}/share/", {"organisation": ""})
    assert opens(colleague, secret) == [404] * 5


def test_who_has_left_sees_none_and_what_they_shared_is_seen_by_none(
    area, secret, writer, colleague, team
):
    client_of(writer).post(f"{HERE}{secret.pk}/share/", {"organisation": team.pk})
    members = area.partnership.memberships
    members.get(user=writer).delete()
    assert not Reflection.objects.visible_to(writer).exists()
    assert opens(writer, secret) == [404] * 5
    assert opens(colleague, secret) == [404] * 5
    own = json.loads(as_json(writer))["parts"]["Reflections that you wrote"]
    assert SECRET in own[0]["Your answers"]


def test_what_a_team_answered_stays_the_teams(area, writer, colleague, team):
    together = make_reflection(
        make_question_set(area.partnership), writer, organisation=team, is_of_team=True
    )
    area.partnership.memberships.get(user=writer).delete()
    assert client_of(colleague).get(together.get_absolute_url()).status_code == 200
    assert client_of(area.coordinator).get(together.get_absolute_url()).status_code == 404


def test_the_activity_the_admin_and_other_peoples_data_hold_none_of_it(area, secret, writer):
    assert not {Reflection, ReflectionAnswer} & set(admin.site._registry)
    told = {kind.events.pgh_tracked_model for kind in KINDS}
    assert not {Reflection, ReflectionAnswer} & told
    lines = every_line(area.partnership, Asked())
    assert not [each for each in lines if "Wren" in each.who and "reflect" in each.words]
    coordinator = client_of(area.coordinator)
    for path in ("activity/", "people/"):
        assert SECRET not in coordinator.get(f"/partnerships/rochdale/{path}").content.decode()
    assert SECRET not in as_json(area.coordinator)


def test_the_log_tells_the_name_of_the_page_and_nothing_of_it(area, writer, caplog):
    questions = make_question_set(area.partnership)
    path = f"/partnerships/rochdale/practice/questions/{questions.pk}/answer/"
    with caplog.at_level("DEBUG", logger="rpcportal"):
        client_of(writer).post(
            path, {"q1": SECRET, "request_key": "00000000-0000-4000-8000-000000000001"}
        )
        client_of(writer).post(path, {"q1": SECRET, "q2": "11"})
    assert SECRET not in caplog.text


def test_who_is_forgotten_takes_along_what_is_theirs_alone(area, secret, writer, team):
    questions = make_question_set(area.partnership)
    shared = make_reflection(questions, writer, organisation=team)
    together = make_reflection(questions, writer, organisation=team, is_of_team=True)
    others = make_reflection(questions, area.reader)
    anonymise(user=writer)
    assert list(Reflection.objects.order_by("pk")) == [together, others]
    assert shared.pk not in {each.reflection_id for each in ReflectionAnswer.objects.all()}
