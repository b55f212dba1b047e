"""Rows of a spreadsheet written together are as they would be by the verbs, one by one."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pledges import actions
from pledges.imports import commit, together
from pledges.models import Action, ServedDomain, Update
from tests.factories.actions import make_plan_action
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.imports import csv_of, make_plan_import
from tests.factories.people import make_area, make_organisation

pytestmark = pytest.mark.django_db

HEAD = [
    *("No.", "Action", "Organisation", "Owner", "Starts", "Due", "Status", "Rating"),
    *("Reason for the rating", "Domains", "What difference it made", "Withdrawn because"),
    *("Completed", "Waits for (No.)", "How we will know"),
]
ROWS = [
    ["", "New and plain", "Library", "", "", "", "", "", "", "", "", "", "", "", "Count"],
    ["", "New, owned", "School", "{lead}", "2026-01-01", "2026-05-01", "", "", "", "1, 2"],
    ["", "New, red", "Library", "Head", "", "2026-05-01", "In progress", "Red", "Late", "2"],
    ["", "Done", "Library", "", "", "", "Complete", "", "", "", "Much", "", "2026-02-03"],
    ["", "Waits", "Library", *[""] * 10, "2"],
    ["1", "Other words", "Library", "{lead}", "", "", "", "", "", "2, 3"],
    ["2", "Stays", "Library", "Somebody", "2026-06-01", "2026-07-01", "In progress", "Amber", "x"],
    ["3", "Stays too", "Library", "", "", "", "Withdrawn", "", "", "", "", "No money"],
    ["4", "To the school", "School", "", "", "2026-09-01"],
]


@pytest.fixture
def area():
    area = make_area()
    framework = make_small_framework()
    make_assessment(area.partnership, framework)
    library = make_organisation(area.partnership, "Library")
    make_organisation(area.partnership, "School")
    domains = list(framework.domains.order_by("number"))
    due = date(2026, 4, 1)
    make_plan_action(library, what="Words", domains=domains[:2], due_on=due)
    make_plan_action(library, what="Stays", starts_on=date(2026, 1, 1), due_on=due)
    make_plan_action(library, what="Stays too", owner_words="Head", domains=domains[:1])
    make_plan_action(library, what="To the school", deputies=[area.lead])
    return area


def bring_in(area, rows=ROWS):
    rows = [[cell.format(lead=area.lead.email) for cell in row] for row in rows]
    rows = [row + [""] * (len(HEAD) - len(row)) for row in rows]
    kept = make_plan_import(area.partnership, by=area.coordinator, data=csv_of(HEAD, *rows))
    plan = commit.preview(kept, by=area.coordinator)
    assert plan.wrong == []
    return commit.import_plan(plan_import=kept, by=area.coordinator)


def register():
    """Everything that an import writes, but for keys and moments."""
    lines = [
        {name: value for name, value in row.items() if name not in {"id", "created_at",
         "updated_at", "request_key", "search", "blocked_by_id"}}
        | {"domains": list(Action.objects.get(pk=row["id"]).domains.values_list("pk", flat=True)),
           "waits_for": Action.objects.filter(blocks=row["id"]).values_list("number").first()}
        for row in Action.objects.order_by("number").values()
    ]  # fmt: skip
    updates = Update.objects.order_by("action__number", "pk")
    leave = {"id", "action_id", "request_key", "written_at"}
    told = [
        (number, {name: value for name, value in row.items() if name not in leave})
        for number, row in zip(
            updates.values_list("action__number", flat=True), updates.values(), strict=True
        )
    ]
    return lines, told


def one_by_one(rows, *, partnership, by):
    sentences = {row.row: commit._refused(row, by) for row in rows}
    return {row: sentence for row, sentence in sentences.items() if sentence}


def test_the_register_is_the_same_as_by_the_verbs(area, monkeypatch):
    savepoint = transaction.savepoint()
    assert bring_in(area).new == 5
    quick = register()
    transaction.savepoint_rollback(savepoint)
    monkeypatch.setattr(together, "write", one_by_one)
    outcome = bring_in(area)
    assert (outcome.new, outcome.changed, outcome.left) == (5, 4, ())
    slow = register()
    assert quick == slow
    assert len(quick[1]) == 6


def test_every_row_is_in_the_history_as_it_stands(area):
    bring_in(area)
    for model in (Action, Update, ServedDomain):
        events = model.pgh_event_model.objects
        for row in model.objects.all():
            newest = events.filter(pgh_obj_id=row.pk).order_by("-pgh_id").first()
            kept = [f.attname for f in newest._meta.fields if not f.name.startswith("pgh_")]
            assert [getattr(newest, name) for name in kept] == [getattr(row, n) for n in kept]
    gone = ServedDomain.pgh_event_model.objects.filter(pgh_label="removed")
    assert gone.count() == 2  # action 1 serves domain 1 no longer, and 3 none


def test_what_a_rule_refuses_is_told_and_the_others_are_written(area, monkeypatch):
    told = actions.told

    def refusing(action, **words):
        if action.what == "New, red":
            raise ValidationError("Not this one.")
        return told(action, **words)

    monkeypatch.setattr(actions, "told", refusing)
    outcome = bring_in(area)
    assert (outcome.new, outcome.changed, outcome.left) == (4, 4, ("Row 4: Not this one.",))
    numbers = Action.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 9))


def test_new_rows_ask_as_often_for_many_as_for_few(area):
    def questions(rows):
        kept = make_plan_import(
            area.partnership, by=area.coordinator,
            data=csv_of(["Action", "Organisation", "Status", "Domains"], *rows),
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            commit.import_plan(plan_import=kept, by=area.coordinator)
        return len(queries)

    few, many = (
        [[f"Thing {uuid.uuid4()}", "Library", "In progress", "1"] for _ in range(number)]
        for number in (3, 60)
    )
    questions(few[:1])
    assert questions(few[1:]) == questions(many)
