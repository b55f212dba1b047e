"""What is told of a workshop's plan, agenda and who is invited, and of its door."""

from django.db.models import F, OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import OCCASION_LABELS, door_deed, one_of
from partnerships.events import ADDED, NOTICED, REMOVED
from partnerships.models import Occasion, Organisation
from planning.balloting import KIND
from planning.models import AgendaItem, Assessment, Entry, Invitee, Stage, Workshop
from rpcportal.kit.quoting import quoted

OF_WORKSHOPS = {"key": "workshops", "label": "Workshops"}


def workshops_in(partnership):
    """The numbers of a partnership's workshops, for what belongs to one."""
    return Workshop.objects.of(partnership).order_by().values("pk")


def of_workshop(events, *more, **values):
    """Events of what belongs to a workshop, with its name and where its page is.

    ``more``, ``values``: what else a sentence needs, as ``values()`` takes it.
    """
    workshop = Workshop.objects.filter(pk=OuterRef("workshop_id")).order_by()
    return events.annotate(
        there=one_of(workshop, "pk"),
        called=one_of(workshop, "name"),
        sheet=one_of(workshop, "assessment_id"),
        **values,
    ).values("pgh_id", "called", "sheet", "there", *more, *values)


def link_to_workshop(facts, page="workshop"):
    """The address of its page; nothing where it is gone."""
    return reverse(page, args=[facts["sheet"], facts["there"]]) if facts["there"] else ""


def called(facts):
    """“the workshop “Scoring together””, or “a workshop” where it is gone."""
    return f"the workshop {quoted(facts['called'])}" if facts["called"] else "a workshop"


def domain_of(path="entry_id"):
    """A subquery for the name of the domain that an event is about."""
    return one_of(Entry.objects.filter(pk=OuterRef(path)).order_by(), "domain__name")


# --- Workshops --------------------------------------------------------------------------------

WORKSHOP_LABELS = {
    "name": "the name",
    "held_on": "the day",
    "starts_at": "the time",
    "place": "the place",
    "to_read": "what to read before",
    "prework_closes_at": "when scoring beforehand ends",
    "prework_counted_at": "when scoring beforehand was counted",
    "occasion": "the code to join with",
    "stage": "what the room is at",
    "entry": "the domain that the room is at",
    "timer_ends_at": "the timer",
    "what_next": "what happens next",
    "closed_at": "when it was closed",
    "closed_by": "who closed it",
    "created_by": "who planned it",
    "created_at": "when it was planned",
}


def _sheets(partnership):
    return Assessment.objects.filter(partnership=partnership).order_by().values("pk")


def _workshop_facts(events):
    there = one_of(Workshop.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk")
    return events.annotate(
        there=there,
        called=F("name"),
        sheet=F("assessment_id"),
        domain=domain_of(),
        at=F("stage"),
        is_closed=F("closed_at"),
    ).values("pgh_id", "called", "sheet", "there", "domain", "at", "is_closed")


def _describe_workshop(row, facts):
    return Sentence(_deed_on_workshop(row, facts, called(facts)), link_to_workshop(facts))


def _deed_on_workshop(row, facts, workshop):
    words = {ADDED: f"planned {workshop}", REMOVED: f"removed {workshop}"}
    if row.label in words:
        return words[row.label]
    if "occasion" in row.fields:
        return f"opened {workshop} to phones"
    if "closed_at" in row.fields:
        return f"closed {workshop}" if facts["is_closed"] else f"took up {workshop} again"
    if set(row.fields) <= {"stage", "entry", "timer_ends_at"}:
        return _deed_in_room(row, facts, workshop)
    return changed(row, WORKSHOP_LABELS, workshop)


def _deed_in_room(row, facts, workshop):
    """What the room was brought to."""
    if row.fields == ("timer_ends_at",):
        return f"set the timer of {workshop}"
    at = facts["domain"] if facts["at"] == Stage.DOMAIN else Stage(facts["at"]).label.lower()
    return f"brought {workshop} to {at or 'another domain'}"


WORKSHOPS = Kind(
    **OF_WORKSHOPS,
    events=Workshop.pgh_event_model,
    within="assessment",
    own=_sheets,
    labels=WORKSHOP_LABELS,
    facts=_workshop_facts,
    describe=_describe_workshop,
)

# --- Doors ------------------------------------------------------------------------------------


def _doors(partnership):
    return Occasion.objects.filter(partnership=partnership, kind=KIND).values("pk")


def _door_facts(events):
    workshop = Workshop.objects.filter(occasion=OuterRef("pgh_obj_id")).order_by()
    return events.annotate(
        there=one_of(workshop, "pk"),
        called=one_of(workshop, "name"),
        sheet=one_of(workshop, "assessment_id"),
    ).values("pgh_id", "called", "sheet", "there")


def _describe_door(row, facts):
    # After it was opened anew, the workshop has another door, and its old one leads nowhere.
    return Sentence(door_deed(row, called(facts)), link_to_workshop(facts))


DOORS = Kind(
    **OF_WORKSHOPS,
    events=Occasion.pgh_event_model,
    within="pgh_obj",
    own=_doors,
    labels=OCCASION_LABELS,
    left_out=(ADDED,),  # that it was opened is told of the workshop
    facts=_door_facts,
    describe=_describe_door,
)

# --- The agenda -------------------------------------------------------------------------------

AGENDA_LABELS = {
    "position": "the position",
    "title": "the words",
    "entry": "the domain",
    "minutes": "the minutes",
}


def _agenda_facts(events):
    return of_workshop(events, "title", domain=domain_of())


def _describe_agenda(row, facts):
    line = quoted(facts["title"] or facts["domain"] or "a domain")
    agenda = f"the agenda of {called(facts)}"
    words = {ADDED: f"put {line} on {agenda}", REMOVED: f"took {line} off {agenda}"}
    done = words.get(row.label)
    if done is None and row.fields == ("position",):
        done = f"moved {line} on {agenda}"
    return Sentence(
        done or changed(row, AGENDA_LABELS, f"{line} on {agenda}"), link_to_workshop(facts)
    )


AGENDA = Kind(
    **OF_WORKSHOPS,
    events=AgendaItem.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=AGENDA_LABELS,
    facts=_agenda_facts,
    describe=_describe_agenda,
)

# --- Who is invited ---------------------------------------------------------------------------
# Names and addresses of people without an account are not told: the history does not keep them.

INVITEE_LABELS = {
    "organisation": "the organisation",
    "organisation_words": "the organisation’s name",
    "invited_at": "when the link was sent",
}


def _invitee_facts(events):
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    return of_workshop(events, listed=one_of(organisation, "name"), written=F("organisation_words"))


def _describe_invitee(row, facts):
    who, workshop = facts["listed"] or facts["written"] or "an organisation", called(facts)
    words = {
        ADDED: f"put {who} on the list of those invited to {workshop}",
        REMOVED: f"took {who} off the list of those invited to {workshop}",
        NOTICED: f"changed whom of {who} to invite to {workshop}",
    }
    done = words.get(row.label)
    if done is None and row.fields == ("invited_at",):
        done = f"sent the link for scoring before {workshop} to {who}"
    about = f"the invitation of {who} to {workshop}"
    return Sentence(done or changed(row, INVITEE_LABELS, about), link_to_workshop(facts))


INVITEES = Kind(
    **OF_WORKSHOPS,
    events=Invitee.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=INVITEE_LABELS,
    facts=_invitee_facts,
    describe=_describe_invitee,
)

KINDS = (WORKSHOPS, DOORS, AGENDA, INVITEES)
