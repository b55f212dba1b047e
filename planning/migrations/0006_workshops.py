"""Workshops: their plan, secret ballots, tables, dots, scoring beforehand, and who came."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.math
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from rpcportal.kit.postgres import quick


class Migration(quick.Migration):
    dependencies = [
        ("partnerships", "0010_occasions_and_public_page"),
        ("planning", "0005_events_by_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("health", "Health"),
                            ("police", "Police"),
                            ("education", "Schools and education"),
                            ("housing", "Housing"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Courts and justice"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "title",
                    models.CharField(blank=True, help_text="Empty for a domain.", max_length=150),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("revealed", "Revealed"),
                            ("called_off", "Called off"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voters",
                    models.PositiveIntegerField(
                        default=0, help_text="How many voted, once it is closed."
                    ),
                ),
                (
                    "present",
                    models.PositiveIntegerField(
                        default=0, help_text="How many phones were in by then."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("level", "The progress level of a domain"),
                            ("rating", "How the workshop was"),
                        ],
                        default="level",
                        max_length=10,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="planning.entry",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DotRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("revealed", "Revealed"),
                            ("called_off", "Called off"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voters",
                    models.PositiveIntegerField(
                        default=0, help_text="How many voted, once it is closed."
                    ),
                ),
                (
                    "present",
                    models.PositiveIntegerField(
                        default=0, help_text="How many phones were in by then."
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("gaps", "Gaps"), ("actions", "Priority actions")], max_length=10
                    ),
                ),
                ("dots", models.PositiveSmallIntegerField(default=3)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DotItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "dots",
                    models.PositiveIntegerField(
                        default=0, help_text="How many, once it is closed."
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "priority_action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="planning.priorityaction",
                    ),
                ),
                (
                    "dot_round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="planning.dotround",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DotVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "dot_round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="planning.dotround",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.participant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation_words",
                    models.CharField(
                        blank=True,
                        help_text="An organisation that is not in the list.",
                        max_length=150,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "invited_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the link for scoring beforehand was last sent.",
                        null=True,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("does_not_know", models.BooleanField(default=False)),
                ("strength", models.TextField(blank=True)),
                ("improvement", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="planning.paper",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ParkedPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("request_key", models.UUIDField(editable=False, unique=True)),
                (
                    "parked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "outcome",
                    models.CharField(blank=True, help_text="What became of it.", max_length=500),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "parked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reason", "Reason"),
                            ("strength", "Strength"),
                            ("improvement", "Improvement"),
                            ("comment", "Comment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "hidden_at",
                    models.DateTimeField(blank=True, help_text="Taken off the screen.", null=True),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="planning.ballot",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RemarkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reason", "Reason"),
                            ("strength", "Strength"),
                            ("improvement", "Improvement"),
                            ("comment", "Comment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "hidden_at",
                    models.DateTimeField(blank=True, help_text="Taken off the screen.", null=True),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.ballot",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_ballot_kind_text_hidden_at_events",
                        to="planning.remark",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TableEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("evidence", models.TextField(blank=True)),
                ("gaps", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True, help_text="One action to a line.")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("taken_over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "table entries",
                "ordering": ["entry__domain__number"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("health", "Health"),
                            ("police", "Police"),
                            ("education", "Schools and education"),
                            ("housing", "Housing"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Courts and justice"),
                            ("other", "Other"),
                            ("rest", "Other sectors together"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("votes", models.PositiveIntegerField()),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="planning.ballot",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tallies",
                "ordering": ["sector", "level"],
            },
        ),
        migrations.CreateModel(
            name="TallyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("health", "Health"),
                            ("police", "Police"),
                            ("education", "Schools and education"),
                            ("housing", "Housing"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Courts and justice"),
                            ("other", "Other"),
                            ("rest", "Other sectors together"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("votes", models.PositiveIntegerField()),
                (
                    "ballot",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.ballot",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_ballot_sector_level_votes_events",
                        to="planning.tally",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("reason", models.CharField(blank=True, max_length=280)),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="planning.ballot",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.participant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=150)),
                (
                    "to_read",
                    models.TextField(blank=True, help_text="What to read before, and links to it."),
                ),
                (
                    "prework_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When scoring beforehand ends; none without pre-work.",
                        null=True,
                    ),
                ),
                ("prework_counted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("prework_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("welcome", "Welcome"),
                            ("domain", "A domain"),
                            ("dots", "Dots"),
                            ("closing", "Closing"),
                        ],
                        default="welcome",
                        max_length=20,
                    ),
                ),
                ("timer_ends_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "what_next",
                    models.TextField(
                        blank=True, help_text="What happens next, in the room's words."
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("request_key", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workshops",
                        to="planning.assessment",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "occasion",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshop",
                        to="partnerships.occasion",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ParkedPointEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("request_key", models.UUIDField(editable=False)),
                (
                    "parked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "outcome",
                    models.CharField(blank=True, help_text="What became of it.", max_length=500),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "parked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_workshop_text_entry_request_key_parked_by_parked_at_outcome_settled_at_settled_by_events",
                        to="planning.parkedpoint",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="parkedpoint",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parked_points",
                to="planning.workshop",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="papers",
                to="planning.workshop",
            ),
        ),
        migrations.CreateModel(
            name="InviteeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "organisation_words",
                    models.CharField(
                        blank=True,
                        help_text="An organisation that is not in the list.",
                        max_length=150,
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the link for scoring beforehand was last sent.",
                        null=True,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partnerships.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_workshop_organisation_organisation_words_invited_at_events",
                        to="planning.invitee",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="invitee",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitees",
                to="planning.workshop",
            ),
        ),
        migrations.CreateModel(
            name="DotRoundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("revealed", "Revealed"),
                            ("called_off", "Called off"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voters",
                    models.PositiveIntegerField(
                        default=0, help_text="How many voted, once it is closed."
                    ),
                ),
                (
                    "present",
                    models.PositiveIntegerField(
                        default=0, help_text="How many phones were in by then."
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("gaps", "Gaps"), ("actions", "Priority actions")], max_length=10
                    ),
                ),
                ("dots", models.PositiveSmallIntegerField(default=3)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_state_opened_by_opened_at_closed_by_closed_at_voters_present_workshop_about_dots_events",
                        to="planning.dotround",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="dotround",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dot_rounds",
                to="planning.workshop",
            ),
        ),
        migrations.CreateModel(
            name="BallotEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("revealed", "Revealed"),
                            ("called_off", "Called off"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voters",
                    models.PositiveIntegerField(
                        default=0, help_text="How many voted, once it is closed."
                    ),
                ),
                (
                    "present",
                    models.PositiveIntegerField(
                        default=0, help_text="How many phones were in by then."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("level", "The progress level of a domain"),
                            ("rating", "How the workshop was"),
                        ],
                        default="level",
                        max_length=10,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_state_opened_by_opened_at_closed_by_closed_at_voters_present_workshop_kind_entry_round_events",
                        to="planning.ballot",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ballots",
                to="planning.workshop",
            ),
        ),
        migrations.CreateModel(
            name="AgendaItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "title",
                    models.CharField(blank=True, help_text="Empty for a domain.", max_length=150),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_workshop_position_title_entry_minutes_events",
                        to="planning.agendaitem",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda",
                to="planning.workshop",
            ),
        ),
        migrations.CreateModel(
            name="WorkshopAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation_words", models.CharField(blank=True, max_length=150)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("health", "Health"),
                            ("police", "Police"),
                            ("education", "Schools and education"),
                            ("housing", "Housing"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Courts and justice"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("people", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WorkshopAttendanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("organisation_words", models.CharField(blank=True, max_length=150)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council"),
                            ("health", "Health"),
                            ("police", "Police"),
                            ("education", "Schools and education"),
                            ("housing", "Housing"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Courts and justice"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("people", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partnerships.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_workshop_organisation_organisation_words_sector_people_events",
                        to="planning.workshopattendance",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkshopEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=150)),
                (
                    "to_read",
                    models.TextField(blank=True, help_text="What to read before, and links to it."),
                ),
                (
                    "prework_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When scoring beforehand ends; none without pre-work.",
                        null=True,
                    ),
                ),
                ("prework_counted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("welcome", "Welcome"),
                            ("domain", "A domain"),
                            ("dots", "Dots"),
                            ("closing", "Closing"),
                        ],
                        default="welcome",
                        max_length=20,
                    ),
                ),
                ("timer_ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "what_next",
                    models.TextField(
                        blank=True, help_text="What happens next, in the room's words."
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.assessment",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partnerships.occasion",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_assessment_name_held_on_starts_at_place_to_read_prework_closes_at_prework_counted_at_occasion_stage_entry_timer_ends_at_what_next_closed_at_closed_by_created_by_created_at_events",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkshopTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tables",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="TableEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "level",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=2, null=True),
                ),
                ("evidence", models.TextField(blank=True)),
                ("gaps", models.TextField(blank=True)),
                ("actions", models.TextField(blank=True, help_text="One action to a line.")),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("taken_over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_table_entry_level_evidence_gaps_actions_updated_at_taken_over_at_events",
                        to="planning.tableentry",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshoptable",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="tableentry",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="planning.workshoptable",
            ),
        ),
        migrations.CreateModel(
            name="WorkshopTableEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_workshop_number_name_events",
                        to="planning.workshoptable",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.workshop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DotItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "dots",
                    models.PositiveIntegerField(
                        default=0, help_text="How many, once it is closed."
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.entry",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_dot_round_position_text_entry_priority_action_dots_events",
                        to="planning.dotitem",
                    ),
                ),
                (
                    "priority_action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.priorityaction",
                    ),
                ),
                (
                    "dot_round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="planning.dotround",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["dot_round", "-pgh_created_at", "-pgh_id"],
                        name="dotitem_event_newest",
                    ),
                    models.Index(fields=["pgh_obj", "-pgh_id"], name="dotitem_event_before"),
                    models.Index(
                        django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                        models.F("dot_round"),
                        name="dotitem_event_user",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotitemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f85adf016caf27e6270b3757d90d8cd5aeddc5c5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_14a70",
                    table="planning_dotitemevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT w.assessment_id FROM planning_workshop w JOIN planning_dotround r ON r.workshop_id = w.id WHERE r.id = NEW.dot_round_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="76f5940786a19b35acc4405f47a7f1ceb2db191c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_fc186",
                    table="planning_dotitem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_dotitemevent" ("dot_round_id", "dots", "entry_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_action_id", "text") VALUES (NEW."dot_round_id", NEW."dots", NEW."entry_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."position", NEW."priority_action_id", NEW."text"); RETURN NULL;',
                    hash="d4e587fe452a895baf50470fdcfba57372bc6acd",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_3ab0f",
                    table="planning_dotitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_dotitemevent" ("dot_round_id", "dots", "entry_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_action_id", "text") VALUES (NEW."dot_round_id", NEW."dots", NEW."entry_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."position", NEW."priority_action_id", NEW."text"); RETURN NULL;',
                    hash="716735449d026d05f6904a0789c14a5ddc7a726d",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_971c1",
                    table="planning_dotitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_dotitemevent" ("dot_round_id", "dots", "entry_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority_action_id", "text") VALUES (OLD."dot_round_id", OLD."dots", OLD."entry_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."position", OLD."priority_action_id", OLD."text"); RETURN NULL;',
                    hash="faef3fd9724a11084c34d0f24d014fba8c20df07",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_e3cda",
                    table="planning_dotitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dotvote",
            constraint=models.UniqueConstraint(
                models.F("dot_round"), models.F("participant"), name="dots_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotvote",
            trigger=pgtrigger.compiler.Trigger(
                name="only_while_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE standing text; of_workshop bigint;",
                    func="\n            SELECT state, workshop_id INTO standing, of_workshop\n                FROM planning_dotround WHERE id = NEW.dot_round_id FOR SHARE;\n            IF standing <> 'open' THEN\n                \n        RAISE EXCEPTION 'The ballot is closed.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_is_open';\n            END IF;\n            IF TG_OP = 'INSERT' AND NOT EXISTS (\n                SELECT 1 FROM partnerships_participant p\n                JOIN partnerships_occasion o ON o.id = p.occasion_id\n                JOIN planning_workshop w ON w.id = of_workshop\n                JOIN planning_assessment a ON a.id = w.assessment_id\n                WHERE p.id = NEW.participant_id AND o.kind = 'workshop'\n                AND o.partnership_id = a.partnership_id) THEN\n                \n        RAISE EXCEPTION 'The phone is at another event.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vote_of_this_workshop';\n            END IF;\n            \n            IF cardinality(NEW.items) > (\n                SELECT dots FROM planning_dotround WHERE id = NEW.dot_round_id) THEN\n                \n        RAISE EXCEPTION 'These are too many dots.' USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_no_more';\n            END IF;\n            IF EXISTS (SELECT 1 FROM unnest(NEW.items) AS placed WHERE NOT EXISTS (\n                SELECT 1 FROM planning_dotitem\n                WHERE id = placed AND dot_round_id = NEW.dot_round_id)) THEN\n                \n        RAISE EXCEPTION 'A dot lies on another list.' USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_on_this_list';\n            END IF;\n            RETURN NEW;",
                    hash="69b74acad24dd0b241067635309e4a077432abe9",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_only_while_open_0b2b7",
                    table="planning_dotvote",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="paperscore",
            constraint=models.UniqueConstraint(
                models.F("paper"), models.F("entry"), name="paper_score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True),
                    models.Q(
                        ("level__gte", 1),
                        ("level__lte", 9),
                        (
                            "level",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.math.Floor(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("level"), "*", models.Value(2)
                                    )
                                ),
                                "/",
                                models.Value(2),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="paper_score_half_steps",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("does_not_know", False), ("level__isnull", True), _connector="OR"
                ),
                name="paper_score_says_one_thing",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperscore",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT w.assessment_id FROM planning_workshop w JOIN planning_paper p ON p.workshop_id = w.id WHERE p.id = NEW.paper_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="80530c1a63a2b1ac52d86325fa05967c90f38dac",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_2065f",
                    table="planning_paperscore",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remark",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_remarkevent" ("ballot_id", "hidden_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."ballot_id", NEW."hidden_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."text"); RETURN NULL;',
                    hash="7ddc0c5317192a16b17e49e05d485a62a8cfedd7",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_4a14b",
                    table="planning_remark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remark",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_remarkevent" ("ballot_id", "hidden_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."ballot_id", NEW."hidden_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."text"); RETURN NULL;',
                    hash="eda90c0c39ae7b5d595d1c2b0436a76c81f41f36",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_da292",
                    table="planning_remark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remark",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_remarkevent" ("ballot_id", "hidden_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."ballot_id", OLD."hidden_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."text"); RETURN NULL;',
                    hash="b4a4977060c3a863d1b8bba98ff7ec8f3723538e",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_025e1",
                    table="planning_remark",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="remarkevent",
            index=models.Index(
                fields=["ballot", "-pgh_created_at", "-pgh_id"], name="remark_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="remarkevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="remark_event_before"),
        ),
        migrations.AddIndex(
            model_name="remarkevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("ballot"),
                name="remark_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remarkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="abade03530fd521a0b3547fecc6aff9f98cd903c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_63833",
                    table="planning_remarkevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                models.F("ballot"),
                models.F("sector"),
                models.F("level"),
                name="tally_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("votes__gte", 1)), name="tally_counts_votes"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tally",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tallyevent" ("ballot_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "votes") VALUES (NEW."ballot_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."sector", NEW."votes"); RETURN NULL;',
                    hash="fd568fb206606a1b10ad7134c0663922d87f781c",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_71efb",
                    table="planning_tally",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tally",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_tallyevent" ("ballot_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "votes") VALUES (NEW."ballot_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."sector", NEW."votes"); RETURN NULL;',
                    hash="08843796c1b358b8fd7f5a85b44e1394df87d0e4",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_5562d",
                    table="planning_tally",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tally",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tallyevent" ("ballot_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "votes") VALUES (OLD."ballot_id", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."sector", OLD."votes"); RETURN NULL;',
                    hash="8fbd69d16d8297ad66508dde16ac414961703e10",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_bd95a",
                    table="planning_tally",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="tallyevent",
            index=models.Index(
                fields=["ballot", "-pgh_created_at", "-pgh_id"], name="tally_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="tallyevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="tally_event_before"),
        ),
        migrations.AddIndex(
            model_name="tallyevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("ballot"),
                name="tally_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tallyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9d745db4b17e1f441506898b758f71f537672bf8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dbd0b",
                    table="planning_tallyevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                models.F("ballot"), models.F("participant"), name="vote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True),
                    models.Q(
                        ("level__gte", 1),
                        ("level__lte", 9),
                        (
                            "level",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.math.Floor(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("level"), "*", models.Value(2)
                                    )
                                ),
                                "/",
                                models.Value(2),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="vote_half_steps",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="only_while_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE standing text; of_workshop bigint;",
                    func="\n            SELECT state, workshop_id INTO standing, of_workshop\n                FROM planning_ballot WHERE id = NEW.ballot_id FOR SHARE;\n            IF standing <> 'open' THEN\n                \n        RAISE EXCEPTION 'The ballot is closed.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_is_open';\n            END IF;\n            IF TG_OP = 'INSERT' AND NOT EXISTS (\n                SELECT 1 FROM partnerships_participant p\n                JOIN partnerships_occasion o ON o.id = p.occasion_id\n                JOIN planning_workshop w ON w.id = of_workshop\n                JOIN planning_assessment a ON a.id = w.assessment_id\n                WHERE p.id = NEW.participant_id AND o.kind = 'workshop'\n                AND o.partnership_id = a.partnership_id) THEN\n                \n        RAISE EXCEPTION 'The phone is at another event.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vote_of_this_workshop';\n            END IF;\n            \n            IF NEW.level > (\n                SELECT CASE b.kind WHEN 'rating' THEN 5 ELSE (\n                    SELECT max(l.number) FROM planning_progresslevel l\n                    JOIN planning_assessment a ON a.framework_id = l.framework_id\n                    WHERE a.id = w.assessment_id) END\n                FROM planning_ballot b JOIN planning_workshop w ON w.id = b.workshop_id\n                WHERE b.id = NEW.ballot_id) THEN\n                \n        RAISE EXCEPTION 'The level is above the scale.' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_on_the_scale';\n            END IF;\n            RETURN NEW;",
                    hash="53768c406dd4c8c89ea36e611b160b3b2d391611",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_only_while_open_0869c",
                    table="planning_vote",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["welcome", "domain", "dots", "closing"])),
                name="workshop_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "domain"), _negated=True),
                    ("entry__isnull", False),
                    _connector="OR",
                ),
                name="workshop_is_at_a_domain",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="one_partnership",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM partnerships_occasion WHERE id = NEW.occasion_id\n                       AND partnership_id IS DISTINCT FROM (SELECT partnership_id FROM planning_assessment WHERE id = NEW.assessment_id)) THEN\n                RAISE EXCEPTION 'The occasion belongs to another partnership.'\n                    USING ERRCODE = 'integrity_constraint_violation',\n                          CONSTRAINT = 'of_one_partnership';\n            END IF;\nRETURN NEW;",
                    hash="1370e7469f14c668d8ab70888e3f12f630bcc82c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_partnership_54639",
                    table="planning_workshop",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM NEW.assessment_id) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="da1116481f0f4955c2b6ec2a4eb023af163e8528",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_47a60",
                    table="planning_workshop",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshopevent" ("assessment_id", "closed_at", "closed_by_id", "created_at", "created_by_id", "entry_id", "held_on", "id", "name", "occasion_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prework_closes_at", "prework_counted_at", "stage", "starts_at", "timer_ends_at", "to_read", "what_next") VALUES (NEW."assessment_id", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."entry_id", NEW."held_on", NEW."id", NEW."name", NEW."occasion_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."place", NEW."prework_closes_at", NEW."prework_counted_at", NEW."stage", NEW."starts_at", NEW."timer_ends_at", NEW."to_read", NEW."what_next"); RETURN NULL;',
                    hash="2777439160d881857eac2c9c1ae33e8ec87873f1",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_f625b",
                    table="planning_workshop",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."assessment_id" IS DISTINCT FROM (NEW."assessment_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."occasion_id" IS DISTINCT FROM (NEW."occasion_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."prework_closes_at" IS DISTINCT FROM (NEW."prework_closes_at") OR OLD."prework_counted_at" IS DISTINCT FROM (NEW."prework_counted_at") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."timer_ends_at" IS DISTINCT FROM (NEW."timer_ends_at") OR OLD."to_read" IS DISTINCT FROM (NEW."to_read") OR OLD."what_next" IS DISTINCT FROM (NEW."what_next"))',
                    func='INSERT INTO "planning_workshopevent" ("assessment_id", "closed_at", "closed_by_id", "created_at", "created_by_id", "entry_id", "held_on", "id", "name", "occasion_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prework_closes_at", "prework_counted_at", "stage", "starts_at", "timer_ends_at", "to_read", "what_next") VALUES (NEW."assessment_id", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."created_by_id", NEW."entry_id", NEW."held_on", NEW."id", NEW."name", NEW."occasion_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."place", NEW."prework_closes_at", NEW."prework_counted_at", NEW."stage", NEW."starts_at", NEW."timer_ends_at", NEW."to_read", NEW."what_next"); RETURN NULL;',
                    hash="e9d9bd769b1be02e33cf89a35d36c40b34e32534",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_6e69b",
                    table="planning_workshop",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshopevent" ("assessment_id", "closed_at", "closed_by_id", "created_at", "created_by_id", "entry_id", "held_on", "id", "name", "occasion_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prework_closes_at", "prework_counted_at", "stage", "starts_at", "timer_ends_at", "to_read", "what_next") VALUES (OLD."assessment_id", OLD."closed_at", OLD."closed_by_id", OLD."created_at", OLD."created_by_id", OLD."entry_id", OLD."held_on", OLD."id", OLD."name", OLD."occasion_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."place", OLD."prework_closes_at", OLD."prework_counted_at", OLD."stage", OLD."starts_at", OLD."timer_ends_at", OLD."to_read", OLD."what_next"); RETURN NULL;',
                    hash="4052bf05cbdb31478a92106e7bad2a1a9e012f3d",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_3c936",
                    table="planning_workshop",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="parkedpointevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="parkedpoint_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="parkedpointevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="parkedpoint_event_before"),
        ),
        migrations.AddIndex(
            model_name="parkedpointevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="parkedpoint_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parkedpointevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f770f4dd48b07e75c93b60f1412d51527f974f50",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_78341",
                    table="planning_parkedpointevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parkedpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="ffd06b0f7daa860bf2304950b05506e10fb13955",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_df0d3",
                    table="planning_parkedpoint",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parkedpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_parkedpointevent" ("entry_id", "id", "outcome", "parked_at", "parked_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "settled_at", "settled_by_id", "text", "workshop_id") VALUES (NEW."entry_id", NEW."id", NEW."outcome", NEW."parked_at", NEW."parked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."request_key", NEW."settled_at", NEW."settled_by_id", NEW."text", NEW."workshop_id"); RETURN NULL;',
                    hash="31ba35667dd2a398bc952f1e3046c8a1d3c81c58",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_161f5",
                    table="planning_parkedpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parkedpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_parkedpointevent" ("entry_id", "id", "outcome", "parked_at", "parked_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "settled_at", "settled_by_id", "text", "workshop_id") VALUES (NEW."entry_id", NEW."id", NEW."outcome", NEW."parked_at", NEW."parked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."request_key", NEW."settled_at", NEW."settled_by_id", NEW."text", NEW."workshop_id"); RETURN NULL;',
                    hash="0c491583690fdc2e3a0af2318444c49a47ed58ed",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_2b529",
                    table="planning_parkedpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parkedpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_parkedpointevent" ("entry_id", "id", "outcome", "parked_at", "parked_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "settled_at", "settled_by_id", "text", "workshop_id") VALUES (OLD."entry_id", OLD."id", OLD."outcome", OLD."parked_at", OLD."parked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."request_key", OLD."settled_at", OLD."settled_by_id", OLD."text", OLD."workshop_id"); RETURN NULL;',
                    hash="de654d0e7811f9833f77ecf8ab6118ba56608aa4",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_1c48d",
                    table="planning_parkedpoint",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="inviteeevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="invitee_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="inviteeevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="invitee_event_before"),
        ),
        migrations.AddIndex(
            model_name="inviteeevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="invitee_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inviteeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e84c5ab98f084f4d04bcc830ca4a0ceec71c0873",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0113a",
                    table="planning_inviteeevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="invitee_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                models.F("organisation"),
                condition=models.Q(("email", "")),
                name="invited_organisation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", True), ("organisation_words", ""), _connector="XOR"
                ),
                name="invitee_has_one_organisation",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitee",
            trigger=pgtrigger.compiler.Trigger(
                name="one_partnership",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM partnerships_organisation WHERE id = NEW.organisation_id\n                       AND partnership_id IS DISTINCT FROM (SELECT partnership_id FROM planning_assessment WHERE id = (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id))) THEN\n                RAISE EXCEPTION 'The organisation belongs to another partnership.'\n                    USING ERRCODE = 'integrity_constraint_violation',\n                          CONSTRAINT = 'of_one_partnership';\n            END IF;\nRETURN NEW;",
                    hash="5bd09d09bcbb72061d7d3f4f79141a828660aceb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_partnership_98ac6",
                    table="planning_invitee",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitee",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_inviteeevent" ("id", "invited_at", "organisation_id", "organisation_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (NEW."id", NEW."invited_at", NEW."organisation_id", NEW."organisation_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."workshop_id"); RETURN NULL;',
                    hash="3bbe20140451fa9111cd5c601248b5ccb95d249d",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_cef50",
                    table="planning_invitee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitee",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."organisation_words" IS DISTINCT FROM (NEW."organisation_words") OR OLD."workshop_id" IS DISTINCT FROM (NEW."workshop_id"))',
                    func='INSERT INTO "planning_inviteeevent" ("id", "invited_at", "organisation_id", "organisation_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (NEW."id", NEW."invited_at", NEW."organisation_id", NEW."organisation_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."workshop_id"); RETURN NULL;',
                    hash="2ed6de29dda71eafae3b4a248a09c04c4b6c419e",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_69452",
                    table="planning_invitee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitee",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_inviteeevent" ("id", "invited_at", "organisation_id", "organisation_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (OLD."id", OLD."invited_at", OLD."organisation_id", OLD."organisation_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."workshop_id"); RETURN NULL;',
                    hash="615aba1a77c1a70c6d7107e76247be86542ea51b",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_ea7fe",
                    table="planning_invitee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitee",
            trigger=pgtrigger.compiler.Trigger(
                name="noticed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."name" IS DISTINCT FROM (NEW."name"))',
                    func='INSERT INTO "planning_inviteeevent" ("id", "invited_at", "organisation_id", "organisation_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (NEW."id", NEW."invited_at", NEW."organisation_id", NEW."organisation_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'noticed\', NEW."id", NEW."workshop_id"); RETURN NULL;',
                    hash="9655d002f40327cc4742aa20be8164827c35e666",
                    operation="UPDATE",
                    pgid="pgtrigger_noticed_update_d8c27",
                    table="planning_invitee",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="dotroundevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="dotround_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="dotroundevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="dotround_event_before"),
        ),
        migrations.AddIndex(
            model_name="dotroundevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="dotround_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotroundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3395b4fb95f12e1e255cc67ede3ae7da69befa9a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_159da",
                    table="planning_dotroundevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dotround",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "revealed", "called_off"])),
                name="dots_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dotround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"), ("closed_at__isnull", False), _connector="XOR"
                ),
                name="dots_closed_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="dotround",
            constraint=models.CheckConstraint(
                condition=models.Q(("dots__in", [3, 5])), name="dots_three_or_five"
            ),
        ),
        migrations.AddConstraint(
            model_name="dotround",
            constraint=models.UniqueConstraint(
                models.F("workshop"), condition=models.Q(("state", "open")), name="dots_one_open"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotround",
            trigger=pgtrigger.compiler.Trigger(
                name="steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state <> 'open' THEN\n                    \n        RAISE EXCEPTION 'A ballot begins open.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_begins_open';\n                END IF;\n            ELSIF OLD.state <> 'open' THEN\n                \n        RAISE EXCEPTION 'A ballot that was closed stands for ever.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_stands';\n            ELSIF NEW.state <> 'open'\n                AND EXISTS (SELECT 1 FROM planning_dotvote WHERE dot_round_id = NEW.id) THEN\n                \n        RAISE EXCEPTION 'A closed ballot keeps nobody''s vote.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_keeps_no_votes';\n            END IF;\n            RETURN NEW;",
                    hash="104a1bf57aeb76c34cdf9e838685a07ebc664902",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_steps_489b4",
                    table="planning_dotround",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotround",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_dotroundevent" ("about", "closed_at", "closed_by_id", "dots", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "state", "voters", "workshop_id") VALUES (NEW."about", NEW."closed_at", NEW."closed_by_id", NEW."dots", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."present", NEW."state", NEW."voters", NEW."workshop_id"); RETURN NULL;',
                    hash="f4ef9c14a0640e8df77cb52f8b44ac3e0eccb200",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_4782c",
                    table="planning_dotround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotround",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_dotroundevent" ("about", "closed_at", "closed_by_id", "dots", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "state", "voters", "workshop_id") VALUES (NEW."about", NEW."closed_at", NEW."closed_by_id", NEW."dots", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."present", NEW."state", NEW."voters", NEW."workshop_id"); RETURN NULL;',
                    hash="ce8b212de28d9768c2553b57942ebbb472f64314",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_beb8e",
                    table="planning_dotround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dotround",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_dotroundevent" ("about", "closed_at", "closed_by_id", "dots", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "state", "voters", "workshop_id") VALUES (OLD."about", OLD."closed_at", OLD."closed_by_id", OLD."dots", OLD."id", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."present", OLD."state", OLD."voters", OLD."workshop_id"); RETURN NULL;',
                    hash="66d6509ab3612706441bb727cd430328b6c6f245",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_cc90f",
                    table="planning_dotround",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="ballotevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="ballot_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="ballotevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="ballot_event_before"),
        ),
        migrations.AddIndex(
            model_name="ballotevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="ballot_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballotevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="73cb17b3cd3ad3841f6cfe714890c0412426419b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_420be",
                    table="planning_ballotevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "revealed", "called_off"])),
                name="ballot_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entry__isnull", False), ("kind", "level")),
                    models.Q(("entry__isnull", True), ("kind", "rating")),
                    _connector="OR",
                ),
                name="ballot_asks_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"), ("closed_at__isnull", False), _connector="XOR"
                ),
                name="ballot_closed_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                condition=models.Q(("round__gt", 0), ("state", "open")),
                name="ballot_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                models.F("kind"),
                models.F("entry"),
                models.F("round"),
                condition=models.Q(("state", "called_off"), _negated=True),
                name="ballot_round_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="e03fc2c2a0f43d8e673f7d80d45ebf7efbf66bb5",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_66ce0",
                    table="planning_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.state <> 'open' THEN\n                    \n        RAISE EXCEPTION 'A ballot begins open.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_begins_open';\n                END IF;\n            ELSIF OLD.state <> 'open' THEN\n                \n        RAISE EXCEPTION 'A ballot that was closed stands for ever.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_stands';\n            ELSIF NEW.state <> 'open'\n                AND EXISTS (SELECT 1 FROM planning_vote WHERE ballot_id = NEW.id) THEN\n                \n        RAISE EXCEPTION 'A closed ballot keeps nobody''s vote.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ballot_keeps_no_votes';\n            END IF;\n            RETURN NEW;",
                    hash="c1c73a2e186cd8251fcd102055eae6497e744554",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_steps_8c16f",
                    table="planning_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_ballotevent" ("closed_at", "closed_by_id", "entry_id", "id", "kind", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "round", "state", "voters", "workshop_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."entry_id", NEW."id", NEW."kind", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."present", NEW."round", NEW."state", NEW."voters", NEW."workshop_id"); RETURN NULL;',
                    hash="0a4825f6390710cf94ac50e603dc5d0c41ca0133",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_dd132",
                    table="planning_ballot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_ballotevent" ("closed_at", "closed_by_id", "entry_id", "id", "kind", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "round", "state", "voters", "workshop_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."entry_id", NEW."id", NEW."kind", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."present", NEW."round", NEW."state", NEW."voters", NEW."workshop_id"); RETURN NULL;',
                    hash="92b1f18fd0a03efaeb9214f75d576a4b991c232c",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_7662d",
                    table="planning_ballot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_ballotevent" ("closed_at", "closed_by_id", "entry_id", "id", "kind", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "round", "state", "voters", "workshop_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."entry_id", OLD."id", OLD."kind", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."present", OLD."round", OLD."state", OLD."voters", OLD."workshop_id"); RETURN NULL;',
                    hash="4e6e3a5fe2aee83bb897fd1ab0156eab0d5afa17",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_f5e83",
                    table="planning_ballot",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="agendaitemevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="agendaitem_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="agendaitemevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="agendaitem_event_before"),
        ),
        migrations.AddIndex(
            model_name="agendaitemevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="agendaitem_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="601aae150570e612f5ad017e159a6c0dc8eee9e7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c053e",
                    table="planning_agendaitemevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                models.F("workshop"), models.F("entry"), name="agenda_domain_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("entry__isnull", True), _connector="XOR"),
                name="agenda_item_is_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__lte", 600)), name="agenda_minutes_within_a_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="b95af18f17be8f238bf970abf0d518b4f578be16",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_6fcb8",
                    table="planning_agendaitem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_agendaitemevent" ("entry_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "workshop_id") VALUES (NEW."entry_id", NEW."id", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."position", NEW."title", NEW."workshop_id"); RETURN NULL;',
                    hash="3fa8b5ca91dfb05385621db01ae8eb9d42b01985",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_fa802",
                    table="planning_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_agendaitemevent" ("entry_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "workshop_id") VALUES (NEW."entry_id", NEW."id", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."position", NEW."title", NEW."workshop_id"); RETURN NULL;',
                    hash="9a29c81ce63730d71a486e436b6329c3a6f4305b",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_a9dff",
                    table="planning_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_agendaitemevent" ("entry_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "workshop_id") VALUES (OLD."entry_id", OLD."id", OLD."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."position", OLD."title", OLD."workshop_id"); RETURN NULL;',
                    hash="bcb97a3b24f258365070900d41af0c50426b9f19",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_50551",
                    table="planning_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="workshopattendance",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                models.F("organisation"),
                models.F("organisation_words"),
                models.F("sector"),
                name="workshop_attendance_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="workshopattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", True), ("organisation_words", ""), _connector="OR"
                ),
                name="workshop_attendance_has_one",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopattendance",
            trigger=pgtrigger.compiler.Trigger(
                name="one_partnership",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM partnerships_organisation WHERE id = NEW.organisation_id\n                       AND partnership_id IS DISTINCT FROM (SELECT partnership_id FROM planning_assessment WHERE id = (SELECT assessment_id FROM planning_workshop WHERE id = NEW.workshop_id))) THEN\n                RAISE EXCEPTION 'The organisation belongs to another partnership.'\n                    USING ERRCODE = 'integrity_constraint_violation',\n                          CONSTRAINT = 'of_one_partnership';\n            END IF;\nRETURN NEW;",
                    hash="47da6ff8cdb18164fec13f04321a39aac702e855",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_partnership_f61ea",
                    table="planning_workshopattendance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopattendance",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshopattendanceevent" ("id", "organisation_id", "organisation_words", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "workshop_id") VALUES (NEW."id", NEW."organisation_id", NEW."organisation_words", NEW."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."sector", NEW."workshop_id"); RETURN NULL;',
                    hash="b1132f6e2a5c89646ac9256ae195fac1d881b0e5",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_aa21e",
                    table="planning_workshopattendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopattendance",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_workshopattendanceevent" ("id", "organisation_id", "organisation_words", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "workshop_id") VALUES (NEW."id", NEW."organisation_id", NEW."organisation_words", NEW."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."sector", NEW."workshop_id"); RETURN NULL;',
                    hash="ecb1bce8d5fa4cbdabbbcda3051f223f01362729",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_56a36",
                    table="planning_workshopattendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopattendance",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshopattendanceevent" ("id", "organisation_id", "organisation_words", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "workshop_id") VALUES (OLD."id", OLD."organisation_id", OLD."organisation_words", OLD."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."sector", OLD."workshop_id"); RETURN NULL;',
                    hash="378f68f256df092ea363b3a9499af50c866e5ac4",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_0d634",
                    table="planning_workshopattendance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="workshopattendanceevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="workshop_came_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="workshopattendanceevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="workshop_came_event_before"),
        ),
        migrations.AddIndex(
            model_name="workshopattendanceevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="workshop_came_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopattendanceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ef3ed98f3900f7c3d135fbf7cb3a00a5c5a34544",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9bd78",
                    table="planning_workshopattendanceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="workshopevent",
            index=models.Index(
                fields=["assessment", "-pgh_created_at", "-pgh_id"], name="workshop_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="workshopevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="workshop_event_before"),
        ),
        migrations.AddIndex(
            model_name="workshopevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("assessment"),
                name="workshop_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshopevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="40c0c51c211522c331ef9817424091ad0b5c292c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_36c06",
                    table="planning_workshopevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="workshoptable",
            constraint=models.UniqueConstraint(
                models.F("workshop"), models.F("number"), name="workshop_table_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshoptable",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshoptableevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (NEW."id", NEW."name", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."workshop_id"); RETURN NULL;',
                    hash="11993fbbf08252adfe75b209d88bfdeadc5edb71",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_60e33",
                    table="planning_workshoptable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshoptable",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "planning_workshoptableevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (NEW."id", NEW."name", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."workshop_id"); RETURN NULL;',
                    hash="f9eccd625fce5d8b0a8fe7b5be20371fe59be404",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_72d14",
                    table="planning_workshoptable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshoptable",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_workshoptableevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workshop_id") VALUES (OLD."id", OLD."name", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."workshop_id"); RETURN NULL;',
                    hash="5669e826619b9ace679440ea8dd16136ce4140d7",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_f8c35",
                    table="planning_workshoptable",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="tableentryevent",
            index=models.Index(
                fields=["table", "-pgh_created_at", "-pgh_id"], name="tableentry_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="tableentryevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="tableentry_event_before"),
        ),
        migrations.AddIndex(
            model_name="tableentryevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("table"),
                name="tableentry_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tableentryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fc5124d7da4d7832a540d09082ae6e25f3e6daa9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6dcd0",
                    table="planning_tableentryevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tableentry",
            constraint=models.UniqueConstraint(
                models.F("table"), models.F("entry"), name="table_entry_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tableentry",
            trigger=pgtrigger.compiler.Trigger(
                name="one_assessment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT 1 FROM planning_entry WHERE id = NEW.entry_id\n                       AND assessment_id IS DISTINCT FROM (SELECT w.assessment_id FROM planning_workshop w JOIN planning_workshoptable t ON t.workshop_id = w.id WHERE t.id = NEW.table_id)) THEN\n                \n        RAISE EXCEPTION 'The domain is on another sheet.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'of_one_assessment';\n            END IF;\n            RETURN NEW;",
                    hash="48cedc5f97a9ec13b3710061eb16e171534de16d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_assessment_8127d",
                    table="planning_tableentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tableentry",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tableentryevent" ("actions", "entry_id", "evidence", "gaps", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "taken_over_at", "updated_at") VALUES (NEW."actions", NEW."entry_id", NEW."evidence", NEW."gaps", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'added\', NEW."id", NEW."table_id", NEW."taken_over_at", NEW."updated_at"); RETURN NULL;',
                    hash="70c89db5dbea96df811dacdb5967bff7919350c3",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_4ba23",
                    table="planning_tableentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tableentry",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."actions" IS DISTINCT FROM (NEW."actions") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."gaps" IS DISTINCT FROM (NEW."gaps") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."table_id" IS DISTINCT FROM (NEW."table_id") OR OLD."taken_over_at" IS DISTINCT FROM (NEW."taken_over_at") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))',
                    func='INSERT INTO "planning_tableentryevent" ("actions", "entry_id", "evidence", "gaps", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "taken_over_at", "updated_at") VALUES (NEW."actions", NEW."entry_id", NEW."evidence", NEW."gaps", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', NEW."id", NEW."table_id", NEW."taken_over_at", NEW."updated_at"); RETURN NULL;',
                    hash="1979f380ccd0931f548938241c44b1924a5bfc9a",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_fc45f",
                    table="planning_tableentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tableentry",
            trigger=pgtrigger.compiler.Trigger(
                name="removed_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "planning_tableentryevent" ("actions", "entry_id", "evidence", "gaps", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "taken_over_at", "updated_at") VALUES (OLD."actions", OLD."entry_id", OLD."evidence", OLD."gaps", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'removed\', OLD."id", OLD."table_id", OLD."taken_over_at", OLD."updated_at"); RETURN NULL;',
                    hash="1f55b1c140a00351d55d71e2ebec2969f0791545",
                    operation="DELETE",
                    pgid="pgtrigger_removed_delete_efecb",
                    table="planning_tableentry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="workshoptableevent",
            index=models.Index(
                fields=["workshop", "-pgh_created_at", "-pgh_id"], name="workshoptable_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="workshoptableevent",
            index=models.Index(fields=["pgh_obj", "-pgh_id"], name="workshoptable_event_before"),
        ),
        migrations.AddIndex(
            model_name="workshoptableevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("user", "pgh_context"),
                models.F("workshop"),
                name="workshoptable_event_user",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshoptableevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3be6b762fe4e6ec436cbd836f5715f5899466e0f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5212a",
                    table="planning_workshoptableevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
