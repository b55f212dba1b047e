"""What is held about a person in the links of standards (partnerships/holdings.py shows it)."""

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import StandardServed


def register_all():
    """Have this part told with the others."""
    register("Actions and pledges that you linked to standards", links)


def links(user):
    """What one linked to a standard, the newest first."""
    own = own_partnerships(user)
    rows = StandardServed.objects.filter(linked_by=user).select_related(
        *("action__partnership", "pledge__partnership", "pledge__organisation")
    )
    return [
        {"Linked": link_to(each.action or each.pledge, own), "When": each.linked_at}
        for each in rows.order_by("-linked_at", "-pk")
    ]
