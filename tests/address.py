"""One address as tests call it, and the finders that several addresses share."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from partnerships.models import OutgoingMail
from tests.factories.world import MAIL_OF_WORLD

EVERYONE = ("coordinator", "facilitator", "lead", "editor", "reader")
WRITERS = ("coordinator", "facilitator", "lead", "editor")
LEADERS = ("coordinator", "facilitator")
COORDINATOR = ("coordinator",)
NOBODY = ()
NEVER = 987_654_321  # no row has this number
NO_KEY = uuid.UUID("00000000-0000-4000-8000-000000000000")
A_KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")  # that a page would have made


@dataclass(frozen=True)
class Address:
    """One address. ``find`` gives its arguments in area a, ``lost`` ones that never existed.

    ``body`` is what a writer sends. ``refused``: what a member without the right reads.
    ``guest``: it is for people who have not signed in, and sends the others on. ``file``: no
    page, but a download or an answer for a machine. ``noted``: reading it leaves a note, because
    it takes personal data away. ``cached``: it is for everybody, and browsers may keep it.
    """

    find: Callable = lambda world: ()
    lost: Callable | None = None
    readers: tuple = EVERYONE
    writers: tuple = NOBODY
    body: Callable = lambda world: {}
    refused: str = "A coordinator, facilitator, partner lead or partner editor can."
    public: bool = False
    guest: bool = False
    file: bool = False
    noted: bool = False
    cached: bool = False
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
COORDINATOR_CAN = "A coordinator can."


def of_partnership(world):
    return (world.a.partnership.slug,)


def lost_partnership(world):
    return ("atlantis",)


def of_demo_mail(world):
    return (OutgoingMail.objects.get(key=MAIL_OF_WORLD).pk,)


def of_reader(world):
    return (world.a.partnership.slug, world.membership("reader of a").pk)


def of_editor(world):
    return (world.a.partnership.slug, world.membership("editor of a").pk)


def of_organisation(world):
    return (world.a.partnership.slug, world.organisation.pk)


def of_invitation(world):
    return (world.a.partnership.slug, world.invitation.pk)


def of_plan_action(world):
    return (world.a.partnership.slug, world.plan_action.number)


def of_priority_action(world):
    return (world.a.partnership.slug, world.agreed.priority_actions.first().pk)


def of_unsigned(world):
    return (world.a.partnership.slug, world.unsigned.pk)


def signature(world):
    """What somebody sends who signs the pledge of area a's organisation."""
    day = {"signed_on-day": "1", "signed_on-month": "11", "signed_on-year": "2026"}
    return {**day, "name": "Ada Marsh", "role": "Seen by the walk", "request_key": A_KEY}


SIGNERS = ("coordinator", "facilitator", "lead")
SIGNERS_CAN = "A coordinator, facilitator or partner lead can."


def lost_in_partnership(world):
    """Nothing of this number: in the same partnership, so that only the number is lost."""
    return (world.a.partnership.slug, NEVER)


def first_event(history, **which):
    """The oldest event that is so: what it kept is no longer what stands there."""
    return history.objects.filter(**which).earliest("pgh_id").pgh_id
