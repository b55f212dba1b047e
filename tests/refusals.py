"""What the database refuses: that it does, under which name, and everything it could refuse."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pghistory.models import Event


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
    """The names of all check and unique rules on an app's tables, keys of rows left out.

    The tables of history are left out too: they repeat the checks of the columns they copy.
    """
    return _names(
        """
        SELECT conname FROM pg_constraint
        WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text = ANY(%s)
        UNION
        SELECT indexrelid::regclass::text FROM pg_index
        WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY(%s)
        """,
        _tables_of(app),
        _tables_of(app),
    )


def triggers_of(app):
    """“table trigger” of every trigger on an app's tables.

    Those of the history (pgtrigger_…) are a class of their own: tests/test_history_is_kept.py
    holds that every tracked model has its own.
    """
    return _names(
        """
        SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger
        WHERE NOT tgisinternal AND NOT starts_with(tgname, 'pgtrigger_')
            AND starts_with(tgrelid::regclass::text, %s)
        """,
        f"{app}_",
    )


def names_that_triggers_raise(app):
    """The constraint names in the source of an app's trigger functions."""
    return _names(
        """
        SELECT DISTINCT found[1] FROM pg_proc,
            regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g') AS found
        WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, %s)
        """,
        f"{app}_",
    )


def _tables_of(app):
    history = {model._meta.db_table for model in apps.get_models() if issubclass(model, Event)}
    return [
        table
        for table in connection.introspection.table_names()
        if table.startswith(f"{app}_") and table not in history
    ]


def _names(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return {name for (name,) in cursor.fetchall()}
