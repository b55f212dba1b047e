"""The training map: who needs which course, and how many were trained."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from practice.course_needs import add_need, change_need, remove_need
from practice.indexing import refresh
from practice.models import CourseNeed
from practice.training_map import course_row, course_rows, role_rows, roles_of_measures
from tests.factories.outreach import make_course, make_session
from tests.factories.people import make_area
from tests.factories.practice import (
    make_part,
    make_practice_model,
    make_standard,
    make_standard_measure,
)
from tests.factories.serving import make_need
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
REQUIRED = {"need": "required", "again_after_months": None, "people": None}


@pytest.fixture
def course(area):
    return make_course(area.partnership, "Noticing conflict")


def add(area, course, role="team manager", **words):
    return add_need(
        partnership=area.partnership,
        by=area.coordinator,
        role=role,
        course=course,
        **{**REQUIRED, **words},
    )


def needs():
    return list(CourseNeed.objects.values_list("role", "need", "again_after_months", "people"))


# --- Verbs ----------------------------------------------------------------------------------


def test_the_very_same_twice_is_one_and_another_is_a_sentence(area, course):
    first = add(area, course, people=12)
    assert add(area, course, people=12) == add(area, course, "Team Manager") == first
    for other in ({"need": "recommended"}, {"again_after_months": 12}, {"people": 9}):
        with pytest.raises(ValidationError, match="needs “Noticing conflict” already"):
            add(area, course, **other)
    assert needs() == [("team manager", "required", None, 12)]


def test_a_role_has_one_number_of_people_and_one_spelling(area, course):
    add(area, course, "Team manager", people=12)
    other = make_course(area.partnership, "Restorative conversations")
    second = add(area, other, "team manager")
    assert (second.role, second.people) == ("Team manager", 12)
    words = {"again_after_months": 6, "people": 14}
    change_need(need=second, by=area.facilitator, how_much="recommended", **words)
    assert needs() == [
        ("Team manager", "required", None, 14),
        ("Team manager", "recommended", 6, 14),
    ]


def test_only_who_decides_what_is_measured_writes_it(area, course):
    need = make_need(course)
    for user in (area.lead, area.partner, area.reader):
        with pytest.raises(PermissionDenied):
            add_need(partnership=area.partnership, by=user, role="x", course=course, **REQUIRED)
        with pytest.raises(PermissionDenied):
            remove_need(need=need, by=user)
    for _ in range(2):
        remove_need(need=need, by=area.facilitator)
    assert needs() == []


def test_the_database_refuses_a_course_of_another_partnership(area):
    theirs = make_course(make_area("bury", "Bury", "Bury").partnership)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseNeed.objects.create(partnership=area.partnership, course=theirs, role="x")


@pytest.mark.django_db(transaction=True)
def test_the_same_at_the_same_moment_is_one(area, course):
    made = at_once(*[partial(add, area, course, people=3)] * 4)
    assert len({each.pk for each in made}) == 1
    assert needs() == [("team manager", "required", None, 3)]


@pytest.mark.django_db(transaction=True)
def test_two_courses_of_one_role_at_the_same_moment_agree_on_its_people(area, course):
    other = make_course(area.partnership, "Restorative conversations")
    at_once(partial(add, area, course, people=3), partial(add, area, other, people=5))
    assert len({people for *_, people in needs()}) == 1


# --- The map --------------------------------------------------------------------------------


def test_roles_come_from_measures_in_force_and_from_needs(area, course):
    starter = make_part(make_practice_model())
    make_standard(starter)
    assert roles_of_measures(area.partnership, TODAY) == ["allocated practitioner", "team manager"]

    pillar = make_part(make_practice_model(area.partnership))
    draft = make_standard(pillar, draft=True, measures=0)
    make_standard_measure(draft.versions.get(), roles=["somebody later"])
    assert roles_of_measures(area.partnership, TODAY) == ["allocated practitioner", "team manager"]
    own = make_standard(pillar, position=2, measures=0, draft=True).versions.get()
    make_standard_measure(own, roles=["Health visitor"])
    own.state, own.effective_on, own.approved_on = "approved", TODAY, TODAY
    own.approved_name = "Ruth Ellis"
    own.save()
    refresh(own.standard)
    make_need(course, "health visitor")
    make_need(course, "Caretaker")
    rows = role_rows(area.partnership, TODAY)
    assert [(each.role, len(each.required)) for each in rows] == [
        *(("Caretaker", 1), ("Health visitor", 1)),
    ]


def test_trained_are_those_within_the_time_altogether(area, course):
    make_session(course, (None, "health", 5), (None, "police", 2), held_on=date(2026, 10, 1))
    make_session(course, (None, "health", 10), held_on=date(2025, 11, 23))
    make_session(course, (None, "health", 100), held_on=date(2025, 11, 22))
    make_session(course, (None, "health", 1000), held_on=date(2024, 11, 23))
    make_session(course, (None, "health", 9000), held_on=date(2026, 11, 23))  # to come
    make_need(course, "a")
    make_need(course, "b", again_after_months=24, people=7)
    make_need(course, "c", again_after_months=1, need="recommended", people=90)
    rows = role_rows(area.partnership, TODAY)
    cells = [cell for row in rows for cell in row.cells]
    assert [(each.months, each.trained) for each in cells] == [(12, 17), (24, 1117), (1, 0)]
    (row,) = course_rows(rows)
    assert row == course_row(course, TODAY)
    assert (row.required_of, row.recommended_to) == (("a", "b"), ("c",))
    assert (row.people, row.unknown, row.months, row.trained) == (7, ("a",), 24, 1117)


def test_another_partnerships_map_is_not_there(area):
    bury = make_area("bury", "Bury", "Bury")
    make_need(make_course(bury.partnership), "theirs")
    make_standard(make_part(make_practice_model(bury.partnership)))
    assert role_rows(area.partnership, TODAY) == []
    assert course_row(make_course(area.partnership), TODAY) is None
