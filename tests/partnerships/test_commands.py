"""``manage.py create_partnership``: the first step of a new area, on the command line."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Invitation, Membership, OutgoingMail, Partnership, User
from tests.factories.people import make_partnership, make_user

pytestmark = pytest.mark.django_db

BAD_SLUG = "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
HERE = "http://127.0.0.1:8000"


def run(name="Bolton Together", coordinator="ada@council.example", **options):
    printed = io.StringIO()
    call_command("create_partnership", name, coordinator=coordinator, stdout=printed, **options)
    return printed.getvalue().splitlines()


def refusal(*given, **options):
    with pytest.raises(CommandError) as error:
        run(*given, **options)
    made = User.objects, Membership.objects, Invitation.objects
    assert [rows.count() for rows in made] == [0, 0, 0]
    return str(error.value)


def test_it_makes_a_partnership_and_prints_a_link_that_lets_the_coordinator_in_once(client):
    made, how, link = run()
    assert made == "Made Bolton Together. Its short name is bolton-together."
    assert how == "ada@council.example comes in here, once, within two weeks:"
    assert re.fullmatch(rf"{HERE}/invitations/[\w-]{{43}}/", link)
    path = link.removeprefix(HERE)
    assert client.get(path).status_code == 200
    assert Membership.objects.count() == 0
    assert client.post(path, {"name": "Ada Marsh"}).url == "/partnerships/bolton-together/"
    assert client.get("/", follow=True).context["partnership"].slug == "bolton-together"
    member = Membership.objects.get()
    assert (str(member.user), member.user.email, member.role) == (
        "Ada Marsh", "ada@council.example", "coordinator"
    )  # fmt: skip
    client.logout()
    assert client.get(path).status_code == 404
    client.post(path, {"name": "Eve"})
    assert Membership.objects.count() == 1


def test_no_mail_is_sent():
    run()
    assert OutgoingMail.objects.count() == 0


def test_area_and_short_name_can_be_given():
    assert run(area="Bolton", slug="bolton")[0] == "Made Bolton Together. Its short name is bolton."
    assert Partnership.objects.get().area == "Bolton"


def test_someone_who_has_an_account_joins_with_it(client):
    user = make_user("ada@council.example")
    path = run(coordinator=" ADA@council.example")[2].removeprefix(HERE)
    client.force_login(user)
    assert client.post(path).url == "/partnerships/bolton-together/"
    member = Membership.objects.get()
    assert (member.user, member.role, User.objects.count()) == (user, "coordinator", 1)


def test_a_partnership_that_is_there_is_named():
    make_partnership("bolton-together", "Bolton Together", "Bolton")
    assert refusal() == (
        "There is a partnership with the short name “bolton-together” already. "
        "Give another name, or another short name with --slug."
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"coordinator": "ada"}, "E-mail address: Enter a valid email address."),
        ({"coordinator": ""}, "E-mail address: This field cannot be blank."),
        ({"name": ""}, "Name: This field cannot be blank."),
        (
            {"name": "x" * 121},
            "Name: Ensure this value has at most 120 characters (it has 121).",
        ),
        (
            {"name": "Болтон"},
            "Short name: None can be made from “Болтон”. Give one with --slug.",
        ),
        (
            {"slug": "not a slug"},
            f"Short name: {BAD_SLUG}",
        ),
    ],
)
def test_what_is_wrong_is_named(options, sentence):
    assert refusal(**options) == sentence
    assert Partnership.objects.count() == 0


def test_in_production_the_link_names_the_portals_own_host(settings):
    settings.PRODUCTION, settings.HOSTS = True, ["portal.example", "other.example"]
    assert run()[2].startswith("https://portal.example/invitations/")


def test_elsewhere_it_names_the_port_that_the_portal_runs_on(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert run()[2].startswith("http://127.0.0.1:8123/invitations/")
