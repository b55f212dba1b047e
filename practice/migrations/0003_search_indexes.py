"""Indexes with which the library is found within a blink among 50,000 things."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

from rpcportal.kit.postgres import quick


class Migration(quick.Migration):
    dependencies = [
        ("partnerships", "0010_occasions_and_public_page"),
        ("practice", "0002_library"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="libraryentry",
            name="library_entry_domains",
        ),
        migrations.RemoveIndex(
            model_name="libraryword",
            name="library_word_like",
        ),
        migrations.AddIndex(
            model_name="libraryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("words"),
                condition=models.Q(("partnership__isnull", True)),
                name="library_starter_words",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("named"),
                condition=models.Q(("partnership__isnull", True)),
                name="library_starter_named",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("partnership"),
                models.F("domains"),
                models.F("roles"),
                models.F("required_in"),
                models.F("considered_in"),
                name="library_entry_filters",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryentry",
            index=models.Index(
                models.F("partnership"),
                models.Case(
                    models.When(kind="standard", then=models.Value(0)),
                    models.When(kind="measure", then=models.Value(1)),
                    models.When(kind="resource", then=models.Value(2)),
                    models.When(kind="statement", then=models.Value(3)),
                    models.When(kind="definition", then=models.Value(4)),
                    models.When(kind="word", then=models.Value(5)),
                    models.When(kind="part", then=models.Value(6)),
                ),
                django.db.models.functions.text.Left("title", 200),
                models.F("id"),
                name="library_entry_order",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryword",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("partnership"),
                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                name="library_word_own",
            ),
        ),
        migrations.AddIndex(
            model_name="libraryword",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                condition=models.Q(("partnership__isnull", True)),
                name="library_word_starter",
            ),
        ),
    ]
