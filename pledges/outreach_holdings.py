"""What is held about a person as a champion, and of what they recorded of training and events."""

from django.db.models import Q

from partnerships.holdings import link_to, own_partnerships, register
from pledges.models import Champion, Course, PeerReview, Publicity, Session


def register_all():
    """Have this part told with the others."""
    register("Entries as a champion or family ambassador under your name or address", entries)
    register("Champions and family ambassadors that you recorded", recorded_champions)
    register("Courses that you added", courses)
    register("Training sessions that you recorded", sessions)
    register("Peer reviews that you recorded", reviews)
    register("Events and publicity that you recorded", publicity)


def entries(user):
    """Where one is a champion: by one's address anywhere, by one's name in one's partnerships."""
    mine = Q(email__iexact=user.email)
    if user.name:
        mine |= Q(name__iexact=user.name, partnership__in=own_partnerships(user))
    rows = Champion.objects.filter(mine).select_related("organisation")
    return [
        {
            "Entry": each.get_kind_display(),
            "Name": each.name,
            "Organisation": str(each.organisation or ""),
            "Job title": each.role,
            "E-mail address": each.email,
            "Since": each.since,
            "Until": each.until,
        }
        for each in rows.order_by("-since", "pk")
    ]


def recorded_champions(user):
    """The entries that one made; of others no name is told."""
    rows = Champion.objects.filter(recorded_by=user).select_related("organisation")
    return [
        {
            "Entry": each.get_kind_display(),
            "Organisation": str(each.organisation or ""),
            "Since": each.since,
        }
        for each in rows.order_by("-since", "pk")
    ]


def courses(user):
    """The courses that one added."""
    rows = Course.objects.filter(created_by=user).select_related("partnership")
    own = own_partnerships(user)
    return [
        {"Course": link_to(each, own), "When": each.created_at}
        for each in rows.order_by("-created_at", "pk")
    ]


def sessions(user):
    """The sessions that one recorded."""
    rows = Session.objects.filter(recorded_by=user).select_related("course__partnership")
    own = own_partnerships(user)
    return [
        {
            "Course": link_to(each.course, own),
            "Held on": each.held_on,
            "When": each.recorded_at,
        }
        for each in rows.order_by("-recorded_at", "pk")
    ]


def reviews(user):
    """The peer reviews that one recorded."""
    rows = PeerReview.objects.filter(recorded_by=user).with_names()
    own = own_partnerships(user)
    return [
        {"Peer review": link_to(each, own), "Day": each.held_on}
        for each in rows.order_by("-held_on", "pk")
    ]


def publicity(user):
    """The events and publicity that one recorded."""
    rows = Publicity.objects.filter(recorded_by=user)
    return [{"What": each.title, "Day": each.held_on} for each in rows.order_by("-held_on", "pk")]
