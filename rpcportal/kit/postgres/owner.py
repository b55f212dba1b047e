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
    """Let ``portal_user`` read and write rows, and do nothing but read and add to the history."""
    events = [model for model in apps.get_models() if issubclass(model, Event)]
    user = connection.ops.quote_name(portal_user)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {user}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {user}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {user}")
        tables = set(connection.introspection.table_names(cursor))
        for model in events:
            if model._meta.managed and model._meta.db_table in tables:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {user}")
