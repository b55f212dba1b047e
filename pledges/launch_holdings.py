"""What is held about a person at launches (partnerships/holdings.py shows it)."""

from django.db.models import Q

from partnerships.holdings import Link, own_partnerships, register
from pledges.models import Launch, LaunchNote


def register_all():
    """Have this room's parts told with the others."""
    register("Launches that you planned", planned)
    register("Notes at launches that carry your address, or that you saw to", notes)


def planned(user):
    """The launches that one wrote down first."""
    own = own_partnerships(user)
    rows = Launch.objects.filter(created_by=user).with_door().order_by("-created_at", "pk")
    return [{"Launch": _link(each, own), "When": each.created_at} for each in rows]


def notes(user):
    """The notes that one left under one's own address, and those that one settled."""
    own = own_partnerships(user)
    mine = Q(email__iexact=user.email, launch__partnership__in=own)
    rows = LaunchNote.objects.filter(mine | Q(settled_by=user)).with_names()
    return [
        {
            "Launch": _link(each.launch, own),
            "Organisation": each.organisation_name,
            "Your address is on it": "Yes" if _is_theirs(each, user) else "No",
            "Seen to by you": "Yes" if each.settled_by_id == user.pk else "No",
        }
        for each in rows.order_by("-written_at", "-pk")
    ]


def _is_theirs(note, user):
    return note.email.casefold() == user.email.casefold()


def _link(launch, own):
    """To a launch of a partnership that the person is still in."""
    return Link(str(launch), launch.get_absolute_url() if launch.partnership_id in own else "")
