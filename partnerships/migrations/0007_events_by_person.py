"""An index from a person to the events that they left, in every history."""

import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_history_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="affiliationevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("membership"),
                name="affiliation_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="downloadevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("partnership"),
                name="download_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="invitationevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("partnership"),
                name="invitation_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("partnership"),
                name="membership_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="organisationevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("partnership"),
                name="organisation_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="pageevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="page_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="partnershipevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="partnership_event_user",
            ),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                name="user_event_user",
            ),
        ),
    ]
