"""The door of an event: opened for some hours, kept open, closed, and shown on the projector.

An *event* is any row of a higher room with a ``partnership``, an ``occasion`` (the door's own row,
None until it is first opened) and a ``version`` (counts what changed on its screens, for their
polls). The verbs here write on an event that the caller has locked and may run: both are for its
room to say.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from partnerships import joining
from rpcportal.kit.govuk import render_component
from rpcportal.kit.qr import qr_svg

HOURS = {1: "1 hour", 3: "3 hours", 8: "8 hours: all day"}
USUAL_HOURS = 3
NOT_OPEN = "This {called} is closed. Open it again to let phones in."
QR_TITLE = "QR code: scan it with your phone to join"


def is_open(event, now=None):
    """Whether phones can join it."""
    return event.occasion is not None and event.occasion.is_open(now)


# --- Verbs ------------------------------------------------------------------------------------


def open_door(event, *, kind, hours, by, also=()):
    """Let phones in for so many hours, with a new code. One that is open stays as it is.

    ``kind``: under which the room has registered (joining.register). ``also``: names of fields
    that the caller has set and that are saved in the same step.
    """
    if is_open(event):
        return
    event.occasion = joining.open_anew(
        standing=event.occasion,
        partnership=event.partnership,
        kind=kind,
        closes_at=timezone.now() + timedelta(hours=hours),
        by=by,
    )
    event.save(update_fields=[*also, "occasion"])
    tell_screens(event)


def extend_door(event, *, hours, by, called):
    """Keep it open for so many hours from now. Raises ValidationError when it is closed.

    ``called``: what the sentence calls the event, like “launch”.
    """
    if not is_open(event):
        raise ValidationError(NOT_OPEN.format(called=called))
    closes_at = timezone.now() + timedelta(hours=hours)
    event.occasion = joining.extend_occasion(occasion=event.occasion, closes_at=closes_at, by=by)
    tell_screens(event)


def close_door(event, *, by):
    """Let no more phones in. Twice is once."""
    if is_open(event):
        event.occasion = joining.close_occasion(occasion=event.occasion, by=by)
        tell_screens(event)


def tell_screens(event):
    """Tell the screens of this event that there is something new."""
    # Counted by the database, so that of two at once each counts. The row in hand stays as it is.
    type(event)._default_manager.filter(pk=event.pk).update(version=F("version") + 1)


# --- What screens and pages show ----------------------------------------------------------------


def stamp_of(event):
    """Says how an event looks: another one, and a screen that shows it is out of date."""
    return f"{event.version}{'o' if is_open(event) else 'c'}"


def door_tag(event):
    """Planned, open or closed, as a tag."""
    if event.occasion is None:
        text, colour = "Planned", "blue"
    elif is_open(event):
        text, colour = "Open", "green"
    else:
        text, colour = "Closed", "grey"
    return render_component("tag", {"text": text, "classes": f"govuk-tag--{colour}"})


@dataclass(frozen=True)
class Door:
    """How phones come in: the QR code, and what is typed instead."""

    qr: str
    address: str  # without https://, as people type it
    code: str

    @classmethod
    def of(cls, event, absolute):
        """``absolute`` makes a full address of a path. None while the event is not open."""
        if not is_open(event):
            return None
        typed = absolute(reverse("join")).partition("://")[2].rstrip("/")
        return cls(
            qr=qr_svg(absolute(joining.join_path(event.occasion)), title=QR_TITLE),
            address=typed.removeprefix("www."),
            code=joining.spoken_code(event.occasion),
        )
