"""The list of evidence statements."""

import django_tables2 as tables
from django.utils.html import format_html

from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable

NO_SOURCE = {"text": "No source yet", "classes": "govuk-tag--orange"}
LINK = {"a": {"class": "govuk-link"}}


class EvidenceTable(PortalTable):
    """What is known, and from where. ``address_of(statement)`` leads to the page of one."""

    caption = "Evidence statements"
    things = "statements"
    empty_text = "No statement holds these words."
    stacks = True
    row_header = "claim"
    widest_fitting = 2
    claim = tables.Column(
        verbose_name="What is known",
        linkify=lambda table, record: table.address_of(record),
        attrs=LINK,
        order_by=["claim", "pk"],
    )
    figure = tables.Column(empty_values=(), order_by=["figure", "pk"])
    source = tables.Column(empty_values=(), order_by=["source", "pk"])
    checked_on = DayColumn(verbose_name="Checked on", order_by=["checked_on", "pk"])
    of = tables.Column(
        verbose_name="Whose", accessor="partnership_id", empty_values=(), orderable=False
    )

    def __init__(self, *args, address_of, **kwargs):
        self.address_of = address_of
        super().__init__(*args, **kwargs)

    def render_figure(self, record):
        about = ", ".join(filter(None, [record.population, record.year]))
        if not (record.figure and about):
            return record.figure or about or "–"
        return format_html('{}<br><span class="rpc-quiet">{}</span>', record.figure, about)

    def render_source(self, record):
        return record.source or render_component("tag", NO_SOURCE)

    def render_of(self, record):
        if record.partnership_id is None:
            return "Came with the portal"
        return "Ours, on the public page" if record.is_public else "Ours"
