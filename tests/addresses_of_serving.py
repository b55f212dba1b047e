"""The addresses of what serves a standard, and of the training map (tests/addresses.py has the
others).
"""

from tests.address import (
    LEADERS,
    LEADERS_CAN,
    NOBODY,
    WRITERS,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

SIGNERS = ("coordinator", "facilitator", "lead")
SIGNERS_CAN = "A coordinator, facilitator or partner lead can."


def second_action(world):
    """The first one serves the standard already."""
    return world.organisation.actions.get(number=2)


def of_need(world):
    return (world.a.partnership.slug, world.serving.need.pk)


def _plan(find, **values):
    """Where those link who may write the plan."""
    return Address(find=find, lost=lost_in_partnership, writers=WRITERS, **values)


def _figures(find, lost, body=lambda world: {}):
    """Where it is decided who needs which course."""
    return Address(
        find=find, lost=lost, readers=LEADERS, writers=LEADERS, refused=LEADERS_CAN, body=body
    )


ADDRESSES_OF_SERVING = {
    "link_to_standard": _plan(
        lambda world: (world.a.partnership.slug, world.library.standard.pk),
        readers=WRITERS,
        body=lambda world: {"actions": [second_action(world).pk]},
    ),
    "action_standards": _plan(
        lambda world: (world.a.partnership.slug, second_action(world).number),
        readers=WRITERS,
        body=lambda world: {"standards": [world.library.standard.pk]},
    ),
    "pledge_standards": Address(
        find=lambda world: (world.a.partnership.slug, world.organisation.pk),
        lost=lost_in_partnership,
        readers=SIGNERS,
        writers=SIGNERS,
        refused=SIGNERS_CAN,
        body=lambda world: {"standards": [world.library.standard.pk]},
    ),
    "stop_serving": _plan(
        lambda world: (world.a.partnership.slug, world.serving.link.pk), readers=NOBODY
    ),
    "training_map": Address(find=of_partnership, lost=lost_partnership),
    "training_map_csv": Address(find=of_partnership, lost=lost_partnership, file=True),
    "add_course_need": _figures(
        of_partnership,
        lost_partnership,
        lambda world: {
            "role": "Seen by the walk",
            "course": world.outreach.course.pk,
            "need": "required",
        },
    ),
    "change_course_need": _figures(
        of_need, lost_in_partnership, lambda world: {"need": "recommended", "people": "3"}
    ),
    "remove_course_need": _figures(of_need, lost_in_partnership),
}
