"""What the database refuses of pledges and actions, by raw SQL: no code gets round it."""

import pytest
from django.db import Error, transaction

from pledges.models import Action, Update
from tests.factories.actions import make_plain_pledge, make_plan_action, make_update
from tests.factories.assessments import make_action, make_agreed
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.refusals import refused, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(area):
    return make_plan_action(make_organisation(area.partnership))


@pytest.fixture
def elsewhere():
    """What another partnership has: the keys of one of each."""
    area = make_area("bury", "Bury", "Bury")
    organisation = make_organisation(area.partnership)
    sheet = make_agreed(area.partnership, make_small_framework(slug="b"), by=area.coordinator)
    return {
        "partnership_id": area.partnership.pk,
        "organisation_id": organisation.pk,
        "pledge_id": make_plain_pledge(organisation).pk,
        "blocked_by_id": make_plan_action(organisation).pk,
        "priority_action_id": make_action_of(sheet).pk,
    }


def make_action_of(sheet):
    return sheet.priority_actions.first() or make_action(sheet, [1])


@pytest.mark.parametrize(
    "column",
    ["partnership_id", "organisation_id", "pledge_id", "blocked_by_id", "priority_action_id"],
)
def test_an_action_takes_nothing_of_another_partnership(action, elsewhere, column):
    with refused("action_within_the_partnership"):
        run_sql(
            f"UPDATE pledges_action SET {column} = %s WHERE id = %s",
            elsewhere[column],
            action.pk,
        )


def test_a_new_action_of_another_partnerships_organisation_is_refused(action, elsewhere):
    with refused("action_within_the_partnership"):
        Action.objects.create(
            partnership=action.partnership,
            organisation_id=elsewhere["organisation_id"],
            number=7,
            what="x",
        )


def test_a_pledge_stays_with_its_partnership(action, elsewhere):
    pledge = make_plain_pledge(action.organisation)
    for column in ("partnership_id", "organisation_id"):
        with refused("pledge_within_the_partnership"):
            run_sql(
                f"UPDATE pledges_pledge SET {column} = %s WHERE id = %s",
                elsewhere[column],
                pledge.pk,
            )


def test_an_answer_is_to_a_priority_action_of_the_partnership(area, action, elsewhere):
    with refused("answer_within_the_partnership"):
        run_sql(
            "INSERT INTO pledges_answer"
            " (partnership_id, priority_action_id, because, answered_by_id, answered_at)"
            " VALUES (%s, %s, 'x', %s, now())",
            area.partnership.pk,
            elsewhere["priority_action_id"],
            area.coordinator.pk,
        )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("status = 'sleeping'", "action_status_known"),
        ("rating = 'green'", "action_rated_while_in_progress"),
        ("status = 'in_progress', rating = 'blue'", "action_rated_while_in_progress"),
        ("starts_on = '2026-02-02', due_on = '2026-02-01'", "action_due_after_start"),
        ("status = 'complete'", "action_completed_on_a_day"),
        ("completed_on = '2026-02-01'", "action_completed_on_a_day"),
        ("blocked_by_id = id", "action_not_blocked_by_itself"),
        ("number = 1", "action_number_once"),
    ],
)
def test_an_action_keeps_its_rules(action, change, name):
    second = make_plan_action(action.organisation)
    with refused(name):
        run_sql(f"UPDATE pledges_action SET {change} WHERE id = %s", second.pk)


def test_an_organisation_takes_a_priority_action_on_once(area, action):
    sheet = make_agreed(area.partnership, make_small_framework(), by=area.coordinator)
    wanted = make_action_of(sheet)
    make_plan_action(action.organisation, priority_action=wanted)
    with refused("priority_action_once_an_organisation"):
        make_plan_action(action.organisation, priority_action=wanted)


def test_the_domain_and_the_deputy_of_an_action_stand_once(area, action):
    domain = make_small_framework().domains.first()
    action.domains.add(domain)
    action.deputies.add(area.lead)
    with refused("served_domain_once"):
        run_sql(
            "INSERT INTO pledges_serveddomain (action_id, domain_id)"
            " SELECT action_id, domain_id FROM pledges_serveddomain"
        )
    with refused("deputy_once"):
        run_sql(
            "INSERT INTO pledges_deputy (action_id, user_id)"
            " SELECT action_id, user_id FROM pledges_deputy"
        )


def test_an_update_is_never_rewritten(area, action):
    make_update(action, by=area.coordinator)
    with pytest.raises(Error, match="update rows"), transaction.atomic():
        run_sql("UPDATE pledges_update SET text = 'Else'")
    assert Update.objects.get().text == "Two schools have booked."
