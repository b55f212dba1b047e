"""The register as people ask for it: which actions, in words of the address, and a list of them."""

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django_tables2.rows import BoundRows

from partnerships.permissions import membership_of
from planning.models import Dimension
from pledges import permissions, statuses
from pledges.domains import domains_of
from pledges.models import Action, ActionStatus, Rating
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable

STATUS_TAG = {
    ActionStatus.NOT_STARTED: "govuk-tag--grey",
    ActionStatus.IN_PROGRESS: "govuk-tag--blue",
    ActionStatus.COMPLETE: "govuk-tag--green",
    ActionStatus.WITHDRAWN: "govuk-tag--yellow",
}
RATING_TAG = {
    Rating.GREEN: "govuk-tag--green",
    Rating.AMBER: "govuk-tag--orange",
    Rating.RED: "govuk-tag--red",
}
ANY = ""
OVERDUE, SOON, LATER, NO_DAY = "overdue", "soon", "later", "none"
DUE = [
    (ANY, "Any day"),
    (OVERDUE, "Overdue"),
    (SOON, "Within two weeks"),
    (LATER, "Later"),
    (NO_DAY, "No day yet"),
]
MINE, OURS = "mine", "ours"
NOBODY = "nobody"


def status_tag(status):
    """A status as a GOV.UK tag."""
    status = ActionStatus(status)
    return render_component("tag", {"text": status.label, "classes": STATUS_TAG[status]})


def rating_words(rating):
    """“Red: off track”."""
    rating = Rating(rating)
    return f"{rating.name.capitalize()}: {rating.label.lower()}"


def rating_tag(rating):
    """A rating as a GOV.UK tag: its words, which the colour only repeats. "" has none."""
    if not rating:
        return ""
    return render_component(
        "tag", {"text": rating_words(rating), "classes": RATING_TAG[Rating(rating)]}
    )


class RegisterForm(PortalForm):
    """What somebody asks of the register. It comes with the address, so a view can be kept."""

    mark_optional = False
    text = PlainTextField(label="Words, or a number", max_length=200, required=False)
    show = forms.ChoiceField(label="Whose", required=False)
    organisation = forms.ModelChoiceField(
        queryset=None, label="Organisation", empty_label="All organisations", required=False
    )
    status = forms.ChoiceField(
        label="Status",
        choices=[(ANY, "All"), ("open", "Open: not started or in progress"), *ActionStatus.choices],
        required=False,
    )
    rating = forms.ChoiceField(
        label="Rating",
        choices=[(ANY, "All"), *((each.value, rating_words(each)) for each in Rating)],
        required=False,
    )
    due = forms.ChoiceField(label="Due", choices=DUE, required=False)
    domain = forms.ModelChoiceField(
        queryset=None, label="Domain", empty_label="All domains", required=False
    )
    dimension = forms.ModelChoiceField(
        queryset=None, label="Dimension", empty_label="All dimensions", required=False
    )
    person = forms.ModelChoiceField(
        queryset=None,
        label="Person",
        help_text="Whoever has no account: write their name under “Words”.",
        empty_label="Anybody",
        required=False,
    )

    def __init__(self, query, *, partnership, user):
        self.partnership, self.user = partnership, user
        super().__init__(query)
        self.fields["show"].choices = [
            (ANY, "Everybody’s"),
            (MINE, "Mine"),
            (OURS, "My organisation’s"),
        ]
        self.fields["organisation"].queryset = partnership.organisations.all()
        self.domains = domains = domains_of(partnership)
        self.fields["domain"].queryset = domains
        self.fields["dimension"].queryset = Dimension.objects.filter(domains__in=domains).distinct()
        self.fields["person"].queryset = permissions.people_of_plans(partnership)

    def domains_of(self, dimension):
        """The numbers of the rows of a dimension's domains."""
        return list(self.domains.filter(dimension=dimension).values_list("pk", flat=True))

    def chosen(self):
        """The actions that were asked for; what cannot be read narrows nothing."""
        self.is_valid()
        asked, found = self.cleaned_data, Action.objects.of(self.partnership)
        for name, narrow in NARROWING.items():
            if value := asked.get(name):
                found = narrow(found, value, self)
        return found


def _show(found, value, form):
    if value == MINE:
        return found.of_person(form.user)
    return found.of_organisations_of(membership_of(form.user, form.partnership.pk))


def _status(found, value, form):
    return found.open() if value == "open" else found.filter(status=value)


def _due(found, value, form):
    today = timezone.localdate()
    soon = today + statuses.SOON
    return {
        OVERDUE: lambda: found.overdue(today),
        SOON: lambda: found.open().filter(due_on__range=(today, soon)),
        LATER: lambda: found.open().filter(due_on__gt=soon),
        NO_DAY: lambda: found.open().filter(due_on__isnull=True),
    }[value]()


NARROWING = {
    "text": lambda found, value, form: found.holding_words(value),
    "show": _show,
    "organisation": lambda found, value, form: found.filter(organisation=value),
    "status": _status,
    "rating": lambda found, value, form: found.filter(rating=value),
    "due": _due,
    "domain": lambda found, value, form: found.serving([value.pk]),
    "dimension": lambda found, value, form: found.serving(form.domains_of(value)),
    "person": lambda found, value, form: found.of_person(value),
}


class ActionPaginator(Paginator):
    """Pages of a table of actions, whose rows are read in two steps.

    First the numbers of a page, and how many there are in all, out of a narrow index; then the
    whole rows of that page. Together they would be read whole before they are sorted.
    """

    @cached_property
    def count(self):
        """How many there are."""
        return self.object_list.data.data.count()

    def page(self, number):
        """A page, with its rows whole."""
        start = (int(number) - 1) * self.per_page
        found = self.object_list.data.data.on_a_page(start, start + self.per_page)
        if found:
            self.count = found[0][1]
        page = super().page(number)
        if not found:
            return page
        rows = Action.objects.filter(pk__in=[pk for pk, _ in found]).with_names()
        whole = {each.pk: each for each in rows}
        there = [whole[pk] for pk, _ in found if pk in whole]
        page.object_list = BoundRows(there, table=self.object_list.table)
        return page


class ActionTable(PortalTable):
    """The register, or a part of it."""

    things = "actions"
    stacks = True
    row_header = "what"
    empty_text = "No action is like that."
    number = tables.Column(verbose_name="No.", attrs=NUMBERS_RIGHT)
    what = tables.Column(
        verbose_name="Action", linkify=True, orderable=False, attrs={"a": {"class": "govuk-link"}}
    )
    organisation = tables.Column(order_by=["organisation__name", "number"])
    owner = tables.Column(accessor="owner_name", order_by=["owner__name", "owner_words", "number"])
    due_on = DayColumn(verbose_name="Due")
    status = tables.Column(order_by=["status", "number"])
    rating = tables.Column()
    updated_at = DayColumn(verbose_name="Last news", order_by=["updated_at", "number"])

    def __init__(self, *args, today=None, **kwargs):
        self.today = today or timezone.localdate()
        super().__init__(*args, **kwargs)

    def show(self, request, **options):
        """Sort and turn to the page that the address asks for; only that page's rows are read."""
        return super().show(request, paginator_class=ActionPaginator, **options)

    def order_due_on(self, rows, is_descending):
        """By the day; what has none is last either way."""
        return rows.by_due(is_descending=is_descending), True

    def order_rating(self, rows, is_descending):
        """What needs help first: red, amber, green; what is not rated is last either way."""
        worst_first = [*reversed(Rating.values)]
        if is_descending:
            worst_first.reverse()
        places = [When(rating=rating, then=place) for place, rating in enumerate(worst_first)]
        return rows.order_by(Case(*places, default=len(places)), "number"), True

    def render_due_on(self, value, record):
        day = f"{value:%-d %b %Y}"
        if not statuses.is_overdue(record.status, value, self.today):
            return day
        tag = render_component("tag", {"text": "Overdue", "classes": "govuk-tag--red"})
        return format_html("{}<br>{}", day, tag)

    def render_updated_at(self, value):
        return f"{timezone.localdate(value):%-d %b %Y}"

    def render_status(self, record):
        return status_tag(record.status)

    def render_rating(self, record):
        return rating_tag(record.rating)
