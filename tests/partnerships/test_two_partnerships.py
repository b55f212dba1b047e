"""One account in two partnerships: each shows its own, and neither gives anything away."""

import pytest

from partnerships.models import Membership
from rpcportal.kit.roles import Role
from tests.factories.assessments import make_full
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import (
    client_of,
    link_to,
    make_area,
    make_invitation,
    make_membership,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rochdale():
    return make_area()


@pytest.fixture
def bolton():
    return make_area("bolton", "Bolton Together", "Bolton")


@pytest.fixture
def ada(rochdale, bolton):
    """Coordinator in Rochdale, reader in Bolton."""
    ada = make_user("ada@x.org", "Ada Marsh")
    make_membership(rochdale.partnership, ada, Role.COORDINATOR)
    make_membership(bolton.partnership, ada, Role.READER)
    return ada


def test_home_lists_both_in_order_of_name(ada):
    page = client_of(ada).get("/")
    assert [each.name for each in page.context["partnerships"]] == [
        "Bolton Together", "Rochdale Relationships"
    ]  # fmt: skip
    for slug in ("rochdale", "bolton"):
        assert f'href="/partnerships/{slug}/"' in shown(page)


def test_your_account_names_both_with_the_role_in_each(ada):
    page = shown(client_of(ada).get("/your-account/"))
    for link in ("/partnerships/rochdale/", "/partnerships/bolton/"):
        assert f'href="{link}"' in page
    assert "Rochdale Relationships</a>, coordinator" in page
    assert "Bolton Together</a>, reader" in page


def test_with_one_partnership_home_goes_straight_there(ada, bolton):
    Membership.objects.get(user=ada, partnership=bolton.partnership).delete()
    assert client_of(ada).get("/").url == "/partnerships/rochdale/"


def test_with_none_home_says_so():
    assert "does not belong to a partnership" in shown(client_of(make_user()).get("/"))


def test_the_role_of_one_counts_in_that_one_alone(ada):
    client = client_of(ada)
    for page in ("settings/", "invitations/", "invitations/new/", "organisations/new/"):
        assert client.get(f"/partnerships/rochdale/{page}").status_code == 200
        assert client.get(f"/partnerships/bolton/{page}").status_code == 403
    assert "Invite people" in shown(client.get("/partnerships/rochdale/people/"))
    assert "Invite people" not in shown(client.get("/partnerships/bolton/people/"))


def test_sheets_of_the_one_are_read_and_those_of_the_other_written(ada, rochdale, bolton):
    client = client_of(ada)
    own = make_full(rochdale.partnership, load_rpc_2018())
    other = make_full(bolton.partnership, load_rpc_2018())
    body = {"evidence": "Written by Ada", "page": "p", "number": "1"}
    answers = [client.post(f"/planning/{each.pk}/domains/1/", body) for each in (own, other)]
    assert [answer.status_code for answer in answers] == [302, 403]


def test_things_of_the_one_are_not_found_under_the_address_of_the_other(ada, rochdale, bolton):
    """Someone who is in both could mix the addresses up; nothing may come of it."""
    make_membership_of_bolton_coordinator(ada, bolton)
    client = client_of(ada)
    theirs = {
        "people": bolton.reader.memberships.get().pk,
        "organisations": make_organisation(bolton.partnership).pk,
        "invitations": make_invitation(bolton.partnership).pk,
    }
    for kind, pk in theirs.items():
        assert client.get(f"/partnerships/bolton/{kind}/{pk}/").status_code == 200
        assert client.get(f"/partnerships/rochdale/{kind}/{pk}/").status_code == 404


def make_membership_of_bolton_coordinator(person, bolton):
    Membership.objects.filter(user=person, partnership=bolton.partnership).update(
        role=Role.COORDINATOR
    )


def test_organisations_of_the_other_are_no_choice_although_one_coordinates_both(
    ada, rochdale, bolton
):
    make_membership_of_bolton_coordinator(ada, bolton)
    theirs = make_organisation(bolton.partnership, "Of Bolton")
    client = client_of(ada)
    member = rochdale.reader.memberships.get()
    answers = [
        client.post(
            f"/partnerships/rochdale/people/{member.pk}/change/",
            {"role": "lead", "organisations": [theirs.pk]},
        ),
        client.post(
            "/partnerships/rochdale/invitations/new/",
            {"people": "x@x.org", "role": "lead", "organisation": theirs.pk},
        ),
    ]
    for answer in answers:
        assert "has no such choice" in shown(answer)
        assert "Of Bolton" not in shown(answer)
    member.refresh_from_db()
    assert (member.role, member.organisations.count()) == ("reader", 0)


def test_work_is_not_handed_over_to_the_other(ada, rochdale, bolton):
    make_membership_of_bolton_coordinator(ada, bolton)
    client = client_of(ada)
    person = rochdale.editor.memberships.get()
    there = Membership.objects.get(user=ada, partnership=bolton.partnership)
    make_membership(bolton.partnership, rochdale.editor, Role.EDITOR)
    answer = client.post(f"/partnerships/rochdale/people/{person.pk}/hand-over/", {"to": there.pk})
    assert answer.status_code == 200


def test_someone_who_is_in_one_joins_the_other_with_the_same_account(rochdale, bolton):
    make_invitation(bolton.partnership, rochdale.reader.email, token="t", role=Role.LEAD)
    client = client_of(rochdale.reader)
    assert client.post(link_to("t")).url == "/partnerships/bolton/"
    roles = rochdale.reader.memberships.values_list("partnership__slug", "role")
    assert dict(roles) == {"rochdale": "reader", "bolton": "lead"}
    assert client.get("/").status_code == 200


def test_leaving_one_leaves_the_other(ada, rochdale, bolton):
    client = client_of(ada)
    pk = Membership.objects.get(user=ada, partnership=rochdale.partnership).pk
    assert client.post(f"/partnerships/rochdale/people/{pk}/end/").url == "/"
    assert client.get("/partnerships/rochdale/").status_code == 404
    assert client.get("/partnerships/bolton/").status_code == 200
