"""What the pages of the tables show, as values that templates only print."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from planning import permissions
from planning.outline import outline_of
from planning.presenting import unsettled_panel
from planning.screens import stands_at
from planning.table_differences import TOOL, WIDEST, domains_at_tables
from planning.table_forms import PaperForms, TablesForm
from planning.table_work import PROSE, write_refusal
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import NUMBERS_RIGHT, PortalTable

ORDERS = {WIDEST: "Widest difference first", TOOL: "Planning tool"}
NO_LEVEL = mark_safe(
    '<span aria-hidden="true">–</span><span class="govuk-visually-hidden">Not scored</span>'
)


def verdict_tag(difference):
    """“Differ” or another verdict, as a tag."""
    classes = f"govuk-tag--{difference.colour}"
    return render_component("tag", {"text": difference.verdict, "classes": classes})


# --- Where the tables differ --------------------------------------------------------------------


class DifferenceTable(PortalTable):
    """Domains as rows, tables as columns, a level in each cell."""

    caption = "Domain by domain"
    things = "domains"
    stacks = True
    row_header = "domain"
    orderable = False
    # Each reads something that is there: for a name that is not, django-tables2 writes every row
    # into an error that nobody sees, which asks the database for what stands in it.
    domain = tables.Column(orderable=False)
    apart = tables.Column(verbose_name="The tables", accessor="difference", orderable=False)
    sheet = tables.Column(verbose_name="On the sheet", accessor="difference", orderable=False)
    words = tables.Column(accessor="difference", orderable=False)

    def __init__(self, places, *, workshop, tables_there, **kwargs):
        self.workshop = workshop
        columns = [
            (f"table_{place}", CopyColumn(place, verbose_name=str(table)))
            for place, table in enumerate(tables_there)
        ]
        super().__init__(places, extra_columns=columns, **kwargs)

    def render_domain(self, record):
        address = [self.workshop.assessment_id, self.workshop.pk, record.domain.number]
        href = reverse("table_domain", args=address)
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, record.domain.title)

    def render_apart(self, record):
        found = record.difference
        words = format_html("<br>{}", found.words) if found.words else ""
        return format_html("{}{}", verdict_tag(found), words)

    def render_sheet(self, record):
        return stands_at(record.entry) or "Not yet scored"

    def render_words(self, record):
        return words_state(record)


class CopyColumn(tables.Column):
    """The level that one table gave. ``place``: of the table in their order."""

    def __init__(self, place, **kwargs):
        self.place = place
        super().__init__(accessor="copies", orderable=False, **kwargs)

    def render(self, record):
        return record.copies[self.place].level or NO_LEVEL


def words_state(place):
    """How far the tables' words on a domain are on the sheet."""
    if new := len(place.with_new):
        again = any(copy.is_taken for copy in place.with_new)
        return f"{'Changed' if again else 'New'} at {new} table{'' if new == 1 else 's'}"
    return "On the sheet" if any(copy.has_words for copy in place.copies) else "None"


class TableList(PortalTable):
    """The tables, and the ways to each."""

    caption = "The tables"
    things = "tables"
    stacks = True
    row_header = "name"
    name = tables.Column(accessor="table", verbose_name="Table", orderable=False)
    scored = tables.Column(orderable=False, attrs=NUMBERS_RIGHT)
    paper = tables.Column(verbose_name="Worked on paper", accessor="table", orderable=False)
    change = tables.Column(accessor="table", orderable=False)

    def __init__(self, rows, *, workshop, **kwargs):
        self.workshop = workshop
        super().__init__(rows, **kwargs)

    def _link(self, record, name, text):
        table = record["table"]
        href = reverse(name, args=[self.workshop.assessment_id, self.workshop.pk, table.number])
        return format_html(
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
            *(href, text, table),
        )

    def render_paper(self, record):
        return self._link(record, "table_paper", "Type its sheet")

    def render_change(self, record):
        return self._link(record, "change_table", "Rename or remove")


def tables_page(workshop, request, form=None):
    """The context of where the tables differ; ``form``: how many there are, when it has errors."""
    there = list(workshop.tables.all())
    asked = request.GET.get("order")
    order = asked if asked in ORDERS else WIDEST
    places = domains_at_tables(workshop, there, order=order) if there else []
    rows = [
        {"table": table, "scored": f"{_scored(places, number)} of {len(places)}"}
        for number, table in enumerate(there)
    ]
    initial = {"number": len(there)} if len(there) > 1 else None
    differ = [place for place in places if place.difference.verdict == "Differ"]
    return {
        "partnership": workshop.partnership,
        "assessment": workshop.assessment,
        "workshop": workshop,
        "tables": there,
        "table": DifferenceTable(places, workshop=workshop, tables_there=there) if there else None,
        "list": TableList(rows, workshop=workshop, prefix="tables-"),
        "orders": [(name, label, name == order) for name, label in ORDERS.items()],
        "differ": len(differ),
        "with_new": sum(1 for place in places if place.with_new),
        "form": form or TablesForm(workshop=workshop, user=request.user, initial=initial),
        "refusal": write_refusal(workshop),
        "sheet_refusal": permissions.score_refusal(request.user, workshop.assessment),
    }


def _scored(places, number):
    return sum(1 for place in places if place.copies[number].level)


def domain_page(workshop, place, form, request):
    """The context of one domain at all tables, and of what is agreed of it."""
    outline = outline_of(workshop.assessment.framework)
    number = place.domain.number
    return {
        "partnership": workshop.partnership,
        "assessment": workshop.assessment,
        "workshop": workshop,
        "place": place,
        "domain": place.domain,
        "difference": place.difference,
        "verdict_tag": verdict_tag(place.difference),
        "copies": place.copies,
        "stands": stands_at(place.entry),
        "new": place.with_new,
        "form": form,
        "unsettled": unsettled_panel(place.entry),
        "refusal": permissions.score_refusal(request.user, workshop.assessment),
        "before": outline.before(number),
        "after": outline.after(number),
    }


# --- What came on paper, and phones -------------------------------------------------------------


def paper_forms(workshop, table, user, data=None):
    """The forms of a table's sheet of paper."""
    return PaperForms(
        data,
        table=table,
        places=domains_at_tables(workshop, [table]),
        outline=outline_of(workshop.assessment.framework),
        user=user,
    )


def paper_page(workshop, table, forms):
    """The context of a table's sheet of paper."""
    return {
        "partnership": workshop.partnership,
        "assessment": workshop.assessment,
        "workshop": workshop,
        "table": table,
        "forms": forms.forms,
        "has_errors": forms.has_errors,
        "refusal": write_refusal(workshop),
    }


def phone_domains(workshop, table, pk):
    """The domains of a table as a phone lists them: title, address, and what the table has."""
    return [
        {
            "title": place.domain.title,
            "href": reverse("phone_table_domain", args=[pk, table.number, place.domain.number]),
            "has": _has(place.copies[0]),
        }
        for place in domains_at_tables(workshop, [table])
    ]


def _has(copy):
    written = [words for words in PROSE if copy.texts[words]]
    level = f"Level {copy.level}" if copy.level else ""
    return ", ".join(filter(None, [level, *written])) or "Nothing yet"
