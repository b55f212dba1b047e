"""The addresses of a workshop's room: console and projector (tests/addresses.py has the others)."""

from tests.address import A_KEY, LEADERS, LEADERS_CAN, NEVER, NOBODY, Address

RUN = {"readers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {"readers": NOBODY, "writers": LEADERS, "refused": LEADERS_CAN}


def of_workshop(world):
    return (world.draft.pk, world.workshops.workshop.pk)


def of_planned_workshop(world):
    return (world.draft.pk, world.workshops.planned.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


def lost_in_workshop(world):
    return (*of_workshop(world), NEVER)


def of_ballot(world):
    return (*of_workshop(world), world.workshops.ballot.pk)


def of_remark(world):
    return (*of_workshop(world), world.workshops.remark.pk)


def of_parked(world):
    return (*of_workshop(world), world.workshops.parked.pk)


ONE = {"find": of_workshop, "lost": lost_workshop}
PLANNED = {"find": of_planned_workshop, "lost": lost_workshop}  # no vote is open there
OF_BALLOT = {"find": of_ballot, "lost": lost_in_workshop}
ADDRESSES_OF_WORKSHOP_ROOM = {
    "open_workshop": Address(**PLANNED, **PRESSED, body=lambda world: {"hours": "3"}),
    "extend_workshop": Address(**ONE, **PRESSED, body=lambda world: {"hours": "8"}),
    "shut_workshop_door": Address(**ONE, **PRESSED),
    "workshop_console": Address(**ONE, **RUN),
    "workshop_console_news": Address(**ONE, **RUN, file=True),
    "move_room": Address(**PLANNED, **PRESSED, body=lambda world: {"stage": "closing"}),
    "set_timer": Address(**ONE, **PRESSED, body=lambda world: {"minutes": "5"}),
    "open_ballot": Address(**PLANNED, **PRESSED, body=lambda world: {"domain": "1", "number": "1"}),
    "reveal_ballot": Address(**OF_BALLOT, **PRESSED),
    "call_off_ballot": Address(**OF_BALLOT, **PRESSED),
    "hide_remark": Address(
        find=of_remark,
        lost=lost_in_workshop,
        body=lambda world: {"hidden": "yes"},
        **PRESSED,
    ),
    "agree_level": Address(
        find=lambda world: (*of_workshop(world), 1),
        lost=lambda world: (world.draft.pk, NEVER, 1),
        body=lambda world: {"level": "3", "reason": "Seen by the walk"},
        **PRESSED,
    ),
    "park_point": Address(
        **ONE,
        **PRESSED,
        body=lambda world: {"text": "Seen by the walk", "request_key": A_KEY},
    ),
    "settle_point": Address(
        find=of_parked,
        lost=lost_in_workshop,
        body=lambda world: {
            f"point-{world.workshops.parked.pk}-outcome": "Seen by the walk",
        },
        **PRESSED,
    ),
    # It sends on to the page of the domain that the room is at: tests/planning/test_console.py.
    "workshop_now": Address(find=of_workshop, file=True),
    "workshop_bar": Address(**ONE, file=True),
    "workshop_screen": Address(**ONE),
    "workshop_screen_news": Address(**ONE, file=True),
}
