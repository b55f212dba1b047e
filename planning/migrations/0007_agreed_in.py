"""That the level of an entry is what the room agreed in a workshop."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0006_workshops"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="agreed_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="planning.workshop",
            ),
        ),
    ]
