"""Coming in by the link of an invitation: once, for whom it was meant, and never by looking."""

import time

import pytest
from django.test import Client

from partnerships import inviting
from partnerships.models import Invitation, Membership, User
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.invitations import ADA, HOME, LINK, invite_ada, join, membership_of_ada
from tests.factories.people import (
    client_of,
    link_to,
    make_area,
    make_organisation,
    make_partnership,
    make_user,
)
from tests.parallel import at_once

# --- Someone new ----------------------------------------------------------------------------


def test_a_new_person_is_in_with_one_form(invitation, client):
    page = client.get(LINK)
    assert page.status_code == 200
    words = shown(page)
    assert "Join Rochdale Relationships" in words
    assert "Cora Rey has invited you for Housing association, as partner lead." in words
    assert page.context["form"].initial == {"name": "Ada M"}
    assert join(client).url == HOME
    assert client.get(HOME).status_code == 200

    joined = membership_of_ada()
    assert (str(joined.user), joined.role, joined.job_title) == ("Ada Marsh", "lead", "Chair")
    assert list(joined.organisations.all()) == [invitation.organisation]
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.is_open) == (joined.user, False)


def test_they_need_no_password_and_their_address_counts_as_verified(invitation, client):
    join(client)
    person = User.objects.get(email=ADA)
    assert person.has_usable_password() is False
    (address,) = person.emailaddress_set.all()
    assert (address.email, address.verified, address.primary) == (ADA, True, True)


def test_the_first_page_welcomes_them_and_says_how_to_come_back(invitation, client):
    join(client)
    assert "Next time, sign in with a code that we e-mail to you" in shown(client.get(HOME))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_uses_nothing_up(invitation, client, method):
    """Mail scanners open every link, several times."""
    for _ in range(5):
        getattr(client, method)(LINK)
    invitation.refresh_from_db()
    assert invitation.is_open
    assert not User.objects.filter(email=ADA).exists()
    assert join(client).url == HOME


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(invitation, client, method):
    assert getattr(client, method)(LINK).status_code == 405


def test_an_invitation_without_inviter_or_organisation_can_be_used(partnership, client):
    invite_ada(partnership)
    assert "You are invited, as partner lead." in shown(client.get(LINK))
    join(client)
    assert list(membership_of_ada().organisations.all()) == []


@pytest.mark.parametrize("name", ["", " ", "\t\xa0"])
def test_a_name_is_asked_for(invitation, client, name):
    answer = join(client, name)
    assert (answer.status_code, "Enter your name" in shown(answer)) == (200, True)
    invitation.refresh_from_db()
    assert invitation.is_open


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({"name": "x" * 151}, "“Your name” has 151 characters; the most it can hold is 150."),
        ({"job_title": "x" * 121}, "“Your job title” has 121 characters"),
        ({"name": "a\x00b"}, "held an invisible character"),
        ({"name": "Z" * TEN_MEGABYTES}, "the most it can hold is 150."),
    ],
)
def test_what_cannot_be_stored_is_a_sentence_and_the_words_come_back(
    invitation, client, boxes, sentence
):
    answer = join(client, **boxes)
    page = shown(answer)
    assert answer.status_code == 200
    assert page.count(sentence) >= 2
    assert all(text.replace("\x00", "") in page for text in boxes.values())
    assert not User.objects.filter(email=ADA).exists()


@pytest.mark.parametrize("kind", [kind for kind, text in STRANGE.items() if len(text) <= 120])
def test_strange_names_are_kept_and_shown_as_words(invitation, client, kind):
    words = STRANGE[kind]
    assert join(client, words, job_title=words).url == HOME
    joined = membership_of_ada()
    assert (joined.user.name, joined.job_title) == (words, words)
    for path in (HOME, f"{HOME}people/", f"{HOME}people/{joined.pk}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_nothing_but_name_and_job_title_is_taken_from_the_form(invitation, client):
    elsewhere = make_area("bolton", "Bolton", "Bolton")
    join(
        client, role="coordinator", email="eve@x.org", partnership=elsewhere.partnership.pk,
        organisation=make_organisation(elsewhere.partnership, "Other").pk, accepted_at="",
        is_portal_administrator="on", is_staff="on", id=elsewhere.coordinator.pk,
        by=elsewhere.coordinator.pk, user=elsewhere.coordinator.pk,
    )  # fmt: skip
    joined = membership_of_ada()
    assert (joined.partnership, joined.role) == (invitation.partnership, "lead")
    assert list(joined.organisations.all()) == [invitation.organisation]
    assert joined.user.is_portal_administrator is False
    assert joined.user.email == ADA


# --- Once -----------------------------------------------------------------------------------


def test_the_same_form_twice_makes_one_member(invitation, client):
    join(client)
    again = join(client)
    assert again.url == HOME  # whoever used it is led in
    assert join(client_of()).url == f"/sign-in/?next={HOME}"
    assert Membership.objects.filter(user__email=ADA).count() == 1
    assert User.objects.filter(email__iexact=ADA).count() == 1


def test_a_used_link_shows_strangers_that_it_was_used(invitation, client):
    join(client)
    answer = client_of().get(LINK)
    assert answer.status_code == 404
    assert "This invitation was used on" in shown(answer)


def test_a_used_link_is_no_good_for_somebody_else_who_is_signed_in(invitation, client):
    join(client)
    other = client_of(make_user("eve@x.org"))
    for answer in (other.get(LINK), other.post(LINK)):
        assert answer.status_code == 404
        assert "This invitation was used on" in shown(answer)
    assert not Membership.objects.filter(user__email="eve@x.org").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_used_six_times_at_the_same_moment_it_makes_one_member(attempt):
    invite_ada(make_partnership())
    browsers = [client_of() for _ in range(6)]
    answers = at_once(*(lambda client=client: join(client) for client in browsers))

    assert [answer.status_code for answer in answers] == [302] * 6
    assert User.objects.filter(email__iexact=ADA).count() == 1
    assert Membership.objects.count() == 1
    assert Invitation.objects.get().accepted_by.email == ADA
    # One is in; the others are told how to go on. None of them met a fault.
    assert [answer.url for answer in answers].count(HOME) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_invitations_of_one_person_at_the_same_moment_make_one_account(attempt):
    invite_ada(make_partnership())
    invite_ada(make_partnership("bolton", "Bolton", "Bolton"), token="another")
    links = [LINK, link_to("another")] * 2
    answers = at_once(*(lambda link=link: join(client_of(), link=link) for link in links))

    assert [answer.status_code for answer in answers] == [302] * 4
    assert User.objects.filter(email__iexact=ADA).count() == 1


@pytest.mark.django_db(transaction=True)
def test_someone_with_an_account_who_clicks_six_times_at_once_is_one_member():
    partnership, person = make_partnership(), make_user(ADA)
    invite_ada(partnership)
    browsers = [client_of(person) for _ in range(6)]
    answers = at_once(*(lambda client=client: client.post(LINK) for client in browsers))

    assert {answer.url for answer in answers} <= {HOME, LINK}
    assert {client.get(LINK).url for client in browsers} == {HOME}
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_accounts_would_be_tried(monkeypatch):
    """The control of the test above: unlocked, both see an open invitation."""
    invite_ada(make_partnership())
    monkeypatch.setattr(inviting, "_locked", lambda row: Invitation.objects.get(pk=row.pk))
    seen = []
    real = inviting._new_person

    def new_person(invitation, name):
        seen.append(invitation.is_open)
        time.sleep(0.3)
        return real(invitation, name)

    monkeypatch.setattr(inviting, "_new_person", new_person)
    browsers = [client_of() for _ in range(2)]
    at_once(*(lambda client=client: join(client) for client in browsers))
    assert seen == [True, True]


def test_a_second_click_that_meets_the_first_half_way_is_led_on(invitation, client, monkeypatch):
    """The first one joins after the second has looked at the invitation."""
    has_account = inviting.has_account

    def joined_just_now(found):
        monkeypatch.undo()
        join(Client())
        return has_account(found)

    monkeypatch.setattr(inviting, "has_account", joined_just_now)
    answer = join(client)
    assert answer.url.startswith("/sign-in/")
