"""What somebody waited for is read as it stands after the wait, with all that it names."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from pledges import measuring, training
from pledges.actions import change_action, tell_of
from pledges.models import Measure
from rpcportal.kit.roles import Role
from tests.factories.actions import make_plan_action
from tests.factories.measures import make_measure
from tests.factories.outreach import DAY, make_course, make_session
from tests.factories.people import make_member, make_organisation
from tests.parallel import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ours(area):
    return make_organisation(area.partnership)


@pytest.fixture
def theirs(area):
    return make_organisation(area.partnership, "School")


def test_an_action_that_moves_to_another_organisation_meanwhile_is_still_told_of(
    area, ours, theirs
):
    action = make_plan_action(ours)

    def tell():
        words = {"text": "Begun", "status": "in_progress", "rating": "green", "due_on": None}
        return tell_of(action=action, by=area.coordinator, request_key=uuid.uuid4(), **words)

    with meanwhile(tell) as outcome:
        change_action(
            action=action, by=area.facilitator, organisation=theirs, domains=(), deputies=()
        )
    (update,) = outcome
    assert (update.action.pk, update.action.organisation) == (action.pk, theirs)


def test_whoever_loses_an_action_meanwhile_may_not_tell_of_it(area, ours, theirs):
    action = make_plan_action(ours)
    lead = make_member(area.partnership, Role.LEAD, organisation=ours)

    def tell():
        words = {"text": "Begun", "status": "in_progress", "rating": "green", "due_on": None}
        return tell_of(action=action, by=lead, request_key=uuid.uuid4(), **words)

    with meanwhile(tell) as outcome:
        change_action(
            action=action, by=area.facilitator, organisation=theirs, domains=(), deputies=()
        )
    assert isinstance(outcome[0], PermissionDenied)


def test_a_measure_that_goes_to_an_organisation_meanwhile_is_its_own(area, ours, theirs):
    """The organisation decides who records its figures."""
    measure = make_measure(area.partnership, organisation=ours)

    def held():
        with transaction.atomic():
            return measuring.locked(measure)

    with meanwhile(held) as outcome:
        Measure.objects.filter(pk=measure.pk).update(organisation=theirs)
    (standing,) = outcome
    assert standing.organisation == theirs


def test_a_session_whose_course_changes_meanwhile_is_still_there(area):
    course, other = make_course(area.partnership), make_course(area.partnership, "Other")
    session = make_session(course, (None, "health", 5))

    def change(course, place, by):
        return training.change_session(
            session=session, by=by, course=course, held_on=DAY,
            rows=[(None, "health", 5)], place=place, note="",
        )  # fmt: skip

    with meanwhile(lambda: change(other, "Town hall", area.coordinator)) as outcome:
        change(other, "Library", area.facilitator)
    (standing,) = outcome
    assert (standing.course, standing.place) == (other, "Town hall")
