"""What is told of links between standards and what serves them, and of the training map."""

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.http import urlencode

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Partnership
from planning.activity import quoted_start
from pledges.models import Action, Course, Pledge
from practice.models import CourseNeed, Standard, StandardServed, StandardVersion

SERVED_LABELS = {
    "action": "the action",
    "pledge": "the pledge",
    "linked_by": "who linked it",
    "linked_at": "when it was linked",
}


def _standards(partnership):
    return Standard.objects.own(partnership).values("pk")


def _served_facts(events):
    action = Action.objects.filter(pk=OuterRef("action_id")).order_by()
    pledge = Pledge.objects.filter(pk=OuterRef("pledge_id")).order_by()
    words = StandardVersion.objects.filter(standard=OuterRef("standard_id")).order_by("-number")
    there = Standard.objects.filter(pk=OuterRef("standard_id")).order_by()
    return events.annotate(
        statement=one_of(words, "statement"),
        there=one_of(there, "pk"),
        slug=one_of(there, "partnership__slug"),
        number=one_of(action, "number"),
        organisation=one_of(pledge, "organisation__name"),
    ).values("pgh_id", "statement", "there", "slug", "number", "organisation", "action_id")


def _describe_served(row, facts):
    standard = "a standard that is gone"
    if facts["statement"]:
        standard = f"the standard {quoted_start(facts['statement'])}"
    if facts["action_id"]:
        thing = f"action {facts['number']}" if facts["number"] else "an action that is gone"
    else:
        named = facts["organisation"]
        thing = f"the pledge of {named}" if named else "a pledge that is gone"
    words = f"linked {thing} to {standard}"
    if row.label == REMOVED:
        words = f"removed the link of {thing} to {standard}"
    link = reverse("standard", args=[facts["slug"], facts["there"]]) if facts["there"] else ""
    return Sentence(words, link)


SERVED = Kind(
    key="serving",
    label="What serves standards",
    events=StandardServed.pgh_event_model,
    within="standard",
    own=_standards,
    labels=SERVED_LABELS,
    facts=_served_facts,
    describe=_describe_served,
)

NEED_LABELS = {
    "role": "the role",
    "course": "the course",
    "need": "how much it is needed",
    "again_after_months": "after how many months again",
    "people": "how many work in the role",
}


def _need_facts(events):
    course = Course.objects.filter(pk=OuterRef("course_id")).order_by()
    partnership = Partnership.objects.filter(pk=OuterRef("partnership_id"))
    return events.annotate(
        course_name=one_of(course, "name"), slug=one_of(partnership, "slug")
    ).values("pgh_id", "role", "course_name", "slug")


def _describe_need(row, facts):
    course = quoted_start(facts["course_name"]) if facts["course_name"] else "a course"
    thing = f"that the role {quoted_start(facts['role'])} needs {course}"
    words = {
        ADDED: f"put on the training map {thing}",
        REMOVED: f"took off the training map {thing}",
    }
    need = f"what the role {quoted_start(facts['role'])} needs of {course}"
    page = reverse("training_map", args=[facts["slug"]])
    link = f"{page}?{urlencode({'role': facts['role']})}"
    return Sentence(words.get(row.label) or changed(row, NEED_LABELS, need), link)


NEEDS = Kind(
    key="training_map",
    label="Training map",
    events=CourseNeed.pgh_event_model,
    within="partnership",
    own=lambda partnership: [partnership.pk],
    labels=NEED_LABELS,
    facts=_need_facts,
    describe=_describe_need,
)
KINDS = [SERVED, NEEDS]
