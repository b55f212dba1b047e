"""The addresses of the phones at a workshop (tests/addresses.py has the others).

Phones that are in: tests/planning/test_workshop_phone.py and test_workshop_phone_news.py.
"""

from tests.address import EVERYONE, NOBODY, Address


def of_occasion(world):
    return (world.workshops.workshop.occasion_id,)


ADDRESSES_OF_WORKSHOP_PHONES = {
    "workshop_phone": Address(find=of_occasion, public=True),
    "workshop_phone_news": Address(find=of_occasion, public=True, file=True),
    "cast_vote": Address(
        find=lambda world: (*of_occasion(world), world.workshops.ballot.pk),
        public=True,
        readers=NOBODY,
        writers=EVERYONE,
        body=lambda world: {"level": "2", "revision": "0"},
    ),
}
