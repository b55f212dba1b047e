"""What every list stands on: a django-tables2 table, shown as a GOV.UK table.

Declare columns and words, show it in the view, print it in the page::

    class ActionTable(PortalTable):
        caption = "Actions"
        things = "actions"
        empty_text = "No action has been taken on yet."
        row_header = "title"
        title = tables.Column(linkify=True)

    table = ActionTable(actions).show(request)

and, in the page, ``{% include "components/table.html" %}``.

templates/components/table.html prints a TableView, which is all that follows here.
"""

from dataclasses import dataclass
from datetime import datetime

import django_tables2 as tables
from django.core.paginator import EmptyPage, Paginator
from django.utils import timezone
from django.utils.html import format_html
from django_tables2.utils import AttributeDict, signature

from rpcportal.kit.govuk import render_component

PER_PAGE = 25
NUMBERS_RIGHT = {
    "th": {"class": "govuk-table__header--numeric"},
    "td": {"class": "govuk-table__cell--numeric"},
}
ON_ONE_LINE = {"td": {"class": "rpc-nowrap"}}  # for dates and references


class DayColumn(tables.Column):
    """A date in words, like 30 September 2026; of a moment, the day that clocks here show.

    tables.DateColumn compiles a template a cell.
    """

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "attrs": {**ON_ONE_LINE, **kwargs.get("attrs", {})}})

    def render(self, value):
        day = timezone.localdate(value) if isinstance(value, datetime) else value
        return f"{day:%-d %B %Y}"


class PortalTable(tables.Table):
    """A table with a caption, words for nothing and, when it is wide, a region that scrolls.

    One that ``stacks`` does not scroll on a phone: each cell stands there under its heading.
    """

    caption = ""
    caption_size = "m"
    things = "rows"
    empty_text = "There is nothing here yet."
    row_header = None  # the name of the column that names its row
    widest_fitting = 3  # columns; more than these may not fit a phone
    stacks = False  # whether a row becomes its name with the rest below it on a phone

    def __init__(self, *args, caption=None, **kwargs):
        kwargs.setdefault("empty_text", type(self).empty_text)
        if caption is not None:
            self.caption = caption
        super().__init__(*args, **kwargs)

    def show(self, request, *, per_page=PER_PAGE, paginator_class=Paginator):
        """Sort and turn to the page that the address asks for; the table itself, for chaining.

        An unknown column or page is not an error: addresses are kept, and lists shrink.
        """
        asked = request.GET.getlist(self.prefixed_order_by_field)
        if known := [name for name in asked if name.removeprefix("-") in self.columns.names()]:
            self.order_by = known
        page = page_number(request.GET.get(self.prefixed_page_field))
        try:
            self.paginate(paginator_class=paginator_class, per_page=per_page, page=page)
        except EmptyPage:
            self.page = self.paginator.page(self.paginator.num_pages)
        return self


def page_number(text):
    """The number of a page from an address; 1 for whatever is not one."""
    text = text or ""
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def cell_button(path, token, *, name, value, text, about):
    """A form of one button in a cell, which sends ``name`` as ``value``. ``token``: of the page
    (django.middleware.csrf.get_token). ``about``: which row it is of, said aloud after its text.
    """
    return format_html(
        '<form method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="rpc-link-button" name="{}" value="{}" aria-label="{}">{}</button>'
        "</form>",
        *(path, token, name, value, f"{text}: {about}", text),
    )


@dataclass(frozen=True)
class Heading:
    """A column's heading; ``href`` and ``sort`` only where it can be sorted by."""

    text: str
    attrs: str
    href: str = ""
    sort: str = ""


@dataclass(frozen=True)
class TableView:
    """What the template prints of a table."""

    table: tables.Table
    headings: list
    rows: list
    scrolls: bool
    caption_id: str
    showing: str = ""
    pagination: str = ""

    @property
    def is_sorted(self):
        """Whether some column can be sorted by."""
        return any(heading.sort for heading in self.headings)

    @classmethod
    def of(cls, table, query):
        """``query`` is the QueryDict of the page's address; links keep the rest of it."""
        page = getattr(table, "page", None)
        return cls(
            table=table,
            headings=[_heading(table, column, query) for column in table.columns],
            rows=_rows(table),
            scrolls=len(table.columns) > getattr(table, "widest_fitting", 3),
            caption_id=f"{table.prefix}table-caption",
            showing=_showing(table, page) if page else "",
            pagination=_pagination(table, page, query) if page else "",
        )


def _heading(table, column, query):
    attrs = column.column.attrs.get("th", {})
    classes = f"govuk-table__header {attrs.get('class') or ''}".strip()
    html = AttributeDict({**attrs, "class": classes})
    if not column.orderable:
        return Heading(column.header, html.as_html())
    changed = {table.prefixed_order_by_field: column.order_by_alias.next}
    href = _address(query, without=table.prefixed_page_field, **changed)
    return Heading(column.header, html.as_html(), href, _sort(column))


def _sort(column):
    if not column.is_ordered:
        return "none"
    return "descending" if column.order_by_alias.is_descending else "ascending"


def _rows(table):
    """``(attributes, cells)`` of each row; a cell is ``(attributes, content, names its row)``."""
    columns = [_CellMaker(table, column) for column in table.columns]
    return [
        (
            row.attrs.as_html() if table.row_attrs else "",
            [column.cell(row) for column in columns],
        )
        for row in table.paginated_rows
    ]


class _CellMaker:
    """Makes the cells of one column; what is the same in every row is worked out once.

    django-tables2 looks at the signature of a column's render function, and makes its
    attributes anew, for every cell: that was half the time of a page of 25 rows.
    """

    def __init__(self, table, column):
        self.column = column
        self.names_row = column.name == getattr(table, "row_header", None)
        self.wanted, self.catch_all = signature(column.render)
        attrs = column.column.attrs.get("td", {})
        self.varies = any(callable(value) for value in attrs.values())
        # As a block a cell is no cell any more to who listens, unless it says so.
        stacks = getattr(table, "stacks", False)
        self.label = {"role": "cell", "data-label": column.header} if stacks else {}
        self.attrs = "" if self.varies else _cell_attrs({**attrs, **self.label})

    def cell(self, row):
        content = self._content(row)
        if self.varies:
            self.column.current_record, self.column.current_value = row.record, content
            attrs = {**self.column.attrs["td"], **self.label}
            return _cell_attrs(attrs), content, self.names_row
        return self.attrs, content, self.names_row

    def _content(self, row):
        def render(column, value=None):
            known = row._optional_cell_arguments(column, value)
            some = known if self.catch_all else {name: known[name] for name in self.wanted}
            content = column.render(**some)
            return column.link(content, **known) if column.link else content

        return row._get_and_render_with(self.column, render, self.column.default)


def _cell_attrs(attrs):
    classes = f"govuk-table__cell {attrs.get('class') or ''}".strip()
    return AttributeDict({**attrs, "class": classes}).as_html()


def _address(query, *, without="", **changed):
    query = query.copy()
    query.pop(without, None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _showing(table, page):
    if not page.paginator.count:
        return ""
    things = getattr(table, "things", "rows")
    if page.paginator.num_pages == 1:
        return ""
    return format_html(
        "Showing <strong>{}</strong> to <strong>{}</strong> of <strong>{}</strong> {}",
        *(f"{number:,}" for number in (page.start_index(), page.end_index(), page.paginator.count)),
        things,
    )


def _pagination(table, page, query):
    if page.paginator.num_pages == 1:
        return ""

    def link(number):
        return _address(query, **{table.prefixed_page_field: number})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "href": link(number), "current": number == page.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in numbers
    ]
    params = {"items": items, "landmarkLabel": f"Pages of {table.caption or table.things}"}
    if page.has_previous():
        params["previous"] = {"href": link(page.previous_page_number())}
    if page.has_next():
        params["next"] = {"href": link(page.next_page_number())}
    return render_component("pagination", params)
