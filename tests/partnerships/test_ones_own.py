"""The pages that belong to one person and ask who they are: tests/addresses.py leaves them out."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import ONES_OWN
from tests.factories.people import PASSWORD, make_user
from tests.factories.ways_in import add_app, add_passkey, add_recovery_codes, app_code
from tests.test_headers import check_headers

pytestmark = pytest.mark.django_db

READ_ONLY = {"send_again", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
INLINE_ATTRIBUTE = re.compile(r"\s(style|on\w+)=", re.IGNORECASE)


@pytest.fixture(autouse=True)
def passkeys_are_listed_only(monkeypatch):
    """Those of tests/factories cannot answer, and nobody asks them here."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def inside(person):
    """A client of somebody who has everything, and signed in a moment ago."""
    secret = add_app(person)
    add_recovery_codes(person)
    add_passkey(person)
    client = Client()
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": app_code(secret)})
    return client


def path_of(name, person):
    if name == "send_again":
        return reverse(name, args=["a-key"])
    passkey = person.authenticator_set.filter(type="webauthn").first()
    needs_one = name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}
    return reverse(name, args=[passkey.pk] if needs_one else [])


@pytest.mark.parametrize("name", sorted(ONES_OWN))
def test_a_stranger_is_sent_to_sign_in_and_what_they_sent_waits(person, name):
    inside(person)
    path, client = path_of(name, person), Client()

    assert client.get(path).url == f"/sign-in/?next={path}"
    answer = client.post(path, {"name": "Typed"})
    (kept,) = client.session["kept"]
    assert answer.url == f"/sign-in/?next={reverse('send_again', args=[kept['key']])}"


@pytest.mark.parametrize("name", sorted(ONES_OWN))
def test_methods_that_are_not_meant_are_refused(person, name):
    client = inside(person)
    odd = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} | ({"POST"} & {_post(name)})
    for method in odd:
        assert client.generic(method, path_of(name, person)).status_code == 405, method
    assert person.authenticator_set.count() == 3


def _post(name):
    return "POST" if name in READ_ONLY else ""


@pytest.mark.parametrize("name", sorted(ONES_OWN))
def test_every_page_and_every_answer_carries_the_headers(person, name):
    client = inside(person)
    check_headers(client.get(path_of(name, person)))
    if name not in READ_ONLY:
        check_headers(client.post(path_of(name, person), {}))


@pytest.mark.parametrize("name", sorted(ONES_OWN))
def test_head_answers_as_get_does(person, name):
    client = inside(person)
    path = path_of(name, person)

    assert client.head(path).status_code == client.get(path).status_code


@pytest.mark.parametrize("name", sorted(ONES_OWN - READ_ONLY))
def test_a_form_without_its_token_does_nothing(person, name):
    client = inside(person)
    path = path_of(name, person)
    client.handler.enforce_csrf_checks = True
    page = client.post(path, {"name": "Forged"})

    assert page.status_code == 403
    assert "nothing was saved" in page.content.decode()
    assert person.authenticator_set.count() == 3


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
@pytest.mark.parametrize("pk", ["0", "2147483648", "9" * 30, "9" * 4000])
def test_a_passkey_that_is_none_is_not_found(person, name, pk):
    client = inside(person)
    path = reverse(name, args=[1]).replace("/1/", f"/{pk}/")

    assert client.get(path).status_code == client.post(path).status_code == 404


def test_words_of_another_browser_are_not_found(person):
    sent = Client().post("/your-account/name/", {"name": "Of somebody else"})
    there = sent.url.partition("next=")[2]

    assert inside(person).get(there).status_code == 404
