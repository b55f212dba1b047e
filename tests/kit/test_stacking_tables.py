"""A list that stacks: on a phone each cell stands under its heading; all parts keep their roles."""

import django_tables2 as tables
from django.template import engines
from django.test import RequestFactory
from lxml import html

from rpcportal.kit.tables import NUMBERS_RIGHT, PortalTable


class MeasureTable(PortalTable):
    stacks = True
    row_header = "name"
    name = tables.Column()
    latest = tables.Column(verbose_name='Latest "figure"', attrs=NUMBERS_RIGHT, orderable=False)
    note = tables.Column(attrs={"td": {"class": lambda value: f"note-{value}"}})


class ScrollingTable(MeasureTable):
    stacks = False


def printed(table):
    request = RequestFactory().get("/list/")
    shown = table([{"name": "Couples", "latest": 3, "note": "new"}]).show(request)
    template = engines["django"].from_string('{% include "components/table.html" %}')
    return html.fromstring(template.render({"table": shown}, request))


def test_every_part_says_what_it_is_and_every_cell_its_heading():
    (table,) = printed(MeasureTable).xpath("descendant-or-self::table")
    assert (table.get("role"), table.get("class").split()[-2:]) == (
        "table", ["rpc-stack", "rpc-stack--sorted"]
    )  # fmt: skip
    roles = [
        (each.tag, each.get("role")) for each in table.iter("thead", "tbody", "tr", "th", "td")
    ]
    assert roles == [
        ("thead", "rowgroup"), ("tr", "row"), *[("th", "columnheader")] * 3,
        ("tbody", "rowgroup"), ("tr", "row"), ("th", "rowheader"), *[("td", "cell")] * 2,
    ]  # fmt: skip
    cells = [(each.get("data-label"), each.get("class").split()[-1]) for each in table.iter("td")]
    assert cells == [('Latest "figure"', "govuk-table__cell--numeric"), ("Note", "note-new")]


def test_another_list_is_a_plain_table():
    (table,) = printed(ScrollingTable).xpath("descendant-or-self::table")
    assert not table.xpath(".//@role | .//@data-label | self::*[@role]")
