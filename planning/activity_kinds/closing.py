"""What is told of dots, and who came."""

from django.db.models import F, OuterRef

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Organisation, Sector
from planning.activity_kinds.workshops import (
    OF_WORKSHOPS,
    called,
    link_to_workshop,
    of_workshop,
    workshops_in,
)
from planning.models import BallotState, DotRound, DotsAbout, WorkshopAttendance

# --- Dots -------------------------------------------------------------------------------------

DOTS_LABELS = {
    "about": "what is ranked",
    "dots": "how many dots everybody has",
    "state": "whether they are open",
    "opened_by": "who opened them",
    "opened_at": "when they were opened",
    "closed_by": "who closed them",
    "closed_at": "when they were closed",
    "voters": "how many placed dots",
    "present": "how many phones were in",
}
CLOSED = {
    BallotState.REVEALED: "counted the dots on {about} at {workshop}",
    BallotState.CALLED_OFF: "called off the dots on {about} at {workshop}",
}


def _dots_facts(events):
    return of_workshop(events, "about", stands=F("state"))


def _describe_dots(row, facts):
    about, workshop = DotsAbout(facts["about"]).label.lower(), called(facts)
    words = {
        ADDED: "opened dots on {about} at {workshop}",
        REMOVED: "removed the dots on {about} at {workshop}",
    }
    sentence = words.get(row.label)
    if sentence is None and "state" in row.fields:
        sentence = CLOSED.get(facts["stands"])
    if sentence is None:
        done = changed(row, DOTS_LABELS, f"the dots on {about} at {workshop}")
    else:
        done = sentence.format(about=about, workshop=workshop)
    return Sentence(done, link_to_workshop(facts, "workshop_dots"))


DOTS = Kind(
    **OF_WORKSHOPS,
    events=DotRound.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=DOTS_LABELS,
    facts=_dots_facts,
    describe=_describe_dots,
)

# --- Who came ---------------------------------------------------------------------------------

ATTENDANCE_LABELS = {
    "organisation": "the organisation",
    "organisation_words": "the organisation’s name",
    "sector": "the sector",
    "people": "how many",
}


def _attendance_facts(events):
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    return of_workshop(
        events,
        "people",
        listed=one_of(organisation, "name"),
        written=F("organisation_words"),
        of_sector=F("sector"),
    )


def _describe_attendance(row, facts):
    sector = dict(Sector.choices).get(facts["of_sector"], "")
    who = facts["listed"] or facts["written"] or sector or "people who did not say for whom"
    workshop = called(facts)
    words = {
        ADDED: f"wrote down that {facts['people']} came to {workshop} for {who}",
        REMOVED: f"took {who} off those who came to {workshop}",
    }
    done = words.get(row.label)
    if done is None and row.fields == ("people",):
        done = f"wrote down that {facts['people']} came to {workshop} for {who}"
    about = f"who came to {workshop} for {who}"
    return Sentence(done or changed(row, ATTENDANCE_LABELS, about), link_to_workshop(facts))


ATTENDANCE = Kind(
    **OF_WORKSHOPS,
    events=WorkshopAttendance.pgh_event_model,
    within="workshop",
    own=workshops_in,
    labels=ATTENDANCE_LABELS,
    facts=_attendance_facts,
    describe=_describe_attendance,
)

KINDS = (DOTS, ATTENDANCE)
