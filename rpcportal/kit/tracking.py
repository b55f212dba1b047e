"""History by database triggers: which models have it, and what each of its rows keeps.

The triggers fire for every statement, a bulk update and raw SQL included. What they write
can only be added to (PGHISTORY_APPEND_ONLY in the settings).
"""

import pghistory
import pgtrigger
from django.db import models
from django.db.models.fields.json import KT

# Who made a change. Queries spell it as the indexes do, or they would read every event.
WHO = KT("pgh_context__user")


def tracked(*, fields=None, exclude=(), noticed=(), prefix="", within=""):
    """A class decorator: every row added, changed or removed leaves a row of history.

    ``fields`` (or all but ``exclude``) are kept with each. ``noticed``: fields whose change
    is noted without their value, because they are somebody's personal data, which must be
    forgettable. ``within``: the field that says what a row belongs to; the newest events of
    one such thing are then found by an index (partnerships/events.py), and so are those that
    one person left. ``prefix`` names the indexes where the model's own name would be too long.
    """

    def decorate(model):
        kept = list(fields or (f.name for f in model._meta.fields if f.name not in exclude))
        trackers = [
            pghistory.InsertEvent("added"),
            pghistory.UpdateEvent("changed", condition=pgtrigger.AnyChange(*kept)),
            pghistory.DeleteEvent("removed"),
        ]
        if noticed:
            trackers.append(
                pghistory.UpdateEvent("noticed", condition=pgtrigger.AnyChange(*noticed))
            )
        name = f"{prefix or model._meta.model_name}_event"
        newest = [*([within] if within else []), "-pgh_created_at", "-pgh_id"]
        return pghistory.track(
            *trackers,
            fields=kept,
            model_name=f"{model.__name__}Event",
            meta={
                "indexes": [
                    models.Index(fields=newest, name=f"{name}_newest"),
                    # From an event to the one before it of the same row: what it changed.
                    models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{name}_before"),
                    models.Index(WHO, *([within] if within else []), name=f"{name}_user"),
                ]
            },
        )(model)

    return decorate


def events_by(events, people):
    """Of ``events``, the model of a history, those that these people (numbers) left."""
    return events.objects.alias(pgh_user=WHO).filter(pgh_user__in=[str(pk) for pk in people])
