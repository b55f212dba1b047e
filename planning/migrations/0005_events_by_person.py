"""An index from a person to the events that they left, in every history."""

import django.db.models.fields.json
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0007_events_by_person"),
        ("planning", "0004_history_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assessmentevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("partnership"),
                name="assessment_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="dependencyevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="dependency_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="descriptorevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="descriptor_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="dimensionevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="dimension_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="domainevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="domain_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="domainofactionevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("priorityaction"),
                name="domainofaction_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="entryevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("assessment"),
                name="entry_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="evidencereferenceevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("entry"),
                name="evidencereference_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="frameworkevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="framework_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="priorityactionevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("assessment"),
                name="priorityaction_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="progresslevelevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="progresslevel_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="unsettledtextevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("entry"),
                name="unsettledtext_event_user",
            ),
        ),
    ]
