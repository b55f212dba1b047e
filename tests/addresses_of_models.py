"""The addresses of practice models, their parts and standards (the others: tests/addresses.py)."""

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


def of(name):
    """The arguments of what an area's library has of this name."""
    return lambda world: (world.a.partnership.slug, getattr(world.library, name).pk)


def of_value(world):
    return (world.a.partnership.slug, world.library.model.parts.get(kind="value").pk)


def of_new_part(world):
    return (world.a.partnership.slug, world.library.model.pk, "value")


def lost_new_part(world):
    return (world.a.partnership.slug, NEVER, "value")


def model(world):
    return {"name": "Seen by the walk", "guiding": "principle"}


def _writing(find, lost=lost_in_partnership, body=lambda world: {}):
    """Where the library is written."""
    return Address(
        find=find, lost=lost, readers=LEADERS, writers=LEADERS, refused=LEADERS_CAN, body=body
    )


def _doing(find, body=lambda world: {}):
    """A button that leads to no page of its own."""
    return Address(
        find=find,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=LEADERS,
        refused=LEADERS_CAN,
        body=body,
    )


RETIRED = {"retired_on-day": "1", "retired_on-month": "3", "retired_on-year": "2027"}
PART = {"name": "Seen by the walk", "meaning": "Seen"}
ADDRESSES_OF_MODELS = {
    "practice_model": Address(find=of("model"), lost=lost_in_partnership),
    "pillar": Address(find=of("pillar"), lost=lost_in_partnership),
    "standard": Address(find=of("standard"), lost=lost_in_partnership),
    "model_history": Address(find=of("model"), lost=lost_in_partnership),
    "take_on_model": _doing(of("starter_model")),
    "add_model": _writing(
        of_partnership, lost_partnership, lambda world: {**model(world), "request_key": A_KEY}
    ),
    "change_model": _writing(of("model"), body=model),
    "retire_model": _writing(of("model"), body=lambda world: RETIRED),
    "model_parts": Address(
        find=of("model"), lost=lost_in_partnership, readers=LEADERS, refused=LEADERS_CAN
    ),
    "add_part": _writing(of_new_part, lost_new_part, lambda world: PART),
    "change_part": _writing(of_value, body=lambda world: PART),
    "move_part": _doing(of_value, lambda world: {"to": "down"}),
    "remove_part": _writing(of_value),
}
