"""What the database refuses: that it does, under which name, and everything it could refuse."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction


def refusal_of(action, **values):
    """The sentence with which an action refuses these values."""
    with pytest.raises(PermissionDenied) as refusal:
        action(**values)
    return str(refusal.value)


@contextmanager
def refused(name):
    """The block must be refused by the constraint or trigger of this name; nothing is kept."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == name


def run_sql(statement, *values):
    """Raw SQL past every model; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def rules_of(app):
    """The names of all check and unique rules on an app's tables, keys of rows left out."""
    return _names(
        """
        SELECT conname FROM pg_constraint
        WHERE contype IN ('c', 'u', 'x') AND starts_with(conrelid::regclass::text, %s)
        UNION
        SELECT indexrelid::regclass::text FROM pg_index
        WHERE indisunique AND NOT indisprimary AND starts_with(indrelid::regclass::text, %s)
        """,
        f"{app}_",
        f"{app}_",
    )


def triggers_of(app):
    """“table trigger” of every trigger on an app's tables."""
    return _names(
        """
        SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger
        WHERE NOT tgisinternal AND starts_with(tgrelid::regclass::text, %s)
        """,
        f"{app}_",
    )


def names_that_triggers_raise():
    """The constraint names in the source of our trigger functions."""
    return _names(
        """
        SELECT DISTINCT found[1] FROM pg_proc,
            regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g') AS found
        WHERE pronamespace = 'public'::regnamespace
        """
    )


def _names(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return {name for (name,) in cursor.fetchall()}
