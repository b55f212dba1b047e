"""What was counted of a secret ballot, as a picture, a table and words.

Only values and geometry: templates/planning/_spread.html draws it, small on a page and large on
the projector. A column for every step of the scale, zeros too, and one for “don't know” apart
from them; what was scored before the workshop stands beside it in outline, so that the two read
in black and white. Nothing here is averaged: the room agrees, the portal only counts.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from planning.levels import format_level
from planning.models import BallotKind, BallotState, RemarkKind, Tally
from planning.outline import outline_of
from planning.spreads import FEWEST

RATINGS = tuple(map(Decimal, range(1, 6)))  # the closing rating goes from 1 to 5
DOES_NOT_KNOW = "Don’t know"

WIDEST, PER_COLUMN, APART = 360, 40, 10
TOP, AXIS, LABELS, LAST, LAST_WORDS, HEIGHT = 24, 156, 175, 192, 196, 204

HEADINGS = {
    RemarkKind.REASON: "Reasons",
    RemarkKind.STRENGTH: "Strengths",
    RemarkKind.IMPROVEMENT: "What could be better",
    RemarkKind.COMMENT: "Comments",
}


@dataclass(frozen=True)
class Bar:
    """A column of the picture: its corner, its size, and where its number stands above it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    number_y: float


@dataclass(frozen=True)
class Step:
    """A level of the scale, or “don’t know” (no level): who voted for it, now and beforehand."""

    level: object
    label: str
    votes: int
    before: int
    is_last_time: bool
    middle: float
    bar: Bar
    bar_before: Bar | None


@dataclass(frozen=True)
class Split:
    """How one sector voted: numbers in the order of the steps."""

    sector: str
    numbers: tuple[int, ...]

    @property
    def total(self):
        """How many of them voted."""
        return sum(self.numbers)


@dataclass(frozen=True)
class Said:
    """Remarks of one kind under their heading. ``remarks`` are rows, so that one can be hidden."""

    heading: str
    remarks: tuple


@dataclass(frozen=True)
class Spread:
    """What the room may see of a ballot that was revealed.

    ``steps`` is empty when there were too few votes to show; ``before`` says how many scored
    before the workshop, None when there is nothing to set beside it.
    """

    pk: int
    title: str
    round: int
    closed_at: object
    voters: int
    present: int
    steps: tuple[Step, ...]
    splits: tuple[Split, ...]
    said: tuple[Said, ...]
    last_level: object
    before: int | None
    is_rating: bool
    width: int
    height: int = HEIGHT
    top: int = TOP
    axis: int = AXIS
    labels: int = LABELS
    last: int = LAST
    last_words: int = LAST_WORDS

    @classmethod
    def of(cls, ballot, *, last_level=None, prework=None):
        """The Spread of a revealed ``ballot``; a list comes from Ballot.objects.with_spread().

        ``last_level``: the domain's level in the last assessment. ``prework``: the ballot of
        round 0 on the same domain. Raises ValueError for a ballot that was not revealed.
        """
        if ballot.state != BallotState.REVEALED:
            raise ValueError(f"Nothing may be shown of a ballot that is {ballot.state}.")
        by_sector = _by_sector(ballot)
        beforehand = _by_sector(prework).get("", {}) if prework else {}
        levels = _levels(ballot, by_sector.get("", {}), beforehand)
        width = max(WIDEST, PER_COLUMN * len(levels) + APART)
        return cls(
            pk=ballot.pk,
            title=_title(ballot),
            round=ballot.round,
            closed_at=ballot.closed_at,
            voters=ballot.voters,
            present=ballot.present,
            steps=_steps(levels, by_sector.get("", {}), beforehand, last_level, width),
            splits=_splits(levels, by_sector),
            said=_said(ballot),
            last_level=last_level,
            before=prework.voters if prework else None,
            is_rating=ballot.kind == BallotKind.RATING,
            width=width,
        )

    @property
    def too_few(self):
        """Whether there were too few votes to show how they spread."""
        return self.voters < FEWEST or not self.steps

    @property
    def before_is_shown(self):
        """Whether what was scored beforehand stands beside it."""
        return any(step.bar_before for step in self.steps)

    @property
    def before_words(self):
        """How many scored beforehand, or an empty sentence."""
        if self.before is None:
            return ""
        if self.before < FEWEST:
            return f"Fewer than {FEWEST} scored beforehand, so that is not shown."
        return f"{self.before} people scored beforehand."

    @property
    def turnout(self):
        """How many voted, as a sentence."""
        people = "1 person" if self.voters == 1 else f"{self.voters} people"
        if not self.round:
            return f"{people} scored beforehand."
        if self.voters <= self.present:
            return f"{self.voters} of {self.present} voted."
        return f"{people} voted."

    @property
    def short_title(self):
        """Which round it is, where the page says of what."""
        return f"Round {self.round}" if self.round else "Before the workshop"

    @property
    def what(self):
        """What a step is called: “Level”, or “Rating”."""
        return "Rating" if self.is_rating else "Level"

    @cached_property
    def description(self):
        """The picture in words: every level that somebody voted for."""
        now = _in_words((step.label, step.votes) for step in self.steps)
        said = [f"{self.turnout} {now}."]
        if self.before_is_shown:
            earlier = _in_words((step.label, step.before) for step in self.steps)
            said.append(f"Before the workshop: {earlier}.")
        if self.last_words_text:
            said.append(f"{self.last_words_text}.")
        return " ".join(said)

    @property
    def last_words_text(self):
        """What the mark below the scale says, or nothing."""
        return f"Last time: {format_level(self.last_level)}" if self.last_level else ""

    @property
    def last_at(self):
        """The step that the last assessment's mark stands under, or None."""
        return next((step for step in self.steps if step.is_last_time), None)

    @property
    def last_anchor(self):
        """On which side of its mark the words stand, so that they stay within the picture."""
        return "end" if self.last_at and self.last_at.middle > self.width / 2 else "start"

    @property
    def last_x(self):
        """Where the words of the mark begin, or end."""
        return self.last_at.middle + (-12 if self.last_anchor == "end" else 12)

    @property
    def after_x(self):
        """Where “don’t know” begins, apart from the scale; the right edge without it."""
        column = (self.width - APART) / len(self.steps)
        return self.width if self.steps[-1].level is not None else round(self.width - column, 1)

    @property
    def apart_x(self):
        """Where the scale ends."""
        return round(self.after_x - APART, 1)

    @property
    def number_size(self):
        """The size of the numbers: three digits of the large one are wider than half a column."""
        return 12 if self.before_is_shown and max(step.votes for step in self.steps) > 99 else 17


def _title(ballot):
    about = "How the workshop was" if ballot.entry_id is None else str(ballot.entry.domain)
    if not ballot.round:
        return f"{about}: before the workshop"
    if ballot.kind == BallotKind.RATING and ballot.round == 1:
        return about
    return f"{about}: round {ballot.round}"


def _by_sector(ballot):
    """Sector -> level -> votes; "" for the whole room."""
    found = defaultdict(dict)
    for tally in ballot.tallies.all():
        found[tally.sector][tally.level] = tally.votes
    return found


def _levels(ballot, now, before):
    """Every level of the scale, and None for “don’t know”; nothing when nothing may be shown."""
    if not now:
        return []
    if ballot.kind == BallotKind.RATING:
        scale = set(RATINGS)
    else:
        scale = set(outline_of(ballot.workshop.assessment.framework).steps)
    levels = sorted((scale | now.keys() | before.keys()) - {None})
    asks_no_more = ballot.kind == BallotKind.RATING and None not in now
    return levels if asks_no_more else [*levels, None]


def _steps(levels, now, before, last_level, width):
    if not levels:
        return ()
    most = max([*now.values(), *before.values()])
    column = (width - APART) / len(levels)
    steps = []
    for place, level in enumerate(levels):
        start = column * place + (APART if level is None else 0)
        wide = column * (0.46 if before else 0.7)
        left = start + column * (0.06 if before else 0.15)
        steps.append(
            Step(
                level=level,
                label=DOES_NOT_KNOW if level is None else format_level(level),
                votes=now.get(level, 0),
                before=before.get(level, 0),
                is_last_time=level is not None and level == last_level,
                middle=round(start + column / 2, 1),
                bar=_bar(left, wide, now.get(level, 0), most),
                bar_before=_bar(left + wide + 3, column * 0.34, before.get(level, 0), most)
                if before
                else None,
            )
        )
    return tuple(steps)


def _bar(x, width, votes, most):
    height = (AXIS - TOP) * votes / most
    return Bar(
        x=round(x, 1),
        y=round(AXIS - height, 1),
        width=round(width, 1),
        height=round(height, 1),
        middle=round(x + width / 2, 1),
        number_y=round(AXIS - height - 5, 1),
    )


def _splits(levels, by_sector):
    """Every sector that was kept, in the order of their names; the rest stands last."""
    names = dict(Tally._meta.get_field("sector").choices)
    sectors = sorted(by_sector.keys() - {""}, key=lambda each: (each == Tally.REST, names[each]))
    return tuple(
        Split(names[sector], tuple(by_sector[sector].get(level, 0) for level in levels))
        for sector in sectors
    )


def _said(ballot):
    """The remarks that are shown, by kind, in the random order that they were kept in."""
    found = defaultdict(list)
    for remark in sorted(ballot.remarks.all(), key=lambda remark: remark.pk):
        if remark.hidden_at is None:
            found[remark.kind].append(remark)
    return tuple(
        Said(heading, tuple(found[kind])) for kind, heading in HEADINGS.items() if found[kind]
    )


def _in_words(numbers):
    said = [f"{label}: {votes}" for label, votes in numbers if votes]
    return ", ".join(said)


# --- The spreads of a domain ------------------------------------------------------------------


@dataclass(frozen=True)
class WorkshopSpreads:
    """How one workshop voted on a domain: its rounds in order, what came beforehand first."""

    pk: int
    name: str
    held_on: object
    spreads: tuple[Spread, ...]


def spreads_of(entry):
    """WorkshopSpreads of a domain, the newest workshop first (three queries, one without any)."""
    ballots = entry.ballots.of_levels().revealed().of_workshops().with_spread()
    found = []
    for workshop, of_one in groupby(ballots, key=lambda ballot: ballot.workshop):
        rounds = list(of_one)
        prework = rounds[0] if rounds[0].round == 0 else None
        spreads = tuple(
            Spread.of(ballot, prework=prework if ballot.round else None) for ballot in rounds
        )
        found.append(WorkshopSpreads(workshop.pk, workshop.name, workshop.held_on, spreads))
    return found


def newest_spread(entry):
    """The last round that was revealed in a room on a domain, or None (a query; three with one)."""
    in_rooms = entry.ballots.of_levels().revealed().filter(round__gt=0)
    ballot = in_rooms.with_spread().order_by("-closed_at").first()
    return ballot and Spread.of(ballot)
