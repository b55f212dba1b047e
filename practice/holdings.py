"""What is held about a person in the practice library (partnerships/holdings.py shows it)."""

from partnerships.holdings import Link, own_partnerships, register
from practice.models import EvidenceStatement


def register_all():
    """Have this room's part told with the others."""
    register("Evidence statements that you wrote", evidence)


def evidence(user):
    """The statements that one wrote, or changed last."""
    own = own_partnerships(user)
    rows = EvidenceStatement.objects.filter(written_by=user).select_related("partnership")
    return [
        {"Statement": _link(each, own), "When": each.written_at}
        for each in rows.order_by("-written_at", "-pk")
    ]


def _link(statement, own):
    path = statement.get_absolute_url() if statement.partnership_id in own else ""
    return Link(str(statement), path)
