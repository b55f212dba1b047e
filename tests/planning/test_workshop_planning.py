"""Planning a workshop: once, on an open sheet, with an end of scoring beforehand that can be."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from planning import workshop_planning as verbs
from planning.models import Workshop
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db

KEY = uuid.UUID("00000000-0000-4000-8000-00000000000a")
WORDS = {
    "name": "Scoring together",
    "held_on": date(2099, 3, 2),
    "starts_at": time(9, 30),
    "place": "Town hall",
    "to_read": "- the tool",
    "prework_closes_at": None,
}


def plan(sheet, by, **words):
    return verbs.plan_workshop(assessment=sheet, by=by, request_key=KEY, **{**WORDS, **words})


def begins(**more):
    return verbs.begins_at(WORDS) + timedelta(**more)


def test_planned_twice_is_one_and_another_one_under_its_key_is_refused(area, draft):
    made = plan(draft, area.facilitator)
    assert plan(draft, area.facilitator) == made
    assert (made.name, made.starts_at, made.occasion) == ("Scoring together", time(9, 30), None)
    with pytest.raises(ValidationError, match="sent before"):
        plan(draft, area.facilitator, name="Another")
    assert Workshop.objects.count() == 1


def test_the_same_click_twice_is_one_even_when_the_first_came_in_time_and_the_second_not(
    area, draft
):
    made = plan(draft, area.facilitator, prework_closes_at=begins(days=-1))
    Workshop.objects.update(prework_closes_at=timezone.now() - timedelta(seconds=1))
    made.refresh_from_db()
    again = plan(draft, area.facilitator, prework_closes_at=made.prework_closes_at)
    assert again == made


@pytest.mark.parametrize("role", ["lead", "editor", "reader"])
def test_others_may_not_plan(area, draft, role):
    with pytest.raises(PermissionDenied, match="coordinator or facilitator can"):
        plan(draft, getattr(area, role))


def test_an_agreed_sheet_takes_no_workshop_and_the_plan_of_its_own_stays(area, draft, agreed):
    with pytest.raises(PermissionDenied, match="was agreed"):
        plan(agreed, area.coordinator)
    workshop = make_workshop(agreed, area.coordinator, is_open=False)
    with pytest.raises(PermissionDenied, match="was agreed"):
        verbs.change_workshop(workshop=workshop, by=area.coordinator, **WORDS)


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (lambda: timezone.now() - timedelta(minutes=1), "in the future"),
        (lambda: begins(minutes=1), "before the workshop begins"),
    ],
)
def test_scoring_beforehand_ends_between_now_and_the_workshop(area, draft, closes_at, said):
    with pytest.raises(ValidationError) as refused:
        plan(draft, area.coordinator, prework_closes_at=closes_at())
    assert said in refused.value.message_dict["prework_on"][0]
    assert plan(draft, area.coordinator, prework_closes_at=begins()).takes_prework


def test_a_change_is_kept_and_told_to_the_screens(area, draft):
    workshop = plan(draft, area.coordinator)
    changed = verbs.change_workshop(
        workshop=workshop, by=area.facilitator, **{**WORDS, "place": "Library"}
    )
    workshop.refresh_from_db()
    assert (changed.place, workshop.place, workshop.version) == ("Library", "Library", 1)


def test_scoring_beforehand_is_not_taken_away_from_those_who_began(area, draft):
    workshop = plan(draft, area.coordinator, prework_closes_at=begins(days=-1))
    workshop.papers.create()
    with pytest.raises(ValidationError, match="has begun to score"):
        verbs.change_workshop(workshop=workshop, by=area.coordinator, **WORDS)
    sooner = {**WORDS, "prework_closes_at": begins(days=-2)}
    verbs.change_workshop(workshop=workshop, by=area.coordinator, **sooner)
    workshop.refresh_from_db()
    assert workshop.prework_closes_at == begins(days=-2)


def test_once_it_is_counted_its_end_stays_and_the_rest_can_change(area, draft):
    past = timezone.now() - timedelta(days=1)
    workshop = plan(draft, area.coordinator)
    Workshop.objects.update(prework_closes_at=past, prework_counted_at=past)
    for closes_at in (None, begins(days=-1)):
        with pytest.raises(ValidationError, match="counted already"):
            verbs.change_workshop(
                workshop=workshop,
                by=area.coordinator,
                **{**WORDS, "prework_closes_at": closes_at},
            )
    words = {**WORDS, "prework_closes_at": past, "name": "Renamed"}
    assert verbs.change_workshop(workshop=workshop, by=area.coordinator, **words).name == "Renamed"


def test_the_plan_of_a_closed_workshop_stays(area, draft):
    workshop = make_workshop(draft, area.coordinator, closed_at=timezone.now())
    with pytest.raises(PermissionDenied, match="closed, so its plan stays"):
        verbs.change_workshop(workshop=workshop, by=area.coordinator, **WORDS)
