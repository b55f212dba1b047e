"""What is told of resources, their files, definitions and the language guide."""

from django.db.models import F, OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Partnership
from practice.models import Definition, PreferredWord, Resource, ResourceFile
from rpcportal.kit.quoting import quoted

OF_RESOURCES = {"key": "resources", "label": "Resources"}
OF_WORDS = {"key": "words", "label": "Definitions and the language guide"}
# Who and when stand beside every line already.
UNTOLD = ("written_by", "written_at", "added_by", "added_at")
OF_EVERY = {
    "key": "its key",
    "copied_from": "what it was copied from",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}


def _kind(model, name, *, page, called, labels, of):
    """What is told of a thing of the library. ``name``: the field that names it; ``called``: what
    people call one.
    """

    def facts(events):
        return events.annotate(
            slug=one_of(Partnership.objects.filter(pk=OuterRef("partnership_id")), "slug"),
            there=one_of(model.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk"),
            is_copy=F("copied_from_id"),
            named=F(name),
        ).values("pgh_id", "named", "slug", "there", "is_copy")

    def describe(row, facts):
        thing = f"the {called} {quoted(facts['named'])}"
        added = f"took {thing} over from the portal’s" if facts["is_copy"] else f"added {thing}"
        words = {ADDED: added, REMOVED: f"removed {thing}"}
        link = reverse(page, args=[facts["slug"], facts["there"]]) if facts["there"] else ""
        return Sentence(words.get(row.label) or changed(row, told, thing), link)

    told = {field: label for field, label in labels.items() if field not in UNTOLD}
    return Kind(
        **of,
        events=model.pgh_event_model,
        within="partnership",
        own=lambda partnership: [partnership.pk],
        labels={**OF_EVERY, **labels},
        facts=facts,
        describe=describe,
    )


RESOURCES = _kind(
    Resource,
    "name",
    page="resource",
    called="resource",
    of=OF_RESOURCES,
    labels={
        "kind": "the kind",
        "name": "the name",
        "what": "what it is",
        "audience": "for whom it is",
        "methods": "the methods",
        "length": "how long it takes",
        "stage": "when it helps",
        "link": "the web address",
        "source": "the source",
        "owner": "who sees to it",
        "review_on": "the day of review",
    },
)
DEFINITIONS = _kind(
    Definition,
    "term",
    page="definition",
    called="definition of",
    of=OF_WORDS,
    labels={
        "term": "the term",
        "meaning": "what it means",
        "is_not": "what it is not",
        "link": "the web address",
        "position": "its place",
    },
)
PREFERRED_WORDS = _kind(
    PreferredWord,
    "instead_of",
    page="preferred_word",
    called="entry of the language guide on",
    of=OF_WORDS,
    labels={
        "instead_of": "the words to leave out",
        "prefer": "the words that are preferred",
        "why": "why",
        "position": "its place",
    },
)

# --- Files --------------------------------------------------------------------------------------


def _file_facts(events):
    there = Resource.objects.filter(pk=OuterRef("resource_id")).order_by()
    return events.annotate(
        resource_name=one_of(there, "name"), slug=one_of(there, "partnership__slug")
    ).values("pgh_id", "name", "resource_id", "resource_name", "slug")


def _describe_file(row, facts):
    name = facts["resource_name"]
    of = f"the resource {quoted(name)}" if name else "a resource that is gone"
    file = f"the file {quoted(facts['name'])}"
    words = {ADDED: f"added {file} to {of}", REMOVED: f"removed {file} of {of}"}
    link = reverse("resource", args=[facts["slug"], facts["resource_id"]]) if facts["slug"] else ""
    return Sentence(words.get(row.label) or changed(row, {}, f"{file} of {of}"), link)


FILES = Kind(
    **OF_RESOURCES,
    events=ResourceFile.pgh_event_model,
    within="resource",
    own=lambda partnership: Resource.objects.own(partnership).values("pk"),
    labels={
        "name": "the name",
        "content_type": "the kind",
        "size": "the size",
        "added_by": "who added it",
        "added_at": "when it was added",
    },
    facts=_file_facts,
    describe=_describe_file,
)
KINDS = [RESOURCES, FILES, DEFINITIONS, PREFERRED_WORDS]
