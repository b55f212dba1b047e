"""What the database refuses by triggers: agreed sheets, used frameworks, foreign domains.

Everything here is raw SQL, because the promise is that no code path gets round it.
"""

import uuid

import pytest
from django.db import connection, transaction

from planning.models import Assessment, PriorityAction, UnsettledText
from tests.factories.assessments import entry_of, make_assessment, make_full
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_area
from tests.refusals import names_that_triggers_raise, refused, run_sql, triggers_of

pytestmark = pytest.mark.django_db

# For each table a change of one row that stands on the sheet with the id %(sheet)s.
SHEET_TABLES = {
    "planning_entry": ("gaps = gaps || '!'", "assessment_id = %(sheet)s"),
    "planning_evidencereference": (
        "title = title || '!'",
        "entry_id IN (SELECT id FROM planning_entry WHERE assessment_id = %(sheet)s)",
    ),
    "planning_priorityaction": ("what = what || '!'", "assessment_id = %(sheet)s"),
    "planning_priorityaction_domains": (
        "domain_id = domain_id",
        (
            "priorityaction_id IN"
            " (SELECT id FROM planning_priorityaction WHERE assessment_id = %(sheet)s)"
        ),
    ),
    "planning_unsettledtext": (
        "text = text || '!'",
        "entry_id IN (SELECT id FROM planning_entry WHERE assessment_id = %(sheet)s)",
    ),
}
INSERTS = {
    "planning_entry": (
        "INSERT INTO planning_entry (assessment_id, domain_id, not_applicable,"
        " not_applicable_reason, evidence, gaps, reason, dissent, writers)"
        " SELECT assessment_id, domain_id, false, '', '', '', '', '', '{}' FROM planning_entry"
    ),
    "planning_evidencereference": (
        "INSERT INTO planning_evidencereference (entry_id, key, title, location, shows, writers)"
        " SELECT entry_id, gen_random_uuid(), 'New', '', '', '{}' FROM planning_evidencereference"
    ),
    "planning_priorityaction": (
        "INSERT INTO planning_priorityaction (assessment_id, key, what, measure, owner, writers)"
        " SELECT assessment_id, gen_random_uuid(), 'New', '', '', '{}'"
        " FROM planning_priorityaction"
    ),
    "planning_priorityaction_domains": (
        "INSERT INTO planning_priorityaction_domains (priorityaction_id, domain_id)"
        " SELECT priorityaction_id, domain_id FROM planning_priorityaction_domains"
    ),
    "planning_unsettledtext": (
        "INSERT INTO planning_unsettledtext (entry_id, part, text, author_id, written_at)"
        " SELECT entry_id, 'reason', 'New', author_id, now() FROM planning_unsettledtext"
    ),
}
FRAMEWORK_TABLES = {
    "planning_framework": "name = name || '!'",
    "planning_progresslevel": "summary = summary || '!'",
    "planning_dimension": "about = about || '!'",
    "planning_domain": "about = about || '!'",
    "planning_dependency": "because = because || '!'",
    "planning_descriptor": "text = text || '!'",
}
FRAMEWORK_INSERTS = {
    "planning_progresslevel": (
        "INSERT INTO planning_progresslevel (framework_id, number, name, summary)"
        " SELECT id, 9, 'New', '' FROM planning_framework"
    ),
    "planning_dimension": (
        "INSERT INTO planning_dimension (framework_id, position, name, about)"
        " SELECT id, 9, 'New', '' FROM planning_framework"
    ),
    "planning_domain": (
        "INSERT INTO planning_domain (framework_id, dimension_id, number, name, about, question,"
        " abuse_boundary) SELECT framework_id, id, 99, 'New', '', '', false FROM planning_dimension"
    ),
    "planning_dependency": (
        "INSERT INTO planning_dependency (domain_id, depends_on_id, because)"
        " SELECT depends_on_id, domain_id, 'New' FROM planning_dependency"
    ),
    "planning_descriptor": (
        "INSERT INTO planning_descriptor (domain_id, level_id, text, evidence_examples)"
        " SELECT domain_id, level_id, 'New', '{}' FROM planning_descriptor"
    ),
}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def sheet(area):
    """An agreed sheet with a row in every table, one of them a text that nobody settled."""
    assessment = make_full(area.partnership, make_small_framework())
    UnsettledText.objects.create(
        entry=entry_of(assessment, 1), part="gaps", text="Waiting", author=area.partner
    )
    run_sql(
        "UPDATE planning_assessment SET status = 'agreed', agreed_name = 'Ada Marsh',"
        " agreed_role = 'Chair', agreed_on = '2018-07-31' WHERE id = %s",
        assessment.pk,
    )
    # Foreign keys are looked at when a transaction ends; TRUNCATE wants that done before.
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    return assessment


# --- An agreed sheet ------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["agreed", "superseded"])
@pytest.mark.parametrize("table", SHEET_TABLES)
def test_rows_of_a_closed_sheet_cannot_be_changed_added_or_deleted(sheet, table, status):
    run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", status, sheet.pk)
    change, of_sheet = SHEET_TABLES[table]
    of_sheet = of_sheet % {"sheet": sheet.pk}
    for statement in (
        f"UPDATE {table} SET {change} WHERE {of_sheet}",
        f"DELETE FROM {table} WHERE {of_sheet}",
        INSERTS[table],
    ):
        with refused("sheet_closed"):
            run_sql(statement)


@pytest.mark.parametrize("table", SHEET_TABLES)
def test_rows_of_a_draft_can_be_changed_and_deleted(sheet, area, table):
    """The negative control: the same statements touch a draft beside the agreed sheet."""
    draft = make_full(area.partnership, sheet.framework)
    UnsettledText.objects.create(
        entry=entry_of(draft, 1), part="gaps", text="Waiting", author=area.partner
    )
    change, of_sheet = SHEET_TABLES[table]
    of_sheet = of_sheet % {"sheet": draft.pk}
    assert run_sql(f"UPDATE {table} SET {change} WHERE {of_sheet}") > 0
    before_deleting = transaction.savepoint()
    run_sql("SET CONSTRAINTS ALL DEFERRED")
    assert run_sql(f"DELETE FROM {table} WHERE {of_sheet}") > 0
    transaction.savepoint_rollback(before_deleting)


@pytest.mark.parametrize("table", [*SHEET_TABLES, "planning_assessment", *FRAMEWORK_TABLES])
def test_tables_cannot_be_emptied_out_while_there_is_an_agreed_sheet(sheet, table):
    run_sql("SET LOCAL rpcportal.allow_truncate = 'off'")
    with refused("sheet_closed"):
        run_sql(f"TRUNCATE {table} CASCADE")


def test_tables_without_agreed_sheets_can_be_emptied_out(area):
    make_assessment(area.partnership, make_small_framework())
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql("SET LOCAL rpcportal.allow_truncate = 'off'")
    run_sql("TRUNCATE planning_assessment CASCADE")
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize("table", ["planning_entry", "planning_priorityaction"])
def test_rows_cannot_move_into_or_out_of_an_agreed_sheet(sheet, area, table):
    draft = make_full(area.partnership, sheet.framework)
    move = f"UPDATE {table} SET assessment_id = %s WHERE assessment_id = %s"
    for to, out_of in ((sheet.pk, draft.pk), (draft.pk, sheet.pk)):
        with refused("sheet_closed"):
            run_sql(move, to, out_of)


def test_references_and_domains_cannot_move_into_an_agreed_sheet(sheet, area):
    draft = make_full(area.partnership, sheet.framework)
    into, out_of = entry_of(sheet, 1), entry_of(draft, 1)
    with refused("sheet_closed"):
        run_sql(
            "UPDATE planning_evidencereference SET entry_id = %s WHERE entry_id = %s",
            into.pk,
            out_of.pk,
        )
    into, out_of = sheet.priority_actions.first(), draft.priority_actions.first()
    with refused("sheet_closed"):
        run_sql(
            "UPDATE planning_priorityaction_domains SET priorityaction_id = %s"
            " WHERE priorityaction_id = %s",
            into.pk,
            out_of.pk,
        )


def columns_of_an_assessment():
    return [field.column for field in Assessment._meta.concrete_fields if field.column != "status"]


@pytest.mark.parametrize("status", ["agreed", "superseded"])
@pytest.mark.parametrize("column", columns_of_an_assessment())
def test_no_column_of_a_closed_assessment_can_change(sheet, column, status):
    run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", status, sheet.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_typeof({column})::text FROM planning_assessment")
        kind = cursor.fetchone()[0]
    other = {
        "text": "'other'",
        "character varying": "'other'",
        "date": "'1999-01-01'::date",
        "timestamp with time zone": "'1999-01-01'::timestamptz",
        "uuid": "gen_random_uuid()",
        "bigint": f"coalesce({column}, 0) + 1",
        "smallint": f"{column} + 1",
    }[kind]
    with refused("sheet_closed"):
        run_sql(f"UPDATE planning_assessment SET {column} = {other} WHERE id = %s", sheet.pk)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("agreed", "draft"),
        ("agreed", "illustrative"),
        ("superseded", "agreed"),
        ("superseded", "draft"),
        ("superseded", "illustrative"),
    ],
)
def test_a_closed_sheet_never_opens_again(sheet, before, after):
    run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", before, sheet.pk)
    with refused("sheet_closed"):
        run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", after, sheet.pk)


def test_the_one_step_left_is_from_agreed_to_superseded(sheet):
    run_sql("UPDATE planning_assessment SET status = 'superseded' WHERE id = %s", sheet.pk)
    sheet.refresh_from_db()
    assert sheet.status == "superseded"


def test_that_step_changes_nothing_else(sheet):
    with refused("sheet_closed"):
        run_sql(
            "UPDATE planning_assessment SET status = 'superseded', note = 'x' WHERE id = %s",
            sheet.pk,
        )


@pytest.mark.parametrize("status", ["agreed", "superseded"])
def test_a_closed_assessment_cannot_be_deleted(sheet, status):
    run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", status, sheet.pk)
    with refused("sheet_closed"):
        run_sql("DELETE FROM planning_assessment WHERE id = %s", sheet.pk)


# --- Frameworks, levels and domains ---------------------------------------------------------


@pytest.mark.parametrize("table", FRAMEWORK_TABLES)
def test_a_framework_in_use_cannot_change(area, table):
    make_assessment(area.partnership, make_small_framework())
    statements = [f"UPDATE {table} SET {FRAMEWORK_TABLES[table]}", f"DELETE FROM {table}"]
    if table in FRAMEWORK_INSERTS:
        statements.append(FRAMEWORK_INSERTS[table])
    for statement in statements:
        with refused("framework_in_use"):
            run_sql(statement)


@pytest.mark.parametrize("table", FRAMEWORK_TABLES)
def test_a_framework_that_nobody_uses_can_change(table):
    make_small_framework()
    assert run_sql(f"UPDATE {table} SET {FRAMEWORK_TABLES[table]}") > 0


def test_a_domain_cannot_move_into_a_framework_in_use(area):
    used, spare = make_small_framework(), make_small_framework(slug="spare")
    make_assessment(area.partnership, used)
    with refused("framework_in_use"):
        run_sql(
            "UPDATE planning_domain SET framework_id = %s, number = number + 50"
            " WHERE framework_id = %s",
            used.pk,
            spare.pk,
        )


def test_an_assessment_keeps_its_framework(area):
    assessment = make_assessment(area.partnership, make_small_framework())
    with refused("assessment_keeps_its_framework"):
        run_sql("UPDATE planning_assessment SET framework_id = %s", load_rpc_2018().pk)
    assessment.refresh_from_db()
    assert assessment.framework.slug == "small-2025"


@pytest.mark.parametrize("column", ["level", "target"])
@pytest.mark.parametrize(
    ("framework", "above"), [("small", "5.5"), ("official", "4.5"), ("official", "NaN")]
)
def test_a_level_lies_on_its_frameworks_own_scale(area, column, framework, above):
    framework = make_small_framework() if framework == "small" else load_rpc_2018()
    make_assessment(area.partnership, framework)
    with refused("entry_level_on_the_scale"):
        run_sql(f"UPDATE planning_entry SET {column} = %s", above)


def test_an_entrys_domain_is_one_of_its_framework(area):
    assessment = make_assessment(area.partnership, make_small_framework())
    foreign = load_rpc_2018().domains.get(number=1)
    with refused("entry_domain_of_its_framework"):
        run_sql("UPDATE planning_entry SET domain_id = %s", foreign.pk)
    with refused("entry_domain_of_its_framework"):
        assessment.entries.create(domain=foreign)


def test_an_actions_domain_is_one_of_its_framework(area):
    assessment = make_assessment(area.partnership, make_small_framework())
    action = PriorityAction.objects.create(assessment=assessment, key=uuid.uuid4(), what="Act")
    with refused("action_domain_of_its_framework"):
        action.domains.add(load_rpc_2018().domains.get(number=1))


# --- Nothing is forgotten -------------------------------------------------------------------


def test_every_trigger_is_tried_here():
    assert triggers_of("planning") == {
        "planning_assessment assessment_closed",
        "planning_assessment assessment_truncate",
        "planning_entry entry_checked",
        "planning_priorityaction_domains action_domain_checked",
        *(f"{table} sheet_closed" for table in SHEET_TABLES),
        *(f"{table} sheet_closed_truncate" for table in SHEET_TABLES),
        *(f"{table} framework_in_use" for table in FRAMEWORK_TABLES),
        *(f"{table} framework_in_use_truncate" for table in FRAMEWORK_TABLES),
    }


def test_every_name_that_a_trigger_raises_is_tried_here():
    assert names_that_triggers_raise("planning") == {
        "sheet_closed",
        "framework_in_use",
        "assessment_keeps_its_framework",
        "assessment_steps",  # in test_assessment_steps.py
        "entry_domain_of_its_framework",
        "entry_level_on_the_scale",
        "action_domain_of_its_framework",
    }
