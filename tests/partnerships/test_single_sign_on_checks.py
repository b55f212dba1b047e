"""What is checked of a sign-in at the council, and what its provider may do wrong."""

import base64
import hashlib
import json
import socket
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.factories.provider import (
    ADDRESS,
    BACK,
    BEGIN,
    CLIENT,
    ada,
    begin,
    is_signed_in,
    quiet,
    running,
    sign_in,
    switch_on,
    text_of,
)

pytestmark = quiet

FAILED = "Signing in did not work"
JSON = "application/json"


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings, db):
    return switch_on(settings, server)


# --- What is checked -----------------------------------------------------------------------


def test_state_nonce_and_proof_key_are_sent_and_used(provider):
    ada()
    sign_in(provider, email=ADDRESS, email_verified=True)
    asked = provider.said_at("/oauth2/authorize")
    told = provider.said_at("/oauth2/token")
    digest = hashlib.sha256(told["code_verifier"].encode()).digest()

    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")


def test_a_forged_state_is_refused(provider):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    client = Client()
    there = provider.agree(begin(client), "number-7")
    code = parse_qs(urlsplit(there).query)["code"][0]
    for answer in (f"{BACK}?code={code}&state=forged", f"{BACK}?code={code}", BACK):
        response = client.get(answer)
        assert response.status_code == 401
        assert FAILED in text_of(response)
        assert not is_signed_in(response)
    assert "/oauth2/token" not in [path for path, _ in provider.asked]


def test_an_answer_for_one_browser_is_refused_in_another(provider):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    victim = Client()
    begin(victim)
    response = victim.get(provider.agree(begin(Client()), "number-7"))

    assert response.status_code == 401
    assert not is_signed_in(response)


def test_an_answer_works_once(provider):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    client = Client()
    there = provider.agree(begin(client), "number-7")
    assert is_signed_in(client.get(there))
    client.post("/sign-out/")
    response = client.get(there)

    assert response.status_code == 401
    assert not is_signed_in(response)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["x"]},
        {"aud": "another-portal"},
        {"iss": "https://evil.example"},
        {"exp": 1},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_ours_is_refused(provider, claims):
    ada()
    response = sign_in(provider, email=ADDRESS, email_verified=True, **claims)

    assert response.status_code == 401
    assert FAILED in text_of(response)
    assert not is_signed_in(response)
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("number", [{}, {"sub": None}, {"sub": ""}, {"sub": 7}], ids=str)
def test_an_id_token_without_a_persons_number_is_refused(provider, number):
    ada()
    client = Client()
    there = begin(client)
    nonce = parse_qs(urlsplit(there).query)["nonce"][0]
    claims = {"iss": provider.url, "aud": CLIENT, "nonce": nonce, **number}
    token = jwt.encode({**claims, "email": ADDRESS, "email_verified": True}, "k" * 32)
    said = {"access_token": "x", "token_type": "Bearer", "id_token": token}
    provider.answers["/oauth2/token"] = (200, JSON, json.dumps(said))
    response = client.get(provider.agree(there, "x"))

    assert response.status_code == 401
    assert not is_signed_in(response)


# --- What goes wrong -----------------------------------------------------------------------


def test_saying_no_there_has_a_page_of_ours(provider):
    client = Client()
    response = client.get(provider.refuse(begin(client)), follow=True)

    assert response.status_code == 200
    assert "Signing in was cancelled" in text_of(response)


def test_an_error_there_has_a_page_of_ours(provider, caplog):
    client = Client()
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    response = client.get(f"{BACK}?state={state}&error=temporarily_unavailable")

    assert response.status_code == 401
    assert FAILED in text_of(response)
    assert "temporarily_unavailable" in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        (500, "text/html", "Oh no"),
        (200, "text/html", "Oh no"),
        (200, JSON, "[]"),
        (200, JSON, '"x"'),
        (200, JSON, "{}"),
        (200, JSON, '{"issuer": 7}'),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/token"])
def test_whatever_the_provider_answers_it_is_a_sentence(provider, path, answer):
    client = Client()
    there = begin(client) if path == "/oauth2/token" else None
    provider.answers[path] = answer
    response = client.get(provider.agree(there, "x")) if there else client.post(BEGIN)

    assert response.status_code == 401
    assert FAILED in text_of(response)


@pytest.mark.parametrize("token", ["x", "", None, 7, "a.b.c", ["x"]])
def test_a_token_that_is_none_is_a_sentence(provider, token):
    client = Client()
    there = begin(client)
    said = {"access_token": "x", "token_type": "Bearer", "id_token": token}
    provider.answers["/oauth2/token"] = (200, JSON, json.dumps(said))
    response = client.get(provider.agree(there, "x"))

    assert response.status_code == 401
    assert FAILED in text_of(response)


@contextmanager
def away(settings):
    """Nobody answers where the provider was."""
    issuer = settings.OIDC["issuer"]
    with socket.socket() as nobody:
        nobody.bind(("localhost", 0))
        settings.OIDC["issuer"] = f"http://localhost:{nobody.getsockname()[1]}"
        yield
    settings.OIDC["issuer"] = issuer


def test_a_provider_that_is_away_is_a_sentence_and_loading_again_tries_again(provider, settings):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    client = Client()
    there = provider.agree(begin(client), "number-7")
    with away(settings):
        for response in (client.get(there), client.post(BEGIN)):
            assert response.status_code == 401
            assert "could not be reached" in text_of(response)
            assert "/sign-in/code/" in text_of(response)

    assert is_signed_in(client.get(there))


def test_the_next_try_leads_where_this_one_was_to_lead(provider, settings):
    client = Client()
    there = provider.agree(begin(client, next="/your-account/"), "number-7")
    provider.answers["/oauth2/token"] = (500, "text/html", "Oh no")
    answers = [client.get(there)]
    with away(settings):
        answers.append(client.post(BEGIN, {"next": "/your-account/"}))
    for response in answers:
        assert 'href="/sign-in/?next=%2Fyour-account%2F"' in text_of(response)


def test_a_provider_that_says_nothing_is_waited_for_no_longer_than_said(provider, settings):
    assert settings.SOCIALACCOUNT_REQUESTS_TIMEOUT == 5
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2
    with socket.create_server(("localhost", 0)) as silent:
        settings.OIDC["issuer"] = f"http://localhost:{silent.getsockname()[1]}"
        response = Client().post(BEGIN)

    assert response.status_code == 401
