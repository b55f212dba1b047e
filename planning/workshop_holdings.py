"""What is held about a person at workshops (partnerships/holdings.py shows it)."""

from django.db.models import Q

from partnerships.holdings import link_to, own_partnerships, register
from planning.models import Ballot, DotRound, Invitee, ParkedPoint, Workshop


def register_all():
    """Have this room's parts told with the others."""
    register("Workshops that you planned or closed", workshops)
    register("Workshops to which your address is invited", invitations)
    register("Votes and dots that you opened or closed at workshops", ballots)
    register("Points on a parking list that you wrote down or settled", parked)


def _yes_no(value):
    return "Yes" if value else "No"


def workshops(user):
    """The workshops that one wrote down first, or closed."""
    own = own_partnerships(user)
    rows = Workshop.objects.filter(Q(created_by=user) | Q(closed_by=user)).with_context()
    return [
        {
            "Workshop": link_to(each, own),
            "Day": each.held_on,
            "Planned by you": _yes_no(each.created_by_id == user.pk),
            "Closed by you": _yes_no(each.closed_by_id == user.pk),
        }
        for each in rows.order_by("-held_on", "-pk")
    ]


def invitations(user):
    """The rows under one's own address, in partnerships that one is in."""
    own = own_partnerships(user)
    rows = Invitee.objects.filter(
        email__iexact=user.email, workshop__assessment__partnership__in=own
    ).select_related("organisation", "workshop__assessment__partnership")
    return [
        {
            "Workshop": link_to(each.workshop, own),
            "Organisation": each.organisation_name,
            "Name": each.name,
            "Link for scoring beforehand sent": each.invited_at,
        }
        for each in rows.order_by("-workshop__held_on", "-pk")
    ]


def ballots(user):
    """How many one opened and closed, by workshop. What one voted is held nowhere."""
    own = own_partnerships(user)
    found = {}
    for model in (Ballot, DotRound):
        rows = model.objects.filter(Q(opened_by=user) | Q(closed_by=user))
        for each in rows.select_related("workshop__assessment__partnership"):
            _, counts = found.setdefault(each.workshop_id, (each.workshop, [0, 0]))
            counts[0] += each.opened_by_id == user.pk
            counts[1] += each.closed_by_id == user.pk
    newest = sorted(found.values(), key=lambda row: (row[0].held_on, row[0].pk), reverse=True)
    return [
        {"Workshop": link_to(workshop, own), "Opened": opened, "Closed": closed}
        for workshop, (opened, closed) in newest
    ]


def parked(user):
    """Points that one wrote down or settled; the words alone, which were on the screen."""
    own = own_partnerships(user)
    rows = ParkedPoint.objects.filter(Q(parked_by=user) | Q(settled_by=user)).select_related(
        "workshop__assessment__partnership"
    )
    return [
        {
            "Workshop": link_to(each.workshop, own),
            "Point": each.text if each.workshop.partnership_id in own else "",
            "Written down by you": _yes_no(each.parked_by_id == user.pk),
            "Settled by you": _yes_no(each.settled_by_id == user.pk),
        }
        for each in rows.order_by("-parked_at", "-pk")
    ]
