"""What the rules are told about an assessment, and how many queries that takes."""

from datetime import date
from decimal import Decimal

import pytest

from planning.actions import reopen_sheet
from planning.facts import last_before, level_before, profile_of, readiness_of
from planning.models import Assessment, Entry, UnsettledText
from planning.presenting import task_list
from planning.scoring import State
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    make_scored,
    score,
)
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def small():
    return make_small_framework()


@pytest.fixture
def scored(area, small):
    return make_scored(area.partnership, small, levels={1: "2/3", 2: "4", 3: "5"})


def on(area, framework, day, **details):
    return make_scored(area.partnership, framework, assessed_on=day, **details)


def last(assessment):
    """The last assessment before, found in the two ways that the pages find it."""
    found = last_before(assessment, list(Assessment.objects.comparable_with(assessment)))
    level = level_before(assessment, assessment.entries.first().domain_id)
    assert level == (found and (found.entries.first().level, found.assessed_on, found.status))
    return found


# --- Profile --------------------------------------------------------------------------------


def test_the_profile_has_the_levels_that_are_stored(area, small):
    assessment = make_assessment(area.partnership, small)
    score(assessment, {1: "2/3"})
    Entry.objects.filter(pk=entry_of(assessment, 1).pk).update(target=Decimal(4))
    Entry.objects.filter(pk=entry_of(assessment, 2).pk).update(not_applicable=True)
    profile = profile_of(assessment)
    assert [(each.name, [score.name for score in each.scores]) for each in profile.dimensions] == [
        ("Prepare", ["Purpose", "People"]),
        ("Do", ["Practice"]),
    ]
    assert [score.state for score in profile.scores] == [
        State.SCORED,
        State.NOT_APPLICABLE,
        State.NOT_YET,
    ]
    assert (profile.scores[0].level, profile.scores[0].target) == (Decimal("2.5"), Decimal(4))


def test_the_profile_stands_beside_the_levels_of_another_assessment(area, small, scored):
    earlier = make_assessment(area.partnership, small)
    score(earlier, {1: "3", 2: "4"})
    profile = profile_of(scored, compared_with=earlier)
    assert [score.change for score in profile.scores] == [Decimal("-0.5"), Decimal(0), None]


def test_rochdales_means_come_out_of_the_database_exactly(area):
    profile = profile_of(make_scored(area.partnership, load_rpc_2018()))
    means = [str(each.summary.mean) for each in (*profile.dimensions, profile)]
    assert means == ["7/3", "11/3", "2", "5/2", "27/10"]


# --- The last assessment --------------------------------------------------------------------


def test_the_last_assessment_is_the_newest_agreed_one_or_illustration_before_this(area, small):
    on(area, small, date(2017, 1, 1), illustrative=True)
    agreed = agree(on(area, small, date(2018, 1, 1)), by=area.coordinator)
    on(area, small, date(2018, 6, 1))  # a draft is no result
    this = on(area, small, date(2019, 1, 1))
    on(area, small, date(2020, 1, 1), illustrative=True)
    assert last(this) == agreed


def test_there_is_nothing_before_the_first(area, small):
    assert last(on(area, small, date(2018, 1, 1))) is None


def test_another_areas_or_tools_assessment_is_never_the_last(area, small):
    bolton = make_area("bolton", "Bolton Together", "Bolton")
    on(bolton, small, date(2018, 1, 1), illustrative=True)
    on(area, load_rpc_2018(), date(2018, 1, 1), illustrative=True)
    assert last(on(area, small, date(2019, 1, 1))) is None


def test_a_replaced_version_is_never_the_last(area, small):
    first = agree(on(area, small, date(2018, 1, 1)), by=area.coordinator)
    second = reopen_sheet(assessment=first, reason="New figures", by=area.coordinator)
    this = on(area, small, date(2019, 1, 1))
    assert last(second) is None
    assert last(this) is None
    second = agree(second, by=area.coordinator)
    assert last(this) == second


# --- Readiness ------------------------------------------------------------------------------


def test_readiness_knows_references_actions_and_texts_to_settle(area, scored):
    Entry.objects.filter(assessment=scored).update(target=Decimal(5))
    entry = entry_of(scored, 1)
    make_reference(entry)
    make_reference(entry)
    make_action(scored, [1, 2], what="Act", owner="Ada", measure="Done", due=date(2026, 1, 1))
    make_action(scored, [2], what="Ask")
    for part in ("gaps", "reason"):
        UnsettledText.objects.create(entry=entry, part=part, text="x", author=area.partner)
    assert [(each.number, each.must, each.sentence) for each in readiness_of(scored).findings] == [
        (1, True, "Two people wrote in the same box. Settle it."),
        (2, False, "A high level with no evidence. What would convince someone who was not here?"),
        (3, False, "A high level with no evidence. What would convince someone who was not here?"),
        (2, False, "“Ask” does not say who owns it, by when or how we will know."),
    ]


def test_an_empty_assessment_has_every_domain_to_score(area, small):
    readiness = readiness_of(make_assessment(area.partnership, small))
    assert [(finding.number, finding.must) for finding in readiness.findings] == [
        (1, True), (2, True), (3, True)
    ]  # fmt: skip


# --- The task list --------------------------------------------------------------------------


def test_the_task_list_says_how_each_domain_stands(area, small):
    assessment = make_assessment(area.partnership, small)
    score(assessment, {1: "2/3"})
    Entry.objects.filter(pk=entry_of(assessment, 2).pk).update(gaps="Some", target=Decimal(4))
    tasks = task_list(assessment)
    listed = [task for group in tasks.groups for task in group.tasks]
    assert [(task.title, task.state, task.hint) for task in listed] == [
        ("1. Purpose", "Level 2/3", ""),
        ("2. People", "In progress", "Target 4"),
        ("3. Practice", "Not yet scored", ""),
    ]
    assert (tasks.settled, tasks.total, tasks.is_complete) == (1, 3, False)
    assert tasks.next_task.number == 2


def test_a_task_with_two_texts_says_so(area, scored):
    UnsettledText.objects.create(
        entry=entry_of(scored, 2), part="gaps", text="x", author=area.partner
    )
    tasks = task_list(scored)
    states = [task.state for group in tasks.groups for task in group.tasks]
    assert states == ["Level 2/3", "Two texts to settle", "Level 5"]
    assert tasks.is_complete is True
    assert tasks.next_task is None


# --- Queries --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts_of", "queries"), [(readiness_of, 2), (task_list, 2), (profile_of, 1)]
)
def test_it_takes_as_many_queries_for_three_rows_as_for_three_hundred(
    area, scored, django_assert_num_queries, facts_of, queries
):
    facts_of(scored)  # the framework is read once a process
    fresh = Assessment.objects.with_context().get(pk=scored.pk)
    people = [area.coordinator, area.facilitator, area.partner]
    for more in (3, 297):
        for number in range(more):
            entry = entry_of(scored, 1 + number % 3)
            make_reference(entry)
            make_action(scored, [1, 2, 3])
            UnsettledText.objects.create(
                entry=entry, part=f"part-{number}-{more}", text="x", author=people[number % 3]
            )
        with django_assert_num_queries(queries):
            facts_of(fresh)
