"""What one person left in the history: found by an index, however much others left."""

import re

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event

from partnerships import activity, events
from partnerships.activity import KINDS
from planning.models import Entry
from rpcportal.kit.tracking import events_by
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.events import make_event, minutes_ago
from tests.factories.frameworks import make_small_framework

pytestmark = pytest.mark.django_db

HISTORIES = [each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed]
FILL = """
    INSERT INTO planning_entryevent (pgh_created_at, pgh_label, pgh_obj_id, id, assessment_id,
        domain_id, not_applicable, not_applicable_reason, evidence, gaps, reason, dissent,
        pgh_context)
    SELECT now() - n * interval '1 second', 'changed', %(entry)s, %(entry)s, %(assessment)s, 1,
        false, '', 'E' || n, '', '', '', jsonb_build_object('user', %(person)s)
    FROM generate_series(1, 20000) n;
    ANALYZE planning_entryevent;
"""


@pytest.fixture
def entry(area):
    """A domain that the lead has saved 20,000 times."""
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    facts = {"entry": entry.pk, "assessment": entry.assessment_id, "person": area.lead.pk}
    with connection.cursor() as cursor:
        cursor.execute(FILL, facts)
    return entry


def explained(sql, params, options=""):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {options} {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("model", HISTORIES, ids=lambda each: each._meta.label)
def test_every_history_has_an_index_by_person(model):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = explained(*events_by(model, [1]).query.sql_with_params())
    (index,) = [each.name for each in model._meta.indexes if each.name.endswith("_user")]

    assert re.search(rf"Scan (using|on) {index}\b", plan), plan


def test_the_activity_of_somebody_who_did_next_to_nothing_reads_next_to_nothing(area, wren, entry):
    make_event(entry, at=minutes_ago(9), by=wren, evidence="Mine")
    sources = {number: kind.source_in(area.partnership) for number, kind in enumerate(KINDS)}
    wanted = events.Wanted(people=(wren.pk,))
    sql, params = events._query(sources, wanted, activity.READ)
    plan = explained(sql, params, "(ANALYZE, TIMING OFF, BUFFERS OFF)")
    found = events.newest(sources, limit=activity.READ, wanted=wanted)

    assert [row.thing for row in found] == [entry.pk]
    assert "entry_event_user" in plan
    removed = re.findall(r"Rows Removed by Filter: (\d+)", plan)
    assert sum(map(int, removed)) < 1_000, plan


def test_what_one_person_left_is_theirs_alone(area, wren, entry):
    mine = make_event(entry, at=minutes_ago(9), by=wren, evidence="Mine")
    model = Entry.pgh_event_model

    assert list(events_by(model, [wren.pk])) == [mine]
    assert events_by(model, [wren.pk, area.lead.pk]).count() == 20_001
    assert not events_by(model, [area.reader.pk]).exists()
