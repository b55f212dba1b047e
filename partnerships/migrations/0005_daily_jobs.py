from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_guards")]

    operations = [
        migrations.CreateModel(
            name="DailyJob",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
