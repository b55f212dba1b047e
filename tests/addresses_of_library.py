"""The addresses of the library's first page and lists (tests/addresses.py has the others)."""

from tests.address import NEVER, Address, lost_partnership, of_partnership


def of_domain(world):
    return (*of_partnership(world), world.framework.dimensions.first().domains.first().pk)


ADDRESSES_OF_LIBRARY = {
    "library": Address(find=of_partnership, lost=lost_partnership),
    "expected_of_role": Address(find=of_partnership, lost=lost_partnership),
    "time_limits": Address(find=of_partnership, lost=lost_partnership),
    "bearing_on_domain": Address(
        find=of_domain, lost=lambda world: (*of_partnership(world), NEVER)
    ),
}
