"""Lists of organisations and people."""

import django_tables2 as tables

from partnerships.models import Membership, Organisation
from rpcportal.kit.tables import NUMBERS_RIGHT, PortalTable


class OrganisationTable(PortalTable):
    """The partner organisations."""

    caption = "Organisations"
    things = "organisations"
    widest_fitting = 2
    row_header = "name"
    empty_text = "No organisation has joined yet."
    people_count = tables.Column(verbose_name="People", attrs=NUMBERS_RIGHT)

    class Meta:
        model = Organisation
        fields = ["name", "sector"]
        order_by = "name"


class PeopleTable(PortalTable):
    """The people of a partnership and their roles."""

    caption = "People"
    things = "people"
    row_header = "name"
    empty_text = "Nobody has joined yet."
    name = tables.Column(
        accessor="user", verbose_name="Name", order_by=["user__name", "user__email"]
    )

    class Meta:
        model = Membership
        fields = ["name", "job_title", "organisation", "role"]
        order_by = "name"
