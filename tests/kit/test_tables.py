"""A list as a GOV.UK table: caption, sorting by links, pages, and words for nothing."""

import datetime as dt
import re

import django_tables2 as tables
import pytest
from django.template import engines
from django.test import RequestFactory

from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable, page_number


class ActionTable(PortalTable):
    caption = "Actions"
    things = "actions"
    empty_text = "No action has been taken on yet."
    row_header = "title"
    title = tables.Column(attrs={"th": {"class": "wide"}})
    due = DayColumn()
    reached = tables.Column(attrs=NUMBERS_RIGHT)
    owner = tables.Column(orderable=False)


def rows(number):
    return [
        {"title": f"<{n}>", "due": dt.date(2026, 9, 30), "reached": n, "owner": None}
        for n in range(number)
    ]


def printed(data, query="", **options):
    request = RequestFactory().get(f"/list/?{query}")
    table = ActionTable(data, **options).show(request, per_page=10)
    template = engines["django"].from_string("{% load django_tables2 %}{% render_table table %}")
    return template.render({"table": table}, request)


def test_a_table_has_a_caption_scopes_and_a_region_to_scroll():
    page = printed(rows(3))
    assert 'role="region" tabindex="0" aria-labelledby="table-caption"' in page
    assert re.search(r'<caption [^>]*id="table-caption">Actions</caption>', page)
    assert page.count('scope="col"') == 4
    assert '<th scope="row" class="govuk-table__header">&lt;0&gt;</th>' in page
    assert '<td class="govuk-table__cell rpc-nowrap">30 September 2026</td>' in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">2</td>' in page
    assert "—" in page


def test_headings_sort_by_links_that_keep_the_search_and_forget_the_page():
    page = printed(rows(30), "q=x&sort=-due&page=2")
    assert re.findall(r'aria-sort="(\w+)"><a [^>]*href="([^"]+)"', page) == [
        ("none", "?q=x&amp;sort=title"),
        ("descending", "?q=x&amp;sort=due"),
        ("none", "?q=x&amp;sort=reached"),
    ]


def test_pages_are_a_named_landmark_and_say_where_one_is():
    page = printed(rows(1234), "q=x&page=5")
    assert '<nav class="govuk-pagination" aria-label="Pages of Actions">' in page
    assert (
        "Showing <strong>41</strong> to <strong>50</strong> of <strong>1,234</strong> actions"
        in page
    )
    assert 'href="?q=x&amp;page=6"' in page
    assert page.count("govuk-pagination__item--ellipsis") == 2
    assert re.search(r'aria-label="Page 5"\s+aria-current="page"', page)


def test_one_page_has_no_pagination():
    assert "govuk-pagination" not in printed(rows(10))


def test_nothing_is_a_sentence_and_no_table():
    page = printed([])
    assert "No action has been taken on yet." in page
    assert "<table" not in page


@pytest.mark.parametrize(
    "query", ["page=99", "page=-1", "page=0", "page=x", f"page={10**19}", "page=٣", "page=²"]
)
def test_a_page_that_is_not_there_is_another_page(query):
    assert "<table" in printed(rows(30), query)


@pytest.mark.parametrize(
    "query", ["sort=password", "sort=-", "sort=", "sort=owner", "sort=a.b", "per_page=9999"]
)
def test_a_column_that_is_not_there_is_ignored(query):
    assert printed(rows(30), query).count('scope="row"') == 10


@pytest.mark.parametrize(("text", "number"), [(None, 1), ("", 1), ("7", 7), ("0", 1), ("1e3", 1)])
def test_a_page_number_is_read_or_is_one(text, number):
    assert page_number(text) == number
