"""Dots at the same moment: real threads, real connections."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning import balloting, dots
from planning.dots import Item
from planning.models import DotItem, DotRound, DotVote
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_phones, make_workshop
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop():
    area = make_area()
    return make_workshop(make_scored(area.partnership, make_small_framework()), area.coordinator)


def opened(workshop, number=1):
    entry = entry_of(workshop.assessment, 1)
    return dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=3,
        items=[Item(text, entry=entry) for text in ("One", "Two", "Three")],
        number=number,
        by=workshop.created_by,
    )


def place(dot_round, phone, items, revision=0):
    fresh = DotRound.objects.get(pk=dot_round.pk)
    return dots.place_dots(dot_round=fresh, participant=phone, items=items, revision=revision)


def counted():
    return list(DotItem.objects.order_by("position").values_list("dots", flat=True))


def reveal(dot_round):
    return dots.reveal_dots(dot_round=dot_round, by=dot_round.workshop.created_by)


def test_two_facilitators_who_open_at_once_open_one_round(workshop):
    found = at_once(*[partial(opened, workshop)] * 4)
    assert len({each.pk for each in found}) == 1
    assert DotRound.objects.count() == 1
    assert DotItem.objects.count() == 3


def test_a_tap_that_comes_four_times_at_once_is_one(workshop):
    dot_round, (phone,) = opened(workshop), make_phones(workshop, 1)
    a = dot_round.items.first().pk
    found = at_once(*[partial(place, dot_round, phone, [a, a])] * 4)
    assert len({each.pk for each in found}) == 1
    assert DotVote.objects.get().items == [a, a]


def test_two_tabs_at_once_leave_one_whole_answer_and_a_sentence(workshop):
    dot_round, (phone,) = opened(workshop), make_phones(workshop, 1)
    a, b, c = dot_round.items.values_list("pk", flat=True)
    place(dot_round, phone, [c])
    found = at_once(
        partial(place, dot_round, phone, [a, a], 1), partial(place, dot_round, phone, [b], 1)
    )
    assert sorted(type(each).__name__ for each in found) == ["DotVote", "Stale"]
    assert DotVote.objects.get().items in ([a, a], [b])


def test_a_change_that_comes_while_the_dots_are_counted_waits_and_is_told(workshop):
    dot_round, phones = opened(workshop), make_phones(workshop, 5)
    a, b, _ = dot_round.items.values_list("pk", flat=True)
    for phone in phones:
        place(dot_round, phone, [a])
    seen = DotRound.objects.get()
    change = partial(dots.place_dots, dot_round=seen, participant=phones[0], items=[b], revision=1)
    with meanwhile(change) as outcome:
        reveal(dot_round)
    assert "too late" in str(outcome[0])
    assert counted() == [5, 0, 0]


def test_a_count_that_comes_while_somebody_changes_waits_and_counts_the_change(workshop):
    dot_round, phones = opened(workshop), make_phones(workshop, 5)
    a, b, _ = dot_round.items.values_list("pk", flat=True)
    for phone in phones:
        place(dot_round, phone, [a])
    with meanwhile(partial(reveal, dot_round)) as outcome:
        place(dot_round, phones[0], [b, b], 1)
    assert outcome[0].is_revealed
    assert counted() == [4, 2, 0]


TAPS = st.lists(
    st.tuples(st.integers(0, 6), st.lists(st.integers(0, 2), min_size=1, max_size=3)),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taps=TAPS, reveals=st.integers(0, 2))
def test_no_order_of_taps_retries_and_counts_loses_or_doubles_a_dot(workshop, taps, reveals):
    """Every phone's dots are counted once: those of the last answer that was acknowledged."""
    dot_round = opened(workshop, dots.next_number(workshop))
    pks = list(dot_round.items.values_list("pk", flat=True))
    phones = make_phones(workshop, 7)
    acknowledged = {}

    def tap(number, chosen):
        items = sorted(pks[each] for each in chosen)
        for _ in range(2):  # and its retry
            try:
                vote = place(dot_round, phones[number], items)
            except balloting.Stale as stale:
                vote = place(dot_round, phones[number], items, stale.vote.revision)
            acknowledged.setdefault(number, []).append((vote.revision, vote.items))

    calls = [partial(tap, *each) for each in taps]
    calls += [partial(reveal, dot_round)] * reveals
    found = at_once(*calls)
    assert all(each is None or isinstance(each, DotRound | ValidationError) for each in found), (
        found
    )
    closed = reveal(dot_round)
    last = [max(answers)[1] for answers in acknowledged.values()]
    assert closed.voters == len(last)
    expected = [sum(items.count(pk) for items in last) for pk in pks]
    kept = expected if len(last) >= 5 else [0, 0, 0]
    assert list(closed.items.values_list("dots", flat=True)) == kept
    assert not DotVote.objects.filter(dot_round=closed).exists()
