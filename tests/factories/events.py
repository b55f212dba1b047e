"""Events of the history at a chosen time. The triggers write them with the time of now."""

import json
from datetime import timedelta

from django.db import connection, models
from django.utils import timezone

from partnerships.events import CHANGED

WEB = object()  # a request of somebody who has not signed in


def make_event(row, *, at, by=None, label=CHANGED, restored_from=None, **values):
    """One event of ``row`` as a trigger would have written it at the time ``at``.

    ``values`` are what stands in it, where that is not what stands in ``row``. ``by``: a
    person, WEB, or None for somebody at the database.
    """
    event = row.pgh_event_model
    kept = {
        field.column: values.pop(field.attname, getattr(row, field.attname))
        for field in event._meta.fields
        if not field.name.startswith("pgh_")
    }
    assert not values, f"The history of {event.__name__} does not keep {values}."
    context = None if by is None else {"user": None if by is WEB else by.pk}
    if restored_from:
        context = (context or {}) | {"restored_from": restored_from}
    kept |= {
        "pgh_created_at": at,
        "pgh_label": label,
        "pgh_obj_id": row.pk,
        "pgh_context": json.dumps(context) if context else None,
    }
    return event.objects.get(pgh_id=insert(event, kept))


def insert(event, columns):
    """Write a row of history by SQL alone; returns its number."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{event._meta.db_table}" ({names}) VALUES ({marks}) RETURNING pgh_id',
            list(columns.values()),
        )
        return cursor.fetchone()[0]


def any_event(event):
    """A row of any history table, of values that mean nothing."""
    columns = {
        field.column: None if field.null else _any_value(field)
        for field in event._meta.fields
        if not field.primary_key
    }
    return event.objects.get(pgh_id=insert(event, columns))


def _any_value(field):
    if field.is_relation:
        return 1
    kinds = {
        models.BooleanField: False,
        models.IntegerField: 1,
        models.DecimalField: 1,
        models.DateTimeField: timezone.now(),
        models.DateField: timezone.localdate(),
        models.UUIDField: "00000000-0000-4000-8000-000000000000",
        models.Field: "" if field.get_internal_type() != "ArrayField" else [],
    }
    return next(value for kind, value in kinds.items() if isinstance(field, kind))


def minutes_ago(number):
    """A time in the past."""
    return timezone.now() - timedelta(minutes=number)
