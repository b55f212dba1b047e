"""What is told of audits."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from planning.activity import quoted_start
from pledges.activity import number_of, slug_of
from pledges.models import Action
from practice.models import (
    Audit,
    AuditAction,
    AuditedFile,
    AuditMeasure,
    Finding,
    Outcome,
    StandardMeasure,
)

OF_AUDITS = {"key": "audits", "label": "Audits"}


def _link(facts):
    """To the page of the audit, while it is there."""
    return reverse("audit", args=[facts["slug"], facts["there"]]) if facts["there"] else ""


def _of_audit(path):
    """Name, slug and number of the audit that ``path`` leads to, as annotations."""
    audit = Audit.objects.filter(pk=OuterRef(path)).order_by()
    return {
        "audit_name": one_of(audit, "name"),
        "slug": one_of(audit, "partnership__slug"),
        "there": one_of(audit, "pk"),
    }


def _in(facts):
    return f"the audit {quoted_start(facts['audit_name'])}" if facts["there"] else "an audit"


def _audits(partnership):
    return Audit.objects.of(partnership).values("pk")


# --- The audit itself -------------------------------------------------------------------------

LABELS = {
    "name": "what it is about",
    "organisation": "whose practice it looks at",
    "held_on": "the day",
    "sample": "how the files were chosen",
    "learnt": "what was learnt",
    "made_by": "who started it",
    "made_at": "when it was started",
    "finished_by": "who finished it",
    "finished_at": "when it was finished",
}


def _facts(events):
    there = one_of(Audit.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk")
    return events.annotate(slug=slug_of("partnership_id"), there=there).values(
        "pgh_id", "name", "slug", "there"
    )


def _describe(row, facts):
    audit = f"the audit {quoted_start(facts['name'])}"
    words = {ADDED: f"started {audit}", REMOVED: f"removed {audit}"}
    if row.label in words:
        return Sentence(words[row.label], _link(facts))
    done = f"finished {audit}" if "finished_at" in row.fields else changed(row, LABELS, audit)
    return Sentence(done, _link(facts))


AUDITS = Kind(
    **OF_AUDITS,
    events=Audit.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=LABELS,
    facts=_facts,
    describe=_describe,
)

# --- Its measures and files -------------------------------------------------------------------

MEASURE_LABELS = {"measure": "the measure", "position": "the place"}


def _measure_facts(events):
    measure = StandardMeasure.objects.filter(pk=OuterRef("measure_id")).order_by()
    return events.annotate(text=one_of(measure, "text"), **_of_audit("audit_id")).values(
        "pgh_id", "text", "audit_name", "slug", "there"
    )


def _describe_measure(row, facts):
    measure, audit = quoted_start(facts["text"]), _in(facts)
    words = {
        ADDED: f"put the measure {measure} into {audit}",
        REMOVED: f"took the measure {measure} out of {audit}",
    }
    done = words.get(row.label) or changed(row, MEASURE_LABELS, f"a measure of {audit}")
    return Sentence(done, _link(facts))


MEASURES = Kind(
    **OF_AUDITS,
    events=AuditMeasure.pgh_event_model,
    within="audit",
    own=_audits,
    labels=MEASURE_LABELS,
    facts=_measure_facts,
    describe=_describe_measure,
)

FILE_LABELS = {"position": "the number", "reference": "the reference"}


def _file_facts(events):
    return events.annotate(**_of_audit("audit_id")).values(
        "pgh_id", "position", "audit_name", "slug", "there"
    )


def _describe_file(row, facts):
    file, audit = f"file {facts['position']}", _in(facts)
    words = {ADDED: f"put {file} into {audit}", REMOVED: f"took {file} out of {audit}"}
    done = words.get(row.label) or changed(row, FILE_LABELS, f"{file} of {audit}")
    return Sentence(done, _link(facts))


FILES = Kind(
    **OF_AUDITS,
    events=AuditedFile.pgh_event_model,
    within="audit",
    own=_audits,
    labels=FILE_LABELS,
    facts=_file_facts,
    describe=_describe_file,
)

# --- What was found ---------------------------------------------------------------------------

FINDING_LABELS = {
    "audit_measure": "the measure",
    "outcome": "what the file shows",
    "note": "the note",
}


def _files(partnership):
    return AuditedFile.objects.filter(audit__partnership=partnership).values("pk")


def _finding_facts(events):
    file = AuditedFile.objects.filter(pk=OuterRef("file_id")).order_by()
    return events.annotate(
        number=one_of(file, "position"),
        audit_name=one_of(file, "audit__name"),
        slug=one_of(file, "audit__partnership__slug"),
        there=one_of(file, "audit_id"),
    ).values("pgh_id", "outcome", "number", "audit_name", "slug", "there")


def _describe_finding(row, facts):
    file = f"file {facts['number']} of {_in(facts)}" if facts["there"] else "a file of an audit"
    outcome = Outcome(facts["outcome"]).label.lower()
    words = {
        ADDED: f"recorded “{outcome}” in {file}",
        REMOVED: f"took “{outcome}” out of {file}",
    }
    return Sentence(words.get(row.label) or changed(row, FINDING_LABELS, file), _link(facts))


FINDINGS = Kind(
    **OF_AUDITS,
    events=Finding.pgh_event_model,
    within="file",
    own=_files,
    labels=FINDING_LABELS,
    facts=_finding_facts,
    describe=_describe_finding,
)

# --- What came of it --------------------------------------------------------------------------


def _measures(partnership):
    return AuditMeasure.objects.filter(audit__partnership=partnership).values("pk")


def _action_facts(events):
    asked = AuditMeasure.objects.filter(pk=OuterRef("audit_measure_id")).order_by()
    action = Action.objects.filter(pk=OuterRef("action_id")).order_by()
    return events.annotate(
        number=one_of(action, "number"),
        audit_name=one_of(asked, "audit__name"),
        slug=one_of(asked, "audit__partnership__slug"),
        there=one_of(asked, "audit_id"),
    ).values("pgh_id", "number", "audit_name", "slug", "there")


def _describe_action(row, facts):
    action = f"action {facts['number']}" if facts["number"] else "an action"
    way = "took {} from what came of {}" if row.label == REMOVED else "made {} of a gap in {}"
    return Sentence(way.format(action, _in(facts)), _link(facts))


ACTIONS = Kind(
    **OF_AUDITS,
    events=AuditAction.pgh_event_model,
    within="audit_measure",
    own=_measures,
    labels={"action": "the action"},
    facts=_action_facts,
    describe=_describe_action,
)
KINDS = [AUDITS, MEASURES, FILES, FINDINGS, ACTIONS]
