"""The demo partnership: what a visitor sees who starts the portal for the first time."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction

from partnerships.models import Membership, Organisation, Partnership, User
from planning.facts import profile_of, readiness_of
from planning.levels import format_level
from planning.models import Assessment, EvidenceReference, PriorityAction
from planning.scoring import State, rounded
from rpcportal import demo
from rpcportal.kit.roles import Role
from tests.factories.assessments import ROCHDALE
from tests.factories.frameworks import load_rpc_2018

TABLES = [
    User, Partnership, Organisation, Membership, Assessment, EvidenceReference, PriorityAction
]  # fmt: skip


@pytest.fixture(scope="module")
def standing_demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests of this module: it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_rpc_2018()
        assert demo.load() is True
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(standing_demo):
    """The demo's partnership; whatever the test does to it is undone after it."""
    with transaction.atomic():
        yield Partnership.objects.get()
        connection.check_constraints()
        transaction.set_rollback(True)


def on(partnership, *day):
    return partnership.assessments.get(assessed_on=date(*day))


def test_it_holds_three_assessments_that_show_change(loaded):
    in_turn = loaded.assessments.order_by("assessed_on")
    assert list(in_turn.values_list("assessed_on", "status")) == [
        (date(2018, 1, 17), "agreed"),
        (date(2018, 7, 30), "illustrative"),
        (date(2019, 9, 12), "draft"),
    ]  # fmt: skip


def test_the_levels_of_july_2018_are_those_that_were_published(loaded):
    entries = on(loaded, 2018, 7, 30).entries.in_order()
    levels = {entry.domain.number: format_level(entry.level) for entry in entries}
    assert levels == ROCHDALE


def test_its_means_are_those_of_the_published_sheet(loaded):
    profile = profile_of(on(loaded, 2018, 7, 30))
    means = [str(rounded(each.summary.mean)) for each in (*profile.dimensions, profile)]
    assert means == ["2.33", "3.67", "2.00", "2.50", "2.70"]


def test_the_illustration_says_whose_words_it_holds(loaded):
    note = on(loaded, 2018, 7, 30).note
    assert note.startswith("An illustration. Rochdale Council drew up this sheet")
    assert note.endswith("the wording is this project's.")


def test_the_draft_shows_something_to_do(loaded):
    draft = on(loaded, 2019, 9, 12)
    states = Counter(score.state for score in profile_of(draft).scores)
    assert states == {State.SCORED: 9, State.NOT_YET: 1}
    readiness = readiness_of(draft)
    assert [finding.number for finding in readiness.musts] == [8]
    assert 6 in [finding.number for finding in readiness.asks]


def test_every_scored_domain_has_evidence_and_every_assessment_actions(loaded):
    for assessment in loaded.assessments.all():
        thin = [
            entry.domain.number
            for entry in assessment.entries.in_order()
            if entry.level is not None and not entry.evidence
        ]
        assert thin == []
        assert assessment.priority_actions.count() > 0
        assert [
            action.what for action in assessment.priority_actions.all() if not action.domains.all()
        ] == []


def test_one_account_for_each_role_can_sign_in(loaded):
    sign_ins = demo.sign_ins()
    assert [role for role, _, _ in sign_ins] == [role.label for role in Role]
    for role, email, password in sign_ins:
        user = authenticate(username=email, password=password)
        assert user is not None
        assert [each.get_role_display() for each in user.memberships.all()] == [role]


def test_loading_it_twice_changes_nothing(loaded):
    before = [model.objects.count() for model in TABLES]
    assert demo.load() is False
    assert [model.objects.count() for model in TABLES] == before
