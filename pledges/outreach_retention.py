"""Champions and family ambassadors who ended: two years later nobody knows their names any more.

What stays is that the organisation had somebody, and from when to when. The history never held
the name or the address.
"""

import pghistory
from django.utils import timezone

from partnerships.events import PORTAL
from partnerships.retention import months_before
from pledges.models import Champion

KEPT_MONTHS = 24


def forget_former_champions(now):
    """Empty the names of those whose time it is. Doing it twice is harmless."""
    today = timezone.localdate(now)
    with pghistory.context(by=PORTAL):
        former = Champion.objects.ended_by(months_before(today, KEPT_MONTHS)).named_still()
        former.update(name="", email="", role="")
