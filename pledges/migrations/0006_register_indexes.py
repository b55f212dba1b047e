"""Indexes with which the register of one partnership is as quick among a million actions."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0005_launches_and_performance")]

    operations = [
        BtreeGinExtension(),  # lets one index hold partnership and words
        migrations.RemoveIndex(model_name="action", name="action_words"),
        migrations.AddIndex(
            model_name="action",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["partnership", "search"], name="action_words"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["partnership", "number"],
                include=[
                    *("id", "organisation", "owner", "owner_words", "due_on", "status"),
                    *("rating", "updated_at"),
                ],
                name="action_in_short",
            ),
        ),
        # The index of served_domain_once finds them, and without reading the rows.
        migrations.AlterField(
            model_name="serveddomain",
            name="action",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="pledges.action",
            ),
        ),
        # The numbers of actions that were deleted are never given again (pledges/actions.py).
        migrations.RunSQL(
            "CREATE INDEX action_event_removed ON pledges_actionevent (partnership_id, number) "
            "WHERE pgh_label = 'removed'",
            "DROP INDEX action_event_removed",
        ),
    ]
