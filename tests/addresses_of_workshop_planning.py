"""The addresses of planning a workshop (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    Address,
    lost_assessment,
    lost_partnership,
    of_draft,
    of_partnership,
)

DAY = {"held_on-day": "1", "held_on-month": "11", "held_on-year": "2026"}
RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {**RUN, "readers": NOBODY}


def of_planned_workshop(world):
    return (world.draft.pk, world.workshops.planned.pk)


def of_invitee(world):
    return (*of_planned_workshop(world), world.workshops.invitee.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


ONE = {"find": of_planned_workshop, "lost": lost_workshop}
INVITED = {"find": of_invitee, "lost": lambda world: (*of_planned_workshop(world), NEVER)}


def _agenda(world):
    first = world.draft.entries.get(domain__number=1)
    return {
        "rows": "2",
        "row-1-title": "Seen by the walk",
        "row-1-minutes": "10",
        "row-1-place": "1",
        "row-2-entry": first.pk,
        "row-2-minutes": "20",
        "row-2-place": "2",
    }


ADDRESSES_OF_WORKSHOP_PLANNING = {
    "workshops": Address(find=of_partnership, lost=lost_partnership),
    "add_workshop": Address(
        find=of_draft,
        lost=lost_assessment,
        **RUN,
        body=lambda world: {**DAY, "name": "Seen by the walk", "request_key": A_KEY},
    ),
    "workshop": Address(**ONE),
    "change_workshop": Address(
        **ONE,
        **RUN,
        body=lambda world: {
            **DAY,
            "held_on-year": "2099",
            "name": "Seen by the walk",
            "prework_on-day": "2",
            "prework_on-month": "10",
            "prework_on-year": "2099",
        },
    ),
    "workshop_agenda": Address(**ONE, **RUN, body=_agenda),
    "workshop_invitees": Address(
        **ONE, **RUN, body=lambda world: {"organisation_words": "Seen by the walk"}
    ),
    "invite_organisations": Address(**ONE, **PRESSED),
    "invite_pasted": Address(
        **ONE, **RUN, body=lambda world: {"people": "Ada Marsh <ada@walk.example>"}
    ),
    "change_invitee": Address(
        **INVITED, **RUN, body=lambda world: {"organisation_words": "Seen by the walk"}
    ),
    "remove_invitee": Address(**INVITED, **PRESSED),
}
