"""The list of board reports."""

import django_tables2 as tables
from django.utils import timezone

from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable


class BoardReportTable(PortalTable):
    """Reports, the newest period first."""

    caption = "Board reports"
    things = "reports"
    row_header = "board"
    stacks = True
    empty_text = "No report has been made yet."
    board = tables.Column(
        verbose_name="Report to",
        accessor="board_name",
        linkify=lambda record: record.get_absolute_url(),
        order_by=["board", "board_words", "-to_on", "pk"],
        attrs={"a": {"class": "govuk-link"}},
    )
    from_on = DayColumn(verbose_name="From", order_by=["from_on", "pk"])
    to_on = DayColumn(verbose_name="To", order_by=["to_on", "pk"])
    status = tables.Column(
        verbose_name="Status",
        accessor="finished_at",
        empty_values=(),
        order_by=["finished_at", "pk"],
    )

    def render_status(self, record):
        if record.finished_at is None:
            return render_component("tag", {"text": "Draft", "classes": "govuk-tag--blue"})
        return f"Finished on {timezone.localdate(record.finished_at):%-d %B %Y}"
