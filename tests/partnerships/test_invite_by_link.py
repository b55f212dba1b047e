"""``manage.py invite_by_link``: a way in when no coordinator can invite, or no mail can be sent."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from partnerships.models import Invitation, Membership, OutgoingMail, User
from tests.factories.people import link_to, make_area, make_invitation, make_member

pytestmark = pytest.mark.django_db

EMAIL = "ada@council.example"
HERE = "http://127.0.0.1:8000"


@pytest.fixture
def area():
    return make_area("bolton", "Bolton", "Bolton")


def invite_by_link(email=EMAIL, partnership="bolton", role="reader"):
    """The path of the link that the command prints."""
    printed = io.StringIO()
    call_command("invite_by_link", email, partnership=partnership, role=role, stdout=printed)
    said, link = printed.getvalue().splitlines()
    assert said == f"{email} comes in here, once, within two weeks:"
    return link.removeprefix(HERE)


def test_the_link_lets_someone_in_with_the_role(area, client):
    path = invite_by_link(role="lead")
    assert client.post(path, {"name": "Ada Marsh"}).url == "/partnerships/bolton/"
    member = Membership.objects.get(user__email=EMAIL)
    assert (member.partnership, member.role, str(member.user)) == (
        area.partnership, "lead", "Ada Marsh"
    )  # fmt: skip
    assert OutgoingMail.objects.count() == 0


def test_a_member_gets_the_new_role_and_no_second_account(area):
    reader = make_member(area.partnership, "reader", email=EMAIL)
    client = Client()
    client.force_login(reader)
    path = invite_by_link(email=EMAIL.upper(), role="coordinator")
    assert client.post(path).url == "/partnerships/bolton/"
    assert Membership.objects.get(user=reader).role == "coordinator"
    assert User.objects.filter(email__iexact=EMAIL).count() == 1


def test_the_only_coordinator_stays_one(area):
    with pytest.raises(CommandError, match="is the only coordinator of Bolton"):
        invite_by_link(email=area.coordinator.email, role="reader")
    assert not Invitation.objects.exists()


def test_who_became_the_only_coordinator_meanwhile_stays_one(area):
    other = make_member(area.partnership, "coordinator", email=EMAIL)
    path = invite_by_link(role="reader")
    area.coordinator.memberships.get().delete()
    client = Client()
    client.force_login(other)
    refused = client.post(path)
    assert refused.status_code == 403
    assert "is the only coordinator" in refused.content.decode()
    assert Membership.objects.get(user=other).role == "coordinator"


def test_an_open_invitation_gives_way_to_it(area, client):
    older = make_invitation(area.partnership, EMAIL, token="by-mail")
    path = invite_by_link(email=EMAIL.upper())
    older.refresh_from_db()
    assert older.revoked_at is not None
    assert client.get(link_to("by-mail")).status_code == 404
    assert client.get(path).status_code == 200
    assert Invitation.objects.open().get().email == EMAIL


def test_the_link_of_the_time_before_stops_working(area, client):
    first, second = invite_by_link(), invite_by_link()
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]


def test_an_unknown_partnership_is_named():
    with pytest.raises(CommandError, match=r"There is no partnership “bury”\."):
        invite_by_link(partnership="bury")


@pytest.mark.parametrize("email", ["nobody", "", "a b@c.example", "x" * 250 + "@c.example"])
def test_an_address_that_is_none_is_named_and_nothing_is_made(area, email):
    with pytest.raises(CommandError, match="E-mail address: "):
        invite_by_link(email=email)
    assert Invitation.objects.count() == 0


def test_a_role_that_is_none_is_refused(area):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("invite_by_link", EMAIL, "--partnership=bolton", "--role=owner")
