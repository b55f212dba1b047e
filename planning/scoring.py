"""Progress scoring: the profile of levels, and what may be said about it in one figure.

The rules in prose are in docs/scoring.md; tests/planning/test_scoring.py holds them as a
table of cases. Levels are ordinal: the distance from 1 to 2 need not be that from 3 to 4,
so the profile comes first and a mean is a footnote that says what was left out of it.

Pure rules over values: no database, no request, no clock. Exact fractions throughout,
rounded once, when they are shown.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction


class State(Enum):
    """How an entry stands. The three are different things and none of them is zero."""

    SCORED = "scored"
    NOT_YET = "not yet scored"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Score:
    """One domain's place in the profile. Levels are Decimals in half steps, or None."""

    number: int
    name: str
    level: Decimal | None = None
    target: Decimal | None = None
    not_applicable: bool = False
    previous: Decimal | None = None

    @property
    def state(self):
        """Scored, not yet scored or not applicable."""
        if self.not_applicable:
            return State.NOT_APPLICABLE
        return State.NOT_YET if self.level is None else State.SCORED

    @property
    def change(self):
        """Steps since the last assessment (a Decimal, may be negative); None if unknown."""
        if self.level is None or self.previous is None:
            return None
        return self.level - self.previous


@dataclass(frozen=True)
class Summary:
    """A mean that says how it came about.

    ``mean`` is an exact Fraction, or None when no domain was scored; ``scored``,
    ``not_yet`` and ``not_applicable`` are the scores that went in or were left out.
    """

    mean: Fraction | None
    scored: tuple[Score, ...]
    not_yet: tuple[Score, ...]
    not_applicable: tuple[Score, ...]

    @property
    def working(self):
        """The sum as people would write it down: “(2.5 + 1.5 + 3) ÷ 3”."""
        figures = " + ".join(f"{score.level.normalize():f}" for score in self.scored)
        return f"({figures}) ÷ {len(self.scored)}" if self.scored else ""


@dataclass(frozen=True)
class DimensionProfile:
    """One dimension: its scores in order, and their summary."""

    name: str
    scores: tuple[Score, ...]
    summary: Summary


@dataclass(frozen=True)
class Profile:
    """The whole profile: every dimension, and the summary over all domains."""

    dimensions: tuple[DimensionProfile, ...]
    summary: Summary

    @property
    def scores(self):
        """Every score in order."""
        return tuple(score for dimension in self.dimensions for score in dimension.scores)


def summarise(scores):
    """The mean of the scored domains, each counting once, and what was left out."""
    by_state = {state: tuple(s for s in scores if s.state is state) for state in State}
    scored = by_state[State.SCORED]
    total = sum((Fraction(score.level) for score in scored), Fraction(0))
    return Summary(
        mean=total / len(scored) if scored else None,
        scored=scored,
        not_yet=by_state[State.NOT_YET],
        not_applicable=by_state[State.NOT_APPLICABLE],
    )


def profile(dimensions):
    """The profile of ``dimensions``: pairs of a name and its scores, in official order."""
    parts = tuple(
        DimensionProfile(name, tuple(scores), summarise(scores)) for name, scores in dimensions
    )
    return Profile(parts, summarise([score for part in parts for score in part.scores]))


def rounded(mean):
    """A mean as it is shown: two decimal places, halves away from zero (2.345 -> 2.35)."""
    if mean is None:
        return None
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
