"""Actions at the same moment: real threads, real connections."""

import uuid
from functools import partial

import pytest

from pledges.actions import change_action
from pledges.models import Action, Update
from tests.factories.actions import make_plan_action, make_update
from tests.factories.people import make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ours(area):
    return make_organisation(area.partnership)


def test_ten_at_once_have_ten_numbers(area, ours):
    made = at_once(*[partial(make_plan_action, ours, by=area.coordinator)] * 10)
    assert sorted(action.number for action in made) == list(range(1, 11))


def test_the_same_click_ten_times_at_once_is_one_action(area, ours):
    call = partial(make_plan_action, ours, by=area.coordinator, request_key=uuid.uuid4())
    action, *others = at_once(*[call] * 10)
    assert others == [action] * 9
    assert Action.objects.get() == action


def test_the_same_update_ten_times_at_once_is_one(area, ours):
    action = make_plan_action(ours)
    told = {"by": area.coordinator, "request_key": uuid.uuid4(), "status": "in_progress"}
    update, *others = at_once(*[partial(make_update, action, **told)] * 10)
    assert others == [update] * 9
    assert Update.objects.get() == update


def test_two_actions_that_are_made_to_wait_for_each_other_at_once_do_not(area, ours):
    for _ in range(5):
        one, other = make_plan_action(ours), make_plan_action(ours)
        results = at_once(*(partial(_wait, *pair, area) for pair in ((one, other), (other, one))))
        names = sorted(type(result).__name__ for result in results)
        assert names == ["Action", "ValidationError"]


def _wait(action, waits_for, area):
    return change_action(
        action=action, by=area.coordinator, organisation=action.organisation, domains=(),
        deputies=(), blocked_by=waits_for,
    )  # fmt: skip


def test_writing_changing_and_telling_at_once_never_lock_each_other_out(area, ours):
    action = make_plan_action(ours)
    other = make_plan_action(ours)
    for _ in range(5):
        results = at_once(
            partial(make_plan_action, ours, by=area.coordinator, blocked_by=action),
            partial(make_update, action, by=area.coordinator),
            partial(_wait, action, other, area),
            partial(make_update, other, by=area.coordinator),
        )
        assert [type(result).__name__ for result in results] == [
            "Action", "Update", "Action", "Update"
        ]  # fmt: skip
