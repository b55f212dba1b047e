"""The addresses of commitments and of questions to reflect on (tests/addresses.py has the others).

Reflections themselves are their writers' alone, so nobody's role opens them: they are walked by
tests/practice/test_reflection_privacy.py.
"""

from tests.address import (
    A_KEY,
    EVERYONE,
    LEADERS,
    LEADERS_CAN,
    NOBODY,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

OF_WRITERS = {"reflection", "change_reflection", "share_reflection", "remove_reflection"}
QUESTION = {"rows": "1", "row-1-words": "Seen by the walk?", "row-1-kind": "text"}


def of_questions(world):
    return (world.a.partnership.slug, world.library.question_set.pk)


def _leaders(find, lost, body, **values):
    return Address(
        find=find,
        lost=lost,
        writers=LEADERS,
        refused=LEADERS_CAN,
        body=body,
        **{"readers": LEADERS, **values},
    )


def _files(name, **values):
    return {
        f"{name}_{kind}": Address(find=of_partnership, lost=lost_partnership, file=True, **values)
        for kind in ("csv", "xlsx")
    }


ADDRESSES_OF_COMMITMENTS = {
    "commitments": Address(find=of_partnership, lost=lost_partnership),
    "commit": Address(
        find=of_partnership,
        lost=lost_partnership,
        writers=EVERYONE,
        body=lambda world: {"shown": str(world.library.version.pk)},
    ),
    "your_commitments": Address(find=of_partnership, lost=lost_partnership),
    "who_committed": Address(
        find=of_partnership, lost=lost_partnership, readers=LEADERS, refused=LEADERS_CAN
    ),
    **_files("your_commitments"),
    **_files("commitments", readers=LEADERS, refused=LEADERS_CAN, noted=True),
    "reflections": Address(find=of_partnership, lost=lost_partnership),
    "question_set": Address(find=of_questions, lost=lost_in_partnership),
    "answer_questions": Address(
        find=of_questions,
        lost=lost_in_partnership,
        writers=EVERYONE,
        body=lambda world: {"q1": "Seen by the walk", "request_key": A_KEY},
    ),
    "add_question_set": _leaders(
        of_partnership,
        lost_partnership,
        lambda world: {**QUESTION, "name": "Seen by the walk", "request_key": A_KEY},
    ),
    "change_question_set": _leaders(
        of_questions, lost_in_partnership, lambda world: {**QUESTION, "name": "Seen by the walk"}
    ),
    "retire_question_set": _leaders(
        of_questions, lost_in_partnership, lambda world: {"retired": "yes"}, readers=NOBODY
    ),
}
