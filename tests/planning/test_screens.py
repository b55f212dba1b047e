"""What the room is at, how many have answered, and how far the room lies apart."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from planning import agreeing, balloting, running
from planning.levels import format_level
from planning.merging import Save, fingerprint
from planning.models import DotRound, Stage, Workshop
from planning.parts import level_text
from planning.screens import (
    Counts,
    Timer,
    counts_at,
    disagreement,
    now_at,
    room_of,
    shape_in,
    shape_of,
    stamp_at,
)
from tests.factories.assessments import entry_of
from tests.factories.workshops import (
    make_ballot,
    make_phones,
    make_revealed,
    make_workshop,
    vote_of,
)

pytestmark = pytest.mark.django_db


def loaded(workshop):
    return Workshop.objects.with_context().get(pk=workshop.pk)


def here(workshop):
    return now_at(loaded(workshop))


def at_domain(workshop, number=1):
    running.go_to(
        workshop=workshop,
        stage=Stage.DOMAIN,
        entry=entry_of(workshop.assessment, number),
        by=workshop.created_by,
    )


def test_a_room_that_has_just_opened_is_at_its_welcome(workshop):
    now = here(workshop)
    assert (now.stage, now.entry, now.domain, now.ballot, now.dot_round) == (
        "welcome",
        None,
        None,
        None,
        None,
    )
    assert now.where == "Welcome"


def test_the_open_vote_comes_before_an_older_round(workshop):
    make_revealed(workshop, ["1"] * 5)
    at_domain(workshop)
    assert here(workshop).is_revealed
    second = balloting.open_ballot(
        workshop=workshop, entry=entry_of(workshop.assessment, 1), by=workshop.created_by
    )
    now = here(workshop)
    assert (now.ballot, now.is_open, now.ballot.round) == (second, True, 2)
    assert now.where.endswith(": a vote is open")


def test_a_vote_that_was_called_off_and_the_prework_are_no_votes_of_the_room(workshop):
    at_domain(workshop)
    make_revealed(workshop, ["1"] * 5, round=0)
    balloting.call_off(ballot=make_ballot(workshop), by=workshop.created_by)
    assert here(workshop).ballot is None


def test_what_was_voted_on_another_domain_is_not_shown_here(workshop):
    make_revealed(workshop, ["1"] * 5, 2)
    at_domain(workshop, 1)
    assert here(workshop).ballot is None


def test_dots_are_shown_while_they_are_open_and_at_their_stage(workshop):
    dots = DotRound.objects.create(workshop=workshop, about="gaps", opened_by=workshop.created_by)
    assert here(workshop).takes_dots
    dots.state, dots.closed_at = "revealed", timezone.now()
    dots.save()
    assert here(workshop).dot_round is None
    Workshop.objects.update(stage=Stage.DOTS)
    assert here(workshop).dot_round == dots


def test_what_stood_on_the_sheet_before_is_not_what_the_room_agreed(workshop):
    entry = entry_of(workshop.assessment, 1)
    entry.level = Decimal("2.5")
    entry.save()
    at_domain(workshop)
    make_revealed(workshop, ["1"] * 5)
    assert here(workshop).agreed == ""


@pytest.mark.parametrize("level", ["3", "2.5"])
def test_what_the_room_agreed_is_told_also_where_it_stood_there_already(workshop, level):
    entry = entry_of(workshop.assessment, 1)
    entry.level = Decimal("2.5")
    entry.save()
    at_domain(workshop)
    save = Save(texts={"level": level}, base={"level": fingerprint(level_text(entry))}, page="p")
    agreeing.agree_level(workshop=workshop, entry=entry, save=save, by=workshop.created_by)
    assert here(workshop).agreed == format_level(Decimal(level))
    second = make_ballot(workshop)
    assert here(workshop).agreed == ""  # while the room votes again
    balloting.call_off(ballot=second, by=workshop.created_by)
    entry.refresh_from_db()
    entry.level = Decimal("3.5")  # a scribe mends it on the domain's page
    entry.save()
    assert here(workshop).agreed == "3/4"


def test_where_the_room_is_costs_two_queries(workshop, django_assert_num_queries):
    at_domain(workshop)
    make_revealed(workshop, ["1"] * 5)
    found = loaded(workshop)
    now_at(found)
    with django_assert_num_queries(2):
        now_at(found)


def test_the_room_of_a_sheet_is_the_one_whose_door_is_open(area, workshop):
    assert room_of(workshop.assessment).workshop == workshop
    running.shut_door(workshop=workshop, by=area.coordinator)
    assert room_of(workshop.assessment) is None


# --- Counts -----------------------------------------------------------------------------------


def test_votes_are_counted_while_they_are_open_and_of_this_workshop(
    area, draft, workshop, django_assert_num_queries
):
    other = make_workshop(draft, area.coordinator)
    vote_of(make_ballot(other), make_phones(other, 1)[0])
    make_revealed(workshop, ["1"] * 5, 2)
    ballot, phones = make_ballot(workshop), make_phones(workshop, 3)
    vote_of(ballot, phones[0])
    vote_of(ballot, phones[1], None)
    with django_assert_num_queries(1):
        counts = counts_at(workshop)
    assert counts == Counts(phones=8, votes=2)
    balloting.reveal(ballot=ballot, by=area.coordinator)
    assert counts_at(workshop) == Counts(phones=8, votes=0)


@pytest.mark.parametrize(
    ("phones", "votes", "words"),
    [
        (24, 18, "18 of 24 have voted."),
        (24, 1, "1 of 24 has voted."),
        (24, 24, "All 24 have voted."),
        (1, 1, "1 has voted."),
        (24, 0, "Nobody has voted yet."),
        (3, 5, "5 have voted."),  # phones of a door that was closed since
    ],
)
def test_counts_in_words(phones, votes, words):
    assert Counts(phones, votes).in_words() == words


# --- Stamps and the timer ---------------------------------------------------------------------


def test_a_stamp_changes_with_every_thing_that_a_screen_shows(workshop):
    at_domain(workshop)
    entry = entry_of(workshop.assessment, 1)
    seen = set()

    def look():
        found = loaded(workshop)
        seen.add(stamp_at(found, counts_at(found)))
        return shape_of(found)

    ballot, shape = make_ballot(workshop), look()
    (phone,) = make_phones(workshop, 1)
    assert look() == shape
    vote_of(ballot, phone)
    assert look() == shape
    entry.level = Decimal("1.5")
    entry.save()
    assert look() != shape
    shape = look()
    Workshop.objects.update(timer_ends_at=timezone.now() + timedelta(minutes=1))
    assert look() != shape
    Workshop.objects.update(timer_ends_at=timezone.now())
    look()
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    look()
    running.shut_door(workshop=workshop, by=workshop.created_by)
    look()
    assert len(seen) == 8
    found = loaded(workshop)
    assert shape_in(stamp_at(found, counts_at(found))) == shape_of(found)


def test_a_timer_says_that_time_is_up_and_is_forgotten_a_while_later(workshop):
    now = timezone.now()
    workshop.timer_ends_at = now + timedelta(seconds=245)
    assert Timer.of(workshop, now).clock == "4:05"
    assert Timer.of(workshop, now + timedelta(minutes=5)).seconds == 0
    assert Timer.of(workshop, now + timedelta(minutes=10)) is None


# --- Disagreement -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closer", "further"),
    [
        ({2: 10}, {2: 9, 3: 1}),
        ({2: 9, 3: 1}, {2: 5, 3: 5}),
        ({2: 5, 3: 5}, {1: 5, 4: 5}),
        ({2: 5, None: 5}, {2: 5, 3: 1}),  # who does not know does not disagree
        ({2: 5, 3: 5}, {1: 3, 2: 2, 3: 2, 4: 3}),
    ],
)
def test_a_room_that_lies_further_apart_comes_first(closer, further):
    assert disagreement(closer) < disagreement(further)


@pytest.mark.parametrize("numbers", [{}, {None: 7}, {Decimal(3): 1}])
def test_where_nobody_can_disagree_there_is_none(numbers):
    assert disagreement(numbers) == 0
