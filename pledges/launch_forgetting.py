"""Names at a launch: those that no pledge in the register needs are forgotten after 90 days."""

from datetime import timedelta

import pghistory
from django.utils import timezone

from partnerships.events import PORTAL
from pledges.models import LaunchNote

KEPT = timedelta(days=90)


def forget_names_of_launches(now):
    """Empty names, job titles and addresses on notes that were set aside or never confirmed, and
    the addresses on those that were. Doing it twice is harmless.
    """
    old = LaunchNote.objects.of_launches_before(timezone.localdate(now) - KEPT)
    # Nobody does this: the history says that it was the portal.
    with pghistory.context(by=PORTAL):
        old.not_in_the_register().with_somebody_named().update(name="", role="", email="")
        old.exclude(email="").update(email="")
