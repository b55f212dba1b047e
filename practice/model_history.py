"""The history of a practice model and its parts, as its page shows it."""

from partnerships import history
from partnerships.events import Source
from partnerships.telling import Told
from practice.models import ModelPart, PartKind, PracticeModel

MODEL_LABELS = {
    "name": "Name",
    "summary": "Summary",
    "guiding": "What it is led by",
    "guiding_words": "The principle or question",
    "guiding_meaning": "What that means",
    "vision": "Vision",
    "mission": "Mission",
    "source": "Source",
    "source_link": "Address of the source",
    "retired_on": "Retired from",
}
PART_LABELS = {
    "position": "Its place",
    "name": "Name",
    "meaning": "What it means",
    "behaviours": "How one sees it",
    "when": "When",
    "high_challenge": "High challenge",
    "high_support": "High support",
}
MODEL, PART = range(2)


def model_history(model, older_than=None):
    """The Page of a model, and its changes as Told."""
    sources = {
        MODEL: Source(PracticeModel.pgh_event_model, "pgh_obj", [model.pk], MODEL_LABELS),
        PART: Source(ModelPart.pgh_event_model, "model", [model.pk], PART_LABELS),
    }
    page = history.page_of(sources, older_than=older_than)
    return page, [_told(change) for change in page.changes]


def _told(change):
    heading = ""
    if change.source == PART:
        heading = f"{PartKind(change.event.kind).label} “{change.event.name}”"
    return Told(change, heading, [(field, None) for field in change.fields])
