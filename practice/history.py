"""The history of a standard, as its page shows it."""

from dataclasses import replace

from partnerships import history
from partnerships.events import Source
from partnerships.telling import Told
from practice.models import (
    RelatedStandard,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
)
from rpcportal.kit.quoting import quoted

STANDARD_LABELS = {
    "pillar": "Pillar",
    "position": "Its place under the pillar",
    "owner": "Who sees to it",
    "review_on": "To be reviewed on",
    "withdrawn_on": "Not in force from",
}
VERSION_LABELS = {
    "statement": "The standard",
    "about": "About it",
    "descriptors": "What it means for practice",
    "amendment": "What changed and why",
    "state": "State",
    "approved_name": "Approved by",
    "approved_role": "Their role",
    "approved_on": "Approved on",
    "effective_on": "In force from",
}
MEASURE_LABELS = {
    "text": "What must be done",
    "limit_number": "Time limit: number",
    "limit_unit": "Time limit: unit",
    "trigger": "From when the time counts",
    "required_in": "Required",
    "considered_in": "Considered",
    "roles": "Who is responsible",
    "frequency": "How often",
    "exception": "Exception",
    "on_file": "What is to be seen on file",
    "source": "Source",
}
SOURCE_LABELS = {"kind": "What it is", "title": "Source", "link": "Address"}
STANDARD, VERSION, MEASURE, SOURCE, TOOL, RELATED = range(6)


def _listed(values):
    return ", ".join(str(value).replace("_", " ") for value in values)


def _sources_of(standard):
    """Number -> Source of the events of a standard and of all that belongs to it."""
    mine, versions = [standard.pk], standard.versions.values("pk")
    lists = dict.fromkeys(("required_in", "considered_in", "roles", "levels"), _listed)
    within = {
        VERSION: (StandardVersion, "standard", mine, VERSION_LABELS),
        MEASURE: (StandardMeasure, "version", versions, MEASURE_LABELS),
        SOURCE: (StandardSource, "version", versions, SOURCE_LABELS),
        TOOL: (StandardTool, "standard", mine, {"resource": "Tool"}),
        RELATED: (RelatedStandard, "standard", mine, {"other": "Related standard"}),
    }
    sources = {STANDARD: Source(Standard.pgh_event_model, "pgh_obj", mine, STANDARD_LABELS)}
    for number, (model, name, own, labels) in within.items():
        sources[number] = Source(model.pgh_event_model, name, own, labels, shown=lists)
    return sources


def standard_history(standard, older_than=None):
    """The Page of a standard, and its changes as Told."""
    page = history.page_of(_sources_of(standard), older_than=older_than)
    numbers = dict(standard.versions.values_list("pk", "number"))
    others = {each.event.other_id for each in page.changes if each.source == RELATED}
    related = Standard.objects.filter(pk__in=others).with_statement()
    statements = {each.pk: each.statement for each in related}
    return page, [_told(change, numbers, statements) for change in page.changes]


def _told(change, numbers, statements):
    event = change.event
    headings = {
        VERSION: lambda: f"Version {event.number}",
        MEASURE: lambda: f"A measure of version {numbers[event.version_id]}: {quoted(event.text)}",
        SOURCE: lambda: f"A source of version {numbers[event.version_id]}",
        TOOL: lambda: "A tool that helps",
        RELATED: lambda: "A related standard",
    }
    fields = change.fields
    if change.source == RELATED:
        name = statements.get(event.other_id, "A standard that is gone")
        fields = [
            replace(each, before=each.before and name, after=each.after and name) for each in fields
        ]
    heading = headings.get(change.source, lambda: "")()
    return Told(change, heading, [(field, None) for field in fields])
