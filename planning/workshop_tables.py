"""Lists of workshops, and of who is invited to one."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from partnerships.doors import is_open
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable, cell_button

LINK = {"a": {"class": "govuk-link"}}


def stands_tag(workshop):
    """Where a workshop stands, as a tag."""
    if workshop.closed_at:
        text, colour = "Finished", "grey"
    elif workshop.occasion is None:
        text, colour = "Planned", "blue"
    elif is_open(workshop):
        text, colour = "Open to phones", "green"
    else:
        text, colour = "Not open now", "yellow"
    return render_component("tag", {"text": text, "classes": f"govuk-tag--{colour}"})


class WorkshopList(PortalTable):
    """The workshops of a partnership."""

    things = "workshops"
    stacks = True
    row_header = "name"
    empty_text = "No workshop is planned yet."
    name = tables.Column(linkify=True, order_by=["name", "pk"], attrs=LINK)
    held_on = DayColumn(verbose_name="Day", order_by=["held_on", "pk"])
    place = tables.Column(order_by=["place", "pk"])
    assessment = DayColumn(
        verbose_name="Assessment of",
        accessor="assessment__assessed_on",
        order_by=["assessment__assessed_on", "pk"],
    )
    stands = tables.Column(verbose_name="Where it stands", empty_values=(), orderable=False)
    invitee_count = tables.Column(verbose_name="Invited", attrs=NUMBERS_RIGHT)

    def render_stands(self, record):
        return stands_tag(record)


class InviteeList(PortalTable):
    """Who is invited to a workshop. ``token``: of the page, empty where nothing can change."""

    caption = "Invited"
    things = "organisations and people"
    stacks = True
    row_header = "organisation"
    empty_text = "Nobody is invited yet."
    organisation = tables.Column(accessor="organisation_name", orderable=False)
    name = tables.Column(verbose_name="Who", order_by=["name", "pk"])
    email = tables.Column(verbose_name="E-mail address", order_by=["email", "pk"])
    invited_at = DayColumn(verbose_name="Link sent", order_by=["invited_at", "pk"])
    change = tables.Column(verbose_name="Change", empty_values=(), orderable=False)

    def __init__(self, *args, workshop, token, **kwargs):
        self.workshop, self.token = workshop, token
        if not token:
            kwargs["exclude"] = ("change",)
        super().__init__(*args, **kwargs)

    def render_change(self, record):
        args = [self.workshop.assessment_id, self.workshop.pk, record.pk]
        about = ", ".join(filter(None, [record.organisation_name, record.name or record.email]))
        change = format_html(
            '<a class="govuk-link" href="{}">Change<span class="govuk-visually-hidden"> {}</span>'
            "</a>",
            *(reverse("change_invitee", args=args), about),
        )
        remove = cell_button(
            *(reverse("remove_invitee", args=args), self.token),
            name="remove",
            value="yes",
            text="Remove",
            about=about,
        )
        return format_html("{}{}", change, remove)
