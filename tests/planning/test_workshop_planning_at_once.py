"""Two who plan the same workshop in the same moment: real threads, real connections."""

import uuid
from datetime import date
from functools import partial

import pytest

from planning import inviting
from planning.agenda import Line, lines_of, save_agenda
from planning.models import Workshop
from planning.workshop_planning import plan_workshop
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.factories.workshops import make_workshop
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def sheet(area):
    return make_scored(area.partnership, make_small_framework())


@pytest.fixture
def workshop(area, sheet):
    return make_workshop(sheet, area.coordinator, is_open=False)


def test_the_same_click_twice_at_once_plans_one_workshop(area, sheet):
    plan = partial(
        plan_workshop,
        assessment=sheet,
        by=area.coordinator,
        request_key=uuid.uuid4(),
        name="Scoring",
        held_on=date(2099, 3, 2),
        starts_at=None,
        place="",
        to_read="",
        prework_closes_at=None,
    )
    first, second = at_once(plan, plan)
    assert first == second
    assert Workshop.objects.count() == 1


def test_two_who_invite_everybody_at_once_invite_each_once(area, workshop):
    for number in range(5):
        make_organisation(area.partnership, f"Organisation {number}")
    people = [(f"person{number}@x.example", "") for number in range(5)]
    both = partial(inviting.add_all_organisations, workshop=workshop)
    pasted = partial(inviting.invite_people, workshop=workshop, people=people, organisation=None)
    there = area.partnership.organisations.count()
    found = at_once(
        partial(both, by=area.coordinator),
        partial(both, by=area.facilitator),
        partial(pasted, by=area.coordinator),
        partial(pasted, by=area.facilitator),
    )
    assert sorted(found) == sorted([0, 0, 5, there])
    assert workshop.invitees.count() == there + 5


def test_two_agendas_at_once_are_one_of_them(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    mine, theirs = [Line(5, "A"), Line(9, entry=entry)], [Line(7, entry=entry), Line(5, "B")]
    save = partial(save_agenda, workshop=workshop)
    at_once(
        partial(save, lines=mine, by=area.coordinator),
        partial(save, lines=theirs, by=area.facilitator),
    )
    assert lines_of(workshop) in (mine, theirs)
