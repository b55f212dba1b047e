"""What the portal holds about a person, for that person to read and to take away.

Each room says its part itself (``register``, in its AppConfig). A part never holds anything
about somebody else: no names of colleagues, no addresses of whom one invited.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import prefetch_related_objects
from django.utils import timezone


@dataclass(frozen=True)
class Link:
    """A text that leads to a page; the file has the text alone. No path where nothing leads."""

    text: str
    path: str = ""


@dataclass(frozen=True)
class Part:
    """``find(user)`` lists rows: what people call a thing -> text, number, moment, or Link.

    All rows of a part have the same names in the same order.
    """

    label: str
    find: Callable


PARTS = []


def register(label, find):
    """Have a part told with the others."""
    PARTS.append(Part(label, find))


def own_partnerships(user):
    """The numbers of the partnerships that a person is in now."""
    return {each.partnership_id for each in user.memberships.all()}


def link_to(thing, own, text=None):
    """To something in a partnership that the person is still in; elsewhere its text alone.

    ``own``: what ``own_partnerships`` found. ``text``: what the thing calls itself, if not said.
    """
    path = thing.get_absolute_url() if thing.partnership_id in own else ""
    return Link(str(thing) if text is None else text, path)


def held_about(user):
    """(label, rows) of every part, in as many queries for much as for little."""
    prefetch_related_objects([user], "memberships")  # most parts ask for them
    return [(part.label, part.find(user)) for part in PARTS]


def as_json(user):
    """Everything as one text for other programs; parts without rows are in it too."""
    held = {
        "portal": "RPC Portal",
        "made_at": timezone.now(),
        "about": user.email,
        "parts": dict(held_about(user)),
    }
    return json.dumps(held, cls=_Encoder, ensure_ascii=False, indent=2)


class _Encoder(DjangoJSONEncoder):
    def default(self, value):
        """A Link as its text; dates and times in ISO 8601."""
        return value.text if isinstance(value, Link) else super().default(value)
