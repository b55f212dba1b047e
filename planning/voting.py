"""The rules of a secret ballot: what may happen to it in which state. Every no is a sentence.

Pure rules over values. The database holds the same table (planning/models/room_guards.py).
"""

from enum import Enum

from django.core.exceptions import ValidationError

from planning.models import BallotState

OPEN, REVEALED, CALLED_OFF = BallotState.OPEN, BallotState.REVEALED, BallotState.CALLED_OFF


class Deed(Enum):
    """What somebody does with a ballot."""

    VOTE = "vote"
    REVEAL = "reveal"
    CALL_OFF = "call off"


CLOSED = (
    "The vote has closed. What you had voted until then is counted; this came too late. Say in the "
    "room what you think."
)
GONE = "This vote was called off, so nothing is counted. Wait for the next one."
WAS_CALLED_OFF = "This vote was called off, so there is nothing to reveal."
WAS_REVEALED = "This vote was revealed already, so it cannot be called off."

# Ballot and deed -> the state after it. What is not here is refused, with its sentence below.
STEPS = {
    (OPEN, Deed.VOTE): OPEN,
    (OPEN, Deed.REVEAL): REVEALED,
    (OPEN, Deed.CALL_OFF): CALLED_OFF,
    (REVEALED, Deed.REVEAL): REVEALED,  # twice is once
    (CALLED_OFF, Deed.CALL_OFF): CALLED_OFF,
}
REFUSALS = {
    (REVEALED, Deed.VOTE): CLOSED,
    (CALLED_OFF, Deed.VOTE): GONE,
    (CALLED_OFF, Deed.REVEAL): WAS_CALLED_OFF,
    (REVEALED, Deed.CALL_OFF): WAS_REVEALED,
}


def step(state, deed, refusals=REFUSALS):
    """The state after ``deed``. Raises ValidationError, code "closed", with why not.

    ``refusals``: the sentences, of something else than a vote.
    """
    after = STEPS.get((state, deed))
    if after is None:
        raise ValidationError(refusals[state, deed], code="closed")
    return after
