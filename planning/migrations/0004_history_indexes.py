"""Indexes from a thing to its newest events, and an event for whatever had none.

Those of an assessment, an entry or an action are found by its number.
What was there before the history began would otherwise be lost with its first change: an
event holds what a row has become, never what it was.
"""

from django.db import migrations, models

from rpcportal.kit.postgres import quick


def note_what_stands(apps, schema_editor):
    """An event “found” for each row of which the history does not know yet."""
    for event in apps.get_app_config("planning").get_models():
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


class Migration(quick.Migration):
    dependencies = [
        ("partnerships", "0006_history_indexes"),
        ("planning", "0003_history"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="assessmentevent",
            name="assessment_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="domainofactionevent",
            name="domainofaction_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="entryevent",
            name="entry_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="evidencereferenceevent",
            name="evidencereference_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="priorityactionevent",
            name="priorityaction_event_newest",
        ),
        migrations.RemoveIndex(
            model_name="unsettledtextevent",
            name="unsettledtext_event_newest",
        ),
        migrations.AddIndex(
            model_name="assessmentevent",
            index=models.Index(
                fields=["partnership", "-pgh_created_at", "-pgh_id"], name="assessment_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="assessmentevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="assessment_event_before"),
        ),
        migrations.AddIndex(
            model_name="dependencyevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="dependency_event_before"),
        ),
        migrations.AddIndex(
            model_name="descriptorevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="descriptor_event_before"),
        ),
        migrations.AddIndex(
            model_name="dimensionevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="dimension_event_before"),
        ),
        migrations.AddIndex(
            model_name="domainevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="domain_event_before"),
        ),
        migrations.AddIndex(
            model_name="domainofactionevent",
            index=models.Index(
                fields=["priorityaction", "-pgh_created_at", "-pgh_id"],
                name="domainofaction_event_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="domainofactionevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="domainofaction_event_before"),
        ),
        migrations.AddIndex(
            model_name="entryevent",
            index=models.Index(
                fields=["assessment", "-pgh_created_at", "-pgh_id"], name="entry_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="entryevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="entry_event_before"),
        ),
        migrations.AddIndex(
            model_name="evidencereferenceevent",
            index=models.Index(
                fields=["entry", "-pgh_created_at", "-pgh_id"],
                name="evidencereference_event_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="evidencereferenceevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], name="evidencereference_event_before"
            ),
        ),
        migrations.AddIndex(
            model_name="frameworkevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="framework_event_before"),
        ),
        migrations.AddIndex(
            model_name="priorityactionevent",
            index=models.Index(
                fields=["assessment", "-pgh_created_at", "-pgh_id"],
                name="priorityaction_event_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="priorityactionevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="priorityaction_event_before"),
        ),
        migrations.AddIndex(
            model_name="progresslevelevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="progresslevel_event_before"),
        ),
        migrations.AddIndex(
            model_name="unsettledtextevent",
            index=models.Index(
                fields=["entry", "-pgh_created_at", "-pgh_id"], name="unsettledtext_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="unsettledtextevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="unsettledtext_event_before"),
        ),
        migrations.RunPython(note_what_stands, migrations.RunPython.noop),
    ]
