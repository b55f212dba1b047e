"""A vote that nobody closed is counted after a day, so that it is nobody's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships import daily
from planning.models import Ballot, DotItem, DotRound, DotVote, Tally, Vote, Workshop
from planning.workshop_forgetting import LEFT_OPEN, count_forgotten_votes
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_ballot, make_phones, make_workshop, vote_of

pytestmark = pytest.mark.django_db

JOB = "votes left open"
LATER = LEFT_OPEN + timedelta(minutes=1)


def voted(workshop, **values):
    ballot = make_ballot(workshop, **values)
    for phone in make_phones(workshop, 5):
        vote_of(ballot, phone)
    return ballot


def test_it_is_done_every_day():
    assert daily.JOBS[JOB] is count_forgotten_votes


def test_a_vote_of_more_than_a_day_is_counted_and_of_nobody(workshop):
    ballot = voted(workshop)
    daily.JOBS[JOB](timezone.now() + LATER)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.voters, ballot.present) == ("revealed", 5, 5)
    assert ballot.closed_by is None
    assert Tally.objects.get().votes == 5
    assert not Vote.objects.exists()
    assert Workshop.objects.get().version == 1


def test_a_vote_of_today_stays(workshop):
    voted(workshop)
    daily.JOBS[JOB](timezone.now() + LEFT_OPEN - timedelta(minutes=1))
    assert Ballot.objects.get().is_open
    assert Vote.objects.count() == 5


def test_twice_is_once_and_what_is_closed_stands(workshop):
    voted(workshop)
    for _ in range(2):
        daily.JOBS[JOB](timezone.now() + LATER)
    assert Tally.objects.get().votes == 5
    assert Workshop.objects.get().version == 1


def test_what_people_score_beforehand_has_a_time_of_its_own(workshop):
    make_ballot(workshop, round=0)
    daily.JOBS[JOB](timezone.now() + LATER)
    assert Ballot.objects.get().is_open


def test_dots_are_counted_too(workshop):
    dot_round = DotRound.objects.create(
        workshop=workshop, about="gaps", opened_by=workshop.created_by
    )
    entry = entry_of(workshop.assessment, 1)
    item = DotItem.objects.create(dot_round=dot_round, position=1, text="A gap", entry=entry)
    for phone in make_phones(workshop, 5):
        DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk, item.pk])
    daily.JOBS[JOB](timezone.now() + LATER)
    dot_round.refresh_from_db()
    assert (dot_round.state, dot_round.voters) == ("revealed", 5)
    assert DotItem.objects.get().dots == 10
    assert not DotVote.objects.exists()


def test_many_forgotten_ones_are_counted_one_by_one(workshop):
    voted(workshop)
    voted(make_workshop(workshop.assessment, workshop.created_by))
    daily.JOBS[JOB](timezone.now() + LATER)
    assert not Ballot.objects.open().exists()
    assert not Vote.objects.exists()
