"""The addresses of the public page and of evidence statements (tests/addresses.py has more)."""

from tests.address import (
    A_KEY,
    COORDINATOR,
    COORDINATOR_CAN,
    LEADERS,
    LEADERS_CAN,
    NOBODY,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)
from tests.factories.public import upload


def of_statement(world):
    return (world.a.partnership.slug, world.evidence.pk)


COORDINATORS = {
    "find": of_partnership,
    "lost": lost_partnership,
    "readers": COORDINATOR,
    "writers": COORDINATOR,
    "refused": COORDINATOR_CAN,
}
ADDRESSES_OF_PUBLIC = {
    # What is published is found by everybody, so no person stands outside it.
    "robots": Address(public=True, file=True, cached=True),
    "public_page": Address(find=of_partnership, public=True, cached=True),
    "public_logo": Address(find=of_partnership, public=True, file=True, cached=True),
    "brand_colour": Address(find=lambda world: ("14505c",), public=True, file=True, cached=True),
    "edit_public_page": Address(
        **COORDINATORS, body=lambda world: {"introduction": "Seen by the walk"}
    ),
    "preview_public_page": Address(find=of_partnership, lost=lost_partnership),
    "preview_public_logo": Address(find=of_partnership, file=True),
    "public_page_logo": Address(
        **COORDINATORS,
        body=lambda world: {"picture": upload(), "logo_words": "Seen by the walk"},
    ),
    "remove_public_logo": Address(**{**COORDINATORS, "readers": NOBODY}),
    "publish_public_page": Address(**COORDINATORS, body=lambda world: {"published": "no"}),
    "evidence_statements": Address(find=of_partnership, lost=lost_partnership),
    "evidence_statement": Address(find=of_statement, lost=lost_in_partnership),
    "add_evidence": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=LEADERS,
        writers=LEADERS,
        refused=LEADERS_CAN,
        body=lambda world: {"claim": "Seen by the walk", "request_key": A_KEY},
    ),
    "change_evidence": Address(
        find=of_statement,
        lost=lost_in_partnership,
        readers=LEADERS,
        writers=LEADERS,
        refused=LEADERS_CAN,
        body=lambda world: {"claim": "Seen by the walk"},
    ),
    "remove_evidence": Address(
        find=of_statement,
        lost=lost_in_partnership,
        readers=LEADERS,
        writers=LEADERS,
        refused=LEADERS_CAN,
    ),
    "use_evidence": Address(
        find=lambda world: (world.a.partnership.slug, world.starter_evidence.pk),
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=LEADERS,
        refused=LEADERS_CAN,
    ),
    "show_evidence": Address(
        find=of_statement,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=COORDINATOR,
        refused=COORDINATOR_CAN,
        body=lambda world: {"shown": "no"},
    ),
}
