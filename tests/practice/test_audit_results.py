"""What an audit found, as numbers: the rule without the database."""

from types import SimpleNamespace

import pytest

from practice.audit_results import KINDS, LABELS, Tally, trends_of


def outcomes(met=0, partly=0, not_met=0, not_applicable=0):
    numbers = {"met": met, "partly": partly, "not": not_met, "not_applicable": not_applicable}
    return [kind for kind, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("found", "files", "words"),
    [
        ({}, 0, "Nothing looked at yet"),
        ({}, 3, "Not looked at: 3"),
        ({"met": 3}, 3, "3 of 3 met"),
        ({"met": 4, "not_met": 1}, 5, "4 of 5 met (80%), 1 not met"),
        ({"met": 3, "partly": 1}, 4, "3 of 4 met, 1 partly"),
        ({"met": 7, "partly": 1, "not_met": 1, "not_applicable": 1}, 12,
         "7 of 9 met (78%), 1 partly, 1 not met; not applicable: 1; not looked at: 2"),
        ({"not_applicable": 2}, 2, "Applies to none that was looked at; not applicable: 2"),
        ({"not_met": 5}, 5, "0 of 5 met (0%), 5 not met"),
    ],
)  # fmt: skip
def test_numbers_come_first_and_a_percentage_only_where_five_apply(found, files, words):
    assert Tally.of(outcomes(**found), files).in_words == words


def test_not_applicable_and_not_looked_at_are_never_nought():
    tally = Tally.of(outcomes(met=5, not_applicable=20), 50)
    assert (tally.applies, tally.percent, tally.not_looked_at) == (5, 100, 25)


@pytest.mark.parametrize(
    ("met", "rest", "percent"),
    [(199, 1, 99), (1, 199, 1), (5, 0, 100), (0, 5, 0), (1, 7, 13), (3, 5, 38), (4, 0, None)],
)
def test_a_percentage_never_says_all_or_none_for_what_is_not_quite_that(met, rest, percent):
    assert Tally(met=met, not_met=rest).percent == percent


def test_more_answers_than_files_leave_none_that_was_not_looked_at():
    assert Tally.of(["met"] * 3, 2).not_looked_at == 0


def test_a_bar_holds_every_file_and_leaves_no_room_between():
    tally = Tally(2, 0, 1, 1, 3)
    assert tally.parts == [
        ("met", 0, 2), ("not", 2, 1), ("not_applicable", 3, 1), ("not_looked_at", 4, 3)
    ]  # fmt: skip
    assert tally.width == 7
    assert (Tally().parts, Tally().width) == ([], 1)


def test_the_tally_of_a_standard_is_that_of_its_measures():
    assert sum([Tally(1, 2, 3, 4, 5), Tally(5, 4, 3, 2, 1)], Tally()) == Tally(6, 6, 6, 6, 6)


def test_every_kind_has_its_words():
    assert [LABELS[kind] for kind in KINDS] == [
        "Met", "Partly met", "Not met", "Not applicable", "Not looked at"
    ]  # fmt: skip


def test_over_time_each_audit_stands_in_its_place_with_what_was_not_looked_at():
    first, second = (SimpleNamespace(pk=pk, file_count=count) for pk, count in ((7, 2), (3, 4)))
    asked = [
        {"audit": 3, "thing": "a", "number": 1},
        {"audit": 7, "thing": "a", "number": 2},
        {"audit": 3, "thing": "b", "number": 1},
    ]
    found = [
        {"audit": 7, "thing": "a", "outcome": "met", "number": 3},
        {"audit": 3, "thing": "a", "outcome": "not", "number": 4},
    ]
    trends = trends_of([first, second], asked, found)
    assert [(each.audit, each.tally) for each in trends["a"]] == [
        (first, Tally(met=3, not_looked_at=1)),
        (second, Tally(not_met=4)),
    ]
    assert [each.tally for each in trends["b"]] == [Tally(not_looked_at=4)]
