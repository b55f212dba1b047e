"""Which events are one change, and where one stands in a list of them: rules over values."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from partnerships import events, history, telling
from partnerships.events import Position, Row

# --- Which events are one change -------------------------------------------------------------

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
ADA, BEN = 1, 2


def row(pk, minute, person=ADA, fields=("evidence",), **values):
    """The event ``pk`` of thing 1, ``minute`` minutes after noon, after the event before it."""
    values = {"thing": 1, "source": 0, "label": "changed", "previous": pk - 1} | values
    at = NOON + timedelta(minutes=minute)
    return Row(pk=pk, at=at, person=person, fields=fields, **values)


def gathered(*rows, most=None):
    """The numbers of the events of each change, newest first, and the first one left out."""
    changes, left_out = history.gathered(rows, most=most)
    return [[each.pk for each in change] for change in changes], left_out and left_out.pk


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([row(9, 0)], [[9]]),
        # Ten minutes, and not one more, from the first to the last.
        ([row(9, 10), row(8, 5), row(7, 0)], [[9, 8, 7]]),
        ([row(9, 10.01), row(8, 5), row(7, 0)], [[9, 8], [7]]),
        ([row(9, 25), row(8, 20), row(7, 14), row(6, 1)], [[9, 8], [7], [6]]),
        # Somebody else, or somewhere else.
        ([row(9, 2), row(8, 1, BEN), row(7, 0)], [[9], [8], [7]]),
        ([row(9, 2), row(8, 1, fields=("gaps",)), row(7, 0)], [[9], [8], [7]]),
        ([row(9, 1, fields=("evidence", "gaps")), row(8, 0)], [[9], [8]]),
        ([row(9, 1), row(8, 0, thing=2)], [[9], [8]]),
        ([row(9, 1), row(8, 0, source=1)], [[9], [8]]),
        # Two who write in two things at the same time.
        (
            [row(9, 3, previous=7), row(8, 2, BEN, thing=2, previous=6), row(7, 1),
             row(6, 0, BEN, thing=2)],
            [[9, 7], [8, 6]],
        ),
        # Only what follows on.
        ([row(9, 1, previous=5), row(8, 0)], [[9], [8]]),
        ([row(9, 1, previous=None), row(8, 0)], [[9], [8]]),
        # Only changes that are known, and of people who are.
        ([row(9, 1), row(8, 0, label="added")], [[9], [8]]),
        ([row(9, 1, label="removed"), row(8, 0)], [[9], [8]]),
        ([row(9, 1, fields=()), row(8, 0, fields=())], [[9], [8]]),
        ([row(9, 1, None), row(8, 0, None)], [[9], [8]]),
        # What was brought back is told by itself.
        ([row(9, 1, restored_from=3), row(8, 0)], [[9], [8]]),
        ([row(9, 1), row(8, 0, restored_from=3)], [[9], [8]]),
    ],
)  # fmt: skip
def test_saves_of_one_sitting_are_one_change(rows, expected):
    assert gathered(*rows) == (expected, None)


def test_at_most_so_many_changes_and_all_events_of_the_last():
    rows = [row(9, 40), row(8, 20), row(7, 19), row(6, 0)]
    assert gathered(*rows, most=2) == ([[9], [8, 7]], 6)
    assert gathered(*rows, most=3) == ([[9], [8, 7], [6]], None)


@pytest.mark.parametrize(
    ("most", "read", "numbers", "older"),
    [
        (2, 9, [[9], [8, 7]], 7),  # a change more than fits
        (3, 9, [[9], [8, 7], [6]], None),  # all of them
        (3, 4, [[9], [8, 7], [6]], 6),  # as many as were asked for: there may be more
    ],
)
def test_a_page_ends_with_the_last_event_that_it_tells_of(most, read, numbers, older):
    rows = [row(9, 40), row(8, 20), row(7, 19), row(6, 0)]
    changes, place = history.cut(rows, most=most, read=read)
    assert [[each.pk for each in change] for change in changes] == numbers
    assert place == (rows[9 - older].position if older else None)


# --- Places in a list ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", [Position(NOON, 0, 1), Position(NOON + timedelta(microseconds=7), 12, 2**31 - 1)]
)
def test_a_place_survives_the_address(place):
    assert Position.parse(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [None, "", "1", "1.2", "1.2.3.4", "a.b.c", "-1.0.1", "1.0.1 ", "١.٠.١", "9" * 400, "1..2",
     "9999999999999999999999.0.1"],
)  # fmt: skip
def test_what_is_no_place_is_the_beginning(text):
    assert Position.parse(text) is None


@pytest.mark.parametrize(
    ("query", "older", "expected"),
    [
        ("", None, ("", "")),
        ("kind=a", Position(events.EPOCH, 0, 5), ("", "?kind=a&older=0.0.5")),
        ("kind=a&older=9.9.9", None, ("?kind=a", "")),
        ("older=9.9.9", Position(events.EPOCH, 0, 5), ("?", "?older=0.0.5")),
    ],
)
def test_one_can_turn_to_what_is_older_and_back_to_the_newest(query, older, expected):
    assert telling.turning(QueryDict(query), older) == expected
