"""Signing in by password: what it says, what it never says, and where it leads."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def shown(response, email):
    """The page without its token and the address that was typed."""
    return TOKEN.sub("", response.content.decode()).replace(email, "ADDRESS")


def test_a_right_password_lets_in_and_leads_home(client, person):
    response = sign_in(client, person.email)

    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_address_may_be_written_in_capitals_and_with_spaces(client, person):
    assert sign_in(client, f" {person.email.upper()} ").status_code == 302


def test_it_leads_to_the_page_that_was_asked_for(client, person):
    page = client.get("/your-account/")

    assert page.url == "/sign-in/?next=/your-account/"
    assert 'name="next" value="/your-account/"' in client.get(page.url).content.decode()
    assert sign_in(client, person.email, next="/your-account/").url == "/your-account/"


def test_every_other_way_in_hands_on_where_the_person_was_going(client):
    page = client.get("/sign-in/?next=/your-account/").content.decode()

    assert 'href="/sign-in/code/?next=%2Fyour-account%2F"' in page
    passkey = page.split('action="/sign-in/passkey/"')[1].split("</form>")[0]
    assert 'name="next" value="/your-account/"' in passkey


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_user("nobody-yet@council.example").delete(),
        lambda: make_user("nobody-yet@council.example"),
        lambda: make_user("nobody-yet@council.example", password=None),
        lambda: _switched_off("nobody-yet@council.example"),
    ],
    ids=["no account", "another password", "no password", "switched off"],
)
def test_a_refusal_never_says_whether_there_is_an_account(client, make):
    expected = sign_in(Client(), "someone-else@council.example", "not the password")
    make()
    response = sign_in(client, "nobody-yet@council.example", "not the password")

    assert response.status_code == expected.status_code == 200
    assert shown(response, "nobody-yet@council.example") == shown(
        expected, "someone-else@council.example"
    )
    assert "The e-mail address or the password is not right" in response.content.decode()
    assert set(response.cookies) == set(expected.cookies)


def _switched_off(email):
    user = make_user(email)
    user.is_active = False
    user.save()


@pytest.mark.parametrize("password", [PASSWORD, None])
def test_a_refusal_costs_the_same_hashing_whether_there_is_an_account(
    client, person, password, monkeypatch
):
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    encode = _method(hasher, "encode")
    monkeypatch.setattr(
        f"{hasher}.encode", lambda self, *words: hashed.append(1) or encode(self, *words)
    )
    if password is None:
        person.set_unusable_password()
        person.save()
    hashed.clear()
    sign_in(client, person.email, "not the password")
    there, hashed[:] = len(hashed), []
    sign_in(client, "nobody@council.example", "not the password")

    assert there == len(hashed) == 1


def _method(path, name):
    from django.utils.module_loading import import_string

    return getattr(import_string(path), name)


def test_an_account_that_was_switched_off_is_told_so_to_whoever_knows_its_password(client, person):
    person.is_active = False
    person.save()
    response = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/sign-in/not-in-use/", 302)]
    assert "Your account is not in use" in response.content.decode()
    assert client.get("/").status_code == 302


def test_what_is_missing_is_asked_for(client):
    page = client.post(SIGN_IN, {}).content.decode()

    assert "Enter your e-mail address" in page
    assert "Enter your password" in page


@pytest.mark.parametrize(
    ("field", "junk"),
    [
        ("login", "a\0b@council.example"),
        ("login", "not an address"),
        ("login", "x" * 1_000_000 + "@council.example"),
        ("password", "\0"),
        ("password", "x" * 1_000_000),
        ("password", "pass\ud800word".encode("utf-8", "replace")),
        ("next", "\0"),
        ("next", "http://[broken"),
        ("next", "/" * 100_000),
    ],
    ids=range(9),
)
def test_odd_input_is_a_sentence_and_no_fault(client, person, field, junk):
    body = {"login": person.email, "password": "not the password", field: junk}
    response = client.post(SIGN_IN, body)

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    "name",
    [
        "account_login", "account_request_login_code", "account_confirm_login_code",
        "mfa_authenticate", "mfa_login_webauthn", "account_inactive",
    ],
)  # fmt: skip
def test_the_ways_in_answer_no_odd_method(client, name, method):
    assert client.generic(method, reverse(name)).status_code == 405


def test_somebody_who_is_in_already_is_sent_on(client, person):
    client.force_login(person)

    assert client.get("/sign-in/?next=/your-account/").url == "/your-account/"
    assert client.get("/sign-in/code/?next=/your-account/").url == "/your-account/"


def test_pages_of_signing_in_answer_scripts_with_pages(client, person):
    response = client.post(
        SIGN_IN, {"login": person.email, "password": "no"}, headers={"Accept": "application/json"}
    )

    assert response.headers["Content-Type"].startswith("text/html")


def test_the_inset_about_kept_words_is_there_only_when_words_are_kept(client, person):
    sent = client.post("/your-account/name/", {"name": "Typed"})

    assert "What you typed is kept" in client.get(sent.url).content.decode()
    assert "What you typed is kept" not in Client().get(sent.url).content.decode()
    assert "What you typed is kept" not in client.get(SIGN_IN).content.decode()
    for odd in ("/send-again/", "//[", "/send-again/%00/", "/send-again/none/"):
        page = client.get(SIGN_IN, {"next": odd})
        assert page.status_code == 200
        assert "What you typed is kept" not in page.content.decode()


def test_passwords_are_never_kept(client, person):
    sent = client.post(
        "/your-account/password/", {"new_password1": "kept-by-nobody-1", "new_password2": "two"}
    )
    sign_in(client, person.email)
    (waiting,) = client.session["kept"]

    assert "kept-by-nobody-1" not in str(waiting)
    assert "kept-by-nobody-1" not in client.get(sent.url, follow=True).content.decode()


def test_your_account_says_when_you_last_signed_in_and_leads_everywhere(client, person):
    person.last_login = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    person.save()
    sign_in(client, person.email)
    person.refresh_from_db()
    page = client.get("/your-account/").content.decode()

    assert f"at {timezone.localtime(person.last_login):%H:%M}" in page
    assert "Before that 2 March 2026 at 09:05" in page
    for name in ("your_name", "your_password", "mfa_index", "usersessions_list"):
        assert f'href="{reverse(name)}"' in page
