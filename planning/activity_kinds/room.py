"""What is told of votes, and what was parked. Who voted is known to nobody, so it is not told."""

from django.db.models import F

from partnerships.activity import Kind, Sentence, changed
from partnerships.events import ADDED, REMOVED
from planning.activity_kinds.workshops import (
    OF_WORKSHOPS,
    called,
    domain_of,
    link_to_workshop,
    of_workshop,
    workshops_in,
)
from planning.models import Ballot, BallotState, ParkedPoint
from rpcportal.kit.quoting import quoted

BALLOT_LABELS = {
    "state": "where it stands",
    "opened_by": "who opened it",
    "opened_at": "when it was opened",
    "closed_by": "who closed it",
    "closed_at": "when it was closed",
    "voters": "how many voted",
    "present": "how many were there",
    "kind": "what is asked",
    "entry": "the domain",
    "round": "the round",
}


def _ballot_facts(events):
    return of_workshop(events, "voters", domain=domain_of(), at=F("state"), number=F("round"))


def _describe_ballot(row, facts):
    return Sentence(_deed_on_ballot(row, facts), link_to_workshop(facts))


def _deed_on_ballot(row, facts):
    about = facts["domain"] or "how it was"
    if not facts["number"]:
        votes = f"what was scored on {about} before {called(facts)}"
        done = {ADDED: f"counted {votes}", REMOVED: f"removed {votes}"}
    else:
        again = f", round {facts['number']}," if facts["number"] > 1 else ""
        votes = f"the vote on {about}{again} at {called(facts)}"
        done = {ADDED: f"opened {votes}", REMOVED: f"removed {votes}"}
    if row.label in done:
        return done[row.label]
    if "state" in row.fields and facts["at"] == BallotState.REVEALED:
        return f"revealed {votes}: {facts['voters']} voted"
    if "state" in row.fields and facts["at"] == BallotState.CALLED_OFF:
        return f"called off {votes}"
    return changed(row, BALLOT_LABELS, votes)


BALLOTS = Kind(
    **OF_WORKSHOPS,
    events=Ballot.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=BALLOT_LABELS,
    facts=_ballot_facts,
    describe=_describe_ballot,
)

# --- The parking list -------------------------------------------------------------------------

PARKED_LABELS = {
    "text": "the words",
    "entry": "the domain",
    "outcome": "what became of it",
    "settled_at": "when it was settled",
    "settled_by": "who settled it",
    "parked_by": "who parked it",
    "parked_at": "when it was parked",
    "request_key": "the page it was written on",
}


def _parked_facts(events):
    return of_workshop(events, "text", is_settled=F("settled_at"))


def _describe_parked(row, facts):
    point, workshop = quoted(facts["text"]), called(facts)
    words = {ADDED: f"parked {point} at {workshop}", REMOVED: f"removed {point} from {workshop}"}
    done = words.get(row.label)
    if done is None and "settled_at" in row.fields:
        if facts["is_settled"]:
            done = f"settled {point} of {workshop}"
        else:
            done = f"put {point} back on the parking list of {workshop}"
    return Sentence(
        done or changed(row, PARKED_LABELS, f"{point} at {workshop}"), link_to_workshop(facts)
    )


PARKED = Kind(
    **OF_WORKSHOPS,
    events=ParkedPoint.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=PARKED_LABELS,
    facts=_parked_facts,
    describe=_describe_parked,
)

KINDS = (BALLOTS, PARKED)
