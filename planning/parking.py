"""The parking list: what comes up, is not for now, and must not be forgotten."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.doors import tell_screens
from planning.balloting import held_workshop
from planning.models import ParkedPoint
from rpcportal.kit.holding import held_row

SENT_BEFORE = (
    "This page was sent before, with other words. Load it once more and park the point again."
)
SETTLED = "Someone else has settled this meanwhile: “{outcome}” What you wrote is below."


@transaction.atomic
def park(*, workshop, text, entry, request_key, by):
    """Put a point on the list; returns it. The same click twice is one.

    ``entry``: the domain that it came up at, or None.
    """
    standing = held_workshop(workshop, by)
    asked = {"workshop": standing, "text": text, "parked_by": by}
    point, is_new = ParkedPoint.objects.get_or_create(
        request_key=request_key, defaults={**asked, "entry": entry}
    )
    if is_new:
        tell_screens(standing)
    elif any(getattr(point, name) != value for name, value in asked.items()):
        raise ValidationError(SENT_BEFORE)
    return point


@transaction.atomic
def settle(*, point, outcome, by):
    """Say what became of a point; returns it. The same words twice are once.

    Raises ValidationError when somebody else has said something else: theirs stands.
    """
    standing_workshop = held_workshop(point.workshop, by)
    standing = held_row(ParkedPoint.objects.all(), point.pk, no_key=True)
    if standing.settled_at is not None:
        if standing.outcome != outcome:
            raise ValidationError(SETTLED.format(outcome=standing.outcome))
        return standing
    standing.outcome, standing.settled_by, standing.settled_at = outcome, by, timezone.now()
    standing.save(update_fields=["outcome", "settled_by", "settled_at"])
    tell_screens(standing_workshop)
    return standing


@transaction.atomic
def bring_back(*, point, by):
    """Put a point that was settled by mistake back on the list. Twice is once."""
    standing_workshop = held_workshop(point.workshop, by)
    standing = held_row(ParkedPoint.objects.all(), point.pk, no_key=True)
    if standing.settled_at is not None:
        standing.outcome, standing.settled_by, standing.settled_at = "", None, None
        standing.save(update_fields=["outcome", "settled_by", "settled_at"])
        tell_screens(standing_workshop)
    return standing
