"""What the planning tool tells of who did what: assessments, domains, evidence, actions.

A framework is nobody's: its history is not told here.
"""

from django.db.models import F, OuterRef
from django.db.models.functions import Left
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed, register
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from planning.models import (
    Assessment,
    Domain,
    DomainOfAction,
    Entry,
    EvidenceReference,
    PriorityAction,
    Status,
    UnsettledText,
)
from planning.parts import PartName

WORDS = 80  # characters of an action or a title in a sentence
ActionEvent = PriorityAction.pgh_event_model


def register_kinds():
    """Have the planning tool's events told with those of the other rooms."""
    register(ASSESSMENTS, DOMAINS, WAITING_TEXTS, EVIDENCE, ACTIONS, TIES)


def day(value):
    """“30 July 2018”; nothing for a day that is not known any more."""
    return f"{value:%-d %B %Y}" if value else ""


def quoted_start(text):
    """The beginning of somebody's words, in quotes."""
    line = " ".join((text or "").split())
    return f"“{line if len(line) < WORDS else line[: WORDS - 1] + '…'}”"


def back_or(row, words):
    """“brought back” for what came from an earlier version, else ``words``."""
    return "brought back" if row.restored_from else words


# --- Assessments ------------------------------------------------------------------------------

ASSESSMENT_LABELS = {
    "assessed_on": "the date",
    "note": "the words at the head",
    "framework": "the tool",
    "status": "the status",
    "version": "the version",
    "previous_version": "the version before",
    "reopening_reason": "the reason for reopening",
    "agreed_name": "who agreed it",
    "agreed_role": "their role",
    "agreed_on": "the day it was agreed",
    "agreed_area": "the area’s name",
    "agreed_partnership": "the partnership’s name",
    "agreed_recorded_by": "who recorded the agreement",
    "agreed_recorded_at": "when the agreement was recorded",
    "created_by": "who started it",
    "created_at": "when it was started",
}


def _assessments(partnership):
    return Assessment.objects.filter(partnership=partnership).values("pk")


def _assessment_facts(events):
    return events.annotate(
        there=one_of(Assessment.objects.filter(pk=OuterRef("pgh_obj_id")), "pk")
    ).values("pgh_id", "assessed_on", "status", "version", "there")


def _describe_assessment(row, facts):
    link = reverse("assessment_history", args=[facts["there"]]) if facts["there"] else ""
    return Sentence(_deed_on_assessment(row, facts), link)


def _deed_on_assessment(row, facts):
    when, version = day(facts["assessed_on"]), facts["version"]
    if row.label == ADDED:
        if version > 1:
            return f"reopened the sheet of {when} as version {version}"
        return f"started the assessment of {when}"
    if row.label == REMOVED:
        return f"removed the assessment of {when}"
    if "status" in row.fields:
        words = {
            Status.AGREED: f"recorded that the sheet of {when} was agreed",
            Status.SUPERSEDED: f"superseded version {version} of the sheet of {when}",
            Status.ILLUSTRATIVE: f"made the assessment of {when} an illustration",
            Status.DRAFT: f"made the assessment of {when} a draft",
        }
        return words[Status(facts["status"])]
    return changed(row, ASSESSMENT_LABELS, f"the assessment of {when}")


ASSESSMENTS = Kind(
    key="assessments",
    label="Assessments",
    events=Assessment.pgh_event_model,
    within="partnership",
    own=lambda partnership: [partnership.pk],
    labels=ASSESSMENT_LABELS,
    facts=_assessment_facts,
    describe=_describe_assessment,
)

# --- Domains ----------------------------------------------------------------------------------

ENTRY_LABELS = {
    "level": "the progress level",
    "not_applicable": "whether it is applicable",
    "not_applicable_reason": "the reason why it is not applicable",
    "target": "the target level",
    "evidence": "the evidence",
    "gaps": "the gaps",
    "reason": "the reason for the level",
    "dissent": "what was seen differently",
    "responsible": "who is responsible",
    "domain": "the domain",
}


def _entries(partnership):
    return Entry.objects.filter(assessment__partnership=partnership).values("pk")


def _of_entry(path):
    """What a sentence says of an entry: annotations by the path to its number."""
    entries = Entry.objects.filter(pk=OuterRef(path)).order_by()
    return {
        "sheet": one_of(entries, "assessment_id"),
        "sheet_day": one_of(entries, "assessment__assessed_on"),
        "number": one_of(entries, "domain__number"),
        "domain_name": one_of(entries, "domain__name"),
    }


OF_ENTRY = ("pgh_id", "sheet", "sheet_day", "number", "domain_name")


def _domain_of(facts):
    return f"{facts['number']}. {facts['domain_name']}"


def _on(facts):
    return f" ({day(facts['sheet_day'])})" if facts["sheet_day"] else ""


def _entry_link(facts):
    if facts["sheet"] is None:
        return ""
    return reverse("entry_history", args=[facts["sheet"], facts["number"]])


def _entry_facts(events):
    return events.annotate(**_of_entry("pgh_obj_id")).values(*OF_ENTRY)


def _describe_entry(row, facts):
    domain = _domain_of(facts)
    if row.label == REMOVED:
        return Sentence(f"removed {domain}{_on(facts)}")
    words = changed(row, ENTRY_LABELS, domain)
    if row.restored_from:
        words = words.replace("changed", "brought back", 1)
    return Sentence(f"{words}{_on(facts)}", _entry_link(facts))


DOMAINS = Kind(
    key="domains",
    label="Domains",
    events=Entry.pgh_event_model,
    within="assessment",
    own=_assessments,
    labels=ENTRY_LABELS,
    # Starting or reopening an assessment makes them all, and is told already.
    left_out=(ADDED,),
    facts=_entry_facts,
    describe=_describe_entry,
)


def _waiting_facts(events):
    return events.annotate(**_of_entry("entry_id")).values(*OF_ENTRY, "part")


def _describe_waiting(row, facts):
    words = "settled the two texts for" if row.label == REMOVED else "wrote a second text for"
    part = f"“{_part_label(facts['part'])}”"
    return Sentence(f"{words} {part} of {_domain_of(facts)}{_on(facts)}", _entry_link(facts))


def _part_label(part):
    try:
        return PartName.parse(part).label
    except ValueError:
        return part


WAITING_TEXTS = Kind(
    key="domains",
    label="Domains",
    events=UnsettledText.pgh_event_model,
    within="entry",
    own=_entries,
    labels={"part": "the box", "text": "the text", "author": "who wrote", "page": "the page",
            "written_at": "when"},
    facts=_waiting_facts,
    describe=_describe_waiting,
)  # fmt: skip

# --- Evidence that lies elsewhere ---------------------------------------------------------------

REFERENCE_LABELS = {
    "title": "the title",
    "location": "the place",
    "shows": "what it shows",
    "key": "the key",
}


def _reference_facts(events):
    return events.annotate(**_of_entry("entry_id"), words=Left("title", WORDS + 1)).values(
        *OF_ENTRY, "words"
    )


def _describe_reference(row, facts):
    evidence, domain = f"the evidence {quoted_start(facts['words'])}", _domain_of(facts)
    words = {
        ADDED: f"{back_or(row, 'added')} {evidence} to {domain}",
        REMOVED: f"removed {evidence} from {domain}",
    }
    done = words.get(row.label) or changed(row, REFERENCE_LABELS, f"{evidence} of {domain}")
    return Sentence(f"{done}{_on(facts)}", _entry_link(facts))


EVIDENCE = Kind(
    key="evidence",
    label="Evidence that lies elsewhere",
    events=EvidenceReference.pgh_event_model,
    within="entry",
    own=_entries,
    labels=REFERENCE_LABELS,
    facts=_reference_facts,
    describe=_describe_reference,
)

# --- Priority actions -----------------------------------------------------------------------

ACTION_LABELS = {
    "what": "the words",
    "measure": "how we will know",
    "owner": "the owner",
    "due": "the day",
    "key": "the key",
}


def _actions_ever(partnership):
    """The numbers of all actions, those that were removed too."""
    return (
        ActionEvent.objects.filter(assessment__partnership=partnership)
        .values("pgh_obj_id")
        .distinct()
    )


def _action_facts(events):
    sheet = Assessment.objects.filter(pk=OuterRef("assessment_id"))
    return events.annotate(
        sheet=F("assessment_id"),
        sheet_day=one_of(sheet, "assessed_on"),
        words=Left("what", WORDS + 1),
    ).values("pgh_id", "sheet", "sheet_day", "words", "key")


def _action_link(facts):
    return reverse("action_history", args=[facts["sheet"], facts["key"]]) if facts["sheet"] else ""


def _describe_action(row, facts):
    action = f"the priority action {quoted_start(facts['words'])}"
    words = {ADDED: f"{back_or(row, 'added')} {action}", REMOVED: f"removed {action}"}
    done = words.get(row.label)
    if done is None:
        done = changed(row, ACTION_LABELS, action)
        done = done.replace("changed", back_or(row, "changed"), 1)
    return Sentence(f"{done}{_on(facts)}", _action_link(facts))


ACTIONS = Kind(
    key="actions",
    label="Priority actions",
    events=ActionEvent,
    within="assessment",
    own=_assessments,
    labels=ACTION_LABELS,
    facts=_action_facts,
    describe=_describe_action,
)


def _tie_facts(events):
    action = ActionEvent.objects.filter(pgh_obj_id=OuterRef("priorityaction_id"))
    latest = action.order_by("-pgh_id")
    domain = Domain.objects.filter(pk=OuterRef("domain_id")).order_by()
    return events.annotate(
        sheet=one_of(latest, "assessment_id"),
        sheet_day=one_of(latest, "assessment__assessed_on"),
        words=one_of(latest, "what"),
        key=one_of(latest, "key"),
        number=one_of(domain, "number"),
        domain_name=one_of(domain, "name"),
    ).values("pgh_id", "sheet", "sheet_day", "words", "key", "number", "domain_name")


def _describe_tie(row, facts):
    action, domain = f"the priority action {quoted_start(facts['words'])}", _domain_of(facts)
    done = f"took {action} off {domain}" if row.label == REMOVED else f"put {action} under {domain}"
    return Sentence(f"{done}{_on(facts)}", _action_link(facts))


TIES = Kind(
    key="actions",
    label="Priority actions",
    events=DomainOfAction.pgh_event_model,
    within="priorityaction",
    own=_actions_ever,
    labels={"domain": "the domain"},
    facts=_tie_facts,
    describe=_describe_tie,
)
