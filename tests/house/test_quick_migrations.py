"""Steps of many operations do what these do one by one (rpcportal/kit/postgres/quick.py)."""

import pgtrigger
import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger
from pgtrigger.migrations import AddTrigger

from rpcportal.kit.postgres import quick

pytestmark = pytest.mark.django_db(transaction=True)


def table(name, *fields):
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields])


def compiled():
    return Trigger(
        name="stays",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            pgid="pgtrigger_stays_00000",
            table="house_letter",
            func="RAISE EXCEPTION 'It stays.';",
            when="BEFORE",
            operation="DELETE",
            hash="x",
        ),
    )


class Letters(quick.Migration):
    """Two tables, one of which refers to the other, and what is added to them later."""

    operations = [
        table("Alphabet"),
        table(
            "Letter",
            ("name", models.CharField(max_length=9)),
            ("alphabet", models.ForeignKey("house.Alphabet", models.CASCADE)),
        ),
        migrations.AddIndex("letter", models.Index(fields=["name"], name="letter_name")),
        migrations.AddConstraint(
            "letter", models.UniqueConstraint("alphabet", "name", name="letter_once")
        ),
        AddTrigger("letter", compiled()),
        migrations.AddField("letter", "sound", models.CharField(max_length=9, default="")),
        migrations.AddField(
            "letter",
            "other",
            models.ForeignKey("house.Alphabet", models.CASCADE, null=True, related_name="+"),
        ),
    ]


class OneByOne(migrations.Migration):
    operations = Letters.operations


def made_by(migration):
    """What stands in the database after a migration, which is then undone."""
    state = ProjectState()
    with connection.schema_editor() as editor:
        state = migration("letters", "house").apply(state, editor)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'house_%' UNION ALL "
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE "
                "conrelid::regclass::text LIKE 'house_%' UNION ALL "
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND "
                "tgrelid::regclass::text LIKE 'house_%' UNION ALL "
                "SELECT table_name || column_name || data_type FROM information_schema.columns "
                "WHERE table_name LIKE 'house_%' ORDER BY 1"
            )
            found = [row[0] for row in cursor.fetchall()]
            cursor.execute("DROP TABLE house_letter, house_alphabet CASCADE")
            cursor.execute("DROP FUNCTION pgtrigger_stays_00000")
        return found, state.apps.get_model("house", "letter")
    finally:
        connection.close()


def test_what_it_makes_is_what_the_operations_make_one_by_one():
    quickly, model = made_by(Letters)
    slowly, same = made_by(OneByOne)

    assert quickly == slowly
    assert any("letter_name" in line for line in quickly)
    assert any("pgtrigger_stays" in line for line in quickly)
    names = [field.name for field in model._meta.fields]
    assert names == [field.name for field in same._meta.fields]
    assert names == ["id", "name", "alphabet", "sound", "other"]


def test_neighbours_of_one_kind_are_one_step_and_the_operations_stay_listed():
    steps = list(quick._steps(Letters.operations))

    assert [len(getattr(step, "operations", [step])) for step in steps] == [2, 3, 2]
    assert len(Letters("letters", "house").operations) == 7
