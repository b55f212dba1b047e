"""What is held about a person in the practice library (partnerships/holdings.py shows it)."""

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import EvidenceStatement


def register_all():
    """Have this room's part told with the others."""
    register("Evidence statements that you wrote", evidence)


def evidence(user):
    """The statements that one wrote, or changed last."""
    own = own_partnerships(user)
    rows = EvidenceStatement.objects.filter(written_by=user).select_related("partnership")
    return [
        {"Statement": link_to(each, own), "When": each.written_at}
        for each in rows.order_by("-written_at", "-pk")
    ]
