"""The measures of a partnership as people ask for them: which ones, and a list of them."""

from dataclasses import dataclass
from datetime import date

import django_tables2 as tables
from django import forms
from django.utils import timezone
from django.utils.html import format_html

from pledges.measuring import newest_of
from pledges.models import Measure, Rating
from pledges.rating import (
    NOT_RATED,
    Rated,
    is_late,
    next_reading_due,
    rating_of,
    rating_words,
    show_of,
)
from pledges.trends import rated_tag
from rpcportal.kit.forms import PortalForm
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import PortalTable

READ, LATE, ENDED = "", "late", "ended"
UNRATED = "none"
WORST_FIRST = [Rating.RED, Rating.AMBER, Rating.GREEN]


@dataclass(frozen=True)
class Line:
    """One measure as the list, the page and the files show it."""

    measure: Measure
    latest: str
    latest_on: date | None
    target: str
    target_on: date | None
    said: Rated | None
    due_on: date | None
    is_late: bool

    @classmethod
    def of(cls, measure, today):
        """Out of a measure with its newest reading (``with_newest``)."""
        newest = newest_of(measure)
        return cls(
            measure=measure,
            latest=show_of(measure, newest.value) if newest else "",
            latest_on=newest.read_on if newest else None,
            target=show_of(measure, measure.target),
            target_on=measure.target_on,
            said=rating_of(measure, newest) if newest else None,
            due_on=next_reading_due(measure, newest, today),
            is_late=is_late(measure, newest, today),
        )

    @property
    def name(self):
        """What the list sorts by."""
        return self.measure.name.casefold()

    @property
    def belongs_to(self):
        """Whose figure it is."""
        organisation = self.measure.organisation
        return organisation.name if organisation else "The whole partnership"

    @property
    def urgency(self):
        """Red first, then amber, green, and what has no colour."""
        rating = self.said.rating if self.said else None
        return WORST_FIRST.index(rating) if rating in WORST_FIRST else len(WORST_FIRST)


class MeasuresForm(PortalForm):
    """What somebody asks of the measures. It comes with the address, so a view can be kept."""

    mark_optional = False
    organisation = forms.ModelChoiceField(
        queryset=None, label="Organisation", empty_label="All", required=False
    )
    rating = forms.ChoiceField(
        label="Rating",
        choices=[
            ("", "All"),
            *((each.value, rating_words(each)) for each in Rating),
            (UNRATED, NOT_RATED),
        ],
        required=False,
    )
    show = forms.ChoiceField(
        label="Readings",
        choices=[(READ, "All that are read"), (LATE, "Late"), (ENDED, "Ended measures")],
        required=False,
    )

    def __init__(self, query, *, partnership):
        self.partnership = partnership
        super().__init__(query)
        self.fields["organisation"].queryset = partnership.organisations.all()

    def lines(self, today=None):
        """The Lines that were asked for; what cannot be read narrows nothing."""
        self.is_valid()
        asked, today = self.cleaned_data, today or timezone.localdate()
        found = Measure.objects.of(self.partnership)
        found = found.ended(today) if asked.get("show") == ENDED else found.current(today)
        if asked.get("organisation"):
            found = found.filter(organisation=asked["organisation"])
        lines = [Line.of(each, today) for each in found.with_names().with_newest()]
        if asked.get("show") == LATE:
            lines = [line for line in lines if line.is_late]
        if wanted := asked.get("rating"):
            lines = [line for line in lines if _rating_value(line) == wanted]
        return lines


def _rating_value(line):
    rating = line.said.rating if line.said else None
    return rating.value if rating else UNRATED


class MeasureTable(PortalTable):
    """The measures, or a part of them."""

    things = "measures"
    row_header = "name"
    stacks = True
    empty_text = "No measure is like that."
    name = tables.Column(
        verbose_name="Measure",
        linkify=lambda record: record.measure.get_absolute_url(),
        attrs={"a": {"class": "govuk-link"}},
    )
    belongs_to = tables.Column(verbose_name="Whose")
    latest = tables.Column(verbose_name="Latest", order_by=("latest_on",), empty_values=())
    target = tables.Column(verbose_name="Target", order_by=("target_on",), empty_values=())
    rating = tables.Column(accessor="urgency", verbose_name="Rating")
    due_on = tables.Column(verbose_name="Next reading", empty_values=())

    def render_name(self, record):
        return record.measure.name

    def render_belongs_to(self, record):
        owner = record.measure.owner or "Nobody yet"
        return format_html('{}<br><span class="rpc-quiet">{}</span>', record.belongs_to, owner)

    def render_latest(self, record):
        return _figure_and_day(record.latest, record.latest_on, "Nothing yet")

    def render_target(self, record):
        return _figure_and_day(record.target, record.target_on, "None")

    def render_rating(self, record):
        if record.said is None:
            return NOT_RATED
        tag = rated_tag(record.said)
        return tag if record.said.by_rule else format_html("{}<br>By hand", tag)

    def render_due_on(self, record):
        if record.due_on is None:
            return "None"
        day = format_html('<span class="rpc-nowrap">{}</span>', _short(record.due_on))
        return format_html("{}<br>{}", day, late_tag()) if record.is_late else day


def _figure_and_day(figure, day, nothing):
    if not figure:
        return nothing
    line = '{}<br><span class="rpc-quiet rpc-nowrap">{}</span>'
    return format_html(line, figure, _short(day))


def _short(day):
    return f"{day:%-d %b %Y}"


def late_tag():
    """That a reading is late, in words."""
    return render_component("tag", {"text": "Late", "classes": "govuk-tag--red"})
