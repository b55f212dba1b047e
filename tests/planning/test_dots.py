"""Dots: who spreads how many over what, counted once, of nobody."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from planning import balloting, dots
from planning.dots import Item
from planning.models import DotItem, DotRound, DotVote, Stage
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_ballot, make_phones

pytestmark = pytest.mark.django_db
TEXTS = ("Waiting lists", "No data", "Fathers")


def opened(workshop, number=1, each=3, texts=TEXTS):
    entry = entry_of(workshop.assessment, 1)
    items = [Item(text, entry=entry) for text in texts]
    return dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=each,
        items=items,
        number=number,
        by=workshop.created_by,
    )


def items_in(dot_round):
    return list(dot_round.items.values_list("pk", flat=True))


def place(dot_round, phone, items, revision=0):
    return dots.place_dots(dot_round=dot_round, participant=phone, items=items, revision=revision)


def reveal(dot_round):
    return dots.reveal_dots(dot_round=dot_round, by=dot_round.workshop.created_by)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("", []),
        ("One gap", ["One gap"]),
        ("- one\n- two\n\n-  three ", ["one", "two", "three"]),
        ("1. one\n2) two\n(3) three", ["one", "two", "three"]),
        ("a) one\nb) two", ["one", "two"]),
        ("• one • two ▪ three", ["one", "two", "three"]),
        ("one\none\n...\n-", ["one"]),
        ("24 hour line is missing\n3.5 posts are empty", None),
        ("A-level pupils\nStep-by-step plan", None),
    ],
)
def test_a_box_of_gaps_is_split_by_its_lines_and_bullets(text, gaps):
    assert dots.gaps_in(text) == (text.split("\n") if gaps is None else gaps)


def test_the_list_begins_with_every_gap_of_the_sheet_in_its_order(workshop):
    first, second = (entry_of(workshop.assessment, number) for number in (1, 2))
    for entry, gaps in ((second, "c"), (first, "- a\n- " + "b" * 400)):
        entry.gaps = gaps
        entry.save()
    found = dots.proposed(workshop, "gaps")
    assert [(each.text, each.entry) for each in found] == [
        ("a", first),
        ("b" * 279 + "…", first),
        ("c", second),
    ]


def test_dots_are_counted_and_are_nobodys(workshop):
    dot_round = opened(workshop)
    a, b, c = items_in(dot_round)
    phones = make_phones(workshop, 6)
    for phone, items in zip(phones, [[b] * 3, [b, c], [a], [b], [c, b, b]], strict=False):
        place(dot_round, phone, items)
    closed = reveal(dot_round)
    assert (closed.state, closed.voters, closed.present) == ("revealed", 5, 6)
    assert not DotVote.objects.exists()
    ranking = dots.ranking_of(closed)
    assert [(each.place, each.text, each.dots, each.share) for each in ranking.lines] == [
        ("1", "No data", 7, 100),
        ("2", "Fathers", 2, 29),
        ("3", "Waiting lists", 1, 14),
    ]
    assert ranking.turnout == "5 of 6 placed their dots."
    assert not ranking.too_few
    workshop.refresh_from_db()
    assert workshop.stage == Stage.DOTS


def test_what_has_as_many_dots_shares_its_place(workshop):
    dot_round = opened(workshop)
    a, b, _ = items_in(dot_round)
    for phone in make_phones(workshop, 5):
        place(dot_round, phone, [a, b])
    lines = dots.ranking_of(reveal(dot_round)).lines
    assert [each.place for each in lines] == ["1=", "1=", "3"]


def test_of_fewer_than_five_nothing_is_counted(workshop):
    dot_round = opened(workshop)
    for phone in make_phones(workshop, 4):
        place(dot_round, phone, items_in(dot_round)[:1])
    ranking = dots.ranking_of(reveal(dot_round))
    assert ranking.too_few
    assert [(each.place, each.dots, each.share) for each in ranking.lines] == [("", 0, 0)] * 3
    assert not DotItem.objects.filter(dots__gt=0).exists()
    assert not DotVote.objects.exists()


def test_closing_and_calling_off_twice_are_once_and_one_forbids_the_other(workshop):
    dot_round = opened(workshop)
    place(dot_round, *make_phones(workshop, 1), items_in(dot_round)[:1])
    by = workshop.created_by
    off = dots.call_off_dots(dot_round=dot_round, by=by)
    assert off.state == "called_off"
    assert dots.call_off_dots(dot_round=dot_round, by=by).closed_at == off.closed_at
    with pytest.raises(ValidationError, match="nothing to count"):
        reveal(dot_round)
    with pytest.raises(ValueError, match="called_off"):
        dots.ranking_of(off)
    second = opened(workshop, number=2)
    first = reveal(second)
    assert reveal(second).closed_at == first.closed_at
    with pytest.raises(ValidationError, match="counted already"):
        dots.call_off_dots(dot_round=second, by=by)
    assert not DotVote.objects.exists()


def test_the_same_click_twice_opens_one_round(workshop):
    first = opened(workshop)
    assert opened(workshop, texts=("Other", "words")) == first
    reveal(first)
    assert opened(workshop) == first  # it came late
    assert DotRound.objects.count() == 1
    assert opened(workshop, number=2) != first


def test_one_thing_is_open_at_a_time(workshop):
    ballot = make_ballot(workshop)
    with pytest.raises(ValidationError, match="A vote or dots are open"):
        opened(workshop)
    balloting.call_off(ballot=ballot, by=workshop.created_by)
    opened(workshop)
    with pytest.raises(ValidationError, match="Another vote is open"):
        balloting.open_ballot(
            workshop=workshop, entry=entry_of(workshop.assessment, 2), by=workshop.created_by
        )


def test_a_list_needs_two_things_of_this_sheet(workshop, area, agreed):
    with pytest.raises(ValidationError, match="two things"):
        opened(workshop, texts=["One"])
    with pytest.raises(ValidationError, match="more than 60"):
        opened(workshop, texts=["One"] * 61)
    foreign = [Item("One", entry=entry_of(agreed, 1)), Item("Two")]
    with pytest.raises(ValidationError, match="not on this sheet"):
        dots.open_dots(
            workshop=workshop, about="gaps", dots=3, items=foreign, number=1, by=area.coordinator
        )
    assert not DotRound.objects.exists()


def test_a_closed_workshop_takes_no_more_dots(workshop):
    workshop.closed_at, workshop.closed_by = workshop.created_at, workshop.created_by
    workshop.save()
    with pytest.raises(ValidationError, match="closed"):
        opened(workshop)


@pytest.mark.parametrize("verb", ["open", "reveal", "call off"])
def test_only_those_who_run_the_room_open_and_close_dots(workshop, area, verb):
    dot_round = opened(workshop)
    again = {"workshop": workshop, "about": "gaps", "dots": 3, "items": [], "number": 2}
    call = {
        "open": partial(dots.open_dots, **again),
        "reveal": partial(dots.reveal_dots, dot_round=dot_round),
        "call off": partial(dots.call_off_dots, dot_round=dot_round),
    }[verb]
    with pytest.raises(PermissionDenied):
        call(by=area.lead)
    dot_round.refresh_from_db()
    assert dot_round.is_open


# --- The phones -------------------------------------------------------------------------------


def test_dots_can_be_changed_and_a_late_packet_changes_nothing(workshop):
    dot_round, (phone,) = opened(workshop), make_phones(workshop, 1)
    a, b, c = items_in(dot_round)
    first = place(dot_round, phone, [c, a])
    assert place(dot_round, phone, [a, c]).revision == first.revision  # the same click twice
    assert place(dot_round, phone, [b, b, c], revision=first.revision).items == [b, b, c]
    with pytest.raises(balloting.Stale, match="2 dots on “No data”, 1 dot on “Fathers”") as stale:
        place(dot_round, phone, [c, a, a], revision=first.revision)
    assert stale.value.vote.revision == 2
    assert DotVote.objects.get().items == [b, b, c]


@pytest.mark.parametrize(
    ("number", "sentence"), [(4, "You placed 4 dots, and you have 3. Take 1 away."), (0, "one dot")]
)
def test_too_many_and_none_are_refused(workshop, number, sentence):
    dot_round, (phone,) = opened(workshop), make_phones(workshop, 1)
    with pytest.raises(ValidationError, match=sentence):
        place(dot_round, phone, items_in(dot_round)[:1] * number)
    assert not DotVote.objects.exists()


def test_what_is_in_another_list_takes_no_dot(workshop):
    other = opened(workshop)
    dots.call_off_dots(dot_round=other, by=workshop.created_by)
    dot_round, (phone,) = opened(workshop, number=2), make_phones(workshop, 1)
    for items in (items_in(other), [10**15]):
        with pytest.raises(ValidationError, match="not in this list"):
            place(dot_round, phone, items)


def test_the_database_refuses_too_many_dots_and_foreign_ones(workshop):
    dot_round, (phone,) = opened(workshop), make_phones(workshop, 1)
    a = items_in(dot_round)[0]
    for items, constraint in (([a] * 4, "dots_no_more"), ([10**15], "dots_on_this_list")):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            DotVote.objects.create(dot_round=dot_round, participant=phone, items=items)
        assert refused.value.__cause__.diag.constraint_name == constraint


def test_dots_that_come_late_get_a_sentence(workshop):
    dot_round, (phone, late) = opened(workshop), make_phones(workshop, 2)
    a = items_in(dot_round)[0]
    place(dot_round, phone, [a])
    seen = DotRound.objects.get()
    reveal(dot_round)
    for each in (phone, late):
        with pytest.raises(ValidationError, match="too late"):
            place(seen, each, [a])
        seen.state = "open"  # as a request has it that read it a moment before
    assert not DotVote.objects.exists()
