"""Somebody who is signed in on the phone they vote with stands in no statement beside it.

A database may write its statements into a log; the one that keeps a vote must not say whose it is.
"""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships import joining
from partnerships.models import Participant
from planning import balloting, dots
from planning.models import DotVote, PaperScore, TableEntry, Vote
from tests.factories.assessments import entry_of
from tests.factories.people import client_of
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def come_in(client, workshop):
    said = {"request_key": uuid.uuid4(), "sector": "police"}
    assert client.post(joining.join_path(workshop.occasion), said).status_code == 302


def statements(deed):
    """What was written while ``deed`` was done."""
    with CaptureQueriesContext(connection) as asked:
        deed()
    return [each["sql"] for each in asked if "pghistory.context_metadata" in each["sql"]]


def naming(found, user):
    return [each for each in found if f'"user": {user.pk}' in each]


def test_this_test_sees_a_name(area, workshop, client):
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/parking/"
    said = {"text": "Later", "request_key": uuid.uuid4()}
    assert naming(statements(lambda: client.post(path, said)), area.facilitator)


def test_to_come_in_names_nobody(area, workshop, client):
    found = statements(lambda: come_in(client, workshop))
    assert any("partnerships_participant" in each for each in found)
    assert naming(found, area.facilitator) == []


def test_a_vote_names_nobody(area, workshop, client):
    come_in(client, workshop)
    entry = entry_of(workshop.assessment, 1)
    ballot = balloting.open_ballot(workshop=workshop, entry=entry, by=area.coordinator)
    path = f"/workshops/{workshop.occasion_id}/votes/{ballot.pk}/"
    found = statements(lambda: client.post(path, {"level": "2", "reason": "", "revision": "0"}))
    assert Vote.objects.count() == 1
    assert naming(found, area.facilitator) == []


def test_dots_name_nobody(area, workshop, client):
    come_in(client, workshop)
    entry = entry_of(workshop.assessment, 1)
    dot_round = dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=3,
        items=[dots.Item(text, entry=entry) for text in ("One", "Two")],
        number=1,
        by=area.coordinator,
    )
    said = {f"item-{dot_round.items.first().pk}": "2", "revision": "0"}
    path = f"/workshops/{workshop.occasion_id}/dots/{dot_round.pk}/"
    found = statements(lambda: client.post(path, said))
    assert DotVote.objects.count() == 1
    assert naming(found, area.facilitator) == []


def test_what_a_table_writes_names_nobody(area, workshop, client):
    come_in(client, workshop)
    workshop.tables.create(number=1)
    path = f"/workshops/{workshop.occasion_id}/tables/1/1/"
    found = statements(lambda: client.post(path, {"level": "2", "evidence": "A forum"}))
    assert TableEntry.objects.count() == 1
    assert naming(found, area.facilitator) == []


def test_what_is_scored_beforehand_names_nobody(area, draft, client):
    closes_at = timezone.now() + timedelta(hours=1)
    workshop = make_workshop(draft, area.coordinator, is_open=False, prework_closes_at=closes_at)

    def score():
        said = {"request_key": uuid.uuid4(), "sector": "health"}
        paper = client.post(f"/prework/{workshop.prework_key}/", said).url
        client.post(f"{paper}1/", {"level": "2", "revision": "0"})

    found = statements(score)
    assert PaperScore.objects.count() == 1
    assert not Participant.objects.exists()
    assert naming(found, area.facilitator) == []
