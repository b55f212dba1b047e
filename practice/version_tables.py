"""The list of a standard's versions."""

import django_tables2 as tables

from practice.models import VersionState
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable

IN_FORCE = {"text": "In force", "classes": "govuk-tag--green"}
COMING = {"text": "Approved, not in force yet", "classes": "govuk-tag--blue"}
DRAFT = {"text": "Draft", "classes": "govuk-tag--yellow"}


class VersionTable(PortalTable):
    """The newest first. ``address_of(version)`` leads to the page of one."""

    caption = "The newest first"
    caption_size = "s"
    things = "versions"
    empty_text = "There is no version yet."
    row_header = "number"
    stacks = True
    number = tables.Column(
        verbose_name="Version",
        linkify=lambda table, record: table.address_of(record),
        attrs={"a": {"class": "govuk-link"}},
        orderable=False,
    )
    state = tables.Column(verbose_name="State", empty_values=(), orderable=False)
    effective_on = DayColumn(verbose_name="In force from", orderable=False)
    approved_name = tables.Column(verbose_name="Approved by", empty_values=(), orderable=False)
    amendment = tables.Column(verbose_name="What changed", empty_values=(), orderable=False)

    def __init__(self, *args, address_of, standing, **kwargs):
        self.address_of, self.standing = address_of, standing
        super().__init__(*args, **kwargs)

    def render_number(self, value):
        return f"Version {value}"

    def render_state(self, record):
        tags = {self.standing.in_force: IN_FORCE, self.standing.draft: DRAFT}
        tag = tags.get(record) or (COMING if self._is_coming(record) else None)
        return render_component("tag", tag) if tag else "Approved"

    def _is_coming(self, record):
        """Approved later than the one in force; a withdrawn standard has none."""
        coming = self.standing.coming
        return coming is not None and record.number >= coming.number

    def render_approved_name(self, record):
        if record.state == VersionState.DRAFT:
            return "Nobody yet"
        who = ", ".join(filter(None, [record.approved_name, record.approved_role]))
        return f"{who}, on {record.approved_on:%-d %B %Y}"

    def render_amendment(self, record):
        return record.amendment or ("The first version" if record.number == 1 else "Not said yet")
