"""What this room tells of who did what: measures and their readings."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from planning.models import Domain
from pledges.activity import number_of, slug_of
from pledges.models import Measure, MeasuredDomain, Reading

OF_MEASURES = {"key": "measures", "label": "Measures and readings"}

# --- Measures ---------------------------------------------------------------------------------

MEASURE_LABELS = {
    "name": "what is measured",
    "meaning": "what it tells",
    "unit": "the unit",
    "unit_words": "what is counted",
    "better": "which way is better",
    "baseline": "the baseline",
    "baseline_on": "the day of the baseline",
    "target": "the target",
    "target_on": "the day of the target",
    "frequency": "how often it is read",
    "owner": "who sees to it",
    "organisation": "whose figure it is",
    "source": "the source",
    "ended_on": "the day of its end",
    "created_by": "who added it",
    "created_at": "when it was added",
}


def _measures(partnership):
    return Measure.objects.of(partnership).values("pk")


def _measure_facts(events):
    there = one_of(Measure.objects.filter(pk=OuterRef("pgh_obj_id")), "pk")
    return events.annotate(there=there, slug=slug_of("partnership_id")).values(
        "pgh_id", "name", "ended_on", "there", "slug"
    )


def _describe_measure(row, facts):
    measure = f"the measure “{facts['name']}”"
    words = {ADDED: f"added {measure}", REMOVED: f"removed {measure}"}
    done = words.get(row.label)
    if done is None and row.fields == ("ended_on",):
        done = f"ended {measure}" if facts["ended_on"] else f"took {measure} up again"
    there = facts["there"]
    link = reverse("measure_history", args=[facts["slug"], there]) if there else ""
    return Sentence(done or changed(row, MEASURE_LABELS, measure), link)


MEASURES = Kind(
    **OF_MEASURES,
    events=Measure.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=MEASURE_LABELS,
    facts=_measure_facts,
    describe=_describe_measure,
)

# --- What belongs to a measure -----------------------------------------------------------------


def _of_measure():
    """What a sentence says of the measure that something belongs to."""
    there = Measure.objects.filter(pk=OuterRef("measure_id")).order_by()
    return {
        "measure_pk": one_of(there, "pk"),
        "measure_name": one_of(there, "name"),
        "slug": one_of(there, "partnership__slug"),
    }


OF_MEASURE = ("pgh_id", "measure_pk", "measure_name", "slug")


def _named(facts):
    name = facts["measure_name"]
    return f"“{name}”" if name else "a measure that is gone"


def _link(facts):
    if facts["measure_pk"] is None:
        return ""
    return reverse("measure_history", args=[facts["slug"], facts["measure_pk"]])


READING_LABELS = {
    "read_on": "the day",
    "value": "the figure",
    "source": "the source",
    "comment": "the comment",
    "rating": "the rating",
    "rating_reason": "the reason for the rating",
    "recorded_by": "who recorded it",
    "recorded_at": "when it was recorded",
}


def _reading_facts(events):
    return events.annotate(**_of_measure()).values(*OF_MEASURE, "read_on", "rating")


def _describe_reading(row, facts):
    reading = f"the reading of {_named(facts)} of {facts['read_on']:%-d %B %Y}"
    words = {ADDED: f"recorded {reading}", REMOVED: f"removed {reading}"}
    done = words.get(row.label)
    if done is None and "rating" in row.fields:
        done = f"rated {reading} {'by hand' if facts['rating'] else 'by the rule again'}"
    return Sentence(done or changed(row, READING_LABELS, reading), _link(facts))


READINGS = Kind(
    **OF_MEASURES,
    events=Reading.pgh_event_model,
    within="measure",
    own=_measures,
    labels=READING_LABELS,
    facts=_reading_facts,
    describe=_describe_reading,
)


def _measured_facts(events):
    domain = Domain.objects.filter(pk=OuterRef("domain_id")).order_by()
    return events.annotate(
        **_of_measure(),
        domain_number=one_of(domain, "number"),
        domain_name=one_of(domain, "name"),
    ).values(*OF_MEASURE, "domain_number", "domain_name")


def _describe_measured(row, facts):
    measure, domain = _named(facts), f"{facts['domain_number']}. {facts['domain_name']}"
    words = "took the measure {} off {}" if row.label == REMOVED else "put the measure {} under {}"
    return Sentence(words.format(measure, domain), _link(facts))


MEASURED_DOMAINS = Kind(
    **OF_MEASURES,
    events=MeasuredDomain.pgh_event_model,
    within="measure",
    own=_measures,
    labels={"domain": "the domain"},
    facts=_measured_facts,
    describe=_describe_measured,
)

KINDS = (MEASURES, READINGS, MEASURED_DOMAINS)
