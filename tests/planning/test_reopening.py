"""Reopening an agreed sheet: a new version with every word, and the old one kept as it was."""

import pytest
from django.forms.models import model_to_dict

from planning import actions
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction
from tests.factories.assessments import agree, entry_of
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db

NO_ROLE = "Your role in this partnership does not let you "


def reopen(assessment, by, reason="New figures came"):
    return actions.reopen_sheet(assessment=assessment, reason=reason, by=by)


def words_of(model, rows, *, without):
    """Every stored value of rows, apart from the keys that say whose they are."""
    left_out = {"id", "writers", *without}
    names = [field.name for field in model._meta.fields if field.name not in left_out]
    return [model_to_dict(row, names) | {n: getattr(row, n) for n in names} for row in rows]


def test_a_reopened_sheet_holds_every_word_key_reference_action_and_domain(area, agreed):
    new = reopen(agreed, area.coordinator)
    for model, rows_of, whose in (
        (Entry, lambda sheet: sheet.entries.in_order(), ["assessment"]),
        (
            EvidenceReference,
            lambda sheet: EvidenceReference.objects.filter(entry__assessment=sheet).order_by(
                "entry__domain__number", "pk"
            ),
            ["entry"],
        ),
        (PriorityAction, lambda sheet: sheet.priority_actions.all(), ["assessment"]),
    ):
        before, after = (words_of(model, rows_of(each), without=whose) for each in (agreed, new))
        assert len(before) > 1
        assert after == before
    assert [
        [domain.number for domain in action.domains.all()] for action in new.priority_actions.all()
    ] == [[1], [1, 3]]
    assert (new.assessed_on, new.note, new.partnership, new.framework) == (
        agreed.assessed_on, agreed.note, agreed.partnership, agreed.framework
    )  # fmt: skip


def test_a_new_version_says_why_and_the_old_one_is_kept(area, agreed):
    new = reopen(agreed, area.coordinator)
    assert (new.version, new.previous_version, new.reopening_reason, new.status) == (
        2, agreed, "New figures came", "draft"
    )  # fmt: skip
    assert (new.agreed_name, new.agreed_on, new.created_by) == ("", None, area.coordinator)
    old = Assessment.objects.get(pk=agreed.pk)
    assert (old.status, old.agreed_name) == ("superseded", "Ada Marsh")
    assert old.entries.count() == 3


def test_nobody_wrote_yet_on_a_new_version(area, agreed):
    new = reopen(agreed, area.coordinator)
    assert list(new.entries.values_list("writers", flat=True)) == [{}, {}, {}]
    assert list(new.priority_actions.values_list("writers", flat=True)) == [{}, {}]


def test_a_change_of_the_new_version_leaves_the_old_one_as_it_was(area, agreed):
    new = reopen(agreed, area.coordinator)
    entry = entry_of(new, 1)
    Entry.objects.filter(pk=entry.pk).update(evidence="Changed")
    new.priority_actions.all().delete()
    assert entry_of(agreed, 1).evidence == "Evidence of domain 1."
    assert agreed.priority_actions.count() == 2


def test_reopening_twice_gives_the_same_new_version(area, agreed):
    assert reopen(agreed, area.coordinator) == reopen(agreed, area.coordinator, "Again")
    assert Assessment.objects.count() == 2


def test_a_version_can_be_agreed_and_reopened_in_turn(area, agreed):
    second = agree(reopen(agreed, area.coordinator), by=area.coordinator)
    third = reopen(second, area.coordinator, "Once more")
    assert (third.version, third.previous_version) == (3, second)


def test_reopening_needs_a_reason(area, agreed):
    with refused("assessment_later_version_says_why"):
        reopen(agreed, area.coordinator, reason="")
    agreed.refresh_from_db()
    assert agreed.status == "agreed"


@pytest.mark.parametrize("role", ["facilitator", "partner", "reader"])
def test_only_a_coordinator_reopens(area, agreed, role):
    sentence = f"{NO_ROLE}reopen an agreed sheet as a new version. A coordinator can."
    assert refusal_of(reopen, assessment=agreed, by=getattr(area, role)) == sentence
    reopen(agreed, area.coordinator)
    assert refusal_of(reopen, assessment=agreed, by=getattr(area, role)) == sentence


def test_a_draft_cannot_be_reopened(area, draft):
    assert refusal_of(reopen, assessment=draft, by=area.coordinator) == (
        "This assessment has not been agreed, so there is nothing to reopen."
    )
