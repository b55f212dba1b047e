"""The addresses of measures and their readings (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    WRITERS,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

FIGURES = {"unit": "number", "better": "higher", "frequency": "quarterly"}
DAY = {"read_on-day": "1", "read_on-month": "2", "read_on-year": "2025"}

END = {"ended_on-day": "1", "ended_on-month": "2", "ended_on-year": "2026"}


def of_measure(world):
    return (world.a.partnership.slug, world.measure.pk)


def of_reading(world):
    return (*of_measure(world), world.reading.pk)


def lost_reading(world):
    return (*of_measure(world), NEVER)


def _figures(find, lost, body):
    """Where it is decided what is measured."""
    return Address(
        find=find, lost=lost, readers=LEADERS, writers=LEADERS, refused=LEADERS_CAN, body=body
    )


def _log(find, lost, body=lambda world: {}):
    """Where readings are written: by those of the organisation, and by who writes for all."""
    return Address(find=find, lost=lost, readers=WRITERS, writers=WRITERS, body=body)


ADDRESSES_OF_MEASURES = {
    "measures": Address(find=of_partnership, lost=lost_partnership),
    **{
        f"measures_{kind}": Address(
            find=of_partnership, lost=lost_partnership, file=True, noted=True
        )
        for kind in ("xlsx", "csv")
    },
    "add_measure": _figures(
        of_partnership,
        lost_partnership,
        lambda world: {**FIGURES, "name": "Seen by the walk", "request_key": A_KEY},
    ),
    "measure": Address(find=of_measure, lost=lost_in_partnership),
    "change_measure": _figures(
        of_measure, lost_in_partnership, lambda world: {**FIGURES, "name": "Seen by the walk"}
    ),
    "end_measure": _figures(of_measure, lost_in_partnership, lambda world: END),
    "measure_history": Address(find=of_measure, lost=lost_in_partnership),
    "record_reading": _log(
        of_measure,
        lost_in_partnership,
        lambda world: {**DAY, "value": "12", "request_key": A_KEY},
    ),
    "correct_reading": _log(
        of_reading, lost_reading, lambda world: {**DAY, "value": "12", "source": "Walk"}
    ),
    "rate_reading": _log(
        of_reading, lost_reading, lambda world: {"rating": "red", "reason": "Seen by the walk"}
    ),
    "remove_reading": _log(of_reading, lost_reading),
}
