"""The register on a line of months: from when to when each action runs.

Only geometry: templates/pledges/_timeline.html draws it. The days stand beside each bar in
words, so that nobody has to measure.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pledges import statuses
from pledges.models import Action

WIDTH = 1000  # units of the view box
MOST_ROWS = 100
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Bar:
    """An action and its bar, from ``x`` on, ``width`` wide; ``open_start``: no day it began."""

    action: Action
    x: float
    width: float
    is_overdue: bool
    open_start: bool


@dataclass(frozen=True)
class Timeline:
    """The bars in order of their last day; ``months``: (x, name) of each tick."""

    bars: tuple[Bar, ...]
    months: tuple[tuple[float, str], ...]
    today_x: float | None
    without_day: int
    more: int


def timeline(found, today=None):
    """The timeline of a queryset of actions; those without a last day are only counted."""
    today = today or timezone.localdate()
    dated = found.exclude(due_on=None).by_due()
    actions = list(dated[:MOST_ROWS])
    more = dated.count() - len(actions) if len(actions) == MOST_ROWS else 0
    without_day = found.filter(due_on=None).count()
    if not actions:
        return Timeline((), (), None, without_day, more)
    scale = Scale.over(actions, today)
    return Timeline(
        bars=tuple(_bar(action, scale, today) for action in actions),
        months=tuple(scale.months()),
        today_x=scale.x(today),
        without_day=without_day,
        more=more,
    )


def _bar(action, scale, today):
    start = action.starts_on or action.due_on
    x, end = scale.x(start), scale.x(action.due_on + timedelta(days=1))
    overdue = statuses.is_overdue(action.status, action.due_on, today)
    return Bar(action, x, max(end - x, 6), overdue, action.starts_on is None)


@dataclass(frozen=True)
class Scale:
    """Days to units: from ``first`` to ``last``, whole months, three years at most."""

    first: date
    last: date

    @classmethod
    def over(cls, actions, today):
        """A scale that holds today and, as far as three years go, every action."""
        first = min(today, *(each.starts_on or each.due_on for each in actions))
        last = max(today, *(each.due_on for each in actions))
        first = max(first, today - LONGEST / 2).replace(day=1)
        last = min(last, today + LONGEST / 2)
        return cls(first, _next_month(last))

    def x(self, day):
        """Where a day stands; days outside stand at the edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(min(max(share, 0), 1) * WIDTH, 1)

    def months(self):
        """The first day of each month, or of each quarter where there are many."""
        day, every = self.first, 1 if (self.last - self.first).days < 400 else 3
        named = None
        while day < self.last:
            if (day.month - 1) % every == 0:
                yield self.x(day), f"{day:%b}" if named == day.year else f"{day:%b %Y}"
                named = day.year
            day = _next_month(day)


def _next_month(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
