"""What is held about a person in audits (partnerships/holdings.py shows it)."""

from django.db.models import Q

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import Audit


def register_all():
    """Have this room's part told with the others."""
    register("Audits that you started or finished", audits)


def audits(user):
    """The audits that one started, or finished."""
    own = own_partnerships(user)
    rows = Audit.objects.filter(Q(made_by=user) | Q(finished_by=user))
    return [
        {
            "Audit": link_to(each, own),
            "Started": each.made_at,
            "Finished": each.finished_at,
        }
        for each in rows.select_related("partnership").order_by("-made_at", "-pk")
    ]
