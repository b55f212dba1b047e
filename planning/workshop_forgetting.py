"""What a workshop leaves behind: names and addresses of those who were invited are forgotten 90
days after it, and a vote that nobody closed is counted after a day, so that it is nobody's.
"""

from datetime import timedelta

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.doors import tell_screens
from partnerships.events import PORTAL
from planning import balloting, dots
from planning.models import Ballot, DotRound, Invitee, Workshop
from rpcportal.kit.holding import held_row

KEPT = timedelta(days=90)
LEFT_OPEN = timedelta(days=1)


def forget_invitees(now):
    """Empty names and addresses of those who were invited; organisations stay, each of them once.

    Doing it twice, or two at once, is harmless.
    """
    # Nobody does this: the history says that it was the portal.
    with pghistory.context(by=PORTAL):
        _empty(Invitee.objects.filter(workshop__held_on__lt=timezone.localdate(now) - KEPT))


def forget_invitations_of(person):
    """Take an account's address off every list of those invited, and the name beside it."""
    _empty(Invitee.objects.filter(email__iexact=person.email))


@transaction.atomic
def _empty(rows):
    """Without addresses, several people of one organisation are one row of the list
    (invited_organisation_once): the others of them go.
    """
    named = rows.filter(~Q(name="") | ~Q(email="")).order_by("pk")
    held = list(named.select_for_update(of=("self",)))
    workshops = {each.workshop_id for each in held}
    without = Invitee.objects.filter(workshop__in=workshops, email="", organisation__isnull=False)
    there = set(without.values_list("workshop", "organisation"))
    spare = set()
    for each in held:
        theirs = (each.workshop_id, each.organisation_id)
        if each.email and each.organisation_id:
            if theirs in there:
                spare.add(each.pk)
            there.add(theirs)
    Invitee.objects.filter(pk__in=spare).delete()
    kept = [each.pk for each in held if each.pk not in spare]
    Invitee.objects.filter(pk__in=kept).update(name="", email="")


# --- Votes that nobody closed -----------------------------------------------------------------


def count_forgotten_votes(now):
    """Count the votes and dots that have been open for more than a day, as a reveal does: until
    then each is tied to its phone. Doing it twice, or two at once, is harmless.
    """
    before = now - LEFT_OPEN
    with pghistory.context(by=PORTAL):
        for ballot in Ballot.objects.forgotten(before).order_by("pk"):
            _count(ballot, balloting.count_and_forget)
        for dot_round in DotRound.objects.forgotten(before).order_by("pk"):
            _count(dot_round, dots.count_and_forget)


@transaction.atomic
def _count(ballot, count_and_forget):
    workshop = held_row(Workshop.objects.all(), ballot.workshop_id, no_key=True)
    standing = held_row(type(ballot).objects.select_related("workshop"), ballot.pk)
    if standing is not None and standing.is_open:
        count_and_forget(standing, by=None)
        tell_screens(workshop)
