"""Votes, changes, retries, joins, reveals and call-offs at the same moment: real threads, real
connections, real locks. Every vote that was acknowledged is counted once, or called off whole.
"""

from collections import Counter, defaultdict
from decimal import Decimal
from functools import partial
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning import balloting
from planning.models import Ballot, Remark, Tally, Vote
from planning.workshop_forgetting import LEFT_OPEN, count_forgotten_votes
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_ballot, make_phone, make_phones, make_workshop
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

MANY = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LEVELS = [None, *(Decimal(number) / 2 for number in range(2, 9))]


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def workshop(area):
    return make_workshop(make_scored(area.partnership, make_small_framework()), area.coordinator)


def why(level):
    """The reason that goes with a level."""
    return "not known" if level is None else f"because of {float(level)}"


def cast(ballot, phone, level, revision=0):
    """As a request of its own does: with a ballot that it has just read."""
    return balloting.cast_vote(
        ballot=Ballot.objects.get(pk=ballot.pk),
        participant=phone,
        level=level,
        reason=why(level),
        revision=revision,
    )


def reveal(ballot, by=None):
    return balloting.reveal(ballot=ballot, by=by or ballot.workshop.created_by)


def call_off(ballot, by=None):
    return balloting.call_off(ballot=ballot, by=by or ballot.workshop.created_by)


def counted(ballot):
    """What was kept of the room: level -> votes."""
    return dict(Tally.objects.filter(ballot=ballot, sector="").values_list("level", "votes"))


def deadlocks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


# --- No order loses or doubles a vote ----------------------------------------------------------

TAP = st.tuples(st.integers(0, 7), st.sampled_from(LEVELS))
ORDERS = st.tuples(
    st.lists(TAP, min_size=1, max_size=14),
    st.lists(st.sampled_from(["reveal", "call off", "join", "at night"]), max_size=4),
    st.integers(0, 999),
)


@MANY
@given(order=ORDERS)
def test_no_order_loses_or_doubles_a_vote_or_leaves_one(area, workshop, order):
    taps, deeds, seed = order
    random = Random(seed)  # noqa: S311 - an order to try, no secret
    workshop = make_workshop(workshop.assessment, area.coordinator)
    ballot = make_ballot(workshop)
    phones = make_phones(workshop, 8)
    acknowledged = defaultdict(list)

    def tap(number, level):
        for _ in range(2):  # and its retry, or a double tap
            try:
                vote = cast(ballot, phones[number], level)
            except balloting.Stale as stale:
                vote = cast(ballot, phones[number], level, stale.vote.revision)
            acknowledged[number].append((vote.revision, str(vote.level), vote.level))

    by = [area.coordinator, area.facilitator]
    does = {
        "reveal": lambda: reveal(ballot, random.choice(by)),
        "call off": lambda: call_off(ballot, random.choice(by)),
        "join": lambda: make_phone(workshop),
        "at night": lambda: count_forgotten_votes(ballot.opened_at + 2 * LEFT_OPEN),
    }
    calls = [partial(tap, *each) for each in taps] + [does[deed] for deed in deeds]
    random.shuffle(calls)
    before = deadlocks()
    found = at_once(*calls)
    assert deadlocks() == before
    refused = [each for each in found if isinstance(each, Exception)]
    assert all(isinstance(each, ValidationError) for each in refused), refused

    ballot.refresh_from_db()
    if ballot.is_open:
        reveal(ballot)
        ballot.refresh_from_db()
    last = [max(answers)[2] for answers in acknowledged.values()]
    assert not Vote.objects.filter(ballot=ballot).exists()
    said = Remark.objects.filter(ballot=ballot)
    if not ballot.is_revealed:
        assert (ballot.voters, counted(ballot), said.count()) == (0, {}, 0)
        return
    assert ballot.voters == len(last)
    assert counted(ballot) == (Counter(last) if len(last) >= 5 else {})
    assert Counter(said.values_list("text", flat=True)) == Counter(why(level) for level in last)


def test_the_oracle_of_that_test_sees_a_lost_vote(workshop):
    """The negative control: a vote that is taken away behind the verbs' back is missed."""
    ballot, phones = make_ballot(workshop), make_phones(workshop, 6)
    for phone in phones:
        cast(ballot, phone, Decimal(2))
    Vote.objects.filter(participant=phones[0]).delete()
    assert reveal(ballot).voters == 5


# --- Pairs that meet in one moment -------------------------------------------------------------


def test_a_double_tap_is_one_vote_and_none_of_them_fails(workshop):
    ballot, phone = make_ballot(workshop), make_phone(workshop)
    found = at_once(*[partial(cast, ballot, phone, Decimal(2))] * 8)
    assert {(each.pk, each.revision) for each in found} == {(found[0].pk, 1)}
    assert Vote.objects.count() == 1


def test_two_tabs_with_two_first_votes_leave_one_and_tell_the_other(workshop):
    ballot, phone = make_ballot(workshop), make_phone(workshop)
    found = at_once(
        partial(cast, ballot, phone, Decimal(2)), partial(cast, ballot, phone, Decimal(3))
    )
    assert sorted(type(each).__name__ for each in found) == ["Stale", "Vote"]
    (vote,) = (each for each in found if isinstance(each, Vote))
    assert Vote.objects.get().level == vote.level


def test_two_changes_from_one_page_leave_one_and_tell_the_other(workshop):
    ballot, phone = make_ballot(workshop), make_phone(workshop)
    cast(ballot, phone, Decimal(1))
    found = at_once(*[partial(cast, ballot, phone, level, 1) for level in (Decimal(2), Decimal(3))])
    assert sorted(type(each).__name__ for each in found) == ["Stale", "Vote"]
    assert Vote.objects.get().revision == 2


@pytest.mark.parametrize("close", [reveal, call_off])
@pytest.mark.parametrize("is_change", [False, True])
def test_a_vote_that_comes_while_it_is_closed_waits_and_is_told(workshop, close, is_change):
    ballot, (phone, *others) = make_ballot(workshop), make_phones(workshop, 6)
    for other in others:
        cast(ballot, other, Decimal(2))
    if is_change:
        cast(ballot, phone, Decimal(2))
    seen = Ballot.objects.get()
    late = partial(
        balloting.cast_vote,
        ballot=seen,
        participant=phone,
        level=Decimal(4),
        reason="",
        revision=int(is_change),
    )
    with meanwhile(late) as outcome:
        close(ballot)
    assert outcome[0].code == "closed"
    assert not Vote.objects.exists()
    assert Decimal(4) not in counted(ballot)


@pytest.mark.parametrize("is_change", [False, True])
def test_a_reveal_that_comes_while_somebody_votes_waits_and_counts_the_vote(workshop, is_change):
    ballot, (phone, *others) = make_ballot(workshop), make_phones(workshop, 5)
    for other in others:
        cast(ballot, other, Decimal(2))
    if is_change:
        cast(ballot, phone, Decimal(1))
    with meanwhile(partial(reveal, ballot)) as outcome:
        cast(ballot, phone, Decimal(4), int(is_change))
    assert outcome[0].voters == 5
    assert counted(ballot) == {Decimal(2): 4, Decimal(4): 1}


def test_a_reveal_and_a_call_off_at_once_leave_one_of_them_whole(area, workshop):
    for number in range(1, 6):
        ballot, phones = make_ballot(workshop, round=number), make_phones(workshop, 5)
        for phone in phones:
            cast(ballot, phone, Decimal(2))
        found = at_once(
            partial(reveal, ballot, area.coordinator), partial(call_off, ballot, area.facilitator)
        )
        ballot.refresh_from_db()
        assert [type(each).__name__ for each in found].count("ValidationError") == 1
        assert counted(ballot) == ({Decimal(2): 5} if ballot.is_revealed else {})
        assert not Vote.objects.exists()


def test_two_domains_opened_at_once_are_one_open_vote(area, workshop):
    entries = [entry_of(workshop.assessment, number) for number in (1, 2)]
    found = at_once(
        *(
            partial(balloting.open_ballot, workshop=workshop, entry=entry, number=1, by=by)
            for entry, by in zip(entries, (area.coordinator, area.facilitator), strict=True)
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["Ballot", "ValidationError"]
    assert Ballot.objects.open().count() == 1


def test_a_late_vote_and_a_double_tap_leave_no_failed_statement(workshop):
    """A database may write a statement that failed into its log, and with it who voted what."""
    ballot, phone = make_ballot(workshop), make_phone(workshop)
    failed = []

    def watch(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            failed.append((sql, error))
            raise

    def watched(level):
        with connection.execute_wrapper(watch):
            return cast(ballot, phone, level)

    at_once(*[partial(watched, Decimal(2))] * 6)
    seen = Ballot.objects.get()
    reveal(ballot)
    with connection.execute_wrapper(watch), pytest.raises(ValidationError, match="has closed"):
        balloting.cast_vote(ballot=seen, participant=phone, level=Decimal(3), reason="", revision=1)
    assert failed == []
