"""What this room tells of who did what: actions and what became of them."""

from django.db.models import F, OuterRef
from django.db.models.functions import Left
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Partnership
from planning.activity import WORDS, quoted_start
from planning.models import Domain, PriorityAction
from pledges.models import (
    Action,
    ActionStatus,
    Answer,
    Deputy,
    Milestone,
    ServedDomain,
    Update,
)

OF_PLANS = {"key": "plans", "label": "Action plans"}


def number_of(partnership):
    return [partnership.pk]


def slug_of(path):
    return one_of(Partnership.objects.filter(pk=OuterRef(path)), "slug")


# --- Actions ----------------------------------------------------------------------------------

ACTION_LABELS = {
    "organisation": "the organisation",
    "number": "the number",
    "what": "the words",
    "measure": "how we will know",
    "owner": "who sees to it",
    "owner_words": "the name of who sees to it",
    "starts_on": "the first day",
    "due_on": "the day it is due",
    "status": "the status",
    "rating": "the rating",
    "rating_reason": "the reason for the rating",
    "rated_on": "the day of the rating",
    "completed_on": "the day of completion",
    "difference": "what difference it made",
    "where_seen": "where that can be seen",
    "withdrawn_because": "the reason for withdrawing",
    "pledge": "whether it is part of the pledge",
    "priority_action": "the priority action it came from",
    "blocked_by": "the action it waits for",
    "created_by": "who wrote it",
    "created_at": "when it was written",
}
DEEDS = {
    ActionStatus.NOT_STARTED: "set {} back to not started",
    ActionStatus.IN_PROGRESS: "made {} one that is in progress",
    ActionStatus.COMPLETE: "completed {}",
    ActionStatus.WITHDRAWN: "withdrew {}",
}


def _actions(partnership):
    return Action.objects.of(partnership).values("pk")


def _of_action(path):
    """What a sentence says of an action: annotations by the path to its primary key."""
    there = Action.objects.filter(pk=OuterRef(path)).order_by()
    return {
        "action_number": one_of(there, "number"),
        "action_words": one_of(there.annotate(start=Left("what", WORDS + 1)), "start"),
        "slug": one_of(there, "partnership__slug"),
    }


OF_ACTION = ("pgh_id", "action_number", "action_words", "slug")


def _named(facts):
    if facts["action_number"] is None:
        return "an action that is gone"
    return f"action {facts['action_number']} {quoted_start(facts['action_words'])}"


def _action_link(facts):
    if facts["action_number"] is None:
        return ""
    return reverse("plan_action_history", args=[facts["slug"], facts["action_number"]])


def _action_facts(events):
    there = one_of(Action.objects.filter(pk=OuterRef("pgh_obj_id")), "pk")
    return events.annotate(
        there=there, words=Left("what", WORDS + 1), slug=slug_of("partnership_id")
    ).values("pgh_id", "number", "words", "status", "slug", "there")


def _describe_action(row, facts):
    action = f"action {facts['number']} {quoted_start(facts['words'])}"
    address = [facts["slug"], facts["number"]]
    link = reverse("plan_action_history", args=address) if facts["there"] else ""
    return Sentence(_deed_on_action(row, facts, action), link)


def _deed_on_action(row, facts, action):
    words = {ADDED: f"added {action}", REMOVED: f"removed {action}"}
    if row.label in words:
        return words[row.label]
    if "status" in row.fields:
        return DEEDS[ActionStatus(facts["status"])].format(action)
    done = changed(row, ACTION_LABELS, action)
    return done.replace("changed", "brought back", 1) if row.restored_from else done


ACTIONS = Kind(
    **OF_PLANS,
    events=Action.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=ACTION_LABELS,
    facts=_action_facts,
    describe=_describe_action,
)


# --- What belongs to an action -----------------------------------------------------------------


def _deputy_facts(events):
    return events.annotate(**_of_action("action_id"), person=F("user_id")).values(
        *OF_ACTION, "person"
    )


def _describe_deputy(row, facts):
    name, action = facts["person_name"], _named(facts)
    if row.label == REMOVED:
        words = f"took {name} off those who stand in on {action}"
    else:
        words = f"had {name} stand in on {action}"
    return Sentence(words, _action_link(facts))


DEPUTIES = Kind(
    **OF_PLANS,
    events=Deputy.pgh_event_model,
    within="action",
    own=_actions,
    labels={"user": "the person"},
    facts=_deputy_facts,
    describe=_describe_deputy,
)


def _served_facts(events):
    domain = Domain.objects.filter(pk=OuterRef("domain_id")).order_by()
    return events.annotate(
        **_of_action("action_id"),
        domain_number=one_of(domain, "number"),
        domain_name=one_of(domain, "name"),
    ).values(*OF_ACTION, "domain_number", "domain_name")


def _describe_served(row, facts):
    action, domain = _named(facts), f"{facts['domain_number']}. {facts['domain_name']}"
    words = "took {} off {}" if row.label == REMOVED else "put {} under {}"
    return Sentence(words.format(action, domain), _action_link(facts))


SERVED_DOMAINS = Kind(
    **OF_PLANS,
    events=ServedDomain.pgh_event_model,
    within="action",
    own=_actions,
    labels={"domain": "the domain"},
    facts=_served_facts,
    describe=_describe_served,
)

MILESTONE_LABELS = {
    "what": "the words",
    "due_on": "the day it is due",
    "done_on": "the day it was done",
}


def _milestone_facts(events):
    return events.annotate(**_of_action("action_id"), words=Left("what", WORDS + 1)).values(
        *OF_ACTION, "words", "done_on"
    )


def _describe_milestone(row, facts):
    step, action = f"the step {quoted_start(facts['words'])}", _named(facts)
    if row.label == ADDED:
        words = f"added {step} to {action}"
    elif row.label == REMOVED:
        words = f"removed {step} from {action}"
    elif row.fields == ("done_on",):
        done = "done" if facts["done_on"] else "not done after all"
        words = f"said that {step} of {action} is {done}"
    else:
        words = changed(row, MILESTONE_LABELS, f"{step} of {action}")
    return Sentence(words, _action_link(facts))


MILESTONES = Kind(
    **OF_PLANS,
    events=Milestone.pgh_event_model,
    within="action",
    own=_actions,
    labels=MILESTONE_LABELS,
    facts=_milestone_facts,
    describe=_describe_milestone,
)


def _update_facts(events):
    return events.annotate(
        **_of_action("action_id"), person=F("written_by_id"), words=Left("text", WORDS + 1)
    ).values(*OF_ACTION, "person", "words")


def _describe_update(row, facts):
    done = "removed an update on" if row.label == REMOVED else "told of"
    words = f": {quoted_start(facts['words'])}" if facts["words"] else ""
    return Sentence(f"{done} {_named(facts)}{words}", _action_link(facts), who=_writer(row, facts))


def _writer(row, facts):
    """Whoever came by a link in an e-mail was not signed in; what they left names them."""
    return facts["person_name"] if row.person is None and row.by_web else ""


UPDATES = Kind(
    **OF_PLANS,
    events=Update.pgh_event_model,
    within="action",
    own=_actions,
    # An update is never written anew: its words are here for the day when one could be.
    labels={
        "request_key": "the page",
        "text": "the words",
        "status_before": "the status before",
        "status_after": "the status after",
        "rating_before": "the rating before",
        "rating_after": "the rating after",
        "due_before": "the day before",
        "due_after": "the day after",
        "due_reason": "why the day was moved",
        "written_by": "who wrote",
        "written_at": "when",
    },
    facts=_update_facts,
    describe=_describe_update,
)


def _answer_facts(events):
    priority_action = PriorityAction.objects.filter(pk=OuterRef("priority_action_id"))
    start = priority_action.annotate(start=Left("what", WORDS + 1)).order_by()
    return events.annotate(words=one_of(start, "start"), slug=slug_of("partnership_id")).values(
        "pgh_id", "words", "slug"
    )


def _describe_answer(row, facts):
    priority_action = f"the priority action {quoted_start(facts['words'])}"
    if row.label == ADDED:
        words = f"answered that nobody takes on {priority_action}"
    else:
        done = "took back" if row.label == REMOVED else "changed"
        words = f"{done} the answer to {priority_action}"
    return Sentence(words, reverse("priority_actions", args=[facts["slug"]]))


ANSWERS = Kind(
    **OF_PLANS,
    events=Answer.pgh_event_model,
    within="partnership",
    own=number_of,
    labels={
        "priority_action": "the priority action",
        "because": "the reason",
        "answered_by": "who answered",
        "answered_at": "when",
    },
    facts=_answer_facts,
    describe=_describe_answer,
)
