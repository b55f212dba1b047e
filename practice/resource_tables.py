"""The lists of resources, definitions and preferred words."""

import html

import django_tables2 as tables
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator

from rpcportal.kit.govuk import render_component
from rpcportal.kit.rich_text import render
from rpcportal.kit.tables import PortalTable

LINK = {"a": {"class": "govuk-link"}}
REVIEW_DUE = {"text": "Review due", "classes": "govuk-tag--orange"}
CAME = "Came with the portal"
IN_SHORT = 35  # words


def in_short(markdown):
    """The first words of a text in Markdown, plain."""
    return Truncator(html.unescape(strip_tags(render(markdown))).strip()).words(IN_SHORT)


class LibraryTable(PortalTable):
    """Things of a library. ``address_of(thing)`` leads to the page of one."""

    stacks = True

    def __init__(self, *args, address_of, **kwargs):
        self.address_of = address_of
        super().__init__(*args, **kwargs)

    def render_of(self, record):
        return CAME if record.is_starter else "Ours"


def _page_of(table, record):
    return table.address_of(record)


def _whose():
    return tables.Column(
        verbose_name="Whose", accessor="partnership_id", empty_values=(), orderable=False
    )


class ResourceTable(LibraryTable):
    """What there is, for whom, and whether it is up to date on the day ``today``."""

    caption = "Resources"
    things = "resources"
    empty_text = "There is no such resource in the library."
    row_header = "name"
    name = tables.Column(linkify=_page_of, attrs=LINK, order_by=["name", "pk"])
    kind = tables.Column(order_by=["kind", "name", "pk"])
    audience = tables.Column(verbose_name="For whom", empty_values=(), orderable=False)
    holds = tables.Column(
        verbose_name="Link or file", accessor="link", empty_values=(), orderable=False
    )
    review_on = tables.Column(
        verbose_name="Review", empty_values=(), order_by=["review_on", "name", "pk"]
    )
    of = _whose()

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def render_audience(self, record):
        return ", ".join(record.audience) or "–"

    def render_holds(self, record):
        file = getattr(record, "file", None)
        return " and ".join(filter(None, (record.link and "Link", file and "File"))) or "–"

    def render_review_on(self, record):
        day = record.review_on
        if day is None:
            return "–"
        if day > self.today:
            return f"{day:%-d %B %Y}"
        return format_html("{} {}", render_component("tag", REVIEW_DUE), f"since {day:%-d %B %Y}")


class PreferredWordTable(LibraryTable):
    """Instead of this, we say that, because."""

    caption = "Language guide"
    things = "entries"
    empty_text = "No entry holds these words."
    row_header = "instead_of"
    instead_of = tables.Column(
        linkify=_page_of, attrs=LINK, verbose_name="Instead of", order_by=["instead_of", "pk"]
    )
    prefer = tables.Column(verbose_name="We prefer", order_by=["prefer", "pk"])
    why = tables.Column(empty_values=(), orderable=False)
    of = _whose()

    def render_why(self, record):
        return record.why or "–"


class DefinitionTable(LibraryTable):
    """What a term means here, and what it does not mean, in short."""

    caption = "Definitions"
    things = "definitions"
    empty_text = "No definition holds these words."
    row_header = "term"
    widest_fitting = 4
    term = tables.Column(linkify=_page_of, attrs=LINK, order_by=["term", "pk"])
    meaning = tables.Column(orderable=False, verbose_name="What it means here")
    is_not = tables.Column(orderable=False, empty_values=(), verbose_name="What it is not")
    of = _whose()

    def render_meaning(self, record):
        return in_short(record.meaning)

    def render_is_not(self, record):
        return in_short(record.is_not) or "–"
