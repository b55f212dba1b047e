"""The state machine of a ballot as a table: every state with every deed, in rules and database."""

from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from planning import balloting, dots
from planning.models import Ballot, BallotState, Tally
from planning.voting import REFUSALS, STEPS, Deed, step
from tests.factories.workshops import make_ballot, make_phones, make_workshop, vote_of
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db

OPEN, REVEALED, CALLED_OFF = "open", "revealed", "called_off"
# State and deed -> the state after it; None: refused. Written out once more, on purpose.
TABLE = {
    (OPEN, "vote"): OPEN,
    (OPEN, "reveal"): REVEALED,
    (OPEN, "call off"): CALLED_OFF,
    (REVEALED, "vote"): None,
    (REVEALED, "reveal"): REVEALED,
    (REVEALED, "call off"): None,
    (CALLED_OFF, "vote"): None,
    (CALLED_OFF, "reveal"): None,
    (CALLED_OFF, "call off"): CALLED_OFF,
}
CASES = [pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in TABLE]


def ballot_in(state, workshop):
    """A ballot with five votes that came to this state by the verbs."""
    ballot = make_ballot(workshop)
    for phone in make_phones(workshop, 5):
        vote_of(ballot, phone)
    if state == REVEALED:
        return balloting.reveal(ballot=ballot, by=workshop.created_by)
    if state == CALLED_OFF:
        return balloting.call_off(ballot=ballot, by=workshop.created_by)
    return ballot


def do(deed, ballot):
    by = ballot.workshop.created_by
    if deed == "vote":
        (phone,) = make_phones(ballot.workshop, 1)
        balloting.cast_vote(
            ballot=ballot, participant=phone, level=Decimal(3), reason="", revision=0
        )
    elif deed == "reveal":
        balloting.reveal(ballot=ballot, by=by)
    else:
        balloting.call_off(ballot=ballot, by=by)


def facts(ballot):
    """All that a deed could change."""
    row = Ballot.objects.values().get(pk=ballot.pk)
    tallies = ballot.tallies.order_by("pk").values_list("pk", "level", "votes")
    return row, ballot.votes.count(), list(tallies)


def test_the_table_holds_every_state_with_every_deed():
    every = set(product(BallotState.values, [deed.value for deed in Deed]))
    assert set(TABLE) == every
    assert {(str(state), deed.value) for state, deed in STEPS.keys() | REFUSALS.keys()} == every
    assert not STEPS.keys() & REFUSALS.keys()
    assert dots.REFUSALS.keys() == REFUSALS.keys()


@pytest.mark.parametrize(("state", "deed"), CASES)
def test_the_rule_says_what_the_table_says(state, deed):
    after = TABLE[state, deed]
    if after is None:
        with pytest.raises(ValidationError) as refusal:
            step(state, Deed(deed))
        assert refusal.value.code == "closed"
        assert refusal.value.message.endswith(".")
    else:
        assert step(state, Deed(deed)) == after


@pytest.mark.parametrize(("state", "deed"), CASES)
def test_the_verb_does_what_the_table_says(workshop, state, deed):
    ballot = ballot_in(state, workshop)
    before = facts(ballot)
    after = TABLE[state, deed]
    if after is None:
        with pytest.raises(ValidationError) as refusal:
            do(deed, ballot)
        assert refusal.value.code == "closed"
    else:
        do(deed, ballot)
    if after in (None, state) and deed != "vote":
        assert facts(ballot) == before  # refused, or once more
    else:
        assert Ballot.objects.get(pk=ballot.pk).state == (after or state)
    assert ballot.votes.count() == {OPEN: 5 + (deed == "vote")}.get(after or state, 0)


@pytest.mark.parametrize(("state", "deed"), CASES)
def test_a_page_that_still_thinks_it_open_gets_the_same(workshop, state, deed):
    """A verb looks at the row that stands, not at the one that was loaded before."""
    ballot = ballot_in(state, workshop)
    ballot.state = OPEN
    if TABLE[state, deed] is None:
        with pytest.raises(ValidationError) as refusal:
            do(deed, ballot)
        assert refusal.value.message == REFUSALS[BallotState(state), Deed(deed)]
    else:
        do(deed, ballot)
    assert Ballot.objects.get(pk=ballot.pk).state == (TABLE[state, deed] or state)


# --- The same against the database, past every verb --------------------------------------------

CLOSED = "closed_at = CASE WHEN %s = 'open' THEN NULL ELSE now() END"
# State -> state by raw SQL, without votes; what is not here is refused.
ALLOWED = {(OPEN, OPEN), (OPEN, REVEALED), (OPEN, CALLED_OFF)}


@pytest.mark.parametrize(("state", "after"), list(product(BallotState.values, repeat=2)))
def test_the_database_takes_no_other_step(workshop, state, after):
    ballot = ballot_in(state, workshop)
    run_sql("DELETE FROM planning_vote")
    sql = f"UPDATE planning_ballot SET state = %s, {CLOSED} WHERE id = %s"
    if (state, after) in ALLOWED:
        assert run_sql(sql, after, after, ballot.pk) == 1
        return
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run_sql(sql, after, after, ballot.pk)
    assert refusal.value.__cause__.diag.constraint_name == "ballot_stands"


@pytest.mark.parametrize("state", [REVEALED, CALLED_OFF])
@pytest.mark.parametrize(
    "change", ["voters = 9", "present = 9", "closed_at = now()", "round = 2", "opened_at = now()"]
)
def test_the_database_changes_nothing_of_a_closed_ballot(workshop, state, change):
    ballot = ballot_in(state, workshop)
    with pytest.raises(IntegrityError, match="stands for ever"), transaction.atomic():
        run_sql(f"UPDATE planning_ballot SET {change} WHERE id = %s", ballot.pk)


@pytest.mark.parametrize("state", BallotState.values)
@pytest.mark.parametrize("deed", ["insert", "update"])
def test_the_database_takes_a_vote_only_while_the_ballot_is_open(workshop, state, deed):
    ballot, (phone,) = ballot_in(state, workshop), make_phones(workshop, 1)
    other = make_ballot(make_workshop(workshop.assessment, workshop.created_by))
    statements = {
        "insert": (
            (
                "INSERT INTO planning_vote (ballot_id, participant_id, level, reason, revision)"
                " VALUES (%s, %s, 2, '', 1)"
            ),
            (ballot.pk, phone.pk),
        ),
        # Moving a vote of another ballot into this one.
        "update": ("UPDATE planning_vote SET ballot_id = %s WHERE id = %s", (ballot.pk,)),
    }
    sql, values = statements[deed]
    if deed == "update":
        values += (vote_of(other, phone).pk,)
    if state == OPEN:
        assert run_sql(sql, *values) == 1
        return
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run_sql(sql, *values)
    assert refusal.value.__cause__.diag.constraint_name == "ballot_is_open"


@pytest.mark.parametrize("state", BallotState.values)
def test_a_ballot_begins_open(workshop, state):
    now = None if state == OPEN else timezone.now()
    make = lambda: make_ballot(workshop, state=state, closed_at=now)  # noqa: E731
    if state == OPEN:
        assert make().is_open
        return
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    assert refusal.value.__cause__.diag.constraint_name == "ballot_begins_open"


@pytest.mark.parametrize("state", [REVEALED, CALLED_OFF])
def test_no_ballot_closes_over_a_vote(workshop, state):
    ballot = ballot_in(OPEN, workshop)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run_sql(
            "UPDATE planning_ballot SET state = %s, closed_at = now() WHERE id = %s",
            state,
            ballot.pk,
        )
    assert refusal.value.__cause__.diag.constraint_name == "ballot_keeps_no_votes"
    assert not Tally.objects.exists()
