"""Lists of the planning tool."""

import django_tables2 as tables

from planning.models import Assessment, Status
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable

STATUS_TAG = {
    Status.DRAFT: "govuk-tag--blue",
    Status.ILLUSTRATIVE: "govuk-tag--yellow",
    Status.AGREED: "govuk-tag--green",
    Status.SUPERSEDED: "govuk-tag--grey",
}


class AssessmentTable(PortalTable):
    """A partnership's assessments, newest first."""

    caption = "Assessments"
    things = "assessments"
    row_header = "assessed_on"
    empty_text = "Your area has not been scored yet."
    assessed_on = DayColumn(verbose_name="Date", linkify=True, attrs={"a": {"class": "govuk-link"}})
    scored = tables.Column(empty_values=(), order_by="settled_count")

    class Meta:
        model = Assessment
        fields = ["assessed_on", "status", "version", "scored"]
        order_by = "-assessed_on"

    def render_status(self, record):
        tag = STATUS_TAG[Status(record.status)]
        return render_component("tag", {"text": record.get_status_display(), "classes": tag})

    def value_status(self, record):
        return record.get_status_display()

    def render_scored(self, record):
        return f"{record.settled_count} of {record.domain_count}"
