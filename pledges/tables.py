"""Lists of pledges, and of what somebody follows."""

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from pledges.followed import name_of, page_of, stop_path_of
from pledges.models.pledges import PledgeStatus
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import ON_ONE_LINE, DayColumn, PortalTable

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
    stacks = True
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
    stacks = True
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


class FollowTable(PortalTable):
    """What somebody follows. Its page puts it into a form, with a button to end each."""

    things = "things that you follow"
    row_header = "name"
    empty_text = "You follow nothing yet."
    name = tables.Column(empty_values=(), verbose_name="What", orderable=False)
    since = DayColumn(verbose_name="Since", orderable=False)
    stop = tables.Column(empty_values=(), verbose_name="Change", orderable=False, attrs=ON_ONE_LINE)

    def render_name(self, record):
        return format_html(
            '<a class="govuk-link" href="{}">{}</a><br><span class="rpc-quiet">{}</span>',
            page_of(record),
            name_of(record),
            record.partnership,
        )

    def render_since(self, value):
        return f"{timezone.localdate(value):%-d %b %Y}"

    def render_stop(self, record):
        # Not hidden words: in a table that scrolls they would make the whole page wider.
        return format_html(
            '<button class="rpc-link-button" name="follow" value="no" formaction="{}" '
            'aria-label="Stop following: {}">Stop</button>',
            stop_path_of(record),
            name_of(record),
        )
