"""The demo's workshops."""

from datetime import date

import pytest
from django.utils import timezone

from partnerships.models import Partnership
from planning.models import Ballot, DotItem, Invitee, Remark, Tally, Vote, Workshop
from planning.spreads import FEWEST
from rpcportal import demo
from rpcportal.demo import workshop
from tests.factories.frameworks import load_rpc_2018

pytestmark = pytest.mark.django_db


def test_one_is_planned_and_one_is_finished(monkeypatch):
    load_rpc_2018()
    monkeypatch.setattr(demo, "PARTS", (workshop,))
    assert demo.load()
    partnership = Partnership.objects.get()
    finished, planned = Workshop.objects.of(partnership).order_by("held_on")
    assert finished.closed_at
    assert (finished.held_on, finished.assessment.status) == (date(2018, 1, 17), "agreed")
    assert planned.closed_at is None
    assert planned.prework_counted_at < timezone.now()
    assert planned.agenda.count() == finished.agenda.count() == 14
    assert planned.invitees.count() == 11
    assert not Vote.objects.exists()
    assert not Ballot.objects.filter(state="open").exists()
    assert set(planned.ballots.values_list("round", flat=True)) == {0}
    rounds = finished.ballots.filter(entry__domain__number=1).values_list("round", "voters")
    assert sorted(rounds) == [(1, 24), (2, 24)]
    rating = finished.ballots.ratings().get()
    assert rating.tallies.filter(sector="").count() == 3
    dots = finished.dot_rounds.get()
    assert sum(item.dots for item in DotItem.objects.all()) == dots.voters * dots.dots
    assert sum(each.people for each in finished.attendances.all()) == 24
    assert finished.parked_points.filter(settled_at=None).count() == 1
    assert Remark.objects.count() > 20
    assert Invitee.objects.filter(organisation=None).count() == 1


def test_no_sector_of_the_demo_is_told_apart_that_is_too_small(monkeypatch):
    load_rpc_2018()
    monkeypatch.setattr(demo, "PARTS", (workshop,))
    demo.load()
    for ballot in Ballot.objects.all():
        sectors = {}
        for tally in Tally.objects.filter(ballot=ballot).exclude(sector=""):
            sectors[tally.sector] = sectors.get(tally.sector, 0) + tally.votes
        assert all(votes >= FEWEST for votes in sectors.values())
