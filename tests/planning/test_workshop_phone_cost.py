"""A room votes in the same seconds: what a vote may cost (docs/decisions/0017-polling.md)."""

import re

import pytest

from planning import balloting
from planning.models import Vote
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.joining import phone_at

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
# The phone with its workshop; of the vote: a savepoint, the ballot, the row, the row held, and
# the savepoint's end.
QUERIES = 6


@pytest.fixture
def ballot(workshop):
    entry = entry_of(workshop.assessment, 1)
    return balloting.open_ballot(workshop=workshop, entry=entry, by=workshop.created_by)


def vote(client, workshop, ballot, level, revision="0"):
    path = f"/workshops/{workshop.occasion_id}/votes/{ballot.pk}/"
    said = {"level": level, "reason": "", "revision": revision}
    return client.post(path, said, headers=HTMX)


def test_the_second_vote_of_a_room_makes_nothing_anew(workshop, ballot, django_assert_num_queries):
    phones = [phone_at(workshop.occasion, {"sector": "police"}) for _ in range(3)]
    vote(phones[0], workshop, ballot, "2")
    for client, level in zip(phones[1:], ("3", "none"), strict=True):
        with django_assert_num_queries(QUERIES):
            response = vote(client, workshop, ballot, level)
        assert f'data-level="{level}"' in response.content.decode()
    assert Vote.objects.filter(ballot=ballot).count() == 3


def test_a_vote_that_comes_while_another_is_closed_does_not_change_what_others_get(
    workshop, ballot, monkeypatch
):
    """The step that phones share is never written on by one phone's late vote."""
    one, other = (phone_at(workshop.occasion, {"sector": "police"}) for _ in range(2))
    vote(one, workshop, ballot, "2")
    keep = balloting.cast_vote

    def close_first(**said):
        balloting.reveal(ballot=ballot, by=workshop.created_by)
        return keep(**said)

    monkeypatch.setattr(balloting, "cast_vote", close_first)
    late = vote(other, workshop, ballot, "3")
    assert "This was not sent in time" in shown(late)
    assert not re.search(r'id="late"[^>]*hidden', late.content.decode())
    assert not Vote.objects.exists()
    ballot.refresh_from_db()
    assert ballot.voters == 1
