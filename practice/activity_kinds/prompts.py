"""What is told of questions to a room, of their answers, and of what became of them."""

from django.db.models import F, OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import OCCASION_LABELS, door_deed, one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Occasion, Partnership
from practice.models import Prompt, PromptAnswer, YouSaid
from practice.prompting import KIND
from rpcportal.kit.quoting import quoted

OF_PROMPTS = {"key": "prompts", "label": "Questions to a room"}
A_PHONE = "Somebody in the room"


def _prompts(partnership):
    return Prompt.objects.of(partnership).values("pk")


def _link(facts):
    return reverse("prompt", args=[facts["slug"], facts["there"]]) if facts["there"] else ""


# --- Questions --------------------------------------------------------------------------------

PROMPT_LABELS = {
    "question": "the words",
    "help": "the line of help",
    "asked_on": "the day",
    "where": "the workshop or event",
    "occasion": "the code to join with",
    "request_key": "the page it was written on",
    "made_by": "who wrote it",
    "made_at": "when it was written",
}


def _prompt_facts(events):
    there = one_of(Prompt.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk")
    slug = one_of(Partnership.objects.filter(pk=OuterRef("partnership_id")), "slug")
    return events.annotate(there=there, slug=slug).values("pgh_id", "question", "slug", "there")


def _describe_prompt(row, facts):
    prompt = f"the question {quoted(facts['question'])}"
    words = {ADDED: f"wrote {prompt}", REMOVED: f"removed {prompt}"}
    done = words.get(row.label)
    if done is None and "occasion" in row.fields:
        done = f"opened {prompt} to phones"
    return Sentence(done or changed(row, PROMPT_LABELS, prompt), _link(facts))


PROMPTS = Kind(
    **OF_PROMPTS,
    events=Prompt.pgh_event_model,
    within="partnership",
    own=lambda partnership: [partnership.pk],
    labels=PROMPT_LABELS,
    facts=_prompt_facts,
    describe=_describe_prompt,
)

# --- Doors ------------------------------------------------------------------------------------


def _doors(partnership):
    return Occasion.objects.filter(partnership=partnership, kind=KIND).values("pk")


def _door_facts(events):
    prompt = Prompt.objects.filter(occasion=OuterRef("pgh_obj_id")).order_by()
    return events.annotate(
        there=one_of(prompt, "pk"),
        question=one_of(prompt, "question"),
        slug=one_of(prompt, "partnership__slug"),
    ).values("pgh_id", "question", "slug", "there")


def _describe_door(row, facts):
    # After it was opened again, the question has another door, and its old one leads nowhere.
    prompt = f"the question {quoted(facts['question'])}" if facts["question"] else "a question"
    return Sentence(door_deed(row, prompt), _link(facts))


DOORS = Kind(
    **OF_PROMPTS,
    events=Occasion.pgh_event_model,
    within="pgh_obj",
    own=_doors,
    labels=OCCASION_LABELS,
    left_out=(ADDED,),  # that it was opened is told of the question
    facts=_door_facts,
    describe=_describe_door,
)

# --- You said, we did -------------------------------------------------------------------------

SAID_LABELS = {
    "prompt": "the question",
    "said": "what was said",
    "did": "what was done",
    "did_on": "when it was done",
    "written_by": "who wrote it",
    "written_at": "when it was written",
}
# Who and when stand beside every line already.
_TOLD = {name: label for name, label in SAID_LABELS.items() if not name.startswith("written_")}


def _of_prompt(events, *more, **values):
    prompt = Prompt.objects.filter(pk=OuterRef("prompt_id")).order_by()
    return events.annotate(
        there=one_of(prompt, "pk"),
        question=one_of(prompt, "question"),
        slug=one_of(prompt, "partnership__slug"),
        **values,
    ).values("pgh_id", "question", "slug", "there", *more, *values)


def _said_facts(events):
    return _of_prompt(events, "said")


def _describe_said(row, facts):
    said = f"“You said” {quoted(facts['said'])}"
    words = {ADDED: f"wrote {said}", REMOVED: f"removed {said}"}
    return Sentence(words.get(row.label) or changed(row, _TOLD, said), _link(facts))


SAID = Kind(
    **OF_PROMPTS,
    events=YouSaid.pgh_event_model,
    within="prompt",
    own=_prompts,
    labels=SAID_LABELS,
    facts=_said_facts,
    describe=_describe_said,
)

# --- Answers ----------------------------------------------------------------------------------
# Their words are not told: what was rude enough to be taken off the screen would stand here.

ANSWER_LABELS = {
    "prompt": "the question",
    "participant": "the phone",
    "words": "the words",
    "written_at": "when it was written",
    "hidden_at": "whether the screen shows it",
    "you_said": "the “You said” it belongs to",
}


def _answer_facts(events):
    return _of_prompt(events, is_hidden=F("hidden_at"), belongs=F("you_said"))


def _describe_answer(row, facts):
    question = quoted(facts["question"] or "a question that is gone")
    answer = f"an answer to {question}"
    who = A_PHONE if row.person is None and row.by_web else ""
    return Sentence(_deed_on_answer(row, facts, answer), _link(facts), who=who)


def _deed_on_answer(row, facts, answer):
    words = {ADDED: f"sent {answer}", REMOVED: f"removed {answer}"}
    if row.label in words:
        return words[row.label]
    if row.fields == ("hidden_at",):
        return f"hid {answer} from the screen" if facts["is_hidden"] else f"showed {answer} again"
    if row.fields == ("you_said",):
        return f"put {answer} under “You said”" if facts["belongs"] else f"set {answer} free"
    return changed(row, ANSWER_LABELS, answer)


ANSWERS = Kind(
    **OF_PROMPTS,
    events=PromptAnswer.pgh_event_model,
    within="prompt",
    own=_prompts,
    labels=ANSWER_LABELS,
    facts=_answer_facts,
    describe=_describe_answer,
)

KINDS = (PROMPTS, DOORS, SAID, ANSWERS)
