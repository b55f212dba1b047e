"""The library without a question: by pillar, by role, by time limit, by domain."""

from dataclasses import dataclass

import django_tables2 as tables
from django.db.models import Case, Count, F, FloatField, Func, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from planning.models import Domain, Framework
from pledges.domains import domains_of
from practice.finding import marked
from practice.limits_in_words import responsible, time_limit, where_it_holds
from practice.models import (
    EntryKind,
    LibraryEntry,
    LimitUnit,
    ModelPart,
    PartKind,
    PracticeModel,
    StandardMeasure,
)
from rpcportal.kit.tables import PortalTable

ONE = {
    EntryKind.STANDARD: "Standard",
    EntryKind.MEASURE: "Measure",
    EntryKind.RESOURCE: "Resource",
    EntryKind.STATEMENT: "Evidence",
    EntryKind.DEFINITION: "Definition",
    EntryKind.WORD: "Preferred word",
    EntryKind.PART: "Practice model",
}
PAGES = {
    EntryKind.STANDARD: "standard",
    EntryKind.MEASURE: "standard",
    EntryKind.RESOURCE: "resource",
    EntryKind.STATEMENT: "evidence_statement",
    EntryKind.DEFINITION: "definition",
    EntryKind.WORD: "preferred_word",
    EntryKind.PART: "practice_model",
}
LINK = "govuk-link"
QUIET = "rpc-quiet govuk-!-font-weight-regular"
EXCERPT = "govuk-body-s govuk-!-font-weight-regular govuk-!-margin-bottom-0"


def address_of(entry, partnership):
    """The page on which somebody reads it."""
    if entry.kind == EntryKind.PART and entry.pillar_id:
        return reverse("pillar", args=[partnership.slug, entry.pillar_id])
    return reverse(PAGES[entry.kind], args=[partnership.slug, entry.page])


# --- What there is to browse ---------------------------------------------------------------


def models_shown(partnership):
    """The practice models that people work by here, and starters that could be taken on; own
    ones first, each with its ``pillars``. Two queries.
    """
    taken_on = PracticeModel.objects.own(partnership).filter(copied_from__isnull=False)
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=timezone.localdate())
    models = list(
        PracticeModel.objects.of(partnership)
        .filter(in_use)
        .exclude(pk__in=taken_on.values("copied_from"))
        .own_first()
    )
    pillars = ModelPart.objects.filter(model__in=models).of_kind(PartKind.PILLAR)
    for model in models:
        model.pillars = []
    by_number = {model.pk: model for model in models}
    for pillar in pillars:
        by_number[pillar.model_id].pillars.append(pillar)
    return models


def count_standards(partnership, models):
    """Say of each pillar how many standards it has in force (``pillar.standards_in_force``)."""
    shown = LibraryEntry.objects.shown_in(partnership, Q(kind=EntryKind.STANDARD))
    counted = dict(shown.order_by().values_list("pillar").annotate(Count("pk")))
    for model in models:
        for pillar in model.pillars:
            pillar.standards_in_force = counted.get(pillar.pk, 0)


def domains_shown(partnership):
    """The domains of the planning tool that the partnership scores, or would score."""
    if found := list(domains_of(partnership)):
        return found
    newest = Framework.objects.order_by("-pk")[:1]
    return list(Domain.objects.filter(framework__in=newest).order_by("number"))


def roles_known(partnership):
    """The roles that measures and resources of the library name. One query."""
    return list(_roles(partnership, Q()).values_list("role", flat=True).distinct().order_by("role"))


def roles_with_measures(partnership):
    """(role, how many measures are expected of it), most first. One query."""
    roles = _roles(partnership, Q(kind=EntryKind.MEASURE)).values_list("role")
    return list(roles.annotate(number=Count("pk")).order_by("-number", "role"))


def _roles(partnership, also):
    role = Func(F("roles"), function="unnest", output_field=TextField())
    return LibraryEntry.objects.shown_in(partnership, also).order_by().annotate(role=role)


# --- Measures ------------------------------------------------------------------------------

# Hours, so that limits can be put in order. Five working days are a week.
HOURS = {
    LimitUnit.HOURS: 1,
    LimitUnit.CALENDAR_DAYS: 24,
    LimitUnit.WORKING_DAYS: 24 * 7 / 5,
    LimitUnit.DAYS_UNSAID: 24,
    LimitUnit.WEEKS: 24 * 7,
    LimitUnit.MONTHS: 24 * 365 / 12,
}


@dataclass(frozen=True)
class Span:
    """A group of time limits: longer than ``above`` hours and no longer than ``most``."""

    key: str
    name: str
    above: float
    most: float


DAY = 24 * 7 / 5  # one working day is a day, too
SPANS = (
    Span("day", "Within a day", 0, DAY),
    Span("week", "Within a week", DAY, 24 * 7),
    Span("fortnight", "Within two weeks", 24 * 7, 24 * 14),
    Span("month", "Within a month", 24 * 14, 24 * 31),
    Span("longer", "Longer", 24 * 31, 1e9),
)


def measures_shown(partnership, also=None):
    """Measures in force that a partnership's library shows, in the order of the standards."""
    narrow = Q(kind=EntryKind.MEASURE) & (also or Q())
    shown = LibraryEntry.objects.shown_in(partnership, narrow)
    measures = StandardMeasure.objects.filter(pk__in=shown.values("item"))
    return measures.select_related("version__standard__pillar__model").order_by(
        F("version__standard__partnership").asc(nulls_last=True),
        "version__standard__pillar__model",
        "version__standard__pillar__position",
        "version__standard__position",
        "position",
        "pk",
    )


def expected_of(partnership, role):
    """What is expected of a role: measures in force, in the order of the pillars."""
    return measures_shown(partnership, Q(roles__contains=[role]))


def with_limits(partnership):
    """Measures in force that have a time limit, the shortest first."""
    cases = [
        When(limit_unit=unit, then=Cast(F("limit_number"), FloatField()) * Value(hours * 1.0))
        for unit, hours in HOURS.items()
    ]
    limited = measures_shown(partnership).filter(limit_number__isnull=False)
    return limited.annotate(hours=Case(*cases, output_field=FloatField())).order_by("hours", "pk")


def in_span(span):
    """A condition: limits of this group."""
    return Q(hours__gt=span.above, hours__lte=span.most)


def count_spans(measures):
    """(group, how many limits are in it). One query."""
    counts = {span.key: Count("pk", filter=in_span(span)) for span in SPANS}
    found = measures.order_by().aggregate(**counts)
    return [(span, found[span.key]) for span in SPANS]


# --- Lists ---------------------------------------------------------------------------------


def _quiet(text):
    return format_html('<br><span class="{}">{}</span>', QUIET, text) if text else ""


def begun(text):
    """With a capital letter first."""
    return text[:1].upper() + text[1:]


class MeasuresTable(PortalTable):
    """Measures, each with its standard."""

    caption = "Measures"
    things = "measures"
    stacks = True
    row_header = "text"
    widest_fitting = 5
    orderable = False
    limit = tables.Column(verbose_name="In what time", accessor="pk", orderable=False)
    text = tables.Column(verbose_name="What is done", orderable=False)
    who = tables.Column(verbose_name="Who is responsible", accessor="pk", orderable=False)
    where = tables.Column(verbose_name="Where it holds", accessor="pk", orderable=False)
    pillar = tables.Column(
        verbose_name="Pillar", accessor="version__standard__pillar", orderable=False
    )

    def __init__(self, *args, partnership, **kwargs):
        self.partnership = partnership
        super().__init__(*args, **kwargs)

    def render_limit(self, record):
        limit = time_limit(record)
        if not limit:
            return begun(record.frequency) or "No limit"
        counted = _quiet(f"from: {record.trigger}" if record.trigger else "")
        return format_html("<strong>{}</strong>{}", begun(limit), counted)

    def render_text(self, record):
        href = record.version.standard.page_in(self.partnership)
        return format_html(
            '<a class="{}" href="{}">{}</a>{}', LINK, href, record.text, _quiet(str(record.version))
        )

    def render_who(self, record):
        return responsible(record) or "Nobody is named"

    def render_where(self, record):
        return where_it_holds(record) or "Not said"

    def render_pillar(self, record):
        pillar = record.version.standard.pillar
        return format_html("{}{}", pillar.name, _quiet(pillar.model.name))


class EntriesTable(PortalTable):
    """Things of the library that a search found, or that bear on a domain."""

    things = "things"
    stacks = True
    row_header = "title"
    empty_text = "Nothing is like that."
    title = tables.Column(verbose_name="What", orderable=False)
    kind = tables.Column(verbose_name="Kind", orderable=False)
    whose = tables.Column(
        verbose_name="Whose", accessor="partnership_id", empty_values=(), orderable=False
    )

    def __init__(self, *args, partnership, **kwargs):
        self.partnership = partnership
        super().__init__(*args, **kwargs)

    def render_title(self, record):
        title = getattr(record, "title_marked", None)
        excerpt = getattr(record, "excerpt", None)
        return format_html(
            '<a class="{}" href="{}">{}</a>{}{}',
            LINK,
            address_of(record, self.partnership),
            marked(title) if title else record.title,
            _quiet(record.note),
            format_html('<p class="{}">{}</p>', EXCERPT, marked(excerpt)) if excerpt else "",
        )

    def render_kind(self, record):
        return ONE[EntryKind(record.kind)]

    def render_whose(self, record):
        return "Ours" if record.partnership_id else "Came with the portal"


class BearingTable(EntriesTable):
    """Things that bear on one domain, with the levels that they help to reach."""

    levels = tables.Column(verbose_name="Helps to reach", empty_values=(), orderable=False)

    class Meta:
        sequence = ("title", "kind", "levels", "whose")

    def __init__(self, *args, domain, **kwargs):
        self.domain = domain
        super().__init__(*args, **kwargs)

    def render_levels(self, record):
        levels = record.levels.get(str(self.domain.pk)) or []
        if not levels:
            return "Every level"
        return f"Level{'s' if len(levels) > 1 else ''} {_listed(levels)}"


def _listed(numbers):
    *most, last = map(str, numbers)
    return f"{', '.join(most)} and {last}" if most else last
