"""Nothing is changed without a trace, and no trace is changed: whoever asks, by whatever way.

The models are found by looking, so a new one is tested by being there. That the portal's own
user in the database cannot take the triggers off is tests/house/test_owner.py.
"""

import importlib

import pgtrigger
import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction
from pghistory.models import Event

from partnerships.models import Organisation, Sector
from planning.models import DomainOfAction, PriorityAction
from tests.factories.assessments import make_action, make_assessment
from tests.factories.events import any_event
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db

ROOMS = {"partnerships", "planning", "pledges", "practice", "rpcportal", "kit"}
WAYS_IN = {"account", "mfa", "socialaccount", "usersessions"}
UNTRACKED = {
    "account.EmailConfirmation": "The portal sends none.",
    "socialaccount.SocialApp": "Single sign-on is set in the environment.",
    "socialaccount.SocialApp_sites": "Of the same.",
    "socialaccount.SocialToken": "None is kept.",
    "usersessions.UserSession": "Where somebody is signed in: gone with the session.",
    "partnerships.TryCount": "Counted by the portal, and gone after a day.",
    "partnerships.OutgoingMail": "Written and emptied by the portal; people change nothing in it.",
    "partnerships.DailyJob": "When the portal last did its daily work.",
    "partnerships.Participant": "A phone without a name, gone a month after an event unless used.",
    "practice.Reflection": "Private: nobody but who wrote it, and their team, ever reads it.",
    "practice.ReflectionAnswer": "Of the same.",
    "practice.LibraryEntry": "Made from other rows, for the search.",
    "practice.LibraryWord": "Of the same.",
    "planning.Vote": "Secret: tied to a phone while its ballot is open, then counted and deleted.",
    "planning.DotVote": "Of the same.",
    "planning.Paper": "Scores beforehand, of nobody: counted and deleted.",
    "planning.PaperScore": "Of the same.",
    "pledges.PlanImport": "A spreadsheet between preview and import: gone after a day.",
}
HISTORIES = [each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed]
TRACKED = {each.pgh_tracked_model._meta.concrete_model for each in HISTORIES}
MODELS = [
    each
    for each in apps.get_models(include_auto_created=True)
    if each._meta.app_label in ROOMS | WAYS_IN
    and not issubclass(each, Event)
    and not each._meta.proxy
]
CANNOT = "Cannot (update|delete|update or delete) rows"


def named(model):
    return model._meta.label


# --- Everything has a history ----------------------------------------------------------------


def test_there_are_models_to_look_at():
    assert len(HISTORIES) > 15
    assert Organisation in MODELS


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_every_model_has_a_history_or_a_reason_for_none(model):
    assert (model in TRACKED) != (named(model) in UNTRACKED)


@pytest.mark.parametrize("model", sorted(TRACKED, key=named), ids=named)
def test_a_trigger_of_its_table_writes_whatever_is_added_changed_and_removed(model):
    """As the database has it: a model may say one thing and a migration another."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT event_manipulation, action_statement FROM information_schema.triggers
            WHERE event_object_table = %s AND trigger_name ~ '^pgtrigger_(added|changed|removed)_'
                AND action_timing = 'AFTER' AND action_orientation = 'ROW'
            """,
            [model._meta.db_table],
        )
        assert {kind for kind, _ in cursor.fetchall()} == {"INSERT", "UPDATE", "DELETE"}


# --- Every way of writing leaves a trace -----------------------------------------------------

TABLE = Organisation._meta.db_table
WRITE = f"INSERT INTO {TABLE} (partnership_id, name, sector) VALUES (%s, %s, %s)"


@pytest.fixture
def partnership():
    return make_area().partnership


@pytest.fixture
def library(partnership):
    return make_organisation(partnership, "Library", Sector.COUNCIL)


def two(partnership):
    return [
        Organisation(partnership=partnership, name=name, sector=Sector.POLICE)
        for name in ("North", "South")
    ]


def executemany(partnership):
    values = [(partnership.pk, name, "police") for name in ("North", "South")]
    with connection.cursor() as cursor:
        cursor.executemany(WRITE, values)


def several_rows_at_once(partnership):
    sql = WRITE + ", (%s, %s, %s)"
    run_sql(sql, partnership.pk, "North", "police", partnership.pk, "South", "police")


ADDING = {
    "bulk_create": lambda partnership: Organisation.objects.bulk_create(two(partnership)),
    "save": lambda partnership: [each.save() for each in two(partnership)],
    "executemany": executemany,
    "raw SQL": several_rows_at_once,
}


@pytest.mark.parametrize("way", ADDING)
def test_whatever_adds_rows_leaves_a_trace_of_each(partnership, way):
    ADDING[way](partnership)
    assert traces() == [("added", "North", "police"), ("added", "South", "police")]


def bulk_update(library):
    library.name = "Libraries"
    Organisation.objects.bulk_update([library], ["name"])


def changing_many(library):
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {TABLE} SET name = %s WHERE id = %s", [("Libraries", library.pk)]
        )


CHANGING = {
    "bulk_update": bulk_update,
    "queryset.update": lambda library: Organisation.objects.update(name="Libraries"),
    "raw SQL": lambda library: run_sql(f"UPDATE {TABLE} SET name = 'Libraries'"),
    "executemany": changing_many,
    "upsert": lambda library: run_sql(
        f"INSERT INTO {TABLE} (id, partnership_id, name, sector) VALUES (%s, %s, 'x', 'police') "
        "ON CONFLICT (id) DO UPDATE SET name = 'Libraries'",
        library.pk,
        library.partnership_id,
    ),
}


@pytest.mark.parametrize("way", CHANGING)
def test_whatever_changes_rows_leaves_a_trace(library, way):
    CHANGING[way](library)
    assert traces() == [("added", "Library", "council"), ("changed", "Libraries", "council")]


REMOVING = {
    "delete": lambda library: library.delete(),
    "queryset.delete": lambda library: Organisation.objects.filter(pk=library.pk).delete(),
    "raw SQL": lambda library: run_sql(f"DELETE FROM {TABLE}"),
}


@pytest.mark.parametrize("way", REMOVING)
def test_whatever_removes_rows_leaves_a_trace_of_what_stood_there(library, way):
    REMOVING[way](library)
    assert traces() == [("added", "Library", "council"), ("removed", "Library", "council")]


def test_writing_what_stands_there_already_leaves_none(library):
    Organisation.objects.update(name="Library")
    assert traces() == [("added", "Library", "council")]


def traces():
    events = Organisation.pgh_event_model.objects.order_by("pgh_id")
    return list(events.values_list("pgh_label", "name", "sector"))


# --- No trace is changed ---------------------------------------------------------------------


def orm_save(event):
    event.pgh_label = "never"
    event.save()


def orm_bulk_update(event):
    event.pgh_label = "never"
    type(event).objects.bulk_update([event], ["pgh_label"])


def table_of(event):
    return f'"{type(event)._meta.db_table}"'


FORGERIES = {
    "save": orm_save,
    "queryset.update": lambda event: type(event).objects.update(pgh_label="never"),
    "bulk_update": orm_bulk_update,
    "raw UPDATE": lambda event: run_sql(f"UPDATE {table_of(event)} SET pgh_label = 'never'"),
    "raw UPDATE of the time": lambda event: run_sql(
        f"UPDATE {table_of(event)} SET pgh_created_at = now() - interval '1 day'"
    ),
    "delete": lambda event: event.delete(),
    "queryset.delete": lambda event: type(event).objects.all().delete(),
    "raw DELETE": lambda event: run_sql(f"DELETE FROM {table_of(event)}"),
}


@pytest.mark.parametrize("way", FORGERIES)
@pytest.mark.parametrize("history", HISTORIES, ids=named)
def test_history_is_only_added_to(history, way):
    event = any_event(history)
    before = list(history.objects.values())
    with pytest.raises(InternalError, match=CANNOT), transaction.atomic():
        FORGERIES[way](event)
    assert list(history.objects.values()) == before


# --- What was there before -------------------------------------------------------------------


def note_what_stands(app, migration):
    module = importlib.import_module(f"{app}.migrations.{migration}")
    with connection.schema_editor() as editor:
        module.note_what_stands(apps, editor)


def test_what_was_there_before_the_history_began_is_noted_once(partnership, library):
    with pgtrigger.ignore("partnerships.Organisation:added_insert"):
        older = make_organisation(partnership, "Older than the history", Sector.POLICE)
    for _ in range(2):
        note_what_stands("partnerships", "0006_history_indexes")
    events = Organisation.pgh_event_model.objects.order_by("pgh_obj_id")
    assert list(events.values_list("pgh_obj_id", "pgh_label", "name")) == [
        (library.pk, "added", "Library"),
        (older.pk, "found", "Older than the history"),
    ]


def test_what_was_on_a_sheet_before_the_history_began_is_noted_once(partnership):
    sheet = make_assessment(partnership, make_small_framework())
    with pgtrigger.ignore():
        action = make_action(sheet, [1, 3], what="Older than the history")
    for _ in range(2):
        note_what_stands("planning", "0004_history_indexes")
    for history, key in ((PriorityAction, "pgh_obj"), (DomainOfAction, "priorityaction")):
        events = history.pgh_event_model.objects.filter(**{key: action.pk})
        assert set(events.values_list("pgh_label", flat=True)) == {"found"}
        assert events.count() == (1 if history is PriorityAction else 2)
