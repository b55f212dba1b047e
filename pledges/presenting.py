"""What the pages of this room show, as values that their templates only print."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from pledges import permissions, statuses
from pledges.models import ActionStatus
from pledges.register import rating_tag, rating_words, status_tag


@dataclass(frozen=True)
class Told:
    """One update as the story shows it: who, when, their words, and what changed with them."""

    who: str
    at: datetime
    text: str
    changes: tuple[str, ...]
    due_reason: str


def action_page(action, user, today=None):
    """The context of an action's page."""
    today: date = today or timezone.localdate()
    return {
        "partnership": action.partnership,
        "action": action,
        "status_tag": status_tag(action.status),
        "rating_tag": rating_tag(action.rating),
        "is_overdue": statuses.is_overdue(action.status, action.due_on, today),
        "story": [story_line(update) for update in action.updates.all()],
        "refusal": permissions.write_refusal(user, action.organisation),
    }


def story_line(update):
    """An update in words."""
    return Told(
        who=str(update.written_by),
        at=update.written_at,
        text=update.text,
        changes=tuple(_changes(update)),
        due_reason=update.due_reason,
    )


def _changes(update):
    if update.status_before != update.status_after:
        before, after = ActionStatus(update.status_before), ActionStatus(update.status_after)
        yield f"Status: {before.label.lower()} → {after.label.lower()}"
    if update.rating_after and update.rating_before != update.rating_after:
        before = f"{rating_words(update.rating_before)} → " if update.rating_before else ""
        yield f"Rating: {before}{rating_words(update.rating_after)}"
    if update.moved_due:
        yield f"Due: {_day(update.due_before)} → {_day(update.due_after)}"


def _day(day):
    return f"{day:%-d %B %Y}" if day else "no day"
