"""The second step: setting it up, signing in with it, losing the phone, taking it away."""

import json
import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from partnerships.models import OutgoingMail
from tests.factories.people import PASSWORD, make_area, make_user
from tests.factories.ways_in import (
    add_app,
    add_recovery_codes,
    app_code,
    long_ago,
    newest_mail,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

STEP = "/sign-in/second-step/"
ADD_APP = "/your-account/second-step/app/"
KEY = re.compile(r'id="app-key">([A-Z2-7 ]+)<')


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def sign_in(client, person, **more):
    return client.post("/sign-in/", {"login": person.email, "password": PASSWORD, **more})


@pytest.fixture
def inside(client, person):
    """A client that signed in a moment ago."""
    sign_in(client, person)
    return client


# --- Setting it up -------------------------------------------------------------------------


def test_an_app_is_set_up_with_the_code_it_shows(
    inside, person, django_capture_on_commit_callbacks
):
    secret = KEY.search(inside.get(ADD_APP).content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        response = inside.post(ADD_APP, {"code": app_code(secret)})

    assert response.url == "/your-account/recovery-codes/"
    assert person.authenticator_set.filter(type="totp").count() == 1
    assert newest_mail(person.email).subject == "Your second step was set up"
    codes = inside.get(response.url).content.decode()
    (wrapped,) = person.authenticator_set.filter(type="recovery_codes")
    first = wrapped.wrap().get_unused_codes()[0]
    assert f"{first[:4]} {first[4:]}" in codes


def test_the_picture_holds_the_key_that_is_written_below_it(inside, person):
    response = inside.get(ADD_APP)
    secret = KEY.search(response.content.decode())[1].replace(" ", "")

    assert secret in response.context["totp_url"]
    assert response.context["totp_url"].startswith("otpauth://totp/ada%40council.example?")
    assert "data:image/svg+xml;base64," in response.content.decode()


def test_showing_the_page_again_keeps_the_key(inside):
    first = KEY.search(inside.get(ADD_APP).content.decode())[1]
    wrong = inside.post(ADD_APP, {"code": "000000x"}).content.decode()

    assert KEY.search(wrong)[1] == KEY.search(inside.get(ADD_APP).content.decode())[1] == first
    assert "This code is not right" in wrong


def test_the_secret_is_not_readable_in_the_database(person):
    secret = add_app(person)
    codes = add_recovery_codes(person)

    for each in person.authenticator_set.all():
        assert secret not in json.dumps(each.data)
        assert not any(code in json.dumps(each.data) for code in codes)


def test_setting_up_twice_leads_to_what_is_set_up(inside, person):
    add_app(person)

    assert inside.get(ADD_APP).url == "/your-account/second-step/"
    assert inside.post(ADD_APP, {"code": "123456"}).url == "/your-account/second-step/"


def test_somebody_who_must_have_one_is_told_why_and_goes_on_afterwards(client):
    area = make_area()
    area.partnership.second_factor_required = True
    area.partnership.save()
    sign_in(client, area.coordinator)
    asked = client.get("/partnerships/rochdale/people/")

    assert asked.url == "/your-account/second-step/?next=%2Fpartnerships%2Frochdale%2Fpeople%2F"
    page = client.get(asked.url).content.decode()
    assert "Your partnership asks it of its coordinators" in page
    secret = KEY.search(client.get(ADD_APP).content.decode())[1]
    codes = client.post(ADD_APP, {"code": app_code(secret)}, follow=True).content.decode()
    assert 'href="/partnerships/rochdale/people/"' in codes
    assert client.get("/partnerships/rochdale/people/").status_code == 200


def test_sessions_from_before_the_first_second_step_end(
    inside, person, django_capture_on_commit_callbacks
):
    elsewhere, later = Client(), Client()
    sign_in(elsewhere, person)
    secret = KEY.search(inside.get(ADD_APP).content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        inside.post(ADD_APP, {"code": app_code(secret)})

    assert elsewhere.get("/").status_code == 302
    assert inside.get("/").status_code == 200
    sign_in(later, person)
    later.post(STEP, {"code": add_recovery_codes(person)[0]})
    assert later.get("/").status_code == 200
    assert inside.get("/").status_code == 200


def test_somebody_who_looks_after_the_portal_is_told_so(inside, person):
    person.is_portal_administrator = True
    person.save()

    assert "You look after the portal" in inside.get("/your-account/second-step/").content.decode()


# --- Signing in ----------------------------------------------------------------------------


def test_the_password_alone_does_not_let_in(client, person):
    add_app(person)
    response = sign_in(client, person, next="/your-account/")

    assert response.url == f"{STEP}?next=%2Fyour-account%2F"
    assert client.get("/your-account/").status_code == 302


def test_the_code_of_the_app_does_and_leads_on(client, person):
    secret = add_app(person)
    there = sign_in(client, person, next="/your-account/").url

    assert "Code from your app, or a recovery code" in client.get(there).content.decode()
    assert client.post(STEP, {"code": app_code(secret)}).url == "/your-account/"
    assert client.get("/your-account/").status_code == 200


def test_a_wrong_code_does_not_forget_where_to_go(client, person):
    add_app(person)
    there = sign_in(client, person, next="/your-account/").url
    for page in (client.get(there), client.post(STEP, {"code": "1", "next": "/your-account/"})):
        assert 'name="next" value="/your-account/"' in page.content.decode()


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_half_a_minute_to_either_side_is_still_right(client, person, later, monkeypatch):
    at_the_half = 1_900_000_000 // 30 * 30 + 15
    monkeypatch.setattr(time, "time", lambda: at_the_half)
    secret = add_app(person)
    sign_in(client, person)

    assert client.post(STEP, {"code": app_code(secret, later=later)}).status_code == 302


@pytest.mark.parametrize("later", [-2, 2])
def test_more_than_that_is_not(client, person, later, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_900_000_000 // 30 * 30 + 15)
    secret = add_app(person)
    sign_in(client, person)

    assert client.post(STEP, {"code": app_code(secret, later=later)}).status_code == 200


def test_the_same_code_of_an_app_works_once(client, person):
    code = app_code(add_app(person), later=1)
    sign_in(client, person)
    assert client.post(STEP, {"code": code}).status_code == 302
    other = Client()
    sign_in(other, person)
    page = other.post(STEP, {"code": f"{code[:3]} {code[3:]}"})

    assert page.status_code == 200
    assert "This code was used already" in page.content.decode()


def test_the_code_that_set_the_app_up_is_used(inside, person):
    secret = KEY.search(inside.get(ADD_APP).content.decode())[1]
    code = app_code(secret, later=1)
    inside.post(ADD_APP, {"code": code})
    other = Client()
    sign_in(other, person)

    assert other.post(STEP, {"code": code}).status_code == 200
    assert other.get("/").status_code == 302


def test_a_recovery_code_works_once(client, person):
    add_app(person)
    code = add_recovery_codes(person)[3]
    sign_in(client, person)
    assert client.post(STEP, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    other = Client()
    sign_in(other, person)

    assert other.post(STEP, {"code": code}).status_code == 200
    assert other.get("/").status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_several_who_send_one_code_at_the_same_moment_one_gets_in(person, kind):
    secret, codes = add_app(person), add_recovery_codes(person)
    code = app_code(secret, later=1) if kind == "app" else codes[0]
    clients = [Client() for _ in range(5)]
    for client in clients:
        sign_in(client, person)
    answers = at_once(*[lambda c=client: c.post(STEP, {"code": code}) for client in clients])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 302]


def test_without_a_password_before_it_there_is_no_second_step(client):
    assert client.get(STEP).url == "/sign-in/"
    assert client.post(STEP, {"code": "123456"}).url == "/sign-in/"


def test_a_second_step_that_took_too_long_leads_back_with_where_to_go(client, person, monkeypatch):
    secret = add_app(person)
    there = sign_in(client, person, next="/your-account/").url
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)

    response = client.post(there, {"code": app_code(secret)})
    assert response.url == "/sign-in/?next=%2Fyour-account%2F"


def test_the_last_tab_says_where_to_go(client, person):
    secret = add_app(person)
    sign_in(client, person, next="/your-account/")
    other_tab = client.get("/sign-in/?next=/your-account/name/").url
    assert other_tab == f"{STEP}?next=%2Fyour-account%2Fname%2F"

    assert client.post(other_tab, {"code": app_code(secret)}).url == "/your-account/name/"


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "\0"}, {"code": "x" * 1_000_000}])
def test_odd_answers_are_a_sentence_and_no_fault(client, person, body):
    add_app(person)
    sign_in(client, person)
    response = client.post(STEP, body)

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()


# --- Changing and losing it ----------------------------------------------------------------

PAGES = [
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_deactivate_totp",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES[2:])
def test_what_matters_asks_again_after_a_while(client, person, name):
    secret, _ = add_app(person), add_recovery_codes(person)
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    assert client.get(reverse(name)).status_code == 200
    long_ago(client)
    asked = client.get(reverse(name))

    assert asked.url == f"/your-account/confirm/?next={reverse(name).replace('/', '%2F')}"
    page = client.get(asked.url).content.decode()
    assert "Use a code from your app, or a recovery code" in page
    back = client.post(asked.url, {"password": PASSWORD})
    assert back.url == reverse(name)
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES[:2])
def test_a_first_second_step_asks_again_after_a_while(inside, name):
    assert inside.get(reverse(name)).status_code == 200
    long_ago(inside)

    assert inside.get(reverse(name)).url.startswith("/your-account/confirm/?next=")


@pytest.mark.parametrize("name", PAGES[:2])
def test_without_a_password_signing_in_again_is_asked_for(inside, person, name):
    person.set_unusable_password()
    person.save()
    inside.force_login(person)
    page = inside.get(reverse(name))

    assert "Sign in again first" in page.content.decode()
    assert inside.get("/your-account/confirm/").status_code == 200


def test_the_code_of_the_app_proves_it_too_and_once(client, person):
    secret, code = add_app(person), "/your-account/confirm/code/"
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    long_ago(client)
    there = f"{code}?next=/your-account/second-step/app/remove/"

    assert client.post(there, {"code": app_code(secret)}).status_code == 200
    assert client.post(there, {"code": app_code(secret, later=1)}).url == f"{ADD_APP}remove/"


def test_what_was_sent_before_it_asked_again_is_done_afterwards(client, person):
    secret = add_app(person)
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    long_ago(client)
    asked = client.post(f"{ADD_APP}remove/")
    client.post(asked.url, {"password": PASSWORD})

    assert not person.authenticator_set.exists()


def test_taking_the_app_away_takes_the_recovery_codes_and_tells_by_mail(client, person):
    secret, _ = add_app(person), add_recovery_codes(person)
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    page = client.get(f"{ADD_APP}remove/").content.decode()
    client.post(f"{ADD_APP}remove/")

    assert "It is your only second step" in page
    assert not person.authenticator_set.exists()
    mail = newest_mail(person.email)
    assert mail.subject == "An app was removed from your account"
    assert mail.body.startswith("Hello Ada Marsh,\n\nThe app was removed just now")


def test_new_recovery_codes_end_the_old_ones(client, person, django_capture_on_commit_callbacks):
    secret, (old, *_) = add_app(person), add_recovery_codes(person)
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/your-account/recovery-codes/new/")
    other = Client()
    sign_in(other, person)

    assert other.post(STEP, {"code": old}).status_code == 200
    assert newest_mail(person.email).subject == "You have new recovery codes"


def test_recovery_codes_without_anything_to_recover_are_refused(inside):
    page = inside.post("/your-account/recovery-codes/new/").content.decode()

    assert "Set up an app or a passkey first" in page
    assert inside.get("/your-account/recovery-codes/").status_code == 404


def test_the_file_holds_the_unused_codes(client, person):
    secret, codes = add_app(person), add_recovery_codes(person)
    sign_in(client, person)
    client.post(STEP, {"code": codes[0]})
    file = client.get("/your-account/recovery-codes/download/")

    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"^\d+$", file.content.decode(), re.MULTILINE) == codes[1:]
    assert secret not in file.content.decode()


def test_no_mail_about_codes_holds_one_that_was_not_asked_for(client, person):
    secret = add_app(person)
    (code, *_) = RecoveryCodes.activate(person).generate_codes()
    sign_in(client, person)
    client.post(STEP, {"code": app_code(secret)})
    client.post("/your-account/recovery-codes/new/")
    words = " ".join(OutgoingMail.objects.values_list("body", flat=True))

    assert code not in words
    assert secret not in words
