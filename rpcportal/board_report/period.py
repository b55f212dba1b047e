"""What figures are asked about: a partnership and a period; and how they are kept."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from partnerships.models import Partnership
from pledges.models import OPEN_STATUSES, Action, Update
from rpcportal.kit.forms import plain_text

MOST = 40  # rows of one table; how many there are in all is said beside it
WORDS = 400  # characters of a text in a table: enough to read, and a row stays on its page


@dataclass(frozen=True)
class Period:
    """The days that a report is about. ``today`` is the day its figures are taken."""

    partnership: Partnership
    from_on: date
    to_on: date
    today: date

    @property
    def end(self):
        """The last day that figures can be of: a period that still runs ends today."""
        return min(self.to_on, self.today)

    @property
    def days(self):
        """The first and the last day, for a condition on a day."""
        return self.from_on, self.end

    @property
    def moments(self):
        """The same for a condition on a moment."""
        return _midnight(self.from_on), _midnight(self.end + timedelta(days=1))

    def actions(self):
        """The partnership's actions with ``due_then``: the last day of each at the end of the
        period, whatever was moved later.
        """
        later = Update.objects.filter(
            action=OuterRef("pk"), written_at__gte=self.moments[1]
        ).order_by("written_at", "pk")
        then = Subquery(later.values("due_before")[:1])
        return Action.objects.of(self.partnership).annotate(
            due_then=Case(
                When(Exists(later), then=then), default=F("due_on"), output_field=DateField()
            )
        )

    @property
    def is_overdue(self):
        """A condition on ``actions``: due before the end of the period, and not done by then.

        When something was withdrawn is not kept beside it, so what is withdrawn never counts.
        """
        not_done = Q(status__in=OPEN_STATUSES) | Q(completed_on__gt=self.end)
        return Q(due_then__lt=self.end) & not_done


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


def listed(rows, one, most=MOST):
    """A queryset as it is kept: its first rows as plain values, and how many there are."""
    return {"rows": [one(row) for row in rows[:most]], "all": rows.count()}


def said(text, most=WORDS):
    """A text in a table: at most so long, cut between words."""
    text = plain_text(text or "")
    if len(text) <= most:
        return text
    start = text[:most]
    return f"{start[: start.rfind(' ')] if ' ' in start else start}…"


def day(value):
    """A day as JSON keeps it; None for none."""
    return value and value.isoformat()
