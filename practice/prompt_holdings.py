"""What is held about a person who asks questions of a room (partnerships/holdings.py shows it)."""

from partnerships.holdings import Link, own_partnerships, register
from practice.models import Prompt, YouSaid


def register_all():
    """Have this room's parts told with the others."""
    register("Questions to a room that you wrote", asked)
    register("“You said, we did” that you wrote", said)


def asked(user):
    """The questions that one wrote down."""
    own = own_partnerships(user)
    rows = Prompt.objects.filter(made_by=user).select_related("partnership")
    return [
        {"Question": _link(str(each), each, own), "When": each.made_at}
        for each in rows.order_by("-made_at", "-pk")
    ]


def said(user):
    """What one wrote, or changed last."""
    own = own_partnerships(user)
    rows = YouSaid.objects.filter(written_by=user).select_related("prompt__partnership")
    return [
        {"You said": _link(each.said, each.prompt, own), "When": each.written_at}
        for each in rows.order_by("-written_at", "-pk")
    ]


def _link(words, prompt, own):
    """To a question of a partnership that the person is still in."""
    return Link(words, prompt.get_absolute_url() if prompt.partnership_id in own else "")
