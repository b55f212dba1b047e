"""The addresses of a workshop's tables (tests/addresses.py has the others)."""

from tests.address import EVERYONE, LEADERS, LEADERS_CAN, NEVER, NOBODY, Address

RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {**RUN, "readers": NOBODY}


def of_workshop(world):
    return (world.draft.pk, world.workshops.workshop.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


def of_table(world):
    return (*of_workshop(world), 1)


def lost_table(world):
    return (*of_workshop(world), NEVER)


def of_phone(world):
    return (world.workshops.workshop.occasion_id,)


ONE = {"find": of_workshop, "lost": lost_workshop}
TABLE = {"find": of_table, "lost": lost_table}
# Phones that are in: tests/planning/test_workshop_tables_phone.py.
PHONES = {"public": True, "readers": EVERYONE}
ADDRESSES_OF_WORKSHOP_TABLES = {
    "workshop_tables": Address(**ONE, readers=LEADERS, refused=LEADERS_CAN),
    "lay_tables": Address(**ONE, **PRESSED, body=lambda world: {"number": "4"}),
    "put_tables_on_sheet": Address(**ONE, **PRESSED),
    "table_domain": Address(
        **TABLE, **RUN, body=lambda world: {"level": "3", "reason": "Seen by the walk"}
    ),
    "change_table": Address(**TABLE, **RUN, body=lambda world: {"name": "Seen by the walk"}),
    "table_paper": Address(
        **TABLE, **RUN, body=lambda world: {"domain-1-evidence": "Seen by the walk"}
    ),
    "phone_table": Address(find=of_phone, **PHONES),
    "phone_table_domains": Address(find=lambda world: (*of_phone(world), 1), **PHONES),
    "phone_table_domain": Address(
        find=lambda world: (*of_phone(world), 1, 1), **PHONES, writers=EVERYONE
    ),
}
