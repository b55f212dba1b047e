"""Handing over: what is still to be done goes to a colleague, what was done keeps its name."""

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.handing_over import hand_over
from partnerships.models import Membership
from planning.models import Entry, PriorityAction
from rpcportal.kit.roles import Role
from tests.factories.assessments import (
    agree,
    entry_of,
    make_action,
    make_agreed,
    make_assessment,
    make_full,
)
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def homes(area):
    """The organisation that the lead and the editor come from."""
    homes = make_organisation(area.partnership)
    for person in (area.lead, area.editor):
        membership_of(person).organisations.add(homes)
    return homes


@pytest.fixture
def draft(area, homes):
    """The editor is responsible for domains 1 and 2, and named as owner of one action."""
    draft = make_assessment(area.partnership, load_rpc_2018())
    make_responsible(draft, area.editor, 1, 2)
    make_action(draft, [1], what="Write the strategy", owner=area.editor.name)
    make_action(draft, [1], what="Somebody else's", owner=area.facilitator.name)
    return draft


def make_responsible(assessment, person, *numbers):
    entries = Entry.objects.filter(assessment=assessment, domain__number__in=numbers)
    entries.update(responsible=person)


def membership_of(person):
    return Membership.objects.get(user=person, partnership__slug="rochdale")


def path_of(person):
    return f"/partnerships/rochdale/people/{membership_of(person).pk}/hand-over/"


def give(by, person, to):
    return client_of(by).post(path_of(person), {"to": membership_of(to).pk})


def responsible_in(assessment):
    return dict(
        assessment.entries.filter(responsible__isnull=False).values_list(
            "domain__number", "responsible__email"
        )
    )


# --- What moves -----------------------------------------------------------------------------


def test_the_page_lists_the_work_and_the_colleagues_who_can_take_it(area, draft):
    page = client_of(area.coordinator).get(path_of(area.editor))
    words = shown(page)
    for number in (1, 2):
        assert f"{number}. {entry_of(draft, number).domain.name}" in words
    assert "Write the strategy" in words
    assert "Somebody else's" not in words
    labels = [label for _, label in page.context["form"].fields["to"].choices]
    assert labels == [
        "Choose a colleague",
        f"{area.coordinator}, coordinator",
        f"{area.facilitator}, facilitator",
        f"{area.lead}, partner lead",
    ]


def test_all_of_it_moves_at_once(area, draft):
    answer = give(area.coordinator, area.editor, area.facilitator)
    assert answer.url == f"/partnerships/rochdale/people/{membership_of(area.editor).pk}/"
    assert responsible_in(draft) == {1: area.facilitator.email, 2: area.facilitator.email}
    owners = PriorityAction.objects.values_list("owner", flat=True)
    assert set(owners) == {area.facilitator.name}
    said = shown(client_of(area.coordinator).get(path_of(area.editor)))
    assert f"{area.editor} has no open work." in said


def test_the_answer_says_how_much_moved(area, draft):
    client = client_of(area.coordinator)
    client.post(path_of(area.editor), {"to": membership_of(area.lead).pk})
    page = shown(client.get(path_of(area.editor)))
    assert f"{area.lead} has taken on 3 pieces of work from {area.editor}." in page
    make_responsible(draft, area.editor, 5)
    client.post(path_of(area.editor), {"to": membership_of(area.lead).pk})
    assert "has taken on 1 piece of work" in shown(client.get(path_of(area.editor)))


def test_what_others_have_stays_with_them(area, draft):
    make_responsible(draft, area.lead, 7)
    give(area.coordinator, area.editor, area.facilitator)
    assert responsible_in(draft)[7] == area.lead.email


def test_an_agreed_sheet_keeps_its_names(area, homes):
    agreed_draft = make_full(area.partnership, load_rpc_2018())
    make_responsible(agreed_draft, area.editor, 1)
    make_action(agreed_draft, [1], what="Was done", owner=area.editor.name)
    agree(agreed_draft, by=area.coordinator)
    make_agreed(area.partnership, load_rpc_2018(), by=area.coordinator)
    assert "has no open work" in shown(client_of(area.coordinator).get(path_of(area.editor)))
    give(area.coordinator, area.editor, area.facilitator)
    assert responsible_in(agreed_draft) == {1: area.editor.email}
    assert agreed_draft.priority_actions.get(what="Was done").owner == area.editor.name


def test_work_in_another_partnership_stays(area, draft):
    bolton = make_area("bolton", "Bolton", "Bolton")
    Membership.objects.create(user=area.editor, partnership=bolton.partnership, role="editor")
    there = make_assessment(bolton.partnership, load_rpc_2018())
    make_responsible(there, area.editor, 1)
    give(area.coordinator, area.editor, area.facilitator)
    assert responsible_in(there) == {1: area.editor.email}


def test_sent_twice_it_moves_once(area, draft):
    give(area.coordinator, area.editor, area.facilitator)
    give(area.coordinator, area.editor, area.lead)
    assert set(responsible_in(draft).values()) == {area.facilitator.email}


# --- Who takes it on ------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["nobody", "a reader", "oneself", "elsewhere", "nonsense", "nul"])
def test_who_cannot_take_it_on_is_refused_with_a_sentence(area, draft, to):
    bolton = make_area("bolton", "Bolton", "Bolton")
    value = {
        "nobody": "",
        "a reader": membership_of(area.reader).pk,
        "oneself": membership_of(area.editor).pk,
        "elsewhere": bolton.coordinator.memberships.get().pk,
        "nonsense": "9" * 5000,
        "nul": "\x00",
    }[to]
    before = responsible_in(draft)
    answer = client_of(area.coordinator).post(path_of(area.editor), {"to": value})
    sentence = {"nobody": "Choose who takes the work on", "nul": "There is a problem"}.get(
        to, "has no such choice"
    )
    assert answer.status_code == 200
    assert sentence in shown(answer)
    assert bolton.coordinator.name not in shown(answer)
    assert responsible_in(draft) == before


def test_the_action_itself_refuses_them_too(area, draft):
    bolton = make_area("bolton", "Bolton", "Bolton")
    editor = membership_of(area.editor)
    for to, sentence in (
        (membership_of(area.reader), "is a reader, and so cannot take on work."),
        (editor, "handed over to another person of the same partnership"),
        (bolton.coordinator.memberships.get(), "another person of the same partnership"),
    ):
        with pytest.raises(PermissionDenied, match=sentence):
            hand_over(membership=editor, to=to, by=area.coordinator)


# --- Who may hand over ----------------------------------------------------------------------

OWN = (
    "You can hand over the work of people in your own organisation. A coordinator can hand over "
    "anybody’s."
)
NOBODYS = "hand over the work of somebody in your own organisation. A coordinator or partner lead"


def check_refused(by, person, sentence):
    client = client_of(by)
    for answer in (
        client.get(path_of(person)),
        client.post(path_of(person), {"to": membership_of(by).pk}),
    ):
        assert answer.status_code == 403
        assert sentence in shown(answer)


def test_a_coordinator_hands_over_anybodys(area, draft):
    for person in (area.lead, area.facilitator):
        make_responsible(draft, person, 9)
        assert give(area.coordinator, person, area.editor).status_code == 302
        assert responsible_in(draft)[9] == area.editor.email


def test_a_lead_hands_over_the_work_of_their_own_organisation(area, draft):
    assert give(area.lead, area.editor, area.facilitator).status_code == 302
    assert set(responsible_in(draft).values()) == {area.facilitator.email}


def test_one_organisation_in_common_is_enough(area, draft):
    for name in ("School", "Police"):
        other = make_organisation(area.partnership, name)
        membership_of(area.lead).organisations.add(other)
    assert give(area.lead, area.editor, area.facilitator).status_code == 302


def test_a_lead_does_not_hand_over_that_of_another_organisation(area, draft):
    school = make_organisation(area.partnership, "School")
    teacher = make_member(area.partnership, Role.EDITOR, organisation=school)
    make_responsible(draft, teacher, 4)
    check_refused(area.lead, teacher, OWN)
    assert responsible_in(draft)[4] == teacher.email


def test_two_without_any_organisation_are_not_of_the_same(area, draft):
    membership_of(area.lead).organisations.clear()
    person = make_member(area.partnership, Role.EDITOR)
    check_refused(area.lead, person, OWN)


def test_organisations_of_one_name_in_two_partnerships_are_two(area, draft):
    bolton = make_area("bolton", "Bolton", "Bolton")
    theirs = bolton.editor.memberships.get()
    theirs.organisations.add(make_organisation(bolton.partnership))
    client = client_of(area.lead)
    for slug in ("rochdale", "bolton"):
        path = f"/partnerships/{slug}/people/{theirs.pk}/hand-over/"
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", ["editor", "facilitator", "lead"])
def test_everyone_who_writes_hands_over_their_own(area, draft, role):
    person = getattr(area, role)
    make_responsible(draft, person, 1)
    assert give(person, person, area.coordinator).status_code == 302
    assert responsible_in(draft)[1] == area.coordinator.email


@pytest.mark.parametrize("role", ["editor", "facilitator", "reader"])
def test_the_others_hand_over_nobody_elses(area, draft, role):
    check_refused(getattr(area, role), area.lead, NOBODYS)


def test_a_reader_has_nothing_to_hand_over(area, draft):
    check_refused(area.reader, area.reader, "A coordinator, facilitator, partner lead or partner")
    assert set(responsible_in(draft).values()) == {area.editor.email}
