"""``manage.py add_person``: the way in for everyone who is not the first coordinator."""

import io

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Membership, User
from tests.factories.people import make_partnership

pytestmark = pytest.mark.django_db


def add(email="ada@council.example", partnership="bolton", role="reader", **options):
    printed = io.StringIO()
    call_command("add_person", email, partnership=partnership, role=role, stdout=printed, **options)
    return printed.getvalue().splitlines()


@pytest.fixture(autouse=True)
def bolton():
    return make_partnership(name="Bolton", slug="bolton")


def test_a_person_gets_a_role_and_a_link_that_works(client, bolton):
    said, _, link = add(name="Ada Marsh")
    assert said == "ada@council.example is reader of Bolton."
    assert client.get(link.split("8000")[1], follow=True).status_code == 200
    member = Membership.objects.get(user__email="ada@council.example")
    assert (member.partnership, member.role, str(member.user)) == (bolton, "reader", "Ada Marsh")


def test_someone_who_is_in_gets_the_new_role_and_no_second_account():
    add()
    add(email="ADA@council.example", role="facilitator")
    assert User.objects.count() == 1
    assert Membership.objects.get().role == "facilitator"


def test_an_unknown_partnership_is_named():
    with pytest.raises(CommandError, match=r"There is no partnership “bury”\."):
        add(partnership="bury")


def test_an_address_that_is_none_is_named():
    with pytest.raises(CommandError, match="E-mail address: "):
        add(email="nobody")
    assert User.objects.count() == 0
