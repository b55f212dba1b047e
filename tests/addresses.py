"""Every address of the portal: how tests call it, and who may read and write there.

The list of addresses comes from the URLconf. A new one fails tests/test_url_walk.py until it
has its line in ADDRESSES below, and the walk, the header tests and the browser's
accessibility walk then take it up by themselves.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from planning.merging import fingerprint

EVERYONE = ("coordinator", "facilitator", "partner", "reader")
WRITERS = ("coordinator", "facilitator", "partner")
LEADERS = ("coordinator", "facilitator")
COORDINATOR = ("coordinator",)
NOBODY = ()
NEVER = 987_654_321  # no row has this number
NO_KEY = uuid.UUID("00000000-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class Address:
    """One address. ``find`` gives its arguments in area a, ``lost`` ones that never existed.

    ``body`` is what a writer sends. ``refused``: what a member without the right reads.
    """

    find: Callable = lambda world: ()
    lost: Callable | None = None
    readers: tuple = EVERYONE
    writers: tuple = NOBODY
    body: Callable = lambda world: {}
    refused: str = "A coordinator, facilitator or partner can."
    public: bool = False
    accepted: int = 302

    @property
    def methods(self):
        """The methods that the address answers."""
        reading = ("GET", "HEAD") if self.readers else ()
        return (*reading, "POST") if self.writers else reading


def of_draft(world):
    return (world.draft.pk,)


def lost_assessment(world):
    return (NEVER,)


def domain_body(world):
    return {"level": "3", "evidence": "Seen by the walk", "page": "walk", "number": "1"}


DAY = {"assessed_on-day": "1", "assessed_on-month": "2", "assessed_on-year": "2020"}
LEADERS_CAN = "A coordinator or facilitator can."

ADDRESSES = {
    "home": Address(),
    "conflict_and_abuse": Address(public=True),
    "sign_in": Address(public=True, writers=EVERYONE, accepted=200),
    "sign_out": Address(public=True, readers=NOBODY, writers=EVERYONE),
    "set_password": Address(
        find=lambda world: ("nobody", "no-token"), public=True, writers=EVERYONE, accepted=200
    ),
    "partnership": Address(
        find=lambda world: (world.a.partnership.slug,), lost=lambda world: ("atlantis",)
    ),
    "people": Address(
        find=lambda world: (world.a.partnership.slug,), lost=lambda world: ("atlantis",)
    ),
    "start_assessment": Address(
        find=lambda world: (world.a.partnership.slug,),
        lost=lambda world: ("atlantis",),
        readers=LEADERS,
        writers=LEADERS,
        body=lambda world: {**DAY, "framework": world.framework.pk},
        refused=LEADERS_CAN,
    ),
    "framework": Address(find=lambda world: (world.framework.slug,)),
    "assessment": Address(find=of_draft, lost=lost_assessment),
    "assessment_details": Address(
        find=of_draft,
        lost=lost_assessment,
        readers=LEADERS,
        writers=LEADERS,
        body=lambda world: {**DAY, "note": "Seen by the walk"},
        refused=LEADERS_CAN,
    ),
    "profile": Address(find=of_draft, lost=lost_assessment),
    "domain": Address(
        find=lambda world: (world.draft.pk, 1),
        lost=lambda world: (NEVER, 1),
        writers=WRITERS,
        body=domain_body,
    ),
    "settle": Address(
        find=lambda world: (world.draft.pk, 1, world.unsettled.pk),
        lost=lambda world: (NEVER, 1, world.unsettled.pk),
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "choice": "waiting",
            "standing": fingerprint(world.draft.entries.get(domain__number=1).gaps),
        },
    ),
    "remove_reference": Address(
        find=lambda world: (world.draft.pk, 1, world.reference.key),
        lost=lambda world: (NEVER, 1, NO_KEY),
        readers=WRITERS,
        writers=WRITERS,
    ),
    "remove_action": Address(
        find=lambda world: (world.draft.pk, 1, world.action.key),
        lost=lambda world: (NEVER, 1, NO_KEY),
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"from": "sheet"},
    ),
    "sheet": Address(find=of_draft, lost=lost_assessment),
    "sheet_pdf": Address(find=of_draft, lost=lost_assessment),
    "agree": Address(
        find=lambda world: (world.reopened.pk,),
        lost=lost_assessment,
        writers=LEADERS,
        body=lambda world: {
            "name": "Ada Marsh",
            "role": "Chair",
            "on-day": "1",
            "on-month": "8",
            "on-year": "2018",
        },
        refused=LEADERS_CAN,
    ),
    "reopen": Address(
        find=lambda world: (world.agreed.pk,),
        lost=lost_assessment,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"reason": "Seen by the walk"},
        refused="A coordinator can.",
    ),
}


def names_in_urlconf(patterns=None):
    """The name of every URL pattern, those of included files too."""
    names = []
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            names += names_in_urlconf(pattern.url_patterns)
        else:
            names.append(pattern.name or str(pattern.pattern))
    return names


def path_of(name, world):
    """The path of an address in area a."""
    return reverse(name, args=ADDRESSES[name].find(world))


def lost_path_of(name, world):
    """The path of the same kind of thing that never existed."""
    return reverse(name, args=ADDRESSES[name].lost(world))


def one_time_path(user):
    """A link that really sets a password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("set_password", args=[uid, default_token_generator.make_token(user)])
