"""Lists of organisations, people and invitations."""

from dataclasses import dataclass
from datetime import date, datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from partnerships.holdings import Link
from partnerships.inviting import newest_mails
from partnerships.models import Invitation, Membership, Organisation
from partnerships.models.mail import MailState
from rpcportal.kit.govuk import render_component
from rpcportal.kit.roles import GRANTS, Permission, Role
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable

LINK = {"a": {"class": "govuk-link"}}
NOTHING = "–"
LINKED = '<a class="govuk-link" href="{}">{}</a>'


def _path_to_change(record, table):
    if not table.changeable:
        return None
    return reverse("change_organisation", args=[record.partnership.slug, record.pk])


class OrganisationTable(PortalTable):
    """The partner organisations; a name leads to changing it, for who may do that."""

    caption = "Organisations"
    things = "organisations"
    widest_fitting = 2
    row_header = "name"
    empty_text = "No organisation has joined yet."
    name = tables.Column(linkify=_path_to_change, attrs=LINK)
    people_count = tables.Column(verbose_name="People", attrs=NUMBERS_RIGHT)

    class Meta:
        model = Organisation
        fields = ["name", "sector"]
        order_by = "name"

    def __init__(self, *args, changeable=False, **kwargs):
        self.changeable = changeable
        super().__init__(*args, **kwargs)


def _path_of_member(record):
    return reverse("person", args=[record.partnership.slug, record.pk])


class PeopleTable(PortalTable):
    """The people of a partnership and their roles."""

    caption = "People"
    things = "people"
    row_header = "name"
    empty_text = "Nobody has joined yet."
    name = tables.Column(
        accessor="user",
        verbose_name="Name",
        order_by=["user__name", "user__email"],
        linkify=_path_of_member,
        attrs=LINK,
    )
    organisations = tables.Column(verbose_name="Organisation", orderable=False, empty_values=())

    class Meta:
        model = Membership
        fields = ["name", "job_title", "organisations", "role"]
        order_by = "name"

    def render_organisations(self, record):
        return ", ".join(each.name for each in record.organisations.all())


@dataclass(frozen=True)
class InvitationRow:
    """An invitation with what became of it and of its newest e-mail."""

    invitation: Invitation
    email: str
    role: str
    organisation: str
    invited_at: datetime
    state: str
    colour: str
    mail: str

    @property
    def path(self):
        """Where the invitation can be sent again or taken back."""
        return reverse(
            "sent_invitation", args=[self.invitation.partnership.slug, self.invitation.pk]
        )


def invitation_rows(invitations, now):
    """A row for each, in two queries for all."""
    invitations = list(invitations)
    mails = newest_mails(invitations)
    return [_row(invitation, mails.get(invitation.pk), now) for invitation in invitations]


def _row(invitation, mail, now):
    state, colour = _state(invitation, now)
    return InvitationRow(
        invitation=invitation,
        email=invitation.email,
        role=invitation.get_role_display(),
        organisation=str(invitation.organisation or ""),
        invited_at=invitation.invited_at,
        state=state,
        colour=colour,
        mail=_mail_words(mail) if mail else "No e-mail was sent",
    )


def _state(invitation, now):
    if invitation.accepted_at:
        return "Joined", "green"
    if invitation.revoked_at:
        return "Taken back", "grey"
    if invitation.has_expired(now):
        return "Expired", "red"
    return "Waiting", "blue"


def _mail_words(mail):
    if mail.state == MailState.WAITING and mail.problem:
        return f"Not sent yet: {mail.problem} We keep trying."
    if mail.state in {MailState.FAILED, MailState.STALE}:
        return f"Could not be sent. {mail.problem}".strip()
    return mail.get_state_display()


class InvitationTable(PortalTable):
    """Who was invited, newest first."""

    caption = "Invitations"
    things = "invitations"
    row_header = "email"
    empty_text = "Nobody has been invited yet."
    email = tables.Column(
        verbose_name="E-mail address", linkify=lambda record: record.path, attrs=LINK
    )
    role = tables.Column()
    organisation = tables.Column()
    invited_at = DayColumn(verbose_name="Invited")
    state = tables.Column(verbose_name="Status")
    mail = tables.Column(verbose_name="E-mail", orderable=False)

    class Meta:
        order_by = "-invited_at"

    def render_state(self, record):
        tag = {"text": record.state, "classes": f"govuk-tag--{record.colour}"}
        return render_component("tag", tag)


class RolesTable(PortalTable):
    """The table of roles and permissions, row by row as rpcportal/kit/roles.py has it."""

    caption = "Permissions"
    things = "permissions"
    row_header = "permission"
    permission = tables.Column(verbose_name="A person may …", orderable=False)

    def __init__(self, *args, **kwargs):
        columns = [
            (role.value, tables.Column(verbose_name=role.label, orderable=False)) for role in Role
        ]
        super().__init__(*args, extra_columns=columns, **kwargs)


def role_rows():
    """A row for each permission: yes or no for each role."""
    return [
        {
            "permission": permission.label,
            **{role.value: "Yes" if permission in GRANTS[role] else "No" for role in Role},
        }
        for permission in Permission
    ]


class HoldingsTable(PortalTable):
    """One part of what the portal holds about a person; its columns are those of its rows."""

    things = "rows"
    widest_fitting = 2

    def __init__(self, rows, **kwargs):
        columns = [(name, HoldingsColumn(verbose_name=name)) for name in rows[0]]
        super().__init__(rows, extra_columns=columns, **kwargs)


class HoldingsColumn(tables.Column):
    """Values as people write them."""

    def __init__(self, **kwargs):
        super().__init__(orderable=False, default=NOTHING, **kwargs)

    def render(self, value):
        """One of them."""
        return in_words(value)


def in_words(value):
    """A moment or a day in words, a link where there is a page, anything else as it is."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, Link):
        return format_html(LINKED, value.path, value.text) if value.path else value.text
    return NOTHING if value in {None, ""} else value


def holdings_parts(held, request):
    """(label, pairs, table) of each part that has rows: pairs of name and value for a single
    row, a table for several.
    """
    for number, (label, rows) in enumerate(held, 1):
        if len(rows) == 1:
            pairs = [(name, in_words(value)) for name, value in rows[0].items()]
            yield label, pairs, None
        elif rows:
            yield label, [], HoldingsTable(rows, caption=label, prefix=f"{number}-").show(request)
