"""Accounts that nobody uses: a warning by e-mail, and a month later they are emptied.

The rule itself, ``step``, is a table of cases over dates.
"""

import logging
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import Enum

import pghistory
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from partnerships.actions import LastCoordinator
from partnerships.anonymising import (
    LastAdministrator,
    anonymise,
    held,
    only_coordinator_of,
)
from partnerships.events import PORTAL
from partnerships.mail import base_address, post
from partnerships.models import OutgoingMail, User
from partnerships.models.mail import MailState

GRACE = timedelta(days=30)

log = logging.getLogger(__name__)


class Step(Enum):
    """What is to be done about an account."""

    NOTHING = "it is in use, or was warned"
    WARN = "warn"
    EMPTY = "empty"


def step(*, last_used, warned, today, months):
    """What is to be done about an account that was used, and warned (or None), on these days.

    ``months`` 0 keeps accounts for ever. A warning counts only when the account was unused by
    the same measure on its day: signing in takes it back, and so does a longer time.
    """
    if months < 1 or last_used > months_before(today, months):
        return Step.NOTHING
    if warned is None or last_used > months_before(warned, months):
        return Step.WARN
    return Step.EMPTY if today >= warned + GRACE else Step.NOTHING


def months_before(day, months):
    """The same day of the month some months earlier; the last one where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def see_to_unused_accounts(now):
    """Warn or empty each account that it is time for. Doing it twice is harmless."""
    if settings.UNUSED_MONTHS < 1:
        return
    latest = months_before(timezone.localdate(now), settings.UNUSED_MONTHS) + timedelta(days=1)
    moment = timezone.make_aware(datetime.combine(latest, time.min))
    # Nobody does this: the history says that it was the portal.
    with pghistory.context(by=PORTAL):
        for pk in User.objects.not_used_since(moment).values_list("pk", flat=True):
            _see_to(pk, now)


@transaction.atomic
def _see_to(pk, now):
    """Look once more with the account held: someone may have signed in, or another machine
    may be at it.
    """
    user = held(pk)
    if user.anonymised_at:
        return
    what = _step_of(user, now)
    if what is Step.EMPTY and (mail := _warning_not_sent(user)):
        # Nobody is emptied whom no warning could reach.
        what = Step.WARN if mail.state == MailState.STALE else Step.NOTHING
    if what is Step.WARN:
        _warn(user, now)
    elif what is Step.EMPTY:
        _empty(user)


def _step_of(user, now):
    return step(
        last_used=timezone.localdate(user.last_used_at),
        warned=user.warned_at and timezone.localdate(user.warned_at),
        today=timezone.localdate(now),
        months=settings.UNUSED_MONTHS,
    )


def _about(user):
    return f"unused account {user.pk}"


def _warning_not_sent(user):
    """The newest warning, if it could not be sent."""
    newest = OutgoingMail.objects.about(_about(user)).first()
    waits = newest and newest.state in {MailState.WAITING, MailState.STALE}
    return newest if waits else None


def _warn(user, now):
    user.warned_at = now
    user.save(update_fields=["warned_at"])
    if not user.is_active:
        return  # switched off: nobody can sign in with it, so there is nothing to say
    today = timezone.localdate(now)
    context = {
        "user": user,
        "last_used": timezone.localdate(user.last_used_at),
        "until": today + GRACE,
        "alone_in": only_coordinator_of(user),
        "address": base_address(),
    }
    post(
        to=user.email,
        subject="Your account on the RPC Portal is not in use",
        body=render_to_string("partnerships/mail/unused_account.txt", context),
        about=_about(user),
        key=f"{_about(user)}, warned {today}",
        lifetime=GRACE,
    )


def _empty(user):
    try:
        with transaction.atomic():
            anonymise(user=user)
    except LastAdministrator:
        facts = {"event": "last_administrator_unused", "user": user.pk}
        log.warning("The only portal administrator is away.", extra=facts)
    except LastCoordinator:
        for partnership in only_coordinator_of(user):
            _tell_administrators(user, partnership)


def _tell_administrators(user, partnership):
    """That a partnership needs a coordinator; once for each time that theirs stays away."""
    facts = {"event": "last_coordinator_unused", "user": user.pk}
    log.warning("The only coordinator of partnership %s is away.", partnership.pk, extra=facts)
    since = timezone.localdate(user.last_used_at)
    context = {"partnership": partnership, "since": since, "address": base_address()}
    body = render_to_string("partnerships/mail/coordinator_away.txt", context)
    for administrator in User.objects.portal_administrators():
        post(
            to=administrator.email,
            subject=f"{partnership.name} needs a coordinator",
            body=body,
            key=f"coordinator {user.pk} of {partnership.pk} away since {since}, "
            f"to {administrator.pk}",
        )
