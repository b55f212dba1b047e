"""What the activity tells of votes and of the parking list."""

import uuid

import pytest

from planning import balloting, parking
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_phones, vote_of
from tests.partnerships.telling import told

pytestmark = pytest.mark.django_db


def test_votes_are_told_by_their_number_and_of_nobody(area, workshop):
    entry, by = entry_of(workshop.assessment, 1), area.coordinator
    name, phones = entry.domain.name, make_phones(workshop, 6)

    def vote():
        ballot = balloting.open_ballot(workshop=workshop, entry=entry, by=by)
        for phone in phones:
            vote_of(ballot, phone, "2", "What I think")
        return ballot

    first = told(area, lambda: balloting.reveal(ballot=vote(), by=by))
    assert f"opened the vote on {name} at the workshop “Workshop”" in first
    assert f"revealed the vote on {name} at the workshop “Workshop”: 6 voted" in first
    second = told(area, lambda: balloting.call_off(ballot=vote(), by=by))
    assert f"called off the vote on {name}, round 2, at the workshop “Workshop”" in second
    assert not any("What I think" in words for words in first | second)


def test_the_parking_list_is_told(area, workshop):
    by = area.coordinator
    ask = {"workshop": workshop, "entry": None, "request_key": uuid.uuid4(), "by": by}
    assert told(area, lambda: parking.park(text="Money", **ask)) == {
        "parked “Money” at the workshop “Workshop”"
    }
    point = workshop.parked_points.get()
    assert told(area, lambda: parking.settle(point=point, outcome="Done", by=by)) == {
        "settled “Money” of the workshop “Workshop”"
    }
    assert told(area, lambda: parking.bring_back(point=point, by=by)) == {
        "put “Money” back on the parking list of the workshop “Workshop”"
    }
