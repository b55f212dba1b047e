"""The addresses of dots, and of a workshop's end (tests/addresses.py has the others).

Phones that are in: tests/planning/test_dots_phone.py.
"""

from tests.address import EVERYONE, LEADERS, LEADERS_CAN, NEVER, NOBODY, Address


def of_workshop(world):
    return (world.draft.pk, world.workshops.workshop.pk)


def of_planned_workshop(world):
    return (world.draft.pk, world.workshops.planned.pk)


def of_closed_workshop(world):
    return (world.draft.pk, world.workshops.closed.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


def of_dots(world):
    return (*of_workshop(world), world.workshops.dots.pk)


def lost_dots(world):
    return (*of_workshop(world), NEVER)


def _list_of_dots(world):
    pk = world.draft.entries.get(domain__number=1).pk
    return {
        "about": "gaps",
        "dots": "3",
        "number": "1",
        "rows": "2",
        "row-1-of": pk,
        "row-1-text": "Seen by the walk",
        "row-2-of": pk,
        "row-2-text": "Seen by the walk too",
    }


def _place(world):
    return {f"item-{world.workshops.dots.items.first().pk}": "1", "revision": "0"}


RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {**RUN, "readers": NOBODY}
PLANNED = {"find": of_planned_workshop, "lost": lost_workshop}
ROUND = {"find": of_dots, "lost": lost_dots}

ADDRESSES_OF_WORKSHOP_CLOSING = {
    "workshop_dots": Address(
        **PLANNED, readers=EVERYONE, writers=LEADERS, refused=LEADERS_CAN, body=_list_of_dots
    ),
    "close_dots": Address(**ROUND, **PRESSED),
    "call_off_dots": Address(**ROUND, **PRESSED),
    "place_dots": Address(
        find=lambda world: (world.workshops.workshop.occasion_id, world.workshops.dots.pk),
        public=True,
        readers=NOBODY,
        writers=EVERYONE,
        body=_place,
    ),
    "workshop_closing": Address(
        find=of_workshop, lost=lost_workshop, readers=LEADERS, refused=LEADERS_CAN
    ),
    "workshop_attendance": Address(
        **PLANNED,
        **PRESSED,
        body=lambda world: {"added_words": "Seen by the walk", "added_people": "3"},
    ),
    "workshop_what_next": Address(
        **PLANNED, **PRESSED, body=lambda world: {"what_next": "Seen by the walk"}
    ),
    "close_workshop": Address(**PLANNED, **PRESSED),
    "reopen_workshop": Address(find=of_closed_workshop, lost=lost_workshop, **PRESSED),
}
