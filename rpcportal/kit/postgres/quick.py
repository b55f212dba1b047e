"""Migrations of many operations, carried out in a fraction of the time.

After every operation Django makes anew all models that hang together with the one that it
changed: here that is nearly all of them, a few hundred times over. ``Migration`` takes
operations of one kind that follow each other as one step, after which they are made anew
once. What is done to the database, and in which order, stays the same.
"""

from itertools import groupby

from django.db import migrations
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

# Of these, none minds that the models already show what those behind it will do. A new table
# does: it would be made with the indexes that come later, and so it is no neighbour of theirs.
NEW_TABLES = (migrations.CreateModel,)
NEW_COLUMNS = (migrations.AddField,)
ADDITIONS = (migrations.AddIndex, migrations.AddConstraint, AddTrigger)


class Migration(migrations.Migration):
    """A migration whose operations of one kind are one step."""

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Carry it out; what only shows the SQL goes one by one, so that each is named."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        one_by_one = self.operations
        self.operations = list(_steps(one_by_one))
        try:
            return super().apply(project_state, schema_editor)
        finally:
            self.operations = one_by_one


class Step(Operation):
    """Operations of one kind, taken as one."""

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        """Change the state by each of them; the models are made anew when they are asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Change the database by each of them, in order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        """What the first does, and how many there are."""
        return f"{self.operations[0].describe()} and {len(self.operations) - 1} more"


def _steps(operations):
    for kind, same in groupby(operations, _kind):
        found = list(same)
        if kind is None or len(found) == 1:
            yield from found
        else:
            yield Step(found)


def _kind(operation):
    for kind in (NEW_TABLES, NEW_COLUMNS, ADDITIONS):
        if type(operation) in kind:
            return kind
    return None
