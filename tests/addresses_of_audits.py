"""The addresses of audits (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    NEVER,
    SIGNERS,
    SIGNERS_CAN,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

DAY = {"held_on-day": "1", "held_on-month": "2", "held_on-year": "2026"}


def of_audit(world):
    return (world.a.partnership.slug, world.audits.open.pk)


def of_begun(world):
    return (world.a.partnership.slug, world.audits.begun.pk)


def _words(world):
    return {
        **DAY,
        "name": "Seen by the walk",
        "organisation": world.organisation.pk,
        "files": "3",
        "request_key": A_KEY,
    }


def _auditors(find=of_audit, lost=lost_in_partnership, body=lambda world: {}):
    """Where an audit of the lead's own organisation is worked on."""
    return Address(
        find=find, lost=lost, readers=SIGNERS, writers=SIGNERS, refused=SIGNERS_CAN, body=body
    )


def _box(world, end):
    return f"m{world.audits.asked.pk}-{end}"


def _file(find=of_audit):
    return Address(find=find, lost=lost_in_partnership, file=True)


ADDRESSES_OF_AUDITS = {
    "audits": Address(find=of_partnership, lost=lost_partnership),
    "audit_results": Address(find=of_partnership, lost=lost_partnership),
    "start_audit": _auditors(of_partnership, lost_partnership, _words),
    "audit": Address(find=of_audit, lost=lost_in_partnership),
    "audit_grid": Address(find=of_audit, lost=lost_in_partnership),
    "change_audit": _auditors(body=_words),
    "audit_measures": _auditors(
        of_begun,
        body=lambda world: {
            f"s{world.library.version.pk}-measures": str(world.library.measure.pk),
        },
    ),
    "audit_file": _auditors(
        lambda world: (*of_audit(world), 1),
        lambda world: (*lost_in_partnership(world), 1),
        lambda world: {
            "reference": "Seen by the walk",
            _box(world, "outcome"): "partly",
            _box(world, "note"): "Seen by the walk",
        },
    ),
    "finish_audit": _auditors(body=lambda world: {"learnt": "Seen by the walk"}),
    "remove_audit": _auditors(of_begun),
    "gap_action": _auditors(
        lambda world: (*of_audit(world), world.audits.asked.pk),
        lambda world: (*of_audit(world), NEVER),
        lambda world: {
            "organisation": world.organisation.pk,
            "what": "Seen by the walk",
            "request_key": A_KEY,
        },
    ),
    "audit_xlsx": _file(),
    "audit_results_csv": _file(),
    "audit_findings_csv": _file(),
}
