"""The addresses of launches and of their notes (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

DAY = {"held_on-day": "1", "held_on-month": "11", "held_on-year": "2026"}
RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {**RUN, "readers": NOBODY}


def of_launch(world):
    return (world.a.partnership.slug, world.launch.pk)


def of_planned(world):
    return (world.a.partnership.slug, world.planned.pk)


def of_note(world):
    return (*of_launch(world), world.note.pk)


def lost_note(world):
    return (*of_launch(world), NEVER)


ADDRESSES_OF_LAUNCHES = {
    "launches": Address(find=of_partnership, lost=lost_partnership),
    "add_launch": Address(
        find=of_partnership,
        lost=lost_partnership,
        body=lambda world: {**DAY, "name": "Seen by the walk", "request_key": A_KEY},
        **RUN,
    ),
    "launch": Address(find=of_launch, lost=lost_in_partnership),
    "change_launch": Address(
        find=of_launch,
        lost=lost_in_partnership,
        body=lambda world: {**DAY, "name": "Seen by the walk"},
        **RUN,
    ),
    "open_launch": Address(
        find=of_planned, lost=lost_in_partnership, body=lambda world: {"hours": "3"}, **PRESSED
    ),
    "extend_launch": Address(
        find=of_launch, lost=lost_in_partnership, body=lambda world: {"hours": "8"}, **PRESSED
    ),
    "close_launch": Address(find=of_launch, lost=lost_in_partnership, **PRESSED),
    "launch_screen": Address(find=of_launch, lost=lost_in_partnership),
    "launch_screen_news": Address(find=of_launch, lost=lost_in_partnership, file=True),
    "launch_wall": Address(find=of_launch, lost=lost_in_partnership),
    "launch_wall_news": Address(find=of_launch, lost=lost_in_partnership, file=True),
    "launch_notes": Address(
        find=of_launch, lost=lost_in_partnership, readers=LEADERS, refused=LEADERS_CAN
    ),
    "launch_xlsx": Address(
        find=of_launch,
        lost=lost_in_partnership,
        readers=LEADERS,
        refused=LEADERS_CAN,
        file=True,
        noted=True,
    ),
    "confirm_clear_notes": Address(find=of_launch, lost=lost_in_partnership, **PRESSED),
    "confirm_note": Address(
        find=of_note,
        lost=lost_note,
        body=lambda world: {
            "organisation": world.organisation.pk,
            "name": "Ada Marsh",
            "role": "Chair",
            "action": "Seen by the walk",
        },
        **RUN,
    ),
    "hide_note": Address(
        find=of_note, lost=lost_note, body=lambda world: {"hidden": "yes"}, **PRESSED
    ),
    "set_note_aside": Address(
        find=of_note, lost=lost_note, body=lambda world: {"aside": "yes"}, **PRESSED
    ),
}
