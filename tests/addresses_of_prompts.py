"""The addresses of questions to a room (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    EVERYONE,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)

DAY = {"asked_on-day": "1", "asked_on-month": "11", "asked_on-year": "2026"}
RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
PRESSED = {**RUN, "readers": NOBODY}


def of_prompt(world):
    return (world.a.partnership.slug, world.prompts.prompt.pk)


def of_planned_prompt(world):
    return (world.a.partnership.slug, world.prompts.planned.pk)


def of_answer(world):
    return (*of_prompt(world), world.prompts.answer.pk)


def of_you_said(world):
    return (world.a.partnership.slug, world.prompts.you_said.pk)


ONE = {"find": of_prompt, "lost": lost_in_partnership}
SAID = {"find": of_you_said, "lost": lost_in_partnership}
ALL = {"find": of_partnership, "lost": lost_partnership}
ADDRESSES_OF_PROMPTS = {
    "prompts": Address(**ALL),
    "add_prompt": Address(
        **ALL,
        **RUN,
        body=lambda world: {**DAY, "question": "Seen by the walk?", "request_key": A_KEY},
    ),
    "you_said_xlsx": Address(**ALL, file=True),
    "you_said_csv": Address(**ALL, file=True),
    "prompt": Address(**ONE),
    "change_prompt": Address(
        **ONE,
        **RUN,
        body=lambda world: {**DAY, "question": world.prompts.prompt.question, "help": "Walk"},
    ),
    "open_prompt": Address(
        find=of_planned_prompt,
        lost=lost_in_partnership,
        body=lambda world: {"hours": "3"},
        **PRESSED,
    ),
    "extend_prompt": Address(**ONE, **PRESSED, body=lambda world: {"hours": "8"}),
    "close_prompt": Address(**ONE, **PRESSED),
    "prompt_screen": Address(**ONE),
    "prompt_screen_news": Address(**ONE, file=True),
    "answers_xlsx": Address(**ONE, file=True),
    "answers_csv": Address(**ONE, file=True),
    "hide_answer": Address(
        find=of_answer,
        lost=lambda world: (*of_prompt(world), NEVER),
        body=lambda world: {"hidden": "yes"},
        **PRESSED,
    ),
    "add_you_said": Address(
        **ONE,
        **RUN,
        body=lambda world: {"said": "Seen by the walk", "answers": world.prompts.answer.pk},
    ),
    "change_you_said": Address(**SAID, **RUN, body=lambda world: {"said": "Seen by the walk"}),
    "remove_you_said": Address(**SAID, **RUN),
    # Phones that are in: tests/practice/test_prompt_phone.py.
    "prompt_phone": Address(
        find=lambda world: (world.prompts.prompt.occasion_id,), public=True, writers=EVERYONE
    ),
}
