"""The first page: what matters, and nothing that needs a second page."""

from django.utils.text import Truncator

from rpcportal.board_report.wording import LEGEND_OF_ACTIONS, day, rating
from rpcportal.kit.blocks import Bullets, Heading, Paragraph, Table

ABUSE = (
    "Parental conflict is not domestic abuse. In conflict both parents take part on more or less "
    "equal terms, and neither is afraid of the other. Abuse is about power: one person controls, "
    "frightens or hurts the other, and work on the relationship is not safe."
)
DIFFERENCES = 3  # all of them stand under “Progress by domain”
DIFFERENCE = 170  # characters
MOVES = 5
NAME = 50  # characters of a name on the first page


def matters(figures, words):
    """The words, the figures in one table, what moved, and what made a difference."""
    if figures["abuse_first"]:
        yield Heading("The line between conflict and abuse")
        yield Paragraph(ABUSE)
        yield Paragraph(_at_the_line(figures))
    yield words
    yield Table(
        "In figures",
        ("What", "Number", "When"),
        tuple(_rows(figures)),
        numbers=(1,),
        shape="figures",
    )
    yield Paragraph(LEGEND_OF_ACTIONS)
    yield from _moved(figures["moved"])
    yield from _differences(figures["completed"])


def _rows(figures):
    """(what, number, when): as it stands, in the period, or at its end."""
    actions, pledges = figures["actions"], figures["pledges"]
    now, end = f"on {day(figures['taken_on'])}", f"on {day(figures['end'])}"
    period = "in the period"
    yield "Actions that are open", f"{actions['open']:,}", now
    yield "Actions completed", f"{actions['completed']:,}", period
    yield "Actions overdue", f"{actions['overdue']:,}", end
    yield f"Actions rated {rating('red').lower()}", f"{actions['red']:,}", now
    yield f"Actions rated {rating('amber').lower()}", f"{actions['amber']:,}", now
    yield "Due dates that were moved", f"{figures['dates']['all']:,}", period
    of_all = f"{pledges['standing']:,} of {pledges['organisations']:,}"
    yield "Organisations whose pledge stands", of_all, now
    yield "Pledges signed or renewed", f"{pledges['signed']:,}", period
    yield "People at training", f"{figures['people']['trained']:,}", period
    measures = figures["measures"]
    of_all = f"{measures['red']:,} of {measures['all']:,}"
    yield f"Measures rated {rating('red').lower()}", of_all, end


def _at_the_line(figures):
    rows = [each for each in figures["domains"]["rows"] if each["at_the_line"]]
    if not rows:
        return "No domain of the tool in use looks at this line."
    said = (
        f"{_short(each['title'])}: {_level(each)}; actions open {each['open']}, complete "
        f"{each['complete']}, overdue {each['overdue']}"
        for each in rows[:3]
    )
    return f"Where the tool looks at it: {'. '.join(said)}."


def _short(name):
    return Truncator(name).chars(NAME)


def _level(row):
    if not row["level"]:
        return "no agreed level"
    level = row["level"]
    return f"level {level}" if level[0].isdigit() else level.lower()


def _moved(found):
    yield Heading("What moved in the planning tool")
    if found is None:
        yield Paragraph("No sheet was agreed in the period.")
        return
    agreed = f"A sheet was agreed on {day(found['sheet']['agreed_on'])}"
    if found["before"] is None:
        yield Paragraph(f"{agreed}. There is none before it to compare with.")
        return
    since = f"since {day(found['before']['assessed_on'])}"
    if not found["rows"]:
        yield Paragraph(f"{agreed}. No level has changed {since}.")
        return
    rows = found["rows"][:MOVES]
    listed = "; ".join(
        f"{_short(each['title'])}, {each['before']} → {each['level']}" for each in rows
    )
    left = len(found["rows"]) - len(rows)
    also = f"; and {left} more, under “Progress by domain”" if left else ""
    yield Paragraph(
        f"{agreed}. Of {found['domains']} domains {len(found['rows'])} "
        f"{'has' if len(found['rows']) == 1 else 'have'} another level {since}: {listed}{also}."
    )


def _differences(found):
    yield Heading("What made a difference")
    said = [each for each in found["rows"] if each["difference"]][:DIFFERENCES]
    if not said:
        yield Paragraph("No action completed in the period says what difference it made.")
        return
    yield Bullets(
        tuple(
            f"{Truncator(each['difference']).chars(DIFFERENCE)} "
            f"({_short(each['organisation'])}, action {each['number']})"
            for each in said
        )
    )
