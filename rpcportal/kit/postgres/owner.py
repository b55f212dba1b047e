"""Two users of one database: the owner, who may change tables, and the portal, who may not.

A trigger guards history and agreed sheets; whoever owns a table can take its triggers off.
So the portal is another user, and even SQL that somebody smuggles in changes no history.
Where one address is given for both (DATABASE_URL alone), the triggers alone stand guard.
"""

from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connection
from pghistory.models import Event

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner():
    """What is done inside is done by the owner of the database."""
    if settings.PORTAL_OWNS_DATABASE:
        yield
        return
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {part: settings.DATABASE_OWNER[part] for part in LOGIN}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def portal_may_work():
    """Whether the portal's user has been let in; a database that was made by an earlier version
    does not know it yet. Asked as the owner, once there are tables.
    """
    if settings.PORTAL_OWNS_DATABASE:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'django_migrations', 'SELECT')",
            [settings.PORTAL_DATABASE_USER],
        )
        return cursor.fetchone()[0]


def grant_to(portal_user):
    """Let ``portal_user`` read and write rows, and do nothing but read the history."""
    user = connection.ops.quote_name(portal_user)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {user}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {user}")
        for table in ("django_migrations", *_history_tables(cursor)):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {user}")
        _seal_functions(cursor)
        # A temporary table of the same name would stand before the real one.
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {user}")


def _history_tables(cursor):
    there = set(connection.introspection.table_names(cursor))
    events = [model._meta for model in apps.get_models() if issubclass(model, Event)]
    names = {meta.db_table for meta in events if meta.managed} & there
    return [connection.ops.quote_name(name) for name in sorted(names)]


def _seal_functions(cursor):
    """Have the guards and the history look at our own tables only, whatever a session sets.

    History is written with the owner's rights, so that nobody else needs any to its tables.
    django-pgtrigger's own way to leave triggers out for a while is closed to everybody.
    """
    cursor.execute(
        """
        SELECT p.oid::regprocedure::text, p.proname ~ '^pgtrigger_(added|changed|removed|noticed)_'
        FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql'
            AND p.proowner = current_user::regrole
        """
    )
    for function, writes_history in cursor.fetchall():
        rights = "SECURITY DEFINER" if writes_history else "SECURITY INVOKER"
        cursor.execute(
            f"ALTER FUNCTION {function} {rights} SET search_path = pg_catalog, public, pg_temp"
        )
    cursor.execute(
        """
        CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
        RETURNS BOOLEAN LANGUAGE sql AS 'SELECT FALSE'
        """
    )
