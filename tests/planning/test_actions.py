"""The verbs of the planning tool: start, details, agree, remove. Reopening is test_reopening.py."""

import uuid
from datetime import date

import pytest
from django.db import transaction

from planning import actions
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction, UnsettledText
from planning.permissions import SheetClosed
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_full,
    make_reference,
    make_scored,
)
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db

JULY, AUGUST = date(2018, 7, 30), date(2018, 8, 1)
NO_ROLE = "Your role in this partnership does not let you "


# --- Start ----------------------------------------------------------------------------------


def start(area, framework, *, by=None, **values):
    values = {"assessed_on": JULY, "by": by or area.coordinator} | values
    return actions.start_assessment(partnership=area.partnership, framework=framework, **values)


def test_an_assessment_starts_with_an_empty_entry_for_each_domain(area):
    assessment = start(area, load_rpc_2018(), by=area.facilitator, note="Who took part")
    assert (assessment.status, assessment.version, assessment.note) == ("draft", 1, "Who took part")
    assert assessment.created_by == area.facilitator
    assert list(assessment.entries.in_order().values_list("domain__number", "level")) == [
        (number, None) for number in range(1, 11)
    ]


def test_an_illustration_starts_as_one(area, small):
    assert start(area, small, illustrative=True).status == "illustrative"


def test_the_same_click_twice_starts_one_assessment(area, small):
    key = uuid.uuid4()
    assert start(area, small, request_key=key) == start(area, small, request_key=key)
    assert Assessment.objects.count() == 1


def test_the_same_form_sent_again_with_another_day_starts_another(area, small):
    key = uuid.uuid4()
    first = start(area, small, request_key=key)
    assert start(area, small, request_key=key, assessed_on=date(2018, 7, 31)) != first


def test_two_clicks_without_a_key_start_two(area, small):
    assert start(area, small) != start(area, small)


def test_the_key_of_another_partnerships_request_leads_nowhere_near_it(area, small):
    other = make_area("bolton", "Bolton Together", "Bolton")
    key = uuid.uuid4()
    theirs = start(other, small, request_key=key, note="Theirs")
    mine = start(area, small, request_key=key, note="Mine")
    assert (mine.partnership, mine.note) == (area.partnership, "Mine")
    assert mine != theirs
    assert start(area, small, request_key=key) == mine


@pytest.mark.parametrize("role", ["partner", "reader"])
def test_who_may_not_start_is_told_who_can(area, small, role):
    assert refusal_of(start, area=area, framework=small, by=getattr(area, role)) == (
        f"{NO_ROLE}start an assessment and change its date. A coordinator or facilitator can."
    )
    assert Assessment.objects.count() == 0


def test_a_coordinator_of_another_partnership_cannot_start_here(area, small):
    other = make_area("bolton", "Bolton Together", "Bolton")
    assert refusal_of(start, area=area, framework=small, by=other.coordinator).startswith(NO_ROLE)


# --- Details --------------------------------------------------------------------------------


def change(assessment, by, *, illustrative=False):
    actions.change_details(
        assessment=assessment, assessed_on=AUGUST, note="New", illustrative=illustrative, by=by
    )


@pytest.mark.parametrize(("illustrative", "status"), [(True, "illustrative"), (False, "draft")])
def test_details_change(area, draft, illustrative, status):
    change(draft, area.facilitator, illustrative=illustrative)
    draft.refresh_from_db()
    assert (draft.assessed_on, draft.note, draft.status) == (AUGUST, "New", status)


def test_a_partner_cannot_change_details(area, draft):
    assert refusal_of(change, assessment=draft, by=area.partner).startswith(NO_ROLE)


def test_the_details_of_an_agreed_sheet_stay(area, agreed):
    sentence = (
        "This sheet was agreed on 31 July 2018, so it cannot change. "
        "A coordinator can reopen it as a new version."
    )
    assert refusal_of(change, assessment=agreed, by=area.coordinator) == sentence
    agreed.refresh_from_db()
    assert (agreed.assessed_on, agreed.note, agreed.status) == (JULY, "Who took part", "agreed")


def test_details_that_arrive_after_the_agreement_are_refused_with_a_sentence(area, draft):
    agree(draft, by=area.coordinator)  # ``draft`` is what another page had loaded before
    with pytest.raises(SheetClosed, match="This sheet was agreed a moment ago"):
        change(draft, area.coordinator)


# --- Agree ----------------------------------------------------------------------------------


def test_who_agreed_in_what_role_and_when_is_recorded(area, draft):
    agree(draft, by=area.facilitator)
    draft.refresh_from_db()
    assert (draft.status, draft.agreed_name, draft.agreed_role, draft.agreed_on) == (
        "agreed", "Ada Marsh", "Chair of the board", date(2018, 7, 31)
    )  # fmt: skip
    assert draft.agreed_recorded_by == area.facilitator
    assert draft.agreed_recorded_at is not None


@pytest.mark.parametrize("role", ["partner", "reader"])
def test_who_may_not_agree_is_told_who_can(area, draft, role):
    assert refusal_of(agree, assessment=draft, by=getattr(area, role)) == (
        f"{NO_ROLE}record that a sheet was agreed. A coordinator or facilitator can."
    )
    draft.refresh_from_db()
    assert draft.status == "draft"


def empty_a_level(area, draft):
    Entry.objects.filter(pk=entry_of(draft, 2).pk).update(level=None)


def leave_out_without_a_reason(area, draft):
    Entry.objects.filter(pk=entry_of(draft, 2).pk).update(level=None, not_applicable=True)


def leave_two_texts(area, draft):
    UnsettledText.objects.create(
        entry=entry_of(draft, 2), part="gaps", text="Waiting", author=area.partner
    )


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (empty_a_level, "Choose a progress level, or say why the domain is not applicable."),
        (leave_out_without_a_reason, "Say why this domain is not applicable."),
        (leave_two_texts, "Two people wrote in the same box. Settle it."),
    ],
)
def test_a_sheet_that_is_not_ready_is_not_agreed(area, draft, spoil, sentence):
    spoil(area, draft)
    with pytest.raises(actions.NotReady) as refusal:
        agree(draft, by=area.coordinator)
    assert str(refusal.value) == f"This sheet is not ready to be agreed. {sentence}"
    draft.refresh_from_db()
    assert (draft.status, draft.agreed_name) == ("draft", "")


def test_a_sheet_with_open_questions_alone_can_be_agreed(area, draft):
    assert agree(draft, by=area.coordinator).status == "agreed"


def test_an_illustration_cannot_be_agreed(area, small):
    sheet = make_scored(area.partnership, small, illustrative=True)
    assert refusal_of(agree, assessment=sheet, by=area.coordinator) == (
        "This is an illustration, not the area's own plan, so nobody can agree it. "
        "Change it to a draft in its details first."
    )


def test_agreeing_twice_is_refused_and_the_first_stays(area, draft):
    agree(draft, by=area.coordinator)
    again = {"assessment": draft, "name": "Bea Holt", "role": "Vice", "on": AUGUST}
    sentence = refusal_of(actions.agree_sheet, **again, by=area.coordinator)
    assert sentence.startswith("This sheet was agreed on 31 July 2018")
    draft.refresh_from_db()
    assert draft.agreed_name == "Ada Marsh"


@pytest.mark.parametrize("missing", ["name", "role", "on"])
def test_an_agreement_without_name_role_or_day_is_refused_by_the_database(area, draft, missing):
    said = {"name": "Ada Marsh", "role": "Chair", "on": JULY}
    said[missing] = None if missing == "on" else ""
    with refused("assessment_agreed_by_a_named_person"):
        actions.agree_sheet(assessment=draft, **said, by=area.coordinator)


# --- Remove ---------------------------------------------------------------------------------


def test_a_reference_is_removed(area, draft):
    reference = make_reference(entry_of(draft, 1))
    for _ in range(2):  # twice is harmless
        actions.remove_reference(reference=reference, by=area.partner)
    assert EvidenceReference.objects.count() == 0


def test_an_action_is_removed_from_one_domain_alone(area, draft):
    action = make_action(draft, [1, 3])
    actions.remove_action(action=action, by=area.partner, only_from=entry_of(draft, 1).domain_id)
    assert [domain.number for domain in action.domains.all()] == [3]


def test_an_action_that_is_removed_from_its_only_domain_is_gone(area, draft):
    action = make_action(draft, [1])
    actions.remove_action(action=action, by=area.partner, only_from=entry_of(draft, 1).domain_id)
    assert PriorityAction.objects.count() == 0


def test_an_action_is_removed_everywhere(area, draft):
    action = make_action(draft, [1, 3])
    for _ in range(2):
        actions.remove_action(action=action, by=area.partner)
    assert PriorityAction.objects.count() == 0


def remove_any(kind, row, by):
    getattr(actions, f"remove_{kind}")(**{kind: row}, by=by)


@pytest.mark.parametrize("kind", ["reference", "action"])
def test_a_row_with_two_texts_stays_until_they_are_settled(area, draft, kind):
    entry = entry_of(draft, 1)
    row = make_reference(entry) if kind == "reference" else make_action(draft, [1, 2])
    field = "shows" if kind == "reference" else "measure"
    # Of an action, the second text may wait on the page of any domain that it serves.
    other = entry if kind == "reference" else entry_of(draft, 2)
    text = UnsettledText.objects.create(
        entry=other, part=f"{kind}-{row.key}-{field}", text="Waiting", author=area.partner
    )
    assert refusal_of(remove_any, kind=kind, row=row, by=area.partner).startswith(
        "Two people wrote in this one at the same time. Settle the two texts first"
    )
    text.delete()
    remove_any(kind, row, area.partner)
    assert type(row).objects.count() == 0


@pytest.mark.parametrize("kind", ["reference", "action"])
def test_who_may_not_score_cannot_remove_and_nothing_leaves_an_agreed_sheet(area, small, kind):
    draft = make_full(area.partnership, small)
    row = (
        EvidenceReference.objects.first() if kind == "reference" else PriorityAction.objects.first()
    )
    assert refusal_of(remove_any, kind=kind, row=row, by=area.reader).startswith(NO_ROLE)
    row = type(row).objects.get(pk=row.pk)
    assert (row.entry.assessment if kind == "reference" else row.assessment).status == "draft"
    agree(draft, by=area.coordinator)
    with pytest.raises(SheetClosed, match="agreed a moment ago"), transaction.atomic():
        remove_any(kind, row, area.partner)
    assert type(row).objects.filter(pk=row.pk).exists()
