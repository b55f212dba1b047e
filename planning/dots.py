"""Dots: everybody spreads three or five over gaps or actions, and the room sees what matters most.

A round of dots is secret as a vote is (planning/balloting.py): where somebody's dots lie is tied
to the phone while the round is open, so that it can be changed and is there once; the transaction
that counts deletes it. Of fewer than five people nothing is counted.
"""

import re
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from partnerships.doors import tell_screens
from planning import balloting
from planning.models import BallotState, DotItem, DotRound, DotsAbout, Entry, PriorityAction, Stage
from planning.spreads import FEWEST
from planning.voting import CALLED_OFF, REVEALED, Deed, step

CHOICES = (3, 5)  # dots for each person
LONGEST = 280  # characters of one thing in the list: read on a phone
MOST_ITEMS = 60
BULLET = re.compile(r"^\s*(?:[-–—*•·▪●◦‣]+|\(?\d{1,2}[.)](?=\s)|\(?[a-zA-Z][.)](?=\s))\s*")
BETWEEN = re.compile(r"\n|\s*[•▪●◦‣]\s*")

ONE_IS_OPEN = "A vote or dots are open. Close them first, then open these dots."
TOO_FEW = "Put two things in the list at least: dots rank one above the other."
TOO_MANY = f"The list has more than {MOST_ITEMS} things. Leave some out."
NOT_HERE = "Something in the list is not on this sheet any more. Open this page once more."
REFUSALS = {
    (REVEALED, Deed.VOTE): "The dots are counted already, and these came too late. Say in the room "
    "what matters to you.",
    (CALLED_OFF, Deed.VOTE): "These dots were called off, so nothing is counted. Wait for the next "
    "question.",
    (CALLED_OFF, Deed.REVEAL): "These dots were called off, so there is nothing to count.",
    (REVEALED, Deed.CALL_OFF): "These dots were counted already, so they cannot be called off.",
}
STALE = (
    "Your dots lie so: {said}. They were sent from another tab, or a moment ago. To change them, "
    "place them again."
)
NONE_PLACED = "Place at least one dot."
GONE = "Something that you placed a dot on is not in this list. Load this page again."


@dataclass(frozen=True)
class Item:
    """One thing that dots can be put on, before there is a row of it."""

    text: str
    entry: Entry | None = None
    priority_action: PriorityAction | None = None


# --- What can be ranked -----------------------------------------------------------------------


def proposed(workshop, about):
    """The list to begin with: every gap, or every priority action, that stands on the sheet."""
    if about == DotsAbout.ACTIONS:
        actions = workshop.assessment.priority_actions.order_by("pk")
        return [Item(_short(each.what), priority_action=each) for each in actions]
    entries = workshop.assessment.entries.in_order()
    return [Item(_short(text), entry=each) for each in entries for text in gaps_in(each.gaps)]


def gaps_in(text):
    """The single gaps in a box: a line each, or what stands after each bullet."""
    lines = (" ".join(BULLET.sub("", line).split()) for line in BETWEEN.split(text))
    return list(dict.fromkeys(line for line in lines if any(map(str.isalnum, line))))


def _short(text):
    return Truncator(" ".join(text.split())).chars(LONGEST)


# --- Those who run the room -------------------------------------------------------------------


def next_number(workshop):
    """Which round the next one is, so that the same click twice opens one."""
    return workshop.dot_rounds.count() + 1


@transaction.atomic
def open_dots(*, workshop, about, dots, items, number, by):
    """Open a round of dots on ``items``; returns it.

    ``number``: next_number() of the page, so that the same click twice, or one that comes late,
    opens no further round. Raises ValidationError while something else is open, or the workshop
    is closed, or the list makes no sense; PermissionDenied for those who may not.
    """
    standing = balloting.held_workshop(workshop, by)
    there = list(standing.dot_rounds.order_by("pk"))
    if number <= len(there):
        return there[max(number, 1) - 1]
    if standing.closed_at:
        raise ValidationError(balloting.OVER)
    balloting.check_nothing_is_open(standing, ONE_IS_OPEN)
    _check_list(standing, items)
    dot_round = DotRound.objects.create(workshop=standing, about=about, dots=dots, opened_by=by)
    DotItem.objects.bulk_create(
        DotItem(
            dot_round=dot_round,
            position=position,
            text=item.text,
            entry=item.entry,
            priority_action=item.priority_action,
        )
        for position, item in enumerate(items, start=1)
    )
    balloting.be_at(standing, Stage.DOTS, standing.entry)
    tell_screens(standing)
    return dot_round


def _check_list(workshop, items):
    if len(items) < 2:
        raise ValidationError(TOO_FEW)
    if len(items) > MOST_ITEMS:
        raise ValidationError(TOO_MANY)
    rows = [item.entry or item.priority_action for item in items]
    if any(row and row.assessment_id != workshop.assessment_id for row in rows):
        raise ValidationError(NOT_HERE)


@transaction.atomic
def reveal_dots(*, dot_round, by):
    """Close a round and show the room the ranking; returns the round. Twice is once."""
    workshop = balloting.held_workshop(dot_round.workshop, by)
    standing = balloting.held_ballot(dot_round)
    if step(standing.state, Deed.REVEAL, REFUSALS) != standing.state:
        count_and_forget(standing, by=by)
        tell_screens(workshop)
    return standing


def call_off_dots(*, dot_round, by):
    """Close a round that was opened by mistake: nothing is counted. Twice is once."""
    return balloting.call_off(ballot=dot_round, by=by, refusals=REFUSALS)


def count_and_forget(dot_round, *, by):
    """Keep of a held, open round how many dots each thing has, and of the votes nothing."""
    votes = list(dot_round.votes.values_list("items", flat=True))
    if len(votes) >= FEWEST:
        placed = Counter(pk for items in votes for pk in items)
        found = list(dot_round.items.all())
        for item in found:
            item.dots = placed[item.pk]
        DotItem.objects.bulk_update([each for each in found if each.dots], ["dots"])
    dot_round.votes.all().delete()
    dot_round.voters = len(votes)
    dot_round.present = balloting.phones_in(dot_round.workshop)
    balloting.close_ballot(dot_round, BallotState.REVEALED, by)


# --- The phones -------------------------------------------------------------------------------


def place_dots(*, dot_round, participant, items, revision):
    """Keep where a phone's dots lie; returns the row. There is one of each phone.

    ``items``: the number of an item for each dot. ``revision``: of what the page had seen, 0 for
    nothing. As ``balloting.cast_vote`` it is the phone's own deed, and the same again is harmless.
    Raises balloting.Stale, and ValidationError: too many, none, or (code "closed") too late.
    """
    if len(items) > dot_round.dots:
        more = len(items) - dot_round.dots
        raise ValidationError(
            f"You placed {in_words(len(items))}, and you have {dot_round.dots}. Take {more} away."
        )
    if not items:
        raise ValidationError(NONE_PLACED)
    texts = dict(dot_round.items.values_list("pk", "text"))
    if not set(items) <= texts.keys():
        raise ValidationError(GONE)
    return balloting.answer(
        ballot=dot_round,
        participant=participant,
        said={"items": sorted(items)},
        revision=revision,
        stale=lambda vote: STALE.format(said=placed_in_words(vote.items, texts)),
        refusals=REFUSALS,
    )


def in_words(number):
    """“1 dot”, “3 dots”."""
    return f"{number} dot{'' if number == 1 else 's'}"


def placed_in_words(items, texts):
    """Where dots lie: “2 dots on “Waiting lists”, 1 dot on “Data””. ``texts``: number -> words."""
    counted = Counter(items)
    return ", ".join(
        f"{in_words(counted[pk])} on “{Truncator(text).chars(60)}”"
        for pk, text in texts.items()
        if counted[pk]
    )


# --- The ranking ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranked:
    """One thing in its place. ``place``: “1”, or “2=” with others; empty without counts.
    ``share``: its dots in hundredths of the most that one thing has.
    """

    place: str
    text: str
    domain: str
    dots: int
    share: int

    @property
    def words(self):
        """“4 dots”."""
        return in_words(self.dots)


@dataclass(frozen=True)
class Ranking:
    """What the room may see of a round that is closed."""

    pk: int
    title: str
    dots: int
    voters: int
    present: int
    lines: tuple[Ranked, ...]
    closed_at: object

    @property
    def too_few(self):
        """Whether too few placed dots to say where they lie."""
        return self.voters < FEWEST

    @property
    def turnout(self):
        """How many placed dots, as a sentence."""
        if self.voters <= self.present:
            return f"{self.voters} of {self.present} placed their dots."
        return f"{self.voters} placed their dots."


def ranking_of(dot_round, items=None):
    """The Ranking of a round that was revealed (a query, but for its ``items``).

    Raises ValueError for one that was not: nothing may be shown of it.
    """
    if not dot_round.is_revealed:
        raise ValueError(f"Nothing may be shown of dots that are {dot_round.state}.")
    there = items_of(dot_round) if items is None else items
    found = sorted(there, key=lambda each: (-each.dots, each.position))
    numbers = [each.dots for each in found]
    counted = dot_round.voters >= FEWEST
    return Ranking(
        pk=dot_round.pk,
        title=dot_round.get_about_display(),
        dots=dot_round.dots,
        voters=dot_round.voters,
        present=dot_round.present,
        lines=tuple(_ranked(each, numbers, counted) for each in found),
        closed_at=dot_round.closed_at,
    )


def items_of(dot_round):
    """Its list in order, each with its domain."""
    return list(dot_round.items.select_related("entry__domain").order_by("position", "pk"))


def _ranked(item, numbers, counted):
    place = f"{numbers.index(item.dots) + 1}{'=' if numbers.count(item.dots) > 1 else ''}"
    return Ranked(
        place=place if counted else "",
        text=item.text,
        domain=str(item.entry.domain) if item.entry_id else "",
        dots=item.dots,
        share=round(100 * item.dots / max(numbers[0], 1)) if counted else 0,
    )
