"""The portal's own user in the database: it can work there, and cannot touch the history."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Event

from partnerships.models import Organisation, Sector
from rpcportal.kit.embedded import PORTAL_USER
from rpcportal.kit.postgres.owner import grant_to
from tests.factories.people import make_area
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db

EVENTS = [each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed]


@pytest.fixture
def portal():
    """What is done inside is done by the portal's user."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PORTAL_USER])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {PORTAL_USER}")
    grant_to(PORTAL_USER)

    @contextmanager
    def as_portal():
        run_sql(f"SET LOCAL ROLE {PORTAL_USER}")
        yield
        run_sql("RESET ROLE")

    return as_portal


def denied(statement):
    """The statement must be refused because of who asks, before any trigger has a say."""
    words = r"permission denied|must be owner"
    with pytest.raises(ProgrammingError, match=words), transaction.atomic():
        run_sql(statement)


def test_the_portal_works_and_its_work_is_kept(portal):
    area = make_area()
    with portal():
        made = Organisation.objects.create(
            partnership=area.partnership, name="Library", sector=Sector.COUNCIL
        )
        made.name = "Libraries"
        made.save()
        made.delete()
    kept = Organisation.pgh_event_model.objects.filter(name__startswith="Librar")
    assert list(kept.order_by("pgh_id").values_list("pgh_label", "name")) == [
        ("added", "Library"),
        ("changed", "Libraries"),
        ("removed", "Libraries"),
    ]


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: each.__name__)
def test_the_portal_cannot_alter_history(portal, event):
    table = event._meta.db_table
    make_area()
    with portal():
        denied(f"UPDATE {table} SET pgh_label = 'never'")
        denied(f"DELETE FROM {table}")
        denied(f"TRUNCATE {table}")
        denied(f"INSERT INTO {table} SELECT * FROM {table}")
        denied(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def test_the_portal_cannot_take_the_guards_off(portal):
    with portal():
        denied("ALTER TABLE planning_assessment DISABLE TRIGGER ALL")
        denied("DROP TABLE planning_assessment CASCADE")
        denied("SET session_replication_role = replica")
        denied("DELETE FROM django_migrations")


def test_the_portal_cannot_set_the_history_aside(portal):
    """Neither by django-pgtrigger's setting nor by a table of the same name."""
    area = make_area()
    here = Organisation.objects.create(
        partnership=area.partnership, name="Library", sector=Sector.COUNCIL
    )
    triggers = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%%'"
    with portal():
        denied("CREATE TEMP TABLE partnerships_organisationevent (id int)")
        run_sql(
            f"SELECT set_config('pgtrigger.ignore', ARRAY({triggers})::text, true)",
        )
        here.name = "Libraries"
        here.save()
    events = Organisation.pgh_event_model.objects.filter(pgh_obj=here)
    assert set(events.values_list("name", flat=True)) == {"Library", "Libraries"}


def test_every_function_of_ours_looks_at_our_own_tables_alone(portal):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
            WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'
                AND NOT coalesce(proconfig, '{}')
                    @> ARRAY['search_path=pg_catalog, public, pg_temp']
            """
        )
        assert cursor.fetchall() == []
