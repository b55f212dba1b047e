"""Lists of champions, peer reviews, events and publicity."""

from urllib.parse import urlsplit

import django_tables2 as tables
from django.utils.html import format_html

from pledges.models import ChampionKind, PublicityKind
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable

LINK = {"a": {"class": "govuk-link"}}
KIND_TAG = {
    ChampionKind.CHAMPION: "govuk-tag--teal",
    ChampionKind.AMBASSADOR: "govuk-tag--purple",
}
FORGOTTEN = "Name forgotten"


class ChampionTable(PortalTable):
    """Champions and family ambassadors; a name leads to changing it, for who may do that."""

    things = "champions and ambassadors"
    row_header = "name"
    stacks = True
    empty_text = "Nobody has been recorded yet."
    name = tables.Column(
        linkify=lambda record, table: table.page_of(record), attrs=LINK, empty_values=()
    )
    kind = tables.Column(order_by=["kind", "name", "pk"])
    organisation = tables.Column(order_by=["organisation__name", "name"], empty_values=())
    email = tables.Column(verbose_name="E-mail address", orderable=False, empty_values=())
    since = DayColumn(order_by=["since", "pk"])
    until = DayColumn(order_by=["until", "pk"], default="")

    def __init__(self, *args, page_of, **kwargs):
        self.page_of = page_of
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        if record.name and record.role:
            return f"{record.name}, {record.role}"
        return record.name or FORGOTTEN

    def render_kind(self, record):
        params = {"text": record.get_kind_display(), "classes": KIND_TAG[record.kind]}
        return render_component("tag", params)

    def render_organisation(self, record):
        return record.organisation.name if record.organisation_id else "None"

    def render_email(self, record):
        if not record.email:
            return "–"
        return format_html('<a class="govuk-link" href="mailto:{0}">{0}</a>', record.email)


class WithoutChampionTable(PortalTable):
    """Organisations that have no champion, with whom their pledge names."""

    caption = "No champion yet"
    things = "organisations"
    row_header = "name"
    empty_text = "Every organisation has a champion."
    name = tables.Column(verbose_name="Organisation")
    named_in_pledge = tables.Column(
        verbose_name="Champion that their pledge names", orderable=False, empty_values=()
    )

    def __init__(self, *args, add_page, **kwargs):
        """``add_page(organisation)``: where its champion is recorded; None for who may not."""
        self.add_page = add_page
        super().__init__(*args, prefix="without-", **kwargs)

    def render_named_in_pledge(self, record):
        named, address = record.named_in_pledge, self.add_page(record)
        if not address:
            return named or "–"
        return format_html(
            '{}<a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden">: {}</span></a>',
            format_html("{}<br>", named) if named else "",
            address,
            "Record as a champion" if named else "Record one",
            record.name,
        )


class PeerReviewTable(PortalTable):
    """Peer reviews."""

    caption = "Peer reviews"
    caption_size = ""
    things = "peer reviews"
    row_header = "held_on"
    stacks = True
    empty_text = "No peer review has been recorded yet."
    held_on = DayColumn(verbose_name="Day", order_by=["held_on", "pk"], linkify=True, attrs=LINK)
    reviewer = tables.Column(verbose_name="Who looked", accessor="reviewer_name", orderable=False)
    subject = tables.Column(verbose_name="At whose work", accessor="subject_name", orderable=False)
    state = tables.Column(empty_values=(), orderable=False)
    action_count = tables.Column(
        verbose_name="Actions", order_by=["action_count", "pk"], attrs=NUMBERS_RIGHT
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def render_state(self, record):
        return "Planned" if record.held_on > self.today else "Held"


class PublicityTable(PortalTable):
    """Events and publicity; a title leads to changing it, for who may do that."""

    things = "events and publicity"
    row_header = "title"
    stacks = True
    empty_text = "Nothing has been recorded yet."
    held_on = DayColumn(verbose_name="Day", order_by=["held_on", "pk"])
    title = tables.Column(
        verbose_name="What",
        linkify=lambda record, table: table.page_of(record),
        order_by=["title", "pk"],
        attrs=LINK,
    )
    kind = tables.Column(order_by=["kind", "pk"])
    organisation = tables.Column(order_by=["organisation__name", "pk"], empty_values=())
    reached = tables.Column(
        verbose_name="People reached",
        order_by=["reached", "pk"],
        attrs=NUMBERS_RIGHT,
        empty_values=(),
    )
    link = tables.Column(verbose_name="Link", orderable=False, empty_values=())

    def __init__(self, *args, page_of, **kwargs):
        self.page_of = page_of
        super().__init__(*args, **kwargs)

    def render_kind(self, record):
        return PublicityKind(record.kind).label

    def render_organisation(self, record):
        return record.organisation.name if record.organisation_id else "–"

    def render_reached(self, record):
        return "Not counted" if record.reached is None else f"{record.reached:,}"

    def render_link(self, record):
        if not record.link:
            return "–"
        host = urlsplit(record.link).hostname or record.link
        return format_html(
            '<a class="govuk-link" href="{}" rel="noreferrer">{}</a>', record.link, host
        )


class YearTable(PortalTable):
    """Events and publicity, year by year."""

    caption = "By year"
    caption_size = "s"
    things = "years"
    row_header = "year"
    empty_text = "Nothing has been recorded yet."
    year = tables.Column(orderable=False)
    number = tables.Column(verbose_name="How many", orderable=False, attrs=NUMBERS_RIGHT)
    people = tables.Column(verbose_name="People reached", orderable=False, attrs=NUMBERS_RIGHT)

    def render_people(self, value, record):
        missing = record["not_counted"]
        return f"{value:,} ({missing:,} not counted)" if missing else f"{value:,}"
