"""Indexes from a thing to its newest events, and an event for whatever had none.

Those of a partnership are found by its number.
What was there before the history began would otherwise be lost with its first change: an
event holds what a row has become, never what it was.
"""

from django.db import migrations, models


def note_what_stands(apps, schema_editor):
    """An event “found” for each row of which the history does not know yet."""
    for event in apps.get_app_config("partnerships").get_models():
        if not event.__name__.endswith("Event"):
            continue
        tracked = event._meta.get_field("pgh_obj").remote_field.model._meta
        kept = [f.column for f in event._meta.fields if not f.name.startswith("pgh_")]
        quoted = ", ".join(f'"{column}"' for column in kept)
        schema_editor.execute(
            f"""
            INSERT INTO "{event._meta.db_table}" ({quoted}, pgh_created_at, pgh_label, pgh_obj_id)
            SELECT {quoted}, now(), 'found', "{tracked.pk.column}"
            FROM "{tracked.db_table}" AS stands
            WHERE NOT EXISTS (
                SELECT 1 FROM "{event._meta.db_table}" AS event
                WHERE event.pgh_obj_id = stands."{tracked.pk.column}"
            )
            """  # noqa: S608 names of our own tables and columns
        )


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_daily_jobs"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="affiliationevent",
            name="affiliation_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="downloadevent",
            name="download_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="invitationevent",
            name="invitation_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="membershipevent",
            name="membership_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="organisationevent",
            name="organisation_event_newest",
        ),
        migrations.AddIndex(
            model_name="affiliationevent",
            index=models.Index(
                fields=["membership", "-pgh_created_at", "-pgh_id"], name="affiliation_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="affiliationevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="affiliation_event_before"),
        ),
        migrations.AddIndex(
            model_name="downloadevent",
            index=models.Index(
                fields=["partnership", "-pgh_created_at", "-pgh_id"], name="download_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="downloadevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="download_event_before"),
        ),
        migrations.AddIndex(
            model_name="invitationevent",
            index=models.Index(
                fields=["partnership", "-pgh_created_at", "-pgh_id"], name="invitation_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="invitationevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="invitation_event_before"),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                fields=["partnership", "-pgh_created_at", "-pgh_id"], name="membership_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="membership_event_before"),
        ),
        migrations.AddIndex(
            model_name="organisationevent",
            index=models.Index(
                fields=["partnership", "-pgh_created_at", "-pgh_id"],
                name="organisation_event_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="organisationevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="organisation_event_before"),
        ),
        migrations.AddIndex(
            model_name="pageevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="page_event_before"),
        ),
        migrations.AddIndex(
            model_name="partnershipevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="partnership_event_before"),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="user_event_before"),
        ),
        migrations.RunPython(note_what_stands, migrations.RunPython.noop),
    ]
