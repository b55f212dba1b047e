"""The lists of commitments: by organisation, and one by one."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from rpcportal.kit.tables import DayColumn, PortalTable

NOT_YET = "Not yet"


def day_of(moment):
    """The day of a moment, as pages write it."""
    return f"{timezone.localdate(moment):%-d %B %Y}"


class NumbersTable(PortalTable):
    """How the people of each organisation stand, and each organisation itself: no names."""

    caption = "By organisation"
    things = "organisations"
    empty_text = "There is no organisation and nobody without one."
    stacks = True
    row_header = "name"
    name = tables.Column(verbose_name="Organisation", order_by=["name"])
    people = tables.Column(
        verbose_name="People who committed", accessor="people_words", order_by=["share", "name"]
    )
    itself = tables.Column(
        verbose_name="The organisation itself", empty_values=(), order_by=["itself_share", "name"]
    )

    def __init__(self, *args, partnership, **kwargs):
        self.partnership = partnership
        super().__init__(*args, **kwargs)

    def render_itself(self, record):
        if record.itself is None:
            return "–"
        words = itself_words(record.itself)
        if not record.may_commit or record.itself.done == record.itself.asked:
            return words
        path = reverse("commit", args=[self.partnership.slug])
        return format_html(
            '{}<br><a class="govuk-link" href="{}?for={}">Commit for it'
            '<span class="govuk-visually-hidden">: {}</span></a>',
            words, path, record.organisation.pk, record.name,
        )  # fmt: skip


def itself_words(itself):
    """“Yes, on 3 March 2026”, “12 of 20 standards, last on …”, “To an earlier version, …”."""
    if not (itself.done or itself.earlier):
        return NOT_YET
    day = day_of(itself.last_at)
    if itself.done == itself.asked:
        return f"Yes, on {day}" if itself.asked == 1 else f"Yes, to all; last on {day}"
    if itself.asked == 1:
        return f"To an earlier version, on {day}"
    earlier = f", {itself.earlier} in an earlier version" if itself.earlier else ""
    return f"To {itself.done} of {itself.asked}{earlier}; last on {day}"


class CommitmentTable(PortalTable):
    """Commitments one by one. ``address_of(standard)`` leads to the page of one."""

    caption = "Commitments"
    things = "commitments"
    empty_text = "Nobody has committed to a standard yet."
    stacks = True
    row_header = "standard"
    standard = tables.Column(
        verbose_name="Standard",
        accessor="version__statement",
        linkify=lambda table, record: record.version.standard.page_in(table.partnership),
        attrs={"a": {"class": "govuk-link"}},
        order_by=["version__statement", "-version__number", "pk"],
    )
    version = tables.Column(verbose_name="Version", accessor="version__number", orderable=False)
    effective_on = DayColumn(
        verbose_name="In force from", accessor="version__effective_on", orderable=False
    )
    user = tables.Column(verbose_name="Who", order_by=["user__name", "user__email", "pk"])
    organisation = tables.Column(
        verbose_name="For", empty_values=(), order_by=["organisation__name", "pk"]
    )
    made_at = DayColumn(verbose_name="Committed on", order_by=["made_at", "pk"])

    def __init__(self, *args, partnership, **kwargs):
        self.partnership = partnership
        super().__init__(*args, **kwargs)

    def render_organisation(self, record):
        return str(record.organisation) if record.organisation_id else "Themselves"


class OwnCommitmentTable(CommitmentTable):
    """One's own: who it was needs no saying."""

    caption = "Your commitments"
    empty_text = "You have not committed to a standard yet."

    class Meta:
        exclude = ("user",)

    def render_organisation(self, record):
        return str(record.organisation) if record.organisation_id else "Yourself"
