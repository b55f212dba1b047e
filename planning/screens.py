"""What the room is at: which question its phones, its projector and its console show.

Read from the database each time; no state of the room lives in a browser or a server process.
"""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partnerships.doors import stamp_of
from partnerships.models import Participant
from planning.agreeing import is_agreed_here
from planning.levels import format_level
from planning.models import (
    Ballot,
    BallotKind,
    BallotState,
    DotRound,
    DotVote,
    Entry,
    Stage,
    Vote,
    Workshop,
)
from planning.outline import OutlineDomain, outline_of
from planning.parts import level_text

NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True)
class Now:
    """What a room is at in this moment.

    ``entry`` and ``domain``: of the domain it is at; None at every other stage. ``ballot``: the
    one that is open, or the newest round of this domain that was revealed (at the end: of how the
    workshop was); None before the first. ``dot_round``: the one that is open, or at stage dots the
    last that was revealed.
    """

    workshop: Workshop
    stage: str
    entry: Entry | None
    domain: OutlineDomain | None
    ballot: Ballot | None
    dot_round: DotRound | None

    @property
    def is_open(self):
        """Whether the ballot takes votes."""
        return self.ballot is not None and self.ballot.is_open

    @property
    def is_revealed(self):
        """Whether everybody may see what was voted."""
        return self.ballot is not None and self.ballot.is_revealed

    @property
    def takes_dots(self):
        """Whether dots can be placed."""
        return self.dot_round is not None and self.dot_round.is_open

    @property
    def agreed(self):
        """What the room agreed of its domain, in words: “2/3”, “Not applicable”, or nothing.

        What stood on the sheet before is not it, and would lead those who vote.
        """
        if self.entry is None or self.is_open or not is_agreed_here(self.entry, self.workshop):
            return ""
        return stands_at(self.entry)

    @property
    def stage_label(self):
        """The stage in words."""
        return Stage(self.stage).label

    @property
    def where(self):
        """What the room is at, in words: “2. Leadership: a vote is open”."""
        place = self.domain.title if self.domain else self.stage_label
        if self.is_open and self.ballot.kind == BallotKind.RATING:
            return f"{place}: how the workshop was"
        if self.is_open:
            return f"{place}: a vote is open"
        if self.takes_dots:
            return f"{place}: dots are being placed"
        if self.agreed:
            return f"{place}: the room agreed {self.agreed[:1].lower()}{self.agreed[1:]}"
        if self.is_revealed and self.domain:
            return f"{place}: the vote is revealed"
        return place


def stands_at(entry):
    """The level on the sheet in words: “2/3”, “Not applicable”, or nothing."""
    if entry.not_applicable:
        return NOT_APPLICABLE
    return "" if entry.level is None else format_level(entry.level)


def now_at(workshop):
    """What the room is at, in two queries at most. ``workshop``: as with_context() loads it."""
    stage = workshop.stage
    ballot = _ballot_at(workshop)
    dot_round = None if ballot and ballot.is_open else _dots_at(workshop)
    entry = workshop.entry if stage == Stage.DOMAIN else None
    outline = outline_of(workshop.assessment.framework)
    return Now(
        workshop=workshop,
        stage=stage,
        entry=entry,
        domain=outline.by_number[outline.number_of[entry.domain_id]] if entry else None,
        ballot=ballot,
        dot_round=dot_round,
    )


def room_of(assessment):
    """The Now of the workshop that is open on a sheet, or None (a query; three while one is)."""
    opened = assessment.workshops.with_open_door(timezone.now()).with_context()
    workshop = opened.order_by("-held_on", "-pk").first()
    return now_at(workshop) if workshop else None


def _ballot_at(workshop):
    """The open ballot; or the newest revealed one of what the room is at."""
    asked = Q(state=BallotState.OPEN)
    if workshop.stage == Stage.DOMAIN:
        asked |= Q(state=BallotState.REVEALED, entry=workshop.entry_id, kind=BallotKind.LEVEL)
    elif workshop.stage == Stage.CLOSING:
        asked |= Q(state=BallotState.REVEALED, kind=BallotKind.RATING)
    found = Ballot.objects.filter(asked, workshop=workshop, round__gt=0)
    newest = max(found, key=lambda each: (each.is_open, each.round), default=None)
    if newest is not None:
        newest.workshop = workshop
    return newest


def _dots_at(workshop):
    """The open round of dots; or, at stage dots, the last that was revealed."""
    asked = Q(state=BallotState.OPEN)
    if workshop.stage == Stage.DOTS:
        asked |= Q(state=BallotState.REVEALED)
    found = DotRound.objects.filter(asked, workshop=workshop)
    newest = max(found, key=lambda each: (each.is_open, each.pk), default=None)
    if newest is not None:
        newest.workshop = workshop
    return newest


# --- What changes while people vote -----------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many phones are in, and how many have answered what is open now; never who, or what."""

    phones: int
    votes: int

    def in_words(self, done="voted"):
        """“18 of 24 have voted.”"""
        if not self.votes:
            return f"Nobody has {done} yet."
        if self.votes == self.phones and self.votes > 1:
            return f"All {self.votes} have {done}."
        of_all = f" of {self.phones}" if self.phones > self.votes else ""
        return f"{self.votes}{of_all} {'has' if self.votes == 1 else 'have'} {done}."

    @property
    def phones_in_words(self):
        """“24 phones are in.”"""
        if not self.phones:
            return "No phone is in yet."
        return "1 phone is in." if self.phones == 1 else f"{self.phones} phones are in."


def counts_at(workshop):
    """The Counts of this moment, in one query."""
    votes = Vote.objects.filter(ballot__state=BallotState.OPEN, ballot__round__gt=0)
    dots = DotVote.objects.filter(dot_round__state=BallotState.OPEN)
    found = Workshop.objects.filter(pk=workshop.pk).order_by()
    phones, voted, dotted = found.values_list(
        _number(Participant.objects.filter(occasion_id=OuterRef("occasion_id")), "occasion_id"),
        _number(votes.filter(ballot__workshop_id=OuterRef("pk")), "ballot__workshop_id"),
        _number(dots.filter(dot_round__workshop_id=OuterRef("pk")), "dot_round__workshop_id"),
    ).get()
    return Counts(phones=phones, votes=voted + dotted)


def _number(rows, of):
    """How many rows there are of one workshop."""
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True)
class Timer:
    """How long the room still has. ``seconds`` is 0 once the time is up."""

    ends_at: object
    seconds: int

    @classmethod
    def of(cls, workshop, now=None):
        """None while there is no timer, and when it ran out a while ago."""
        if workshop.timer_ends_at is None:
            return None
        left = (workshop.timer_ends_at - (now or timezone.now())).total_seconds()
        return None if left < -FORGOTTEN else cls(workshop.timer_ends_at, max(0, round(left)))

    @property
    def clock(self):
        """“4:05”."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


FORGOTTEN = 300  # seconds for which a screen says that the time is up


def shape_of(workshop):
    """Says how everything on a screen looks but for the counts: another one, and it is drawn anew.

    It holds the level that stands on the sheet too, which a scribe may write elsewhere.
    """
    timer = Timer.of(workshop)
    ends = "" if timer is None else f"t{bool(timer.seconds):d}"
    level = level_text(workshop.entry) if workshop.entry_id else ""
    return f"{stamp_of(workshop)}{ends}l{level}"


def stamp_at(workshop, counts):
    """Says how a screen looks, with its counts."""
    return f"{shape_of(workshop)}-{counts.votes}-{counts.phones}"


def shape_in(stamp):
    """The shape out of a stamp that a page has seen."""
    return stamp.partition("-")[0]


# --- Disagreement -----------------------------------------------------------------------------


def disagreement(numbers):
    """How far two people of the room lie apart on the average; 0 for nobody to compare.

    ``numbers``: level -> votes; “don't know” (None) does not count. It only orders the domains.
    """
    levels = [(level, votes) for level, votes in numbers.items() if level is not None]
    people = sum(votes for _, votes in levels)
    if people < 2:
        return 0
    apart = sum(
        one_votes * other_votes * abs(one - other)
        for one, one_votes in levels
        for other, other_votes in levels
    )
    return apart / (people * (people - 1))
