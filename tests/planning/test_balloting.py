"""Secret ballots: one vote of each phone, counted once, of nobody."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from planning import balloting
from planning.models import Ballot, Remark, Tally, Vote
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_ballot, make_phones

pytestmark = pytest.mark.django_db


def cast(ballot, participant, level="2", reason="", revision=0):
    level = None if level is None else Decimal(level)
    return balloting.cast_vote(
        ballot=ballot, participant=participant, level=level, reason=reason, revision=revision
    )


def test_what_is_revealed_is_counted_and_of_nobody(workshop):
    ballot = balloting.open_ballot(
        workshop=workshop, entry=entry_of(workshop.assessment, 3), by=workshop.created_by
    )
    for level, phone in zip(["1", "2", "2.5", None, "2"], make_phones(workshop, 5), strict=True):
        cast(ballot, phone, level, reason=f"because of {level}")
    revealed = balloting.reveal(ballot=ballot, by=workshop.created_by)
    assert (revealed.state, revealed.voters, revealed.present) == ("revealed", 5, 5)
    counted = {tally.level: tally.votes for tally in Tally.objects.filter(sector="")}
    assert counted == {Decimal(1): 1, Decimal(2): 2, Decimal("2.5"): 1, None: 1}
    assert Remark.objects.count() == 5
    assert not Vote.objects.exists()
    with pytest.raises(ValidationError, match="has closed"):
        cast(ballot, make_phones(workshop, 1)[0])
    assert Ballot.objects.get().is_revealed


def test_a_second_vote_of_a_phone_is_a_change_of_the_first(workshop):
    ballot, (phone,) = make_ballot(workshop), make_phones(workshop, 1)
    first = cast(ballot, phone, "2")
    assert cast(ballot, phone, "2").revision == first.revision  # the same click twice
    assert cast(ballot, phone, "3", revision=first.revision).level == 3
    with pytest.raises(balloting.Stale, match="Your vote is 3"):
        cast(ballot, phone, "1", revision=first.revision)  # a late packet, or another tab
    assert Vote.objects.get().level == 3
