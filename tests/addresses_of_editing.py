"""The addresses of standards while they are written (tests/addresses.py has the others)."""

from practice.versions import fingerprint_of
from practice.writing import draft_of
from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    Address,
    lost_in_partnership,
)

APPROVAL = {
    "name": "Ruth Ellis",
    "role": "Seen by the walk",
    "on-day": "1",
    "on-month": "2",
    "on-year": "2026",
    "effective_on-day": "1",
    "effective_on-month": "3",
    "effective_on-year": "2026",
}
WITHDRAWN = {"withdrawn_on-day": "1", "withdrawn_on-month": "2", "withdrawn_on-year": "2090"}
SOURCE = {"kind": "law", "title": "Seen by the walk"}
MEASURE = {"text": "Seen by the walk", "limit_number": "10", "limit_unit": "weeks"}


def of_standard(world):
    return (world.a.partnership.slug, world.library.standard.pk)


def of_drafted(world):
    return (world.a.partnership.slug, world.library.drafted.pk)


def of_pillar(world):
    return (world.a.partnership.slug, world.library.pillar.pk)


def of_model(world):
    return (world.a.partnership.slug, world.library.model.pk)


def of_source(world):
    return (*of_drafted(world), world.library.draft_source.pk)


def of_measure(world):
    return (*of_drafted(world), world.library.draft_measure.pk)


def lost_row(world):
    return (*of_drafted(world), NEVER)


def approval(world):
    return {**APPROVAL, "seen": fingerprint_of([draft_of(world.library.drafted)])}


def _writes(find, lost=lost_in_partnership, body=lambda world: {}, readers=LEADERS):
    return Address(
        find=find, lost=lost, readers=readers, writers=LEADERS, refused=LEADERS_CAN, body=body
    )


def _reads(find, lost=lost_in_partnership):
    return Address(find=find, lost=lost)


ADDRESSES_OF_EDITING = {
    "add_standard": _writes(
        of_pillar, body=lambda world: {"statement": "Seen by the walk", "request_key": A_KEY}
    ),
    "change_words": _writes(of_standard, readers=NOBODY),
    "standard_draft": _writes(of_drafted, body=lambda world: {"statement": "Seen by the walk"}),
    "discard_draft": _writes(of_drafted),
    "approve_draft": _writes(of_drafted, body=approval),
    "approve_drafts": _writes(of_model, body=approval),
    "add_draft_source": _writes(of_drafted, body=lambda world: SOURCE),
    "change_draft_source": _writes(of_source, lost_row, lambda world: SOURCE),
    "remove_draft_source": _writes(of_source, lost_row),
    "move_draft_source": _writes(of_source, lost_row, lambda world: {"up": "yes"}, NOBODY),
    "add_draft_measure": _writes(of_drafted, body=lambda world: {**MEASURE, "request_key": A_KEY}),
    "change_draft_measure": _writes(of_measure, lost_row, lambda world: MEASURE),
    "remove_draft_measure": _writes(of_measure, lost_row),
    "move_draft_measure": _writes(of_measure, lost_row, lambda world: {"up": "yes"}, NOBODY),
    "change_standard_details": _writes(
        of_standard, body=lambda world: {"pillar": world.library.pillar.pk, "place": "1"}
    ),
    "change_standard_links": _writes(of_standard),
    "withdraw_standard": _writes(of_standard, body=lambda world: WITHDRAWN),
    "standard_versions": _reads(of_standard),
    "standard_version": _reads(
        lambda world: (*of_standard(world), 1), lambda world: (*of_standard(world), NEVER)
    ),
    "compare_standard_versions": _reads(of_standard),
    "standard_history": _reads(of_standard),
}
