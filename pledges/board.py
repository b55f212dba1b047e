"""The register as a board: a column for each status, with the most urgent cards on top."""

from dataclasses import dataclass

from django.utils import timezone

from pledges import statuses
from pledges.models import Action, ActionStatus

MOST_CARDS = 30  # in a column; the rest is in the list


@dataclass(frozen=True)
class Card:
    """An action on the board, and the statuses that one click leads it to."""

    action: Action
    is_overdue: bool
    moves: tuple[ActionStatus, ...]


@dataclass(frozen=True)
class Column:
    """A status with its first cards, and how many actions there are of it in all."""

    status: ActionStatus
    cards: tuple[Card, ...]
    number: int

    @property
    def more(self):
        """How many the board does not show."""
        return self.number - len(self.cards)


def board(found, today=None):
    """The columns of a queryset of actions."""
    today = today or timezone.localdate()
    return [_column(found.filter(status=status), status, today) for status in ActionStatus]


def _column(found, status, today):
    newest_first = status not in statuses.OPEN
    ordered = found.order_by("-updated_at", "number") if newest_first else found.by_due()
    cards = tuple(_card(action, today) for action in ordered[:MOST_CARDS])
    number = len(cards) if len(cards) < MOST_CARDS else found.count()
    return Column(status, cards, number)


def _card(action, today):
    return Card(
        action=action,
        is_overdue=statuses.is_overdue(action.status, action.due_on, today),
        moves=tuple(each for each in ActionStatus if each != action.status),
    )
