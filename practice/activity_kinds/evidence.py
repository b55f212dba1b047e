"""What is told of evidence statements."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Partnership
from practice.models import EvidenceStatement
from rpcportal.kit.quoting import quoted

LABELS = {
    "key": "its key",
    "claim": "the words",
    "figure": "the figure",
    "population": "whom it is about",
    "year": "the year",
    "source": "the source",
    "link": "the address of the source",
    "checked_on": "the day it was checked",
    "is_public": "whether the public page shows it",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}


def _facts(events):
    return events.annotate(
        slug=one_of(Partnership.objects.filter(pk=OuterRef("partnership_id")), "slug"),
        there=one_of(EvidenceStatement.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk"),
    ).values("pgh_id", "claim", "slug", "there", "is_public")


def _describe(row, facts):
    statement = f"the evidence statement {quoted(facts['claim'])}"
    link = ""
    if facts["there"]:
        link = reverse("evidence_statement", args=[facts["slug"], facts["there"]])
    words = {ADDED: f"wrote {statement}", REMOVED: f"removed {statement}"}
    done = words.get(row.label)
    if done is None and row.fields == ("is_public",):
        showed = (
            "put {} on the public page" if facts["is_public"] else "took {} off the public page"
        )
        done = showed.format(statement)
    return Sentence(done or changed(row, _TOLD, statement), link)


# Who and when stand beside every line already.
_TOLD = {name: label for name, label in LABELS.items() if not name.startswith("written_")}
EVIDENCE = Kind(
    key="evidence",
    label="Evidence statements",
    events=EvidenceStatement.pgh_event_model,
    within="partnership",
    own=lambda partnership: [partnership.pk],
    labels=LABELS,
    facts=_facts,
    describe=_describe,
)
KINDS = [EVIDENCE]
