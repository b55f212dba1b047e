"""What is held about a person in practice models (partnerships/holdings.py shows it)."""

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import PracticeModel


def register_all():
    """Have this room's part told with the others."""
    register("Practice models that you wrote", models)


def models(user):
    """Those that one took on, wrote or changed last."""
    own = own_partnerships(user)
    rows = PracticeModel.objects.filter(written_by=user).select_related("partnership")
    return [
        {
            "Practice model": link_to(each, own),
            "When": each.written_at,
        }
        for each in rows.order_by("-written_at", "-pk")
    ]
