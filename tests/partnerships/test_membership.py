"""Changing what a member is, and ending a membership: at once, and never the last coordinator."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from partnerships import actions
from partnerships.models import Affiliation, Membership, Partnership, User
from planning.models import Entry
from rpcportal.kit.roles import Role
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import (
    client_of,
    make_area,
    make_member,
    make_membership,
    make_organisation,
    make_partnership,
)
from tests.parallel import at_once, meanwhile

HOME = "/partnerships/rochdale/"
PEOPLE = f"{HOME}people/"
LAST = (
    "Cora Rey is the only coordinator of Rochdale Relationships. Make somebody else coordinator "
    "first: a partnership always has one."
)


@pytest.fixture
def area(db):
    area = make_area()
    User.objects.filter(pk=area.coordinator.pk).update(name="Cora Rey")
    return area


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def membership_of(person):
    return Membership.objects.get(user=person, partnership__slug="rochdale")


def path_of(person, what="change"):
    return f"{PEOPLE}{membership_of(person).pk}/{what}/"


def change(client, person, role="reader", organisations=(), job_title=""):
    body = {"role": role, "organisations": list(organisations), "job_title": job_title}
    return client.post(path_of(person), body)


# --- Changing -------------------------------------------------------------------------------


def test_role_organisations_and_job_title_are_changed(area, client):
    homes, school = (make_organisation(area.partnership, name) for name in ("Homes", "School"))
    answer = change(client, area.reader, "lead", [homes.pk, school.pk], "Head")
    member = membership_of(area.reader)
    assert answer.url == f"{PEOPLE}{member.pk}/"
    assert (member.role, member.job_title) == ("lead", "Head")
    assert set(member.organisations.all()) == {homes, school}
    assert "Reader of Rochdale is changed." in shown(client.get(answer.url))


def test_the_form_shows_what_they_are_now(area, client):
    homes = make_organisation(area.partnership)
    change(client, area.reader, "lead", [homes.pk], "Head")
    form = client.get(path_of(area.reader)).context["form"]
    assert form.initial == {"role": "lead", "organisations": [homes], "job_title": "Head"}


def test_what_is_left_empty_is_taken_away(area, client):
    change(client, area.reader, "lead", [make_organisation(area.partnership).pk], "Head")
    change(client, area.reader)
    member = membership_of(area.reader)
    assert (member.role, member.job_title, member.organisations.count()) == ("reader", "", 0)


def test_a_change_counts_from_the_next_page_on(area, client):
    person = client_of(area.reader)
    assert person.get("/partnerships/rochdale/assessments/new/").status_code == 403
    change(client, area.reader, "facilitator")
    assert person.get("/partnerships/rochdale/assessments/new/").status_code == 200
    change(client, area.reader, "reader")
    assert person.get("/partnerships/rochdale/assessments/new/").status_code == 403


def test_in_another_partnership_they_stay_what_they_are(area, client):
    bolton = make_area("bolton", "Bolton", "Bolton")
    there = make_membership(bolton.partnership, area.reader, Role.FACILITATOR)
    change(client, area.reader, "lead")
    client.post(path_of(area.reader, "end"))
    there.refresh_from_db()
    assert there.role == "facilitator"
    assert client_of(area.reader).get("/partnerships/bolton/").status_code == 200


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role": ""}, "Choose a role"),
        ({"role": "partner"}, "“Role” has no such choice"),
        ({"role": "administrator"}, "“Role” has no such choice"),
        ({"organisations": ["987654321"]}, "“Organisations” has no such choice"),
        ({"organisations": ["abc"]}, "“Organisations” has no such choice"),
        ({"organisations": ["9" * 5000]}, "“Organisations” has no such choice"),
        ({"job_title": "x" * 121}, "“Job title” has 121 characters"),
        ({"job_title": "Z" * TEN_MEGABYTES}, "the most it can hold is 120."),
        ({"job_title": "a\x00b"}, "held an invisible character"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_changes(area, client, values, sentence):
    answer = change(client, area.reader, **{"role": "lead", **values})
    assert answer.status_code == 200
    assert shown(answer).count(sentence) >= 2
    member = membership_of(area.reader)
    assert (member.role, member.job_title, member.organisations.count()) == ("reader", "", 0)


def test_an_organisation_of_another_partnership_is_no_choice(area, client):
    elsewhere = make_organisation(make_partnership("bolton", "Bolton", "Bolton"), "Bolton's own")
    answer = change(client, area.reader, "lead", [elsewhere.pk])
    assert "“Organisations” has no such choice" in shown(answer)
    assert "Bolton's own" not in shown(answer)
    assert Affiliation.objects.count() == 0
    with pytest.raises(PermissionDenied, match="belongs to another partnership"):
        actions.change_membership(
            membership=membership_of(area.reader), role="reader", organisations=[elsewhere],
            job_title="", by=area.coordinator,
        )  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind, text in STRANGE.items() if len(text) <= 120])
def test_strange_job_titles_are_kept_and_shown_as_words(area, client, kind):
    change(client, area.reader, job_title=STRANGE[kind])
    assert membership_of(area.reader).job_title == STRANGE[kind]
    page = client.get(PEOPLE).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# --- Ending ---------------------------------------------------------------------------------


def test_ending_asks_once_then_the_person_is_out_at_once(area, client):
    person = client_of(area.partner)
    assert person.get(HOME).status_code == 200
    page = shown(client.get(path_of(area.partner, "end")))
    assert "Partner editor of Rochdale can no longer open anything" in page
    assert membership_of(area.partner)

    answer = client.post(path_of(area.partner, "end"))
    assert answer.url == PEOPLE
    assert "Partner editor of Rochdale has left Rochdale Relationships." in shown(
        client.get(PEOPLE)
    )
    assert not Membership.objects.filter(user=area.partner).exists()
    assert person.get(HOME).status_code == 404
    assert person.get("/").status_code == 200


def test_what_they_wrote_stays_with_their_name(area, client):
    draft = make_assessment(area.partnership, load_rpc_2018(), by=area.partner)
    client.post(path_of(area.partner, "end"))
    draft.refresh_from_db()
    assert draft.created_by == area.partner
    assert User.objects.get(pk=area.partner.pk).is_active


def test_their_open_work_is_named_before_they_go(area, client):
    draft = make_assessment(area.partnership, load_rpc_2018())
    entry = entry_of(draft, 3)
    Entry.objects.filter(pk=entry.pk).update(responsible=area.partner)
    page = shown(client.get(path_of(area.partner, "end")))
    assert "They still have open work." in page
    assert f'href="{path_of(area.partner, "hand-over")}"' in page
    assert f"3. {entry.domain.name}" in page
    assert "still have open work" not in shown(client.get(path_of(area.reader, "end")))


def test_ending_twice_finds_nobody_the_second_time(area, client):
    path = path_of(area.reader, "end")
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 404


def test_a_coordinator_who_leaves_comes_home(area, client):
    make_member(area.partnership, Role.COORDINATOR)
    answer = client.post(path_of(area.coordinator, "end"))
    assert answer.url == "/"
    assert client.get(HOME).status_code == 404


# --- The last coordinator -------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_the_only_coordinator_stays_one_and_is_told_what_to_do_first(area, client, role):
    answer = change(client, area.coordinator, role.value, job_title="Typed words")
    assert answer.status_code == 200
    assert shown(answer).count(LAST) == 2
    assert "Typed words" in shown(answer)
    assert membership_of(area.coordinator).role == "coordinator"


def test_the_only_coordinator_cannot_be_ended(area, client):
    answer = client.post(path_of(area.coordinator, "end"))
    assert LAST in shown(answer)
    assert membership_of(area.coordinator).role == "coordinator"


def test_the_only_coordinator_may_change_all_the_rest(area, client):
    assert change(client, area.coordinator, "coordinator", job_title="Head").status_code == 302
    assert membership_of(area.coordinator).job_title == "Head"


def test_a_second_coordinator_whose_account_is_switched_off_does_not_count(area, client):
    second = make_member(area.partnership, Role.COORDINATOR)
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert LAST in shown(client.post(path_of(area.coordinator, "end")))


def test_once_there_is_another_the_first_may_become_a_reader(area, client):
    change(client, area.partner, "coordinator")
    assert change(client, area.coordinator, "reader").status_code == 302
    connection.check_constraints()
    assert membership_of(area.coordinator).role == "reader"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
@pytest.mark.parametrize("how", ["end", "change", "each other"])
def test_of_two_coordinators_who_go_at_the_same_moment_one_stays(attempt, how):
    partnership = make_partnership()
    two = [make_member(partnership, Role.COORDINATOR) for _ in range(2)]
    whose = list(reversed(two)) if how == "each other" else two
    calls = []
    for by, person in zip(two, whose, strict=True):
        path = path_of(person, "change" if how == "change" else "end")
        body = {"role": "reader"} if how == "change" else {}
        calls.append(partial(client_of(by).post, path, body))
    answers = at_once(*calls)

    assert partnership.memberships.coordinators().count() == 1
    assert [answer.status_code for answer in answers].count(302) == 1
    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["end", "change"])
def test_ending_the_same_membership_at_the_same_moment_is_no_fault(other):
    area = make_area()
    two = area.coordinator, make_member(area.partnership, Role.COORDINATOR)
    paths = path_of(area.reader, "end"), path_of(area.reader, other)
    calls = [
        partial(client_of(by).post, path, {"role": "reader"})
        for by, path in zip(two, paths, strict=True)
    ]
    answers = at_once(*calls)

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert not Membership.objects.filter(user=area.reader).exists()


def test_who_has_left_meanwhile_is_named(area):
    membership = membership_of(area.reader)
    Membership.objects.filter(pk=membership.pk).delete()
    with pytest.raises(PermissionDenied) as refusal:
        actions.end_membership(membership=membership, by=area.coordinator)
    assert str(refusal.value) == "Reader of Rochdale has left Rochdale Relationships already."


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_else_changes_or_ends_a_membership_not_even_their_own(area, role):
    person = getattr(area, role.value)
    client = client_of(person)
    for target in (person, area.coordinator):
        for what in ("change", "end"):
            for answer in (
                client.get(path_of(target, what)),
                client.post(path_of(target, what), {"role": "coordinator"}),
            ):
                assert answer.status_code == 403
                assert "A coordinator can." in shown(answer)
    assert membership_of(person).role == role.value
    assert membership_of(area.coordinator).role == "coordinator"


def test_a_coordinator_of_another_partnership_finds_nobody(area):
    bolton = make_area("bolton", "Bolton", "Bolton")
    client = client_of(bolton.coordinator)
    pk = membership_of(area.reader).pk
    for slug in ("rochdale", "bolton"):
        for what in ("change", "end"):
            path = f"/partnerships/{slug}/people/{pk}/{what}/"
            assert client.get(path).status_code == 404
            assert client.post(path, {"role": "coordinator"}).status_code == 404
    assert membership_of(area.reader).role == "reader"


def test_the_actions_themselves_ask_who_it_is(area):
    for by in (area.lead, area.reader, make_area("bolton", "Bolton", "Bolton").coordinator):
        with pytest.raises(PermissionDenied, match="A coordinator can"):
            actions.end_membership(membership=membership_of(area.partner), by=by)
        with pytest.raises(PermissionDenied, match="A coordinator can"):
            actions.change_membership(
                membership=membership_of(area.partner), role="coordinator", organisations=[],
                job_title="", by=by,
            )  # fmt: skip
    assert membership_of(area.partner).role == "editor"


def test_someone_who_was_demoted_a_moment_ago_may_no_longer_promote(area, client):
    """The page was open while another coordinator took the right away."""
    second = make_member(area.partnership, Role.COORDINATOR)
    client.get(path_of(area.reader))
    change(client_of(second), area.coordinator, "reader")
    assert change(client, area.reader, "coordinator").status_code == 403
    assert membership_of(area.reader).role == "reader"


@pytest.mark.django_db(transaction=True)
def test_a_right_that_was_taken_away_meanwhile_is_no_right():
    """A coordinator's click waits for the partnership's row, which is held by another change."""
    area = make_area()
    demoted = make_member(area.partnership, "coordinator")
    path = f"/partnerships/rochdale/people/{area.editor.memberships.get().pk}/end/"
    client = client_of(demoted)
    with meanwhile(lambda: client.post(path).status_code) as outcome:
        Partnership.objects.select_for_update().get()
        demoted.memberships.update(role="reader")
    assert outcome == [403]
    assert area.editor.memberships.exists()
