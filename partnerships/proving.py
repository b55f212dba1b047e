"""How lately the person behind a session proved who they are, and when they did before.

What matters (a password, a second step) is changed only by somebody who did so within the
last quarter of an hour: a desk that was left for lunch is not enough.
"""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

SIGNED_IN_BEFORE = "signed_in_before"


def proved_recently(request):
    """Whether the person signed in, or proved again who they are, a moment ago."""
    records = get_authentication_records(request, request.user)
    now = timezone.now().timestamp()
    recent = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(now - record["at"] < recent for record in records)


def signed_in_before(request):
    """When the person signed in the last time before this session, or None."""
    return parse_datetime(request.session.get(SIGNED_IN_BEFORE, ""))
