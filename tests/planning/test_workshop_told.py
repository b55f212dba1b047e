"""What the activity tells of planning a workshop."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnerships.activity import Asked, page_of
from planning import inviting, workshop_planning
from planning.agenda import Line, save_agenda
from planning.models import Invitee, Workshop
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Scoring",
    "held_on": date(2099, 3, 2),
    "starts_at": None,
    "place": "",
    "to_read": "",
    "prework_closes_at": None,
}


def told(partnership, kind="workshops"):
    lines, _ = page_of(partnership, Asked(kind=kind))
    return sorted(line.words for line in lines)  # all of one transaction are of one moment


def test_plan_agenda_and_invitations_are_told(area, draft):
    boss = area.coordinator
    workshop = workshop_planning.plan_workshop(
        assessment=draft, by=boss, request_key=uuid.uuid4(), **WORDS
    )
    workshop_planning.change_workshop(workshop=workshop, by=boss, **{**WORDS, "place": "Hall"})
    entry = entry_of(draft, 1)
    for lines in ([Line(5, "Welcome"), Line(9, entry=entry)], [Line(9, entry=entry)]):
        save_agenda(workshop=workshop, lines=lines, by=boss)
    words = {"organisation": None, "organisation_words": "Café", "name": "Ada", "email": "a@b.uk"}
    row = inviting.add_invitee(workshop=workshop, by=boss, **words)
    inviting.change_invitee(invitee=row, by=boss, **{**words, "name": "Bee"})
    Invitee.objects.update(invited_at=timezone.now())
    inviting.remove_invitee(invitee=row, by=boss)
    assert told(area.partnership) == [
        "changed the place of the workshop “Scoring”",
        "changed whom of Café to invite to the workshop “Scoring”",
        "moved “Purpose” on the agenda of the workshop “Scoring”",
        "planned the workshop “Scoring”",
        "put Café on the list of those invited to the workshop “Scoring”",
        "put “Purpose” on the agenda of the workshop “Scoring”",
        "put “Welcome” on the agenda of the workshop “Scoring”",
        "sent the link for scoring before the workshop “Scoring” to Café",
        "took Café off the list of those invited to the workshop “Scoring”",
        "took “Welcome” off the agenda of the workshop “Scoring”",
    ]
    assert "a@b.uk" not in str(Invitee.pgh_event_model.objects.values())


def test_the_door_and_what_the_room_was_brought_to_are_told(area, draft):
    workshop = make_workshop(draft, area.coordinator, name="Scoring")
    workshop.occasion.closes_at += timedelta(hours=1)
    workshop.occasion.save()
    for values in (
        {"stage": "domain", "entry": entry_of(draft, 1)},
        {"stage": "dots"},
        {"timer_ends_at": timezone.now()},
        {"closed_at": timezone.now()},
        {"closed_at": None},
    ):
        Workshop.objects.filter(pk=workshop.pk).update(**values)
    assert told(area.partnership) == [
        "brought the workshop “Scoring” to Purpose",
        "brought the workshop “Scoring” to dots",
        "closed the workshop “Scoring”",
        "kept the workshop “Scoring” open longer",
        "planned the workshop “Scoring”",
        "set the timer of the workshop “Scoring”",
        "took up the workshop “Scoring” again",
    ]
    assert told(area.partnership, "launches") == []
