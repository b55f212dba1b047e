"""``manage.py make_administrator`` and ``reset_second_step``."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from partnerships.models import OutgoingMail, User
from tests.factories.people import make_user
from tests.factories.second_steps import give_app

pytestmark = pytest.mark.django_db

ADDRESS = "ada@council.example"


def run(command, email):
    printed = io.StringIO()
    call_command(command, email, stdout=printed)
    return printed.getvalue()


def test_someone_new_gets_an_account_and_signs_in_with_a_code(settings):
    settings.DEMO_POST = True
    printed = run("make_administrator", "Ada@Council.example")
    person = User.objects.get(email=ADDRESS)

    assert person.is_staff
    assert "ada@council.example is a portal administrator" in printed
    assert "/sign-in/code/" in printed
    assert "/demo/mail/" in printed
    assert not person.has_usable_password()
    client = Client()
    client.post("/sign-in/code/", {"email": ADDRESS})
    assert OutgoingMail.objects.get().to == ADDRESS


def test_without_a_mail_server_it_says_that_codes_wait(settings):
    settings.DEMO_POST, settings.SMTP_URL = False, ""
    assert "codes wait" in run("make_administrator", ADDRESS)


def test_an_account_that_is_there_keeps_its_password():
    make_user(ADDRESS)
    printed = run("make_administrator", "ADA@council.example")

    assert "/sign-in/code/" not in printed
    assert "A second step is asked for" in printed
    assert User.objects.get().is_staff
    assert User.objects.get().has_usable_password()


def test_an_account_that_was_switched_off_is_switched_on():
    person = make_user(ADDRESS)
    User.objects.filter(pk=person.pk).update(is_active=False)
    run("make_administrator", ADDRESS)

    assert User.objects.get().is_staff


@pytest.mark.parametrize("email", ["", "ada", "ada@", "x" * 250 + "@council.example"])
def test_what_is_no_address_is_a_sentence_and_makes_nobody(email):
    with pytest.raises(CommandError, match="E-mail address"):
        run("make_administrator", email)
    assert User.objects.count() == 0


def test_an_emptied_account_is_refused_with_a_sentence():
    person = make_user("former-1@anonymised.invalid")
    User.objects.filter(pk=person.pk).update(
        is_active=False, name="", anonymised_at="2026-01-01T00:00Z"
    )
    with pytest.raises(CommandError, match="Invite the person again"):
        run("make_administrator", "former-1@anonymised.invalid")


def test_a_second_step_is_removed_and_the_person_is_told():
    give_app(make_user(ADDRESS))
    printed = run("reset_second_step", "ADA@council.example")

    assert printed.startswith("ada@council.example has no second step any more.")
    assert Authenticator.objects.count() == 0
    assert OutgoingMail.objects.get().subject == "Your second step was removed"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [(ADDRESS, "has no second step"), ("nobody@council.example", "Nobody here has the address")],
)
def test_where_there_is_nothing_to_remove_a_sentence_says_so(email, sentence):
    make_user(ADDRESS)
    with pytest.raises(CommandError, match=sentence):
        run("reset_second_step", email)
    assert OutgoingMail.objects.count() == 0
