"""Every rule that the planning tables carry, each broken at least once.

``BREAKERS`` holds them by name; the last test fails when the database has a rule that
nothing here breaks. Triggers are in test_guards.py.
"""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest

from planning.models import (
    Assessment,
    Dependency,
    Descriptor,
    Dimension,
    Domain,
    Entry,
    EvidenceReference,
    Framework,
    PriorityAction,
    ProgressLevel,
    UnsettledText,
)
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_assessment,
    make_reference,
)
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.planning import test_workshop_rules
from tests.refusals import refused, rules_of, run_sql

pytestmark = pytest.mark.django_db

A_KEY = uuid.UUID(int=7)
AGREED = {"agreed_name": "Ada Marsh", "agreed_role": "Chair", "agreed_on": date(2018, 7, 31)}
# A stricter rule with a name of ours always speaks first: assessment_later_version_says_why.
SHADOWED = {"planning_assessment_version_check"}


@pytest.fixture
def rows():
    """An assessment with a row of everything, and a framework that nothing uses."""
    area, used = make_area(), make_small_framework()
    assessment = make_assessment(area.partnership, used, import_digest="abc")
    entry = entry_of(assessment, 1)
    spare = make_small_framework(slug="spare")
    return SimpleNamespace(
        area=area,
        assessment=assessment,
        entry=entry,
        reference=make_reference(entry),
        action=make_action(assessment, [1]),
        spare=spare,
        domain=spare.domains.first(),
    )


def change_assessment(rows, **changes):
    Assessment.objects.filter(pk=rows.assessment.pk).update(**changes)


def change_entry(rows, **changes):
    Entry.objects.filter(pk=rows.entry.pk).update(**changes)


def another_assessment(rows, **values):
    base = {
        "partnership": rows.area.partnership,
        "framework": rows.assessment.framework,
        "assessed_on": date(2019, 9, 1),
    }
    return Assessment.objects.create(**base | values)


def next_version_twice(rows):
    for _ in range(2):
        another_assessment(
            rows, version=2, previous_version=rows.assessment, reopening_reason="New figures"
        )


def same_unsettled_text_twice(rows):
    for text in ("one", "two"):
        UnsettledText.objects.create(
            entry=rows.entry, part="gaps", text=text, author=rows.area.partner
        )


def same_descriptor_twice(rows):
    level = rows.spare.levels.get(number=1)
    Descriptor.objects.create(domain=rows.domain, level=level, text="Again")


def same_dependency_twice(rows):
    purpose, people = rows.spare.domains.filter(number__in=[1, 2])
    Dependency.objects.create(domain=people, depends_on=purpose, because="Again")


def same_domain_of_an_action_twice(rows):
    run_sql(
        "INSERT INTO planning_priorityaction_domains (priorityaction_id, domain_id) "
        "SELECT priorityaction_id, domain_id FROM planning_priorityaction_domains"
    )


def level_row(rows, number):
    ProgressLevel.objects.create(framework=rows.spare, number=number, name="More", summary="More")


def domain_row(rows, number):
    Domain.objects.create(
        framework=rows.spare, dimension=rows.domain.dimension, number=number, name="More", about="-"
    )


BREAKERS = {
    "assessment_status_known": [
        lambda rows: change_assessment(rows, status="sent", **AGREED),
        lambda rows: change_assessment(rows, status="", **AGREED),
    ],
    "assessment_agreed_by_a_named_person": [
        lambda rows: change_assessment(rows, status="agreed"),
        lambda rows: change_assessment(rows, status="agreed", **AGREED | {"agreed_name": ""}),
        lambda rows: change_assessment(rows, status="agreed", **AGREED | {"agreed_role": ""}),
        lambda rows: change_assessment(rows, status="agreed", **AGREED | {"agreed_on": None}),
    ],
    "assessment_agreed_on_or_after_its_day": [
        lambda rows: change_assessment(rows, **AGREED | {"agreed_on": date(2018, 7, 29)})
    ],
    "assessment_later_version_says_why": [
        lambda rows: another_assessment(rows, version=2, previous_version=rows.assessment),
        lambda rows: another_assessment(rows, version=2, reopening_reason="Why"),
        lambda rows: another_assessment(rows, version=1, previous_version=rows.assessment),
        lambda rows: change_assessment(rows, version=0),
        lambda rows: change_assessment(rows, version=-1),
    ],
    "assessment_imported_once": [lambda rows: another_assessment(rows, import_digest="abc")],
    "planning_assessment_previous_version_id_key": [next_version_twice],
    "planning_assessment_request_key_key": [
        lambda rows: another_assessment(rows, request_key=rows.assessment.request_key)
    ],
    "entry_once_for_a_domain": [
        lambda rows: Entry.objects.create(assessment=rows.assessment, domain=rows.entry.domain)
    ],
    "entry_level_half_steps": [
        lambda rows: change_entry(rows, level="2.3"),
        lambda rows: change_entry(rows, level="0.5"),
        lambda rows: change_entry(rows, level="0"),
        lambda rows: change_entry(rows, level="-2"),
    ],
    "entry_target_half_steps": [
        lambda rows: change_entry(rows, target="2.3"),
        lambda rows: change_entry(rows, target="0.5"),
    ],
    "entry_not_applicable_has_no_level": [
        lambda rows: change_entry(rows, level="2", not_applicable=True)
    ],
    "evidence_reference_once": [
        lambda rows: EvidenceReference.objects.create(
            entry=rows.entry, key=rows.reference.key, title="Again"
        )
    ],
    "priority_action_once": [
        lambda rows: PriorityAction.objects.create(
            assessment=rows.assessment, key=rows.action.key, what="Again"
        )
    ],
    "planning_priorityaction__priorityaction_id_domain_bb921e74_uniq": [
        same_domain_of_an_action_twice
    ],
    "unsettled_text_once_for_a_page": [same_unsettled_text_twice],
    "planning_framework_slug_key": [
        lambda rows: Framework.objects.create(
            slug="spare", name="Again", version="1", published=date(2025, 1, 1), source="-"
        )
    ],
    "progress_level_once": [lambda rows: level_row(rows, 1)],
    "progress_level_1_to_9": [lambda rows: level_row(rows, 0), lambda rows: level_row(rows, 10)],
    "planning_progresslevel_number_check": [lambda rows: level_row(rows, -1)],
    "dimension_position_once": [
        lambda rows: Dimension.objects.create(framework=rows.spare, position=1, name="Again")
    ],
    "planning_dimension_position_check": [
        lambda rows: Dimension.objects.create(framework=rows.spare, position=-1, name="Below")
    ],
    "domain_number_once": [lambda rows: domain_row(rows, 1)],
    "planning_domain_number_check": [lambda rows: domain_row(rows, -1)],
    "descriptor_once": [same_descriptor_twice],
    "dependency_once": [same_dependency_twice],
    "dependency_not_on_itself": [
        lambda rows: Dependency.objects.create(
            domain=rows.domain, depends_on=rows.domain, because="-"
        )
    ],
}


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        pytest.param(name, broken, id=f"{name}-{place}")
        for name, all_broken in BREAKERS.items()
        for place, broken in enumerate(all_broken, start=1)
    ],
)
def test_the_database_refuses(rows, name, broken):
    with refused(name):
        broken(rows)


def test_every_rule_of_the_database_is_broken_here():
    broken = set(BREAKERS) | set(test_workshop_rules.BREAKERS)
    assert rules_of("planning") - SHADOWED - test_workshop_rules.SHADOWED == broken


def test_an_assessment_that_was_not_imported_meets_no_other(rows):
    for _ in range(2):
        another_assessment(rows, import_digest="")
    assert Assessment.objects.filter(import_digest="").count() == 2


@pytest.mark.parametrize("level", ["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"])
def test_every_half_step_of_the_scale_is_stored_exactly(rows, level):
    change_entry(rows, level=level, target=level)
    rows.entry.refresh_from_db()
    assert (str(rows.entry.level), str(rows.entry.target)) == (f"{float(level)}", f"{float(level)}")
