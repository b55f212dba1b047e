"""The sections of a report in words: each a function of the figures (gathering.py) and of what
somebody wrote, that gives its blocks.
"""

from pledges.models import Section
from rpcportal.board_report.matters import matters
from rpcportal.board_report.wording import (
    LEGEND_OF_ACTIONS,
    LEGEND_OF_MEASURES,
    action,
    day,
    days,
    more,
    rating,
)
from rpcportal.kit.blocks import Bullets, Heading, Paragraph, Table

__all__ = ["PARTS", "day"]


def exceptions(figures, words):
    """What needs the board's eye: red and amber, overdue, waiting, late figures, lapsed pledges."""
    taken, end = day(figures["taken_on"]), day(figures["end"])
    yield words
    yield from _rated(figures["rated"], taken)
    yield from _overdue(figures["overdue"], end)
    yield from _waiting(figures["waiting"], taken)
    yield from _late(figures["measures"]["late"], end)
    lapsed = figures["lapsed"]
    yield Heading("Pledges that have lapsed")
    if lapsed["rows"]:
        yield Bullets(
            tuple(f"{each['organisation']}, on {day(each['lapsed_on'])}" for each in lapsed["rows"])
        )
        yield from more(lapsed, "pledges")
    else:
        yield Paragraph("No pledge has lapsed.")


def _rated(found, taken):
    yield Heading("Actions off track or at risk")
    if not found["rows"]:
        yield Paragraph(f"No action was rated red or amber on {taken}.")
        return
    yield Table(
        f"Rated red or amber on {taken}",
        ("Action", "Organisation", "Rating and reason", "Due"),
        tuple(
            (
                action(each),
                each["organisation"],
                f"{rating(each['rating'])}. {each['reason']}".strip(),
                day(each["due_on"]) or "No day yet",
            )
            for each in found["rows"]
        ),
        shape="reason",
    )
    yield from more(found, "actions")
    yield Paragraph(LEGEND_OF_ACTIONS)


def _overdue(found, end):
    yield Heading("Overdue actions")
    if not found["rows"]:
        yield Paragraph(f"No action was overdue on {end}.")
        return
    yield Table(
        f"Overdue on {end}",
        ("Action", "Organisation", "Was due", "Days", "Since then"),
        tuple(
            (
                action(each),
                each["organisation"],
                day(each["due_on"]),
                str(each["days"]),
                f"Complete on {day(each['completed_on'])}" if each["completed_on"] else "Open",
            )
            for each in found["rows"]
        ),
        numbers=(3,),
        shape="overdue",
    )
    yield from more(found, "actions")


def _waiting(found, taken):
    yield Heading("Actions that wait for another")
    if not found["rows"]:
        yield Paragraph(f"No action waited for another on {taken}.")
        return
    yield Table(
        f"Waiting on {taken}",
        ("Action", "Organisation", "Waits for"),
        tuple(
            (
                action(each),
                each["organisation"],
                f"{action(each['for'])} ({each['for']['organisation']})",
            )
            for each in found["rows"]
        ),
        shape="thirds",
    )
    yield from more(found, "actions")


def _late(found, end):
    yield Heading("Figures that are late")
    if not found["rows"]:
        yield Paragraph(f"No figure was late on {end}.")
        return
    yield Bullets(tuple(f"{each['name']}: due on {day(each['was_due'])}" for each in found["rows"]))
    yield from more(found, "late figures")


def domains(figures, words):
    """Each domain's level then and now, its actions; and what completed actions made of it."""
    yield words
    found = figures["domains"]
    yield Paragraph(_sheets_in_words(found))
    if found["rows"]:
        yield Table(
            f"Levels agreed by {day(figures['end'])}, and the actions that serve each domain",
            ("Domain", "Before", "Level", "Open", "Complete", "Overdue"),
            tuple(
                (
                    f"{each['title']} *" if each["at_the_line"] else each["title"],
                    each["before"] or "–",
                    each["level"] or "–",
                    *(str(each[name]) for name in ("open", "complete", "overdue")),
                )
                for each in found["rows"]
            ),
            numbers=(3, 4, 5),
            shape="domains",
        )
        yield Paragraph(_note_on_domains(figures))
    if spare := found["no_domain"]["open"]:
        yield Paragraph(f"Open actions that serve no domain: {spare}.")
    if elsewhere := found["elsewhere"]:
        yield Paragraph(f"Open actions that serve domains of another tool alone: {elsewhere}.")
    yield from _completed(figures["completed"])


def _sheets_in_words(found):
    sheet, before = found["sheet"], found["before"]
    if sheet is None:
        return "No recording sheet had been agreed by the end of the period."
    said = f"Levels are those of the sheet of {day(sheet['assessed_on'])}"
    if before is None:
        return f"{said}. There is no earlier one to compare with."
    if not found["is_comparable"]:
        return (
            f"{said}. The one before, of {day(before['assessed_on'])}, was scored with another "
            "tool: levels cannot be compared."
        )
    return f"{said}; “before” are those of {day(before['assessed_on'])}."


def _note_on_domains(figures):
    end, taken = day(figures["end"]), day(figures["taken_on"])
    note = (
        f"Open as on {taken}; complete and overdue as on {end}. An action can serve several "
        "domains and then counts in each. Levels are steps in order, and no mean is made of them."
    )
    if any(each["at_the_line"] for each in figures["domains"]["rows"]):
        note += " * In this domain the line between conflict and domestic abuse is looked at."
    return note


def _completed(found):
    yield Heading("What completed actions made of it")
    if not found["rows"]:
        yield Paragraph("No action was completed in the period.")
        return
    yield Table(
        "Completed in the period",
        ("Action", "Organisation", "What difference it made", "Where that can be seen"),
        tuple(
            (
                f"{action(each)} ({day(each['completed_on'])})",
                each["organisation"],
                each["difference"] or "Not said",
                each["where"] or "Not said",
            )
            for each in found["rows"]
        ),
        shape="quarters",
    )
    yield from more(found, "actions")


def dates(figures, words):
    """Due dates that were moved in the period, and why."""
    yield words
    found = figures["dates"]
    if not found["rows"]:
        yield Paragraph("No due date was moved in the period.")
        return
    yield Table(
        "Due dates moved in the period",
        ("Action", "Organisation", "From", "To", "Why"),
        tuple(
            (
                action(each),
                each["organisation"],
                day(each["before"]),
                _moved_to(each),
                each["reason"] or "Not said",
            )
            for each in found["rows"]
        ),
        shape="moved",
    )
    yield from more(found, "moves")


def _moved_to(each):
    if each["after"] is None:
        return "No day"
    later = "later" if each["days"] > 0 else "earlier"
    return f"{day(each['after'])}, {days(abs(each['days']))} {later}"


def measures(figures, words):
    """Each measure: its last reading by the end of the period, the one before, target, rating."""
    yield words
    found = figures["measures"]
    if not found["rows"]:
        yield Paragraph("Nothing is measured yet.")
        return
    yield Table(
        f"Last readings by {day(figures['end'])}",
        ("Measure", "Last reading", "The one before", "Target", "Rating and reason"),
        tuple(
            (
                each["name"],
                _dated(each["value"], each["read_on"]) or "No reading yet",
                _dated(each["before"], each["before_on"]) or "–",
                _dated(each["target"], each["target_on"], "by") or "No target",
                _rated_in_words(each),
            )
            for each in found["rows"]
        ),
        shape="measures",
    )
    yield from more(found, "measures")
    yield Paragraph(LEGEND_OF_MEASURES)


def _dated(value, on, word="on"):
    return f"{value} {word} {day(on)}" if value and on else value


def _rated_in_words(each):
    if not each["value"]:
        return "Not rated"
    who = "" if each["by_rule"] else "Rated by hand: "
    return f"{rating(each['rating']) or 'Not rated'}. {who}{each['reason']}"


def people(figures, words):
    """Training against its targets, champions, peer reviews, events."""
    yield words
    found = figures["people"]
    yield Heading("Training")
    yield Paragraph(
        f"People at training in the period: {found['trained']:,}, in {found['sessions']:,} "
        f"session{'' if found['sessions'] == 1 else 's'}. Somebody who came twice counts twice."
    )
    if found["targets"]:
        yield Bullets(tuple(f"{each['words']}: {each['sentence']}" for each in found["targets"]))
    yield from _shares("By where they work", "Setting", found["by_setting"])
    yield from _shares("By organisation", "Organisation", found["by_organisation"])
    yield Heading("Champions")
    yield Paragraph(
        f"Champions on {day(figures['end'])}: {found['champions']:,}, in "
        f"{found['organisations']:,} organisation{'' if found['organisations'] == 1 else 's'}. "
        f"Family ambassadors: {found['ambassadors']:,}."
    )
    yield from _reviews(found["reviews"])
    yield from _events(found["events"], found["reached"])


def _shares(caption, name, shares):
    if shares:
        rows = tuple((each["name"], f"{each['people']:,}") for each in shares)
        yield Table(caption, (name, "People"), rows, numbers=(1,), shape="shares")


def _reviews(found):
    yield Heading("Peer reviews")
    if not found["rows"]:
        yield Paragraph("There was no peer review in the period.")
        return
    yield Table(
        "Peer reviews in the period",
        ("Review", "Day", "What could be better", "Actions"),
        tuple(
            (
                f"{each['reviewer']} looked at {each['subject']}",
                day(each["held_on"]),
                each["findings"] or "Nothing written yet",
                ", ".join(f"No. {number}" for number in each["actions"]) or "None yet",
            )
            for each in found["rows"]
        ),
        shape="reviews",
    )
    yield from more(found, "reviews")


def _events(found, reached):
    yield Heading("Events and publicity")
    if not found["rows"]:
        yield Paragraph("There was no event and no publicity in the period.")
        return
    yield Table(
        f"In the period, {reached:,} people reached where they were counted",
        ("What", "Kind", "Organisation", "Day", "People reached"),
        tuple(
            (
                each["title"],
                each["kind"],
                each["organisation"] or "The partnership",
                day(each["held_on"]),
                "Not counted" if each["reached"] is None else f"{each['reached']:,}",
            )
            for each in found["rows"]
        ),
        numbers=(4,),
        shape="events",
    )
    yield from more(found, "entries")


PARTS = {
    Section.MATTERS.value: matters,
    Section.EXCEPTIONS.value: exceptions,
    Section.DOMAINS.value: domains,
    Section.DATES.value: dates,
    Section.MEASURES.value: measures,
    Section.PEOPLE.value: people,
}
