"""The addresses of what people follow (tests/addresses.py has the others)."""

from tests.address import (
    EVERYONE,
    NOBODY,
    Address,
    lost_in_partnership,
    of_organisation,
    of_plan_action,
)

FOLLOW = {"readers": NOBODY, "writers": EVERYONE, "body": lambda world: {"follow": "yes"}}


def of_domain(world):
    return (world.a.partnership.slug, world.draft.entries.get(domain__number=1).domain_id)


ADDRESSES_OF_FOLLOWING = {
    "follow_action": Address(find=of_plan_action, lost=lost_in_partnership, **FOLLOW),
    "follow_organisation": Address(find=of_organisation, lost=lost_in_partnership, **FOLLOW),
    "follow_domain": Address(find=of_domain, lost=lost_in_partnership, **FOLLOW),
    "following": Address(),
}
