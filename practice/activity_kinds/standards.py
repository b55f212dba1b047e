"""What is told of standards, of their versions and of all that belongs to these."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from planning.models import Domain
from practice.models import (
    Bearing,
    EvidenceStatement,
    RelatedStandard,
    Resource,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
    VersionState,
)
from rpcportal.kit.quoting import quoted

OF_STANDARDS = {"key": "standards", "label": "Practice standards"}
OF_STANDARD = ("pgh_id", "statement_of", "standard_there", "slug")


def _number_of(partnership):
    return [partnership.pk]


def _standards(partnership):
    return Standard.objects.own(partnership).values("pk")


def _versions(partnership):
    return StandardVersion.objects.filter(standard__partnership=partnership).values("pk")


def _of_standard(path):
    """What a sentence says of the standard that something belongs to."""
    words = StandardVersion.objects.filter(standard=OuterRef(path)).order_by("-number")
    there = Standard.objects.filter(pk=OuterRef(path)).order_by()
    return {
        "statement_of": one_of(words, "statement"),
        "standard_there": one_of(there, "pk"),
        "slug": one_of(there, "partnership__slug"),
    }


def _of_version(path="version_id"):
    words = StandardVersion.objects.filter(pk=OuterRef(path)).order_by()
    return {
        "statement_of": one_of(words, "statement"),
        "number_of": one_of(words, "number"),
        "standard_there": one_of(words, "standard_id"),
        "slug": one_of(words, "standard__partnership__slug"),
    }


def _named(facts):
    statement = facts["statement_of"]
    return f"the standard {quoted(statement)}" if statement else "a standard that is gone"


def _history(facts):
    if facts["standard_there"] is None or not facts["slug"]:
        return ""
    return reverse("standard_history", args=[facts["slug"], facts["standard_there"]])


# --- The standard ------------------------------------------------------------------------------

STANDARD_LABELS = {
    "pillar": "the pillar",
    "key": "its key",
    "position": "the place",
    "owner": "who sees to it",
    "review_on": "the day of the review",
    "withdrawn_on": "the day from which it is not in force",
}


def _standard_facts(events):
    return events.annotate(**_of_standard("pgh_obj_id")).values(*OF_STANDARD, "withdrawn_on")


def _describe_standard(row, facts):
    standard = _named(facts)
    words = {ADDED: f"began {standard}", REMOVED: "discarded a standard that nobody had approved"}
    done = words.get(row.label)
    if done is None and row.fields == ("withdrawn_on",):
        done = f"withdrew {standard}" if facts["withdrawn_on"] else f"brought back {standard}"
    return Sentence(done or changed(row, STANDARD_LABELS, standard), _history(facts))


STANDARDS = Kind(
    **OF_STANDARDS,
    events=Standard.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels=STANDARD_LABELS,
    facts=_standard_facts,
    describe=_describe_standard,
)

# --- Its versions ------------------------------------------------------------------------------

VERSION_LABELS = {
    "number": "the number",
    "state": "the state",
    "statement": "the words",
    "about": "what is said about it",
    "descriptors": "what it means for practice",
    "amendment": "what changed and why",
    "effective_on": "the day from which it is in force",
    "approved_name": "who approved it",
    "approved_role": "the role of who approved it",
    "approved_on": "the day of the approval",
    "approved_recorded_by": "who recorded the approval",
    "approved_recorded_at": "when the approval was recorded",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}
# Who and when stand beside every line already.
_TOLD = {name: label for name, label in VERSION_LABELS.items() if not name.startswith("written_")}


def _version_facts(events):
    there = Standard.objects.filter(pk=OuterRef("standard_id")).order_by()
    return events.annotate(
        standard_there=one_of(there, "pk"), slug=one_of(there, "partnership__slug")
    ).values("pgh_id", "statement", "number", "standard_there", "slug")


def _describe_version(row, facts):
    version = f"version {facts['number']} of the standard {quoted(facts['statement'])}"
    words = {ADDED: f"began {version}", REMOVED: f"discarded the draft of {version}"}
    done = words.get(row.label)
    if done is None and "state" in row.fields:
        done = f"recorded that {version} was {VersionState.APPROVED.label.lower()}"
    return Sentence(done or changed(row, _TOLD, version), _history(facts))


VERSIONS = Kind(
    **OF_STANDARDS,
    events=StandardVersion.pgh_event_model,
    within="standard",
    own=_standards,
    labels=VERSION_LABELS,
    facts=_version_facts,
    describe=_describe_version,
)

# --- What belongs to a version -----------------------------------------------------------------

SOURCE_LABELS = {"position": "the place", "kind": "what it is", "title": "the name",
                 "link": "the address"}  # fmt: skip
MEASURE_LABELS = {
    "key": "its key",
    "position": "the place",
    "text": "what must be done",
    "trigger": "from when the time counts",
    "limit_number": "the time limit",
    "limit_unit": "the unit of the time limit",
    "required_in": "where it is required",
    "considered_in": "where it is considered",
    "roles": "who is responsible",
    "frequency": "how often",
    "exception": "the exception",
    "on_file": "what is to be seen on file",
    "source": "the source",
}


def _facts_with(name):
    def facts(events):
        return events.annotate(**_of_version()).values(*OF_STANDARD, "number_of", name)

    return facts


def _describer(what, name, labels):
    def describe(row, facts):
        thing = f"the {what} {quoted(facts[name])}"
        version = f"version {facts['number_of']} of {_named(facts)}"
        whose = version if facts["number_of"] else "a draft that is gone"
        words = {ADDED: f"wrote {thing} into {whose}", REMOVED: f"took {thing} out of {whose}"}
        done = words.get(row.label) or changed(row, labels, f"{thing} in {whose}")
        return Sentence(done, _history(facts))

    return describe


SOURCES = Kind(
    **OF_STANDARDS,
    events=StandardSource.pgh_event_model,
    within="version",
    own=_versions,
    labels=SOURCE_LABELS,
    facts=_facts_with("title"),
    describe=_describer("source", "title", SOURCE_LABELS),
)
MEASURES = Kind(
    **OF_STANDARDS,
    events=StandardMeasure.pgh_event_model,
    within="version",
    own=_versions,
    labels=MEASURE_LABELS,
    facts=_facts_with("text"),
    describe=_describer("measure", "text", MEASURE_LABELS),
)

# --- What a standard leads to ------------------------------------------------------------------


def _tool_facts(events):
    resource = Resource.objects.filter(pk=OuterRef("resource_id")).order_by()
    return events.annotate(**_of_standard("standard_id"), other=one_of(resource, "name")).values(
        *OF_STANDARD, "other"
    )


def _related_facts(events):
    words = StandardVersion.objects.filter(standard=OuterRef("other_id")).order_by("-number")
    return events.annotate(**_of_standard("standard_id"), to=one_of(words, "statement")).values(
        *OF_STANDARD, "to"
    )


def _tie(name, gone, join, part):
    """A sentence for what only ties two things together."""

    def describe(row, facts):
        other = quoted(facts[name]) if facts[name] else gone
        sentence = part if row.label == REMOVED else join
        return Sentence(sentence.format(other, _named(facts)), _history(facts))

    return describe


TOOLS = Kind(
    **OF_STANDARDS,
    events=StandardTool.pgh_event_model,
    within="standard",
    own=_standards,
    labels={"resource": "the tool"},
    facts=_tool_facts,
    describe=_tie(
        "other", "a resource that is gone", "named {} as a tool for {}", "took the tool {} off {}"
    ),
)
RELATED = Kind(
    **OF_STANDARDS,
    events=RelatedStandard.pgh_event_model,
    within="standard",
    own=_standards,
    labels={"other": "the related standard"},
    facts=_related_facts,
    describe=_tie(
        "to", "a standard that is gone", "named {} as related to {}", "took {} off those of {}"
    ),
)

# --- What bears on a domain --------------------------------------------------------------------


def _bearing_facts(events):
    domain = Domain.objects.filter(pk=OuterRef("domain_id")).order_by()
    words = StandardVersion.objects.filter(standard=OuterRef("standard_id")).order_by("-number")
    resource = Resource.objects.filter(pk=OuterRef("resource_id")).order_by()
    statement = EvidenceStatement.objects.filter(pk=OuterRef("statement_id")).order_by()
    return events.annotate(
        domain_name=one_of(domain, "name"),
        standard_name=one_of(words, "statement"),
        resource_name=one_of(resource, "name"),
        claim=one_of(statement, "claim"),
    ).values("pgh_id", "domain_name", "standard_name", "resource_name", "claim")


def _describe_bearing(row, facts):
    name = facts["standard_name"] or facts["resource_name"] or facts["claim"]
    thing = quoted(name) if name else "something that is gone"
    domain = quoted(facts["domain_name"] or "")
    words = {
        ADDED: f"put {thing} on the page of the domain {domain}",
        REMOVED: f"took {thing} off the page of the domain {domain}",
    }
    return Sentence(words.get(row.label) or f"changed for which levels {thing} bears on {domain}")


BEARINGS = Kind(
    key="library",
    label="Practice library: domains",
    events=Bearing.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels={
        "domain": "the domain",
        "levels": "the levels",
        "standard": "the standard",
        "resource": "the resource",
        "statement": "the statement",
    },
    facts=_bearing_facts,
    describe=_describe_bearing,
)
KINDS = [STANDARDS, VERSIONS, SOURCES, MEASURES, TOOLS, RELATED, BEARINGS]
