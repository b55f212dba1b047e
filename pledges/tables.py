"""Lists of pledges."""

import django_tables2 as tables

from pledges.models.pledges import PledgeStatus
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import DayColumn, PortalTable

STATUS_TAG = {
    PledgeStatus.INVITED: "govuk-tag--grey",
    PledgeStatus.DRAFT: "govuk-tag--blue",
    PledgeStatus.SIGNED: "govuk-tag--green",
    PledgeStatus.RENEWED: "govuk-tag--green",
    PledgeStatus.LAPSED: "govuk-tag--orange",
    PledgeStatus.WITHDRAWN: "govuk-tag--yellow",
}
LINK = {"a": {"class": "govuk-link"}}


def status_tag(status):
    """A status as a GOV.UK tag."""
    status = PledgeStatus(status)
    return render_component("tag", {"text": status.label, "classes": STATUS_TAG[status]})


class PledgeTable(PortalTable):
    """Who has pledged, and whether it still stands."""

    caption = "Who has pledged"
    things = "pledges"
    row_header = "organisation"
    empty_text = "No organisation has signed yet."
    organisation = tables.Column(
        linkify=lambda record: record.get_absolute_url(), order_by="organisation__name", attrs=LINK
    )
    sector = tables.Column(accessor="organisation__sector", order_by=["organisation__sector", "pk"])
    status = tables.Column(order_by=["status", "organisation__name"])
    signed_by = tables.Column(verbose_name="Signed by", order_by=["signed_by", "pk"])
    signed_on = DayColumn(verbose_name="Signed on", order_by=["signed_on", "pk"])
    review_on = DayColumn(verbose_name="Review", order_by=["review_on", "pk"])
    last_word = DayColumn(verbose_name="Last word", order_by=["last_word", "pk"])

    def render_sector(self, record):
        return record.organisation.get_sector_display()

    def render_status(self, record):
        return status_tag(record.status)


class NotYetTable(PortalTable):
    """Organisations that have not signed; each with its pledge, if one is prepared."""

    caption = "Not pledged yet"
    things = "organisations"
    row_header = "name"
    empty_text = "Every organisation has pledged."
    widest_fitting = 2
    name = tables.Column(
        verbose_name="Organisation", linkify=lambda table, record: table.page_of(record), attrs=LINK
    )
    sector = tables.Column(order_by=["sector", "name"])
    status = tables.Column(accessor="pledge_status", order_by=["pledge_status", "name"])

    def __init__(self, *args, page_of, **kwargs):
        self.page_of = page_of
        super().__init__(*args, prefix="not-yet-", **kwargs)

    def render_sector(self, record):
        return record.get_sector_display()

    def render_status(self, value):
        return status_tag(value)
