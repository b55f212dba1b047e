"""What is told of commitments, and of question sets; of reflections nothing is told to anybody."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Organisation, Partnership
from practice.models import Commitment, Question, QuestionSet, StandardVersion
from rpcportal.kit.quoting import quoted

GONE = "a standard that is gone"


def _slug(path):
    return one_of(Partnership.objects.filter(pk=OuterRef(path)), "slug")


def _own(partnership):
    return [partnership.pk]


# --- Commitments ------------------------------------------------------------------------------

COMMITMENT_LABELS = {
    "version": "the version of the standard",
    "user": "who committed",
    "organisation": "the organisation",
    "made_at": "when it was made",
}


def _commitment_facts(events):
    version = StandardVersion.objects.filter(pk=OuterRef("version_id")).order_by()
    return events.annotate(
        statement=one_of(version, "statement"),
        number=one_of(version, "number"),
        standard=one_of(version, "standard_id"),
        whose=one_of(Organisation.objects.filter(pk=OuterRef("organisation_id")), "name"),
        slug=_slug("partnership_id"),
    ).values("pgh_id", "statement", "number", "standard", "whose", "slug", "organisation_id")


def _describe_commitment(row, facts):
    known = facts["statement"] is not None
    what = f"{quoted(facts['statement'])} (version {facts['number']})" if known else GONE
    link = reverse("standard", args=[facts["slug"], facts["standard"]]) if known else ""
    whose = f" for {facts['whose'] or 'an organisation'}" if facts["organisation_id"] else ""
    words = {
        ADDED: f"committed to {what}{whose}",
        REMOVED: f"removed the commitment to {what}{whose}",
    }
    done = words.get(row.label) or changed(row, COMMITMENT_LABELS, f"the commitment to {what}")
    return Sentence(done, link)


COMMITMENTS = Kind(
    key="commitments",
    label="Commitments to standards",
    events=Commitment.pgh_event_model,
    within="partnership",
    own=_own,
    labels=COMMITMENT_LABELS,
    facts=_commitment_facts,
    describe=_describe_commitment,
)

# --- Question sets ----------------------------------------------------------------------------

OF_SETS = {"key": "question sets", "label": "Questions to reflect on"}
SET_LABELS = {
    "key": "its key",
    "name": "the name",
    "about": "what it is for",
    "retired_on": "whether it is offered",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}
SET_TOLD = {name: words for name, words in SET_LABELS.items() if not name.startswith("written_")}


def _set_facts(events):
    return events.annotate(
        slug=_slug("partnership_id"),
        there=one_of(QuestionSet.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk"),
    ).values("pgh_id", "name", "slug", "there", "retired_on")


def _set_link(facts):
    return reverse("question_set", args=[facts["slug"], facts["there"]]) if facts["there"] else ""


def _describe_set(row, facts):
    what = f"the questions {quoted(facts['name'])}"
    words = {ADDED: f"wrote {what}", REMOVED: f"removed {what}"}
    done = words.get(row.label)
    if done is None and row.fields == ("retired_on",):
        done = f"retired {what}" if facts["retired_on"] else f"offered {what} again"
    return Sentence(done or changed(row, SET_TOLD, what), _set_link(facts))


SETS = Kind(
    **OF_SETS,
    events=QuestionSet.pgh_event_model,
    within="partnership",
    own=_own,
    labels=SET_LABELS,
    facts=_set_facts,
    describe=_describe_set,
)

# --- Questions --------------------------------------------------------------------------------

QUESTION_LABELS = {
    "position": "its place",
    "words": "the words",
    "kind": "how it is answered",
    "help": "the help",
}


def _sets(partnership):
    return QuestionSet.objects.own(partnership).values("pk")


def _question_facts(events):
    found = QuestionSet.objects.filter(pk=OuterRef("set_id")).order_by()
    return events.annotate(
        name=one_of(found, "name"),
        there=one_of(found, "pk"),
        slug=one_of(found, "partnership__slug"),
    ).values("pgh_id", "words", "name", "slug", "there")


def _describe_question(row, facts):
    whose = f"in {quoted(facts['name'])}" if facts["name"] else "in questions that are gone"
    what = f"the question {quoted(facts['words'])} {whose}"
    words = {ADDED: f"wrote {what}", REMOVED: f"removed {what}"}
    return Sentence(words.get(row.label) or changed(row, QUESTION_LABELS, what), _set_link(facts))


QUESTIONS = Kind(
    **OF_SETS,
    events=Question.pgh_event_model,
    within="set",
    own=_sets,
    labels=QUESTION_LABELS,
    facts=_question_facts,
    describe=_describe_question,
)

KINDS = (COMMITMENTS, SETS, QUESTIONS)
