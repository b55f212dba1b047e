"""The day's work on pledges: remind those from whom no word has come, and let pledges lapse.

Doing it twice does it once, and a day that was missed is made up: what was sent is read from the
post itself, whose keys allow one mail of each kind (partnerships/mail.py).
"""

import pghistory
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from partnerships.events import PORTAL
from partnerships.mail import base_address, post
from partnerships.models import Membership, OutgoingMail
from partnerships.models.mail import MailState
from pledges import lapsing
from pledges.models import Pledge
from pledges.models.pledges import PledgeStatus
from pledges.pledging import leads_of


def see_to_pledges(now):
    """Remind or let lapse each pledge that it is time for. Doing it twice is harmless."""
    today = timezone.localdate(now)
    # Nobody does this: the history says that it was the portal.
    with pghistory.context(by=PORTAL):
        standing = Pledge.objects.standing().with_last_word()
        for pk, last_word in standing.values_list("pk", "last_word"):
            if last_word and lapsing.reminder_due(last_word, today):
                _see_to(pk, today)


@transaction.atomic
def _see_to(pk, today):
    """Look once more with the pledge held: a word may have come, or another machine be at it."""
    Pledge.objects.select_for_update().filter(pk=pk).first()
    pledge = Pledge.objects.standing().with_last_word().with_names().filter(pk=pk).first()
    reminder = pledge and lapsing.reminder_due(pledge.last_word, today)
    if not reminder:
        return
    mails = _reminders_of(pledge)
    sent = [timezone.localdate(each.ended_at) for each in mails if each.state == MailState.SENT]
    if lapsing.lapses_now(pledge.last_word, today, sent):
        pledge.status, pledge.lapsed_on = PledgeStatus.LAPSED, today
        pledge.save(update_fields=["status", "lapsed_on"])
    else:
        _remind(pledge, reminder, mails, today)


def _about(pledge):
    """What the keys of a pledge's reminders since its last word begin with."""
    return f"pledge {pledge.pk}, last word {pledge.last_word}, "


def _reminders_of(pledge):
    return list(OutgoingMail.objects.filter(key__startswith=_about(pledge)))


def _remind(pledge, reminder, mails, today):
    """Write this reminder, unless it was sent or waits to be.

    What came too late to be sent is written once more; whom no mail can reach gets no other, and
    then it is the turn of those who come after them.
    """
    name = f"{_about(pledge)}{reminder:d} weeks, to "
    mine = [each for each in mails if each.key.startswith(name)]
    if any(each.state in {MailState.SENT, MailState.WAITING} for each in mine):
        return
    unreachable = {_person_in(each) for each in mails if each.state == MailState.FAILED}
    tries = sum(each.state == MailState.STALE for each in mine)
    lapses = lapsing.lapses_on(pledge.last_word)
    if not any(each.state == MailState.SENT for each in mails):
        lapses = max(lapses, today + lapsing.NOTICE)  # nothing lapses before a reminder is read
    for person in _who_is_reminded(pledge, unreachable):
        context = {
            "pledge": pledge,
            "person": person,
            "last_word": pledge.last_word,
            "lapses": lapses,
            "address": base_address() + pledge.get_absolute_url(),
        }
        post(
            to=person.email,
            subject=f"The pledge of {pledge.organisation} lapses soon",
            body=render_to_string("pledges/mail/reminder.txt", context),
            key=f"{name}{person.pk}, try {tries}",
        )


def _person_in(mail):
    """The number of the person that a reminder's key names."""
    return int(mail.key.partition(", to ")[2].partition(",")[0])


def _who_is_reminded(pledge, unreachable):
    """The lead; else the organisation's partner leads; else the coordinators."""
    is_member = pledge.lead and Membership.objects.of(pledge.lead, pledge.partnership_id)
    lead = [pledge.lead] if is_member and pledge.lead.is_active else []
    partner_leads = [each.user for each in leads_of(pledge.organisation)]
    coordinators = pledge.partnership.memberships.coordinators().with_names()
    for people in (lead, partner_leads, [each.user for each in coordinators]):
        if reached := [each for each in people if each.pk not in unreachable]:
            return reached
    return []
