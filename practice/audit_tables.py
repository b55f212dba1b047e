"""Lists of audits."""

import django_tables2 as tables

from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable

LINK = {"a": {"class": "govuk-link"}}
SEVERAL = "Several organisations"
FINISHED = {"text": "Finished", "classes": "govuk-tag--green"}
OPEN = {"text": "In progress", "classes": "govuk-tag--blue"}


def state_tag(audit):
    """Whether an audit is finished."""
    return render_component("tag", FINISHED if audit.finished_at else OPEN)


class AuditTable(PortalTable):
    """Audits, the newest first."""

    caption = "Audits"
    things = "audits"
    row_header = "name"
    stacks = True
    empty_text = "No audit has been started yet."
    name = tables.Column(
        verbose_name="What it is about", linkify=True, attrs=LINK, order_by=["name", "pk"]
    )
    organisation = tables.Column(
        verbose_name="Whose practice", empty_values=(), order_by=["organisation__name", "pk"]
    )
    held_on = DayColumn(verbose_name="Day", order_by=["held_on", "pk"])
    done = tables.Column(verbose_name="Files done", empty_values=(), orderable=False)
    state = tables.Column(verbose_name="Status", empty_values=(), orderable=False)

    def render_organisation(self, value):
        return value or SEVERAL

    def render_done(self, record):
        return f"{record.done_count or 0} of {record.file_count or 0}"

    def render_state(self, record):
        return state_tag(record)
