"""The addresses of a workshop's printable pack (tests/addresses.py has the others)."""

from tests.address import NEVER, Address


def of_workshop(world):
    return (world.draft.pk, world.workshops.planned.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


ONE = {"find": of_workshop, "lost": lost_workshop}
ADDRESSES_OF_WORKSHOP_PACK = {
    "workshop_pack": Address(**ONE),
    "workshop_pack_pdf": Address(**ONE, file=True),
    "workshop_pack_word": Address(**ONE, file=True),
    "workshop_pack_part": Address(
        find=lambda world: (*of_workshop(world), "filled"),
        lost=lambda world: (*lost_workshop(world), "filled"),
        file=True,
    ),
}
