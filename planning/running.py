"""Verbs of those who run a room: its door, what it is at, its timer, what its screen shows.

Each holds the workshop first, so two facilitators do one thing after the other; and each is
harmless when the same click comes twice, or late from a page that is out of date.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships import joining
from partnerships.doors import close_door, extend_door, is_open, open_door, tell_screens
from planning.balloting import KIND, OVER, be_at, check_nothing_is_open, held_workshop
from planning.models import Remark, Stage
from rpcportal.kit.holding import held_row

MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)
MORE = 5
STOP = 0
SOME_ARE_OPEN = (
    "A vote is open, and phones that join with a new code could vote in it twice. Close the vote "
    "first, then let phones in again."
)
STILL_OPEN = "A vote is open. Close it, or call it off, and then go on."
OTHER_SHEET = "This domain is not on the sheet of this workshop. Choose one of the run sheet."

# --- The door ---------------------------------------------------------------------------------


@transaction.atomic
def open_workshop(*, workshop, hours, by):
    """Let phones in for so many hours; returns the workshop. One that is open stays as it is.

    A door whose time ran out opens again with its code, and phones that were in stay in. One that
    somebody closed gets a new code. A workshop that was closed goes on.
    """
    standing = held_workshop(workshop, by)
    if standing.closed_at is not None:
        standing.closed_at = standing.closed_by = None
        standing.save(update_fields=["closed_at", "closed_by"])
        tell_screens(standing)
    if is_open(standing):
        return standing
    if standing.occasion and standing.occasion.closed_at is None:
        closes_at = timezone.now() + timedelta(hours=hours)
        standing.occasion = joining.extend_occasion(
            occasion=standing.occasion, closes_at=closes_at, by=by
        )
        tell_screens(standing)
        return standing
    _check_nothing_is_open(standing, SOME_ARE_OPEN)
    open_door(standing, kind=KIND, hours=hours, by=by)
    return standing


@transaction.atomic
def extend_workshop(*, workshop, hours, by):
    """Keep it open for so many hours from now. Raises ValidationError when it is closed."""
    standing = held_workshop(workshop, by)
    extend_door(standing, hours=hours, by=by, called="workshop")
    return standing


@transaction.atomic
def shut_door(*, workshop, by):
    """Let no more phones in; those that are in can go on voting. Twice is once."""
    standing = held_workshop(workshop, by)
    close_door(standing, by=by)
    return standing


# --- What the room is at ----------------------------------------------------------------------


@transaction.atomic
def go_to(*, workshop, stage, by, entry=None):
    """Bring the room to a stage, or to the domain ``entry``; returns the workshop.

    Raises ValidationError while a vote or dots are open, or when the workshop is closed: phones
    that are answering must not be led away. Where the room is already, nothing happens.
    """
    standing = held_workshop(workshop, by)
    if entry is not None and entry.assessment_id != standing.assessment_id:
        raise ValidationError(OTHER_SHEET)
    wanted = entry if stage == Stage.DOMAIN else standing.entry
    if (standing.stage, standing.entry) == (stage, wanted):
        return standing
    if standing.closed_at is not None:
        raise ValidationError(OVER)
    _check_nothing_is_open(standing, STILL_OPEN)
    be_at(standing, stage, wanted)
    tell_screens(standing)
    return standing


def _check_nothing_is_open(workshop, sentence):
    try:
        check_nothing_is_open(workshop)
    except ValidationError:
        raise ValidationError(sentence) from None


# --- The timer --------------------------------------------------------------------------------


def timer_seen(workshop):
    """What a page says it saw of the timer: with it, a late click is told from a new one."""
    return workshop.timer_ends_at.isoformat() if workshop.timer_ends_at else ""


@transaction.atomic
def set_timer(*, workshop, minutes, seen, by):
    """Give the room so many minutes, more if the timer is running; STOP takes it away.

    ``seen``: timer_seen() of the page. When the timer was set since, this changes nothing: the
    same click twice, or two facilitators with the same wish, give five minutes and not ten.
    """
    standing = held_workshop(workshop, by)
    if seen != timer_seen(standing):
        return standing
    if standing.closed_at is not None:
        raise ValidationError(OVER)
    now = timezone.now()
    begins = max(now, standing.timer_ends_at or now)
    standing.timer_ends_at = None if minutes == STOP else begins + timedelta(minutes=minutes)
    if seen != timer_seen(standing):
        standing.save(update_fields=["timer_ends_at"])
        tell_screens(standing)
    return standing


# --- The screen -------------------------------------------------------------------------------


@transaction.atomic
def hide_remark(*, remark, is_hidden, by):
    """Take a remark off the screen, or put it back. Twice is once."""
    workshop = held_workshop(remark.ballot.workshop, by)
    standing = held_row(Remark.objects.all(), remark.pk, no_key=True)
    if bool(standing.hidden_at) != is_hidden:
        standing.hidden_at = timezone.now() if is_hidden else None
        standing.save(update_fields=["hidden_at"])
        tell_screens(workshop)
    return standing
