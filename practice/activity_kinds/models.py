"""What is told of practice models and their parts."""

from django.db.models import F, OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Partnership
from practice.models import ModelPart, PartKind, PracticeModel
from rpcportal.kit.quoting import quoted

OF_MODELS = {"key": "practice_models", "label": "Practice models"}

# --- Models -----------------------------------------------------------------------------------

MODEL_LABELS = {
    "key": "its key",
    "copied_from": "what it was copied from",
    "name": "the name",
    "summary": "the summary",
    "source": "the source",
    "source_link": "the address of the source",
    "guiding": "what it is led by",
    "guiding_words": "the guiding words",
    "guiding_meaning": "what the guiding words mean",
    "vision": "the vision",
    "mission": "the mission",
    "retired_on": "the day of its end",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}
# Who and when stand beside every line already.
_TOLD = {name: label for name, label in MODEL_LABELS.items() if not name.startswith("written_")}


def _model_facts(events):
    return events.annotate(
        slug=one_of(Partnership.objects.filter(pk=OuterRef("partnership_id")), "slug"),
        there=one_of(PracticeModel.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk"),
        is_copy=F("copied_from_id"),
    ).values("pgh_id", "name", "retired_on", "slug", "there", "is_copy")


def _describe_model(row, facts):
    model = f"the practice model {quoted(facts['name'])}"
    added = f"took {model} on" if facts["is_copy"] else f"wrote {model}"
    done = {ADDED: added, REMOVED: f"removed {model}"}.get(row.label)
    if done is None and row.fields == ("retired_on",):
        done = f"retired {model}" if facts["retired_on"] else f"took {model} up again"
    link = reverse("model_history", args=[facts["slug"], facts["there"]]) if facts["there"] else ""
    return Sentence(done or changed(row, _TOLD, model), link)


MODELS = Kind(
    **OF_MODELS,
    events=PracticeModel.pgh_event_model,
    within="partnership",
    own=lambda partnership: [partnership.pk],
    labels=MODEL_LABELS,
    facts=_model_facts,
    describe=_describe_model,
)

# --- Parts ------------------------------------------------------------------------------------

PART_LABELS = {
    "kind": "the kind",
    "position": "the place",
    "name": "the name",
    "meaning": "what it means",
    "behaviours": "how one sees it",
    "when": "when it was",
    "high_challenge": "the challenge",
    "high_support": "the support",
}


def _part_facts(events):
    there = PracticeModel.objects.filter(pk=OuterRef("model_id")).order_by()
    return events.annotate(
        model_name=one_of(there, "name"), slug=one_of(there, "partnership__slug")
    ).values("pgh_id", "kind", "name", "model_id", "model_name", "slug")


def _describe_part(row, facts):
    model = quoted(facts["model_name"]) if facts["model_name"] else "a model that is gone"
    part = f"the {PartKind(facts['kind']).label.lower()} {quoted(facts['name'])} of {model}"
    done = {ADDED: f"added {part}", REMOVED: f"removed {part}"}.get(row.label)
    if done is None and row.fields == ("position",):
        done = f"moved {part}"
    link = ""
    if facts["slug"]:
        link = reverse("model_history", args=[facts["slug"], facts["model_id"]])
    return Sentence(done or changed(row, PART_LABELS, part), link)


PARTS = Kind(
    **OF_MODELS,
    events=ModelPart.pgh_event_model,
    within="model",
    own=lambda partnership: PracticeModel.objects.own(partnership).values("pk"),
    labels=PART_LABELS,
    facts=_part_facts,
    describe=_describe_part,
)
KINDS = [MODELS, PARTS]
