"""The rules of committing, as tables of cases."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from practice.commitment_tables import itself_words
from practice.commitments import (
    NOBODY,
    TOO_FEW,
    Itself,
    Numbers,
    asked,
    is_shown,
    people_by_organisation,
    who_committed_to_all,
)

MARCH = datetime(2026, 3, 3, 10, tzinfo=UTC)


def version(standard, number):
    return SimpleNamespace(standard_id=standard, number=number)


@pytest.mark.parametrize(
    ("last", "waits"),
    [
        ({}, [(1, None), (2, None)]),
        ({1: 2, 2: 1}, []),
        ({1: 2}, [(2, None)]),
        ({1: 1}, [(1, 1), (2, None)]),
        ({2: 1, 1: 1}, [(1, 1)]),
        ({9: 1, 1: 2, 2: 1}, []),
    ],
)
def test_what_waits_is_what_changed_and_then_what_is_new(last, waits):
    found = asked([version(1, 2), version(2, 1)], last)
    assert [(each.version.standard_id, each.before) for each in found] == waits


def test_what_changed_comes_first_whatever_the_order_of_the_library():
    found = asked([version(1, 1), version(2, 2)], {2: 1})
    assert [(each.version.standard_id, each.is_new) for each in found] == [(2, False), (1, True)]


@pytest.mark.parametrize(
    ("people", "sees_all", "is_own", "shown"),
    [
        (1, False, False, False),
        (2, False, False, False),
        (3, False, False, True),
        (2, True, False, True),
        (2, False, True, True),
    ],
)
def test_a_number_that_would_tell_who_is_for_few(people, sees_all, is_own, shown):
    assert is_shown(people, sees_all=sees_all, is_own=is_own) is shown


def numbers(**values):
    usual = {"organisation": None, "people": 6, "committed": 4, "itself": None, "is_shown": True}
    return Numbers(**{**usual, **values})


def test_the_words_and_the_order_of_numbers_tell_nothing_that_is_hidden():
    assert numbers().people_words == "4 of 6"
    assert numbers(people=0, committed=0).people_words == NOBODY
    hidden = [numbers(people=2, committed=each, is_shown=False) for each in (0, 1, 2)]
    assert {(each.people_words, each.share) for each in hidden} == {(TOO_FEW, -1)}


def test_somebody_of_two_organisations_counts_in_both_and_who_left_in_none():
    found = people_by_organisation([(1, 10), (2, 10), (2, 11), (2, 99)], {10, 11, 12})
    assert found == {1: {10}, 2: {10, 11}, None: {12}}
    assert people_by_organisation([], {10}) == {None: {10}}


def test_who_committed_to_all_committed_to_each():
    pairs = [(10, 1), (10, 2), (11, 1)]
    assert who_committed_to_all(pairs, 2) == {10}
    assert who_committed_to_all(pairs, 1) == {10, 11}


@pytest.mark.parametrize(
    ("asked_for", "done", "earlier", "words"),
    [
        (1, 0, 0, "Not yet"),
        (20, 0, 0, "Not yet"),
        (1, 1, 0, "Yes, on 3 March 2026"),
        (1, 0, 1, "To an earlier version, on 3 March 2026"),
        (20, 20, 0, "Yes, to all; last on 3 March 2026"),
        (20, 12, 0, "To 12 of 20; last on 3 March 2026"),
        (20, 12, 3, "To 12 of 20, 3 in an earlier version; last on 3 March 2026"),
    ],
)
def test_how_an_organisation_itself_stands(asked_for, done, earlier, words):
    last_at = MARCH if done or earlier else None
    assert itself_words(Itself(asked_for, done, earlier, last_at)) == words
