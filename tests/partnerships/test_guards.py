"""What triggers refuse, whoever writes: the last coordinator, another partnership's things."""

import pytest
from django.db import IntegrityError, connection, transaction

from partnerships.models import Affiliation, Membership, Partnership
from rpcportal.kit.roles import Role
from tests.factories.people import (
    make_area,
    make_invitation,
    make_member,
    make_membership,
    make_organisation,
    make_partnership,
    make_user,
)
from tests.parallel import at_once
from tests.refusals import names_that_triggers_raise, refused, run_sql, triggers_of

LAST = "partnership_keeps_a_coordinator"


def at_the_end(statement, *values):
    """Raw SQL, and then what a commit would look at."""
    rows = run_sql(statement, *values)
    connection.check_constraints()
    return rows


@pytest.fixture
def area(db):
    return make_area()


# --- The last coordinator -------------------------------------------------------------------

WAYS_OUT = {
    "leaving": "DELETE FROM partnerships_affiliation; "
    "DELETE FROM partnerships_membership WHERE user_id = {person}",
    "another role": "UPDATE partnerships_membership SET role = 'reader' WHERE user_id = {person}",
    "another partnership": "UPDATE partnerships_membership SET partnership_id = {elsewhere} "
    "WHERE user_id = {person}",
    "another person": "UPDATE partnerships_membership SET user_id = {inactive} "
    "WHERE user_id = {person}",
    "switched off": "UPDATE partnerships_user SET is_active = false WHERE id = {person}",
}


def way_out(way, area):
    inactive = make_user()
    run_sql("UPDATE partnerships_user SET is_active = false WHERE id = %s", inactive.pk)
    ids = {
        "person": area.coordinator.pk,
        "elsewhere": make_partnership("bolton", "Bolton", "Bolton").pk,
        "inactive": inactive.pk,
    }
    return WAYS_OUT[way].format(**ids)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_last_coordinator_stays(area, way):
    statement = way_out(way, area)
    with refused(LAST):
        at_the_end(statement)
    assert area.partnership.memberships.coordinators().count() == 1


@pytest.mark.parametrize("way", WAYS_OUT)
def test_one_of_two_coordinators_may_go(area, way):
    make_member(area.partnership, Role.COORDINATOR)
    at_the_end(way_out(way, area))
    assert area.partnership.memberships.coordinators().count() == 1


def test_a_coordinator_whose_account_is_switched_off_does_not_count(area):
    second = make_member(area.partnership, Role.COORDINATOR)
    at_the_end("UPDATE partnerships_user SET is_active = false WHERE id = %s", second.pk)
    with refused(LAST):
        at_the_end(way_out("leaving", area))


def test_two_may_swap_roles_in_one_transaction(area):
    swap = "UPDATE partnerships_membership SET role = %s WHERE user_id = %s"
    run_sql(swap, "reader", area.coordinator.pk)
    run_sql(swap, "coordinator", area.reader.pk)
    connection.check_constraints()
    assert area.partnership.memberships.coordinators().get().user == area.reader


def test_someone_who_coordinates_several_leaves_none_of_them_alone(area):
    bolton = make_partnership("bolton", "Bolton", "Bolton")
    make_membership(bolton, area.coordinator, Role.COORDINATOR)
    make_member(area.partnership, Role.COORDINATOR)
    with refused(LAST):
        at_the_end(WAYS_OUT["switched off"].format(person=area.coordinator.pk))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_everyone_else_comes_and_goes_as_they_like(area, role):
    person = getattr(area, role.value)
    at_the_end("UPDATE partnerships_membership SET role = 'reader' WHERE user_id = %s", person.pk)
    at_the_end("DELETE FROM partnerships_membership WHERE user_id = %s", person.pk)
    assert area.partnership.memberships.count() == len(Role) - 1


def test_a_partnership_that_is_only_being_set_up_needs_none(db):
    partnership = make_partnership()
    make_member(partnership, Role.READER)
    connection.check_constraints()
    assert partnership.memberships.count() == 1


def test_a_partnership_may_go_with_everyone_in_it(area):
    area.partnership.delete()
    connection.check_constraints()
    assert (Partnership.objects.count(), Membership.objects.count()) == (0, 0)


def leave(person):
    """One coordinator leaves by raw SQL, in a transaction of their own."""
    with transaction.atomic():
        run_sql("DELETE FROM partnerships_membership WHERE user_id = %s", person.pk)
    return "gone"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_of_two_coordinators_who_leave_at_the_same_moment_one_stays(attempt):
    partnership = make_partnership()
    two = [make_member(partnership, Role.COORDINATOR) for _ in range(2)]
    results = at_once(*(lambda person=person: leave(person) for person in two))

    assert results.count("gone") == 1
    (refusal,) = (result for result in results if result != "gone")
    assert isinstance(refusal, IntegrityError)
    assert refusal.__cause__.diag.constraint_name == LAST
    assert partnership.memberships.coordinators().count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_both_would_be_gone():
    """What the test above would see if nothing kept them: it can tell."""
    partnership = make_partnership()
    two = [make_member(partnership, Role.COORDINATOR) for _ in range(2)]
    run_sql("ALTER TABLE partnerships_membership DISABLE TRIGGER keeps_a_coordinator")
    try:
        results = at_once(*(lambda person=person: leave(person) for person in two))
    finally:
        run_sql("ALTER TABLE partnerships_membership ENABLE TRIGGER keeps_a_coordinator")

    assert results == ["gone", "gone"]
    assert partnership.memberships.coordinators().count() == 0


@pytest.mark.django_db(transaction=True)
def test_looking_without_holding_the_partnership_would_let_both_go():
    """Why the trigger locks the partnership's row: a plain look sees the other still there."""
    partnership = make_partnership()
    two = [make_member(partnership, Role.COORDINATOR) for _ in range(2)]
    (source,) = _source_of_the_check()
    unlocked = source.replace(" FOR UPDATE", "")
    assert unlocked != source
    run_sql(unlocked)
    try:
        results = at_once(*(lambda person=person: _leave_slowly(person) for person in two))
    finally:
        run_sql(source)

    assert results == ["gone", "gone"]


def _source_of_the_check():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('partnerships_check_coordinator'::regproc)")
        return cursor.fetchone()


def _leave_slowly(person):
    with transaction.atomic():
        run_sql("DELETE FROM partnerships_membership WHERE user_id = %s", person.pk)
        run_sql("SET CONSTRAINTS ALL IMMEDIATE")
        run_sql("SELECT pg_sleep(0.5)")
    return "gone"


# --- Another partnership's organisations ----------------------------------------------------


@pytest.fixture
def elsewhere(area):
    return make_organisation(make_partnership("bolton", "Bolton", "Bolton"), "Of Bolton")


def test_a_member_comes_from_an_organisation_of_the_same_partnership(area, elsewhere):
    here = make_organisation(area.partnership)
    membership = area.reader.memberships.get()
    with refused("affiliation_within_the_partnership"):
        Affiliation.objects.create(membership=membership, organisation=elsewhere)
    row = Affiliation.objects.create(membership=membership, organisation=here)
    with refused("affiliation_within_the_partnership"):
        run_sql(
            "UPDATE partnerships_affiliation SET organisation_id = %s WHERE id = %s",
            elsewhere.pk,
            row.pk,
        )
    assert list(membership.organisations.all()) == [here]


def test_an_invitation_names_an_organisation_of_the_same_partnership(area, elsewhere):
    with refused("invitation_within_the_partnership"):
        make_invitation(area.partnership, organisation=elsewhere)
    invitation = make_invitation(area.partnership, organisation=make_organisation(area.partnership))
    for column, value in (
        ("organisation_id", elsewhere.pk),
        ("partnership_id", elsewhere.partnership_id),
    ):
        with refused("invitation_within_the_partnership"):
            run_sql(
                f"UPDATE partnerships_invitation SET {column} = %s WHERE id = %s",
                value,
                invitation.pk,
            )


# --- Nothing is forgotten -------------------------------------------------------------------


def test_every_trigger_is_tried_here(db):
    assert triggers_of("partnerships") == {
        "partnerships_membership keeps_a_coordinator",
        "partnerships_user keeps_a_coordinator",
        "partnerships_affiliation within_the_partnership",
        "partnerships_invitation within_the_partnership",
    }


def test_every_name_that_a_trigger_raises_is_tried_here(db):
    assert names_that_triggers_raise("partnerships") == {
        LAST,
        "affiliation_within_the_partnership",
        "invitation_within_the_partnership",
    }
