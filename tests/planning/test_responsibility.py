"""Who sees to a domain: said by those who may, of those who write, and moved when one leaves."""

import pytest
from django.urls import reverse

from partnerships.handing_over import hand_over, open_work
from planning.actions import reopen_sheet
from planning.responsibility import assign
from tests.factories.assessments import agree, entry_of, make_action
from tests.factories.people import make_area
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
NO_ROLE = "Your role in this partnership does not let you say who is responsible for a domain."


def member(area, user):
    return area.partnership.memberships.get(user=user)


def test_a_domain_has_a_person_and_can_lose_them_again(area, entry):
    assign(entry=entry, user=area.partner, by=area.facilitator)
    entry.refresh_from_db()
    assert entry.responsible == area.partner
    assign(entry=entry, user=None, by=area.coordinator)
    entry.refresh_from_db()
    assert entry.responsible is None


@pytest.mark.parametrize("role", ["lead", "partner", "reader"])
def test_others_cannot_say_who(area, entry, role):
    refusal = refusal_of(assign, entry=entry, user=area.partner, by=getattr(area, role))
    assert refusal.startswith(NO_ROLE)


def test_only_someone_who_writes_here_can_see_to_it(area, entry):
    elsewhere = make_area("bury", "Bury Together", "Bury")
    for somebody in (area.reader, elsewhere.coordinator):
        refusal = refusal_of(assign, entry=entry, user=somebody, by=area.coordinator)
        assert refusal == "Only someone who writes in this partnership can see to it."
    entry.refresh_from_db()
    assert entry.responsible is None


def test_an_agreed_sheet_keeps_who_it_was(area, draft):
    entry = entry_of(draft, 1)
    assign(entry=entry, user=area.partner, by=area.coordinator)
    agree(draft, by=area.coordinator)
    refusal = refusal_of(assign, entry=entry, user=area.lead, by=area.coordinator)
    assert "so it cannot change" in refusal


def test_a_new_version_keeps_who_sees_to_each_domain(area, draft):
    assign(entry=entry_of(draft, 1), user=area.partner, by=area.coordinator)
    agreed = agree(draft, by=area.coordinator)
    new = reopen_sheet(assessment=agreed, reason="New figures", by=area.coordinator)
    assert entry_of(new, 1).responsible == area.partner


def test_handing_over_moves_what_is_open_and_leaves_what_is_agreed(area, draft, assessment):
    for sheet in (draft, assessment):
        assign(entry=entry_of(sheet, 1), user=area.partner, by=area.coordinator)
        make_action(sheet, [1], what="Train them", owner=area.partner.name.upper())
    agree(draft, by=area.coordinator)
    work = dict(open_work(area.partner, area.partnership))
    assert [len(texts) for texts in work.values()] == [1, 1]

    moved = hand_over(
        membership=member(area, area.partner), to=member(area, area.lead), by=area.coordinator
    )
    assert moved == 2
    assert entry_of(assessment, 1).responsible == area.lead
    assert entry_of(draft, 1).responsible == area.partner
    assert assessment.priority_actions.get().owner == area.lead.name
    assert draft.priority_actions.get().owner == area.partner.name.upper()
    assert open_work(area.partner, area.partnership) == []


def test_the_page_offers_those_who_write_and_nobody_else(client, area, entry):
    client.force_login(area.facilitator)
    path = reverse("responsible", args=[entry.assessment_id, 1])
    choices = client.get(path).context["form"].fields["person"].queryset
    assert {each.user for each in choices} == {
        area.coordinator,
        area.facilitator,
        area.lead,
        area.partner,
    }
    answer = client.post(path, {"person": member(area, area.lead).pk}, follow=True)
    assert f"{area.lead} is responsible for it now." in answer.content.decode()
    refused = client.post(path, {"person": member(area, area.reader).pk})
    assert refused.status_code == 200
    entry.refresh_from_db()
    assert entry.responsible == area.lead
