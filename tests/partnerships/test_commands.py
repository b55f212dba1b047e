"""``manage.py create_partnership``: the first step of a new area, on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Membership, Partnership, User
from tests.factories.people import make_partnership, make_user

pytestmark = pytest.mark.django_db

BAD_SLUG = "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."


def run(name="Bolton Together", coordinator="ada@council.example", **options):
    printed = io.StringIO()
    call_command("create_partnership", name, coordinator=coordinator, stdout=printed, **options)
    return printed.getvalue().splitlines()


def refusal(*given, **options):
    with pytest.raises(CommandError) as error:
        run(*given, **options)
    assert (User.objects.count(), Membership.objects.count()) == (0, 0)
    return str(error.value)


def test_it_makes_a_partnership_and_prints_a_link_that_works_once(client):
    made, how, link = run()
    assert made == "Made Bolton Together. Its short name is bolton-together."
    assert how == "ada@council.example sets a password here, once, within a week:"
    assert link.startswith("http://127.0.0.1:8000/")
    path = link.removeprefix("http://127.0.0.1:8000")
    page = client.get(path, follow=True)
    assert page.context["validlink"] is True
    words = {"new_password1": "unrelated-words-four", "new_password2": "unrelated-words-four"}
    assert client.post(page.redirect_chain[-1][0], words).status_code == 302
    home = client.get("/", follow=True)
    assert home.context["partnership"].slug == "bolton-together"
    client.logout()
    assert client.get(path, follow=True).context["validlink"] is False


def test_area_and_short_name_can_be_given():
    assert run(area="Bolton", slug="bolton")[0] == "Made Bolton Together. Its short name is bolton."
    assert Partnership.objects.get().area == "Bolton"


def test_someone_who_has_an_account_needs_no_link():
    make_user("ada@council.example")
    assert run() == [
        "Made Bolton Together. Its short name is bolton-together.",
        "ada@council.example has an account already and can sign in with it.",
    ]


def test_someone_who_never_set_a_password_gets_a_new_link():
    run()
    assert len(run("Oldham")) == 3


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
    assert run()[2].startswith("https://portal.example/set-password/")


def test_elsewhere_it_names_the_port_that_the_portal_runs_on(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert run()[2].startswith("http://127.0.0.1:8123/set-password/")
