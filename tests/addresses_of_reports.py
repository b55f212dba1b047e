"""The addresses of board reports (tests/addresses.py has the others)."""

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)


def of_report(world):
    return (world.a.partnership.slug, world.board_report.pk)


def a_quarter(world):
    days = {"from_on": (1, 7, 2026), "to_on": (30, 9, 2026)}
    return {
        "board": "steering",
        "request_key": A_KEY,
        **{
            f"{name}-{box}": str(number)
            for name, day in days.items()
            for box, number in zip(("day", "month", "year"), day, strict=True)
        },
    }


OF_LEADERS = {"lost": lost_in_partnership, "find": of_report, "refused": LEADERS_CAN}
ADDRESSES_OF_REPORTS = {
    "board_reports": Address(find=of_partnership, lost=lost_partnership),
    "add_board_report": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=LEADERS,
        writers=LEADERS,
        refused=LEADERS_CAN,
        body=a_quarter,
    ),
    "board_report": Address(
        **OF_LEADERS, writers=LEADERS, body=lambda world: {"dates-words": "Seen by the walk"}
    ),
    "finish_board_report": Address(**OF_LEADERS, readers=LEADERS, writers=LEADERS),
    "remove_board_report": Address(**OF_LEADERS, readers=LEADERS, writers=LEADERS),
    "board_report_pdf": Address(find=of_report, lost=lost_in_partnership, file=True),
    "board_report_word": Address(find=of_report, lost=lost_in_partnership, file=True),
}
