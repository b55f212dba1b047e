"""The addresses of scoring before a workshop (tests/addresses.py has the others).

Whoever has the link of a paper is in: tests/planning/test_prework_pages.py walks those too.
"""

from tests.address import A_KEY, EVERYONE, LEADERS, LEADERS_CAN, NEVER, NOBODY, Address

RUN = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}


def of_planned(world):
    return (world.draft.pk, world.workshops.planned.pk)


def of_counted(world):
    return (world.draft.pk, world.workshops.workshop.pk)


def lost_workshop(world):
    return (world.draft.pk, NEVER)


PLANNED = {"find": of_planned, "lost": lost_workshop, **RUN}
COUNTED = {"find": of_counted, "lost": lost_workshop, **RUN}
READ = {"writers": NOBODY}
PRESSED = {"readers": NOBODY}
ADDRESSES_OF_WORKSHOP_PREWORK = {
    "prework": Address(
        find=lambda world: (world.workshops.planned.prework_key,),
        public=True,
        writers=EVERYONE,
        body=lambda world: {"request_key": A_KEY, "sector": "health"},
    ),
    "paper": Address(
        find=lambda world: (world.workshops.paper.link,), public=True, writers=EVERYONE
    ),
    "paper_domain": Address(
        find=lambda world: (world.workshops.paper.link, 2),
        public=True,
        writers=EVERYONE,
        body=lambda world: {"level": "2.5", "strength": "Seen by the walk"},
    ),
    "prework_report": Address(**{**COUNTED, **READ}),
    "prework_report_pdf": Address(**{**COUNTED, **READ}, file=True),
    "send_prework": Address(**{**PLANNED, **PRESSED}, body=lambda world: {"to": "new"}),
    "end_prework": Address(**PLANNED),
    "hide_prework_remark": Address(
        **{**COUNTED, **PRESSED}
        | {
            "find": lambda world: (*of_counted(world), world.workshops.before.pk),
            "lost": lambda world: (*of_counted(world), NEVER),
        },
        body=lambda world: {"hidden": "yes"},
    ),
}
