"""A report as one neutral outline: the page, the PDF and the Word file are rendered from it, so
that they have the same words in the same order.

It is made of what is kept with the report and nothing else, so that a finished one always reads
as it did: nothing here asks for anything that can change.
"""

import re
from datetime import date

from django.utils import timezone
from django.utils.text import Truncator

from pledges.models import Section
from rpcportal.board_report import parts
from rpcportal.kit import blocks
from rpcportal.kit.blocks import Part, Words


class Outline(blocks.Outline):
    """A board report."""

    @classmethod
    def of(cls, report):
        """The outline of a report that was loaded ``with_everything`` (no query)."""
        figures = report.figures
        written = {each.section: each.words for each in report.narratives.all()}
        return cls(
            title=f"Report to the {_lower(figures['board'])}",
            partnership=figures["partnership"],
            facts=tuple(_facts(figures, report.finished_at)),
            parts=tuple(_part(key, figures, written) for key in figures["sections"]),
            running=_running(figures, report.finished_at),
            filename=_filename(figures),
        )


def _part(key, figures, written):
    words = Words.of(written.get(key, ""))
    title = Section(key).label
    return Part(key, title, tuple(parts.PARTS[key](figures, words)))


def _facts(figures, finished_at):
    yield "Partnership", figures["partnership"]
    yield "Area", figures["area"]
    yield "Period", f"{parts.day(figures['from_on'])} to {parts.day(figures['to_on'])}"
    yield "Figures taken on", parts.day(figures["taken_on"])
    if finished_at is None:
        yield "Status", "Draft"
    else:
        yield "Status", f"Finished on {timezone.localdate(finished_at):%-d %B %Y}"


def _running(figures, finished_at):
    period = f"{parts.day(figures['from_on'])} to {parts.day(figures['to_on'])}"
    draft = "" if finished_at else ". Draft"
    name = Truncator(f"{figures['partnership']}: {figures['board']}").chars(70)
    return f"{name}, {period}{draft}"


def _lower(board):
    """“Steering group” within a sentence; another board keeps the name that it was given."""
    known = {"Steering group", "Early help board", "Domestic abuse board"}
    if board in known or board.startswith("Health and wellbeing"):
        return board[0].lower() + board[1:]
    return re.sub(r"^the\s+", "", board, flags=re.IGNORECASE)


def _filename(figures):
    words = f"{figures['area']} {figures['board']} report".lower()
    slug = "-".join("".join(c if c.isalnum() else " " for c in words).split())
    return f"{slug}-{date.fromisoformat(figures['to_on']):%Y-%m-%d}"
