"""A portal of the first release is brought up to date: nobody loses their role or their place."""

import os
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnerships.models import Affiliation, Invitation, Membership, Partnership, User
from tests import database
from tests.factories.people import PASSWORD
from tests.refusals import refused, run_sql

FIRST_RELEASE = [
    ("contenttypes", "0002_remove_content_type_name"),
    ("auth", "0012_alter_user_first_name_max_length"),
    ("sessions", "0001_initial"),
    ("partnerships", "0001_initial"),
    ("planning", "0002_guards"),
]


@contextmanager
def empty_database():
    """A database of its own, with nothing in it; the tests' own again afterwards."""
    usual, name = connection.settings_dict["NAME"], f"upgrade_of_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    database._use(name)
    try:
        yield
    finally:
        database._use(usual)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate_to(targets):
    """Migrate; returns the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def fill(apps):
    """Two partnerships of the first release, as people had them."""
    user, partnership, organisation, membership = (
        apps.get_model("partnerships", name)
        for name in ("User", "Partnership", "Organisation", "Membership")
    )
    rochdale, bolton = (
        partnership.objects.create(name=name, slug=name.lower(), area=name)
        for name in ("Rochdale", "Bolton")
    )
    homes = organisation.objects.create(partnership=rochdale, name="Homes", sector="housing")
    police = organisation.objects.create(partnership=bolton, name="Police", sector="police")
    for email, places in {
        "cora@x.org": [(rochdale, "coordinator", None), (bolton, "coordinator", None)],
        "Ada@X.org": [(rochdale, "partner", homes), (bolton, "facilitator", police)],
        "ben@x.org": [(rochdale, "partner", None)],
        "rea@x.org": [(rochdale, "reader", homes)],
        "left@x.org": [],
    }.items():
        person = user.objects.create(
            email=email, name=email[:3], password=make_password(PASSWORD), is_active=bool(places)
        )
        for where, role, comes_from in places:
            membership.objects.create(
                user=person, partnership=where, role=role, organisation=comes_from, job_title="Job"
            )


@pytest.fixture(scope="module")
def first_release(django_db_setup, django_db_blocker):
    """The database of a first release, brought up to date by ``manage.py migrate``."""
    with django_db_blocker.unblock(), empty_database():
        fill(migrate_to(FIRST_RELEASE))
        call_command("migrate", verbosity=0, interactive=False)
        yield


def test_partners_are_editors_and_the_others_what_they_were(first_release):
    roles = Membership.objects.values_list("user__email", "partnership__slug", "role", "job_title")
    assert set(roles) == {
        ("cora@x.org", "rochdale", "coordinator", "Job"),
        ("cora@x.org", "bolton", "coordinator", "Job"),
        ("ada@x.org", "rochdale", "editor", "Job"),
        ("ada@x.org", "bolton", "facilitator", "Job"),
        ("ben@x.org", "rochdale", "editor", "Job"),
        ("rea@x.org", "rochdale", "reader", "Job"),
    }


def test_the_organisation_of_a_member_is_the_first_of_several(first_release):
    names = Affiliation.objects.values_list("membership__user__email", "organisation__name")
    assert set(names) == {("ada@x.org", "Homes"), ("ada@x.org", "Police"), ("rea@x.org", "Homes")}


def test_every_address_is_in_small_letters_verified_and_the_first(first_release):
    emails = {"cora@x.org", "ada@x.org", "ben@x.org", "rea@x.org", "left@x.org"}
    assert set(User.objects.values_list("email", flat=True)) == emails
    rows = EmailAddress.objects.values_list("user__email", "email", "verified", "primary")
    assert set(rows) == {(email, email, True, True) for email in emails}


def test_everyone_signs_in_as_before(first_release):
    for email in ("Ada@X.org", "ada@x.org"):
        assert authenticate(email=email, password=PASSWORD).name == "Ada"
    assert authenticate(email="left@x.org", password=PASSWORD) is None


def test_nobody_became_a_portal_administrator_or_needs_a_second_step(first_release):
    assert not User.objects.filter(is_portal_administrator=True).exists()
    assert not Partnership.objects.filter(second_factor_required=True).exists()
    assert not Invitation.objects.exists()


def test_the_new_rules_hold_from_then_on(first_release):
    with refused("membership_role_known"):
        run_sql("UPDATE partnerships_membership SET role = 'partner'")
    with refused("partnership_keeps_a_coordinator"):
        run_sql("UPDATE partnerships_membership SET role = 'reader'")
        connection.check_constraints()


def test_nothing_is_left_to_migrate(first_release):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
