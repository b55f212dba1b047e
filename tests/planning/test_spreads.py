"""What is kept of votes: nobody is singled out, and nothing is lost."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import Sector
from planning.models import Tally
from planning.spreads import FEWEST, kept

LEVELS = [None, *(Decimal(number) / 2 for number in range(2, 9))]
VOTES = st.lists(st.tuples(st.sampled_from(["", *Sector.values]), st.sampled_from(LEVELS)))
# Few sectors and few levels, so that groups of about five are common.
TIGHT = st.lists(
    st.tuples(st.sampled_from(["", "police", "health", "council"]), st.sampled_from(LEVELS[:3])),
    max_size=24,
)
# And groups that are of one mind, or nearly.
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["", "police", "health"]), st.sampled_from(LEVELS[:2])).flatmap(
        lambda vote: st.integers(1, 7).map(lambda number: [vote] * number)
    ),
    max_size=5,
).map(lambda blocks: [vote for block in blocks for vote in block])
VOTES = VOTES | TIGHT | BLOCKS


def splits(found):
    return {sector: counts for sector, counts in found.items() if sector}


def of(number, sector, *levels):
    """So many votes of a sector, their levels by turns."""
    return [(sector, Decimal(levels[place % len(levels)])) for place in range(number)]


@given(VOTES)
def test_of_fewer_than_five_nothing_is_kept_and_of_five_everything(votes):
    found = kept(votes)
    assert bool(found) == (len(votes) >= FEWEST)
    if found:
        assert Counter(found[""]) == Counter(level for _, level in votes)


@given(VOTES)
def test_no_group_and_no_rest_of_the_room_is_below_five(votes):
    groups = splits(kept(votes))
    sizes = {sector: sum(counts.values()) for sector, counts in groups.items()}
    assert all(size >= FEWEST for size in sizes.values())
    assert all(len(votes) - size >= FEWEST for size in sizes.values())
    assert len(sizes) != 1


@given(VOTES)
def test_what_is_left_when_some_groups_are_taken_off_is_never_below_five(votes):
    """Not by one sector, nor by any of them together."""
    sizes = [sum(counts.values()) for counts in splits(kept(votes)).values()]
    for chosen in range(1, 2 ** len(sizes) - 1):
        left = sum(size for place, size in enumerate(sizes) if not chosen >> place & 1)
        assert left >= FEWEST


@given(VOTES)
def test_the_groups_add_up_to_the_room_and_nothing_is_lost(votes):
    found = kept(votes)
    groups = splits(found)
    if groups:
        together = sum((Counter(counts) for counts in groups.values()), Counter())
        assert together == Counter(found[""])
    assert all(votes > 0 for counts in found.values() for votes in counts.values())


@given(VOTES)
def test_a_sector_that_stands_alone_is_whole(votes):
    """Nobody of it is counted elsewhere: its numbers would be wrong."""
    for sector, counts in splits(kept(votes)).items():
        if sector != Tally.REST:
            assert Counter(counts) == Counter(level for theirs, level in votes if theirs == sector)


@given(VOTES)
def test_no_group_is_of_one_mind(votes):
    """Or everybody would know what each of them voted."""
    assert all(len(counts) > 1 for counts in splits(kept(votes)).values())


@given(VOTES, st.randoms(use_true_random=False))
def test_the_order_of_the_votes_says_nothing(votes, random):
    other = list(votes)
    random.shuffle(other)
    assert kept(votes) == kept(other)


@pytest.mark.parametrize(
    ("votes", "groups"),
    [
        pytest.param(of(4, "council", 1, 2), None, id="four are not told"),
        pytest.param(of(5, "council", 1, 2), set(), id="five of one sector are the room"),
        pytest.param(
            of(5, "council", 1, 2) + of(5, "police", 2, 3), {"council", "police"}, id="two of five"
        ),
        pytest.param(of(9, "council", 1, 2) + of(1, "police", 3), set(), id="one police officer"),
        pytest.param(
            of(6, "council", 1, 2) + of(5, "health", 1, 2) + of(1, "police", 3),
            {"council", "rest"},
            id="the smallest joins the one",
        ),
        pytest.param(
            of(6, "council", 1, 2) + of(3, "health", 1, 2) + of(2, "police", 3),
            {"council", "rest"},
            id="the small together",
        ),
        pytest.param(
            of(6, "council", 1, 2) + of(5, "", 2, 3), {"council", "rest"}, id="of no sector"
        ),
        pytest.param(of(6, "council", 1, 2) + of(5, "police", 3), set(), id="police of one mind"),
    ],
)
def test_who_is_told_apart(votes, groups):
    found = kept(votes)
    assert (set(splits(found)) if found else None) == groups
