"""Coming in by an invitation with an account that is there already: one's own and no other."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerships import inviting
from partnerships.models import Invitation, Membership, User
from rpcportal.kit.roles import Role
from tests.factories.bad_input import shown
from tests.factories.invitations import ADA, HOME, LINK, invite_ada, join, membership_of_ada
from tests.factories.people import (
    PASSWORD,
    client_of,
    link_to,
    make_invitation,
    make_member,
    make_user,
)

# --- Someone who has an account -------------------------------------------------------------


def test_someone_with_an_account_signs_in_first(invitation, client):
    make_user(ADA)
    page = client.get(LINK)
    assert page.status_code == 200
    assert "You have an account already. Sign in with it" in shown(page)
    assert f"/sign-in/?next={LINK}" in shown(page)
    assert "<form" not in shown(page).partition("<main")[2]
    client.post(LINK, {"name": "Eve"})  # a form that was made up
    assert not Membership.objects.filter(user__email=ADA).exists()


def test_after_signing_in_the_invitation_comes_back_and_one_click_joins(invitation, client):
    person = make_user(ADA, "Ada Marsh")
    back = client.post("/sign-in/", {"login": ADA, "password": PASSWORD, "next": LINK})
    assert back.url == LINK
    assert f"You join with your own account, {ADA}." in shown(client.get(LINK))
    assert client.post(LINK).url == HOME
    joined = membership_of_ada()
    assert (joined.user, joined.role, joined.user.name) == (person, "lead", "Ada Marsh")
    assert list(joined.organisations.all()) == [invitation.organisation]
    assert f"You are in {invitation.partnership.name}." in shown(client.get(HOME))


@pytest.mark.parametrize("address", ["ADA@X.ORG", "Ada@x.org", "ada@X.Org"])
def test_the_case_of_an_address_does_not_matter(partnership, client, address):
    person = make_user(address)
    invite_ada(partnership, email=address)
    client.force_login(person)
    assert client.post(LINK).url == HOME
    assert Membership.objects.get().user == person


def test_an_account_of_old_with_capitals_is_found(partnership, client):
    """Addresses were once stored as they were typed."""
    person = make_user(ADA)
    User.objects.filter(pk=person.pk).update(email="Ada@X.org")
    invite_ada(partnership)
    assert "You have an account already" in shown(client.get(LINK))
    join(client)
    assert User.objects.count() == 1
    client.force_login(person)
    assert client.post(LINK).url == HOME


def test_another_account_cannot_use_it(invitation):
    eve = make_user("eve@x.org")
    client = client_of(eve)
    page = shown(client.get(LINK))
    assert f"The invitation is for {ADA}, and you are signed in as eve@x.org." in page
    answer = client.post(LINK, {"name": "Ada"})
    assert answer.status_code == 403
    assert f"This invitation is for {ADA}." in shown(answer)
    assert not Membership.objects.filter(user=eve).exists()
    invitation.refresh_from_db()
    assert invitation.is_open


def test_whoever_is_signed_in_as_somebody_else_signs_out_and_comes_back(invitation):
    client = client_of(make_user("eve@x.org"))
    answer = client.post("/sign-out/", {"next": LINK})
    assert answer.url == f"/sign-in/?next={LINK}"
    assert join(client).url == HOME


def test_an_account_that_is_switched_off_is_not_let_in(invitation, client):
    person = make_user(ADA)
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.get(LINK)
    join(client)
    assert not Membership.objects.filter(user=person).exists()


def test_a_member_keeps_their_role_when_an_old_invitation_is_used(partnership):
    person = make_member(partnership, Role.EDITOR, email=ADA)
    invite_ada(partnership, invited_by=make_member(partnership, Role.COORDINATOR))
    client = client_of(person)
    assert client.post(LINK).url == HOME
    assert membership_of_ada().role == "editor"


def test_who_has_left_can_be_invited_back(invitation, client):
    join(client)
    membership_of_ada().delete()
    assert client.get(HOME).status_code == 404
    make_invitation(invitation.partnership, ADA, token="again", role=Role.READER)
    assert client.post(link_to("again")).url == HOME
    assert membership_of_ada().role == "reader"


# --- The action by itself -------------------------------------------------------------------


def test_the_action_itself_refuses_strangers_and_closed_invitations(partnership):
    invitation = invite_ada(partnership)
    with pytest.raises(PermissionDenied, match=f"This invitation is for {ADA}"):
        inviting.accept(invitation=invitation, by=make_user("eve@x.org"))
    make_user(ADA)
    with pytest.raises(PermissionDenied, match="Sign in first"):
        inviting.accept(invitation=invitation, name="Ada")
    Invitation.objects.update(revoked_at=timezone.now())
    with pytest.raises(inviting.NotOpen, match="taken back"):
        inviting.accept(invitation=invitation, by=User.objects.get(email=ADA))
    assert Membership.objects.count() == 0
