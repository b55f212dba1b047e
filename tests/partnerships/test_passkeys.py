"""Passkeys, as far as no browser is needed: whose they are, and answers that nobody gave."""

import pytest
from allauth.mfa.models import Authenticator

from tests.factories.people import PASSWORD, make_user
from tests.factories.ways_in import (
    add_app,
    add_passkey,
    add_recovery_codes,
    app_code,
    newest_mail,
)

pytestmark = pytest.mark.django_db

STEP = "/sign-in/second-step/"


def answer_with(response):
    return f'{{"id": "AA", "rawId": "AA", "type": "public-key", "response": {response}}}'


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def sign_in(client, person):
    return client.post("/sign-in/", {"login": person.email, "password": PASSWORD})


@pytest.fixture
def inside(client, person):
    """A client that signed in a moment ago."""
    sign_in(client, person)
    return client


def test_somebody_with_a_passkey_alone_is_asked_for_it_or_a_recovery_code(
    client, person, monkeypatch
):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    add_passkey(person)
    sign_in(client, person)
    response = client.get(STEP)
    page = response.content.decode()

    assert "Use your passkey" in page
    assert response.context["form"]["code"].label == "Recovery code"
    assert "Open the app" not in page
    (code, *_) = add_recovery_codes(person)
    assert client.post(STEP, {"code": code}).status_code == 302


def test_nobody_sees_or_changes_another_persons_passkey(inside):
    passkey = add_passkey(make_user())
    for end in ("", "remove/"):
        path = f"/your-account/passkeys/{passkey.pk}/{end}"
        assert inside.get(path).status_code == 404
        assert inside.post(path, {"name": "Mine"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Work laptop"


def test_a_passkey_is_renamed_and_removed_with_a_mail(inside, person):
    path = f"/your-account/passkeys/{add_passkey(person).pk}/"
    inside.post(path, {"name": " Phone\0"})
    assert person.authenticator_set.get().data["name"] == "Work laptop"
    inside.post(path, {"name": " Phone <b>"})

    assert "Phone &lt;b&gt;" in inside.get("/your-account/passkeys/").content.decode()
    inside.post(f"{path}remove/")
    assert not person.authenticator_set.exists()
    assert newest_mail(person.email).subject == "A passkey was removed from your account"


def test_every_question_asks_for_a_finger_a_face_or_a_pin(client, person, monkeypatch):
    """allauth keeps one question for all pages: the weakest would open every one of them."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    add_passkey(person)
    secret = add_app(person)

    def asked():
        return client.session["mfa.webauthn.state"]["user_verification"]

    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    assert asked() == "required"
    sign_in(client, person)
    client.get(STEP)
    assert asked() == "required"
    client.post(STEP, {"code": app_code(secret)})
    for path in ("/your-account/passkeys/add/", "/your-account/confirm/passkey/"):
        client.get(path)
        assert asked() == "required"


ANSWERS = [
    "", "null", "[]", "1", '"x"', "{}", "{", "[" * 50_000, '{"a":' * 5_000, "x" * 1_000_000,
    '{"response": []}', '{"response": {"userHandle": 5}}', '{"id": "\\u0000"}', '{"x": NaN}',
    '{"x": 1e999}', '{"id": "AA", "rawId": "AA", "type": "public-key", "response": 5}',
    answer_with('{"clientDataJSON": "!", "authenticatorData": "AA", "signature": "AA"}'),
    answer_with('{"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}'),
    answer_with('{"userHandle": "MQ", "clientDataJSON": "e30", "authenticatorData": "AA", '
                '"signature": "AA"}'),
    answer_with('{"userHandle": "/////w", "clientDataJSON": "e30", "authenticatorData": "AA", '
                '"signature": "AA"}'),
    answer_with('{"clientDataJSON": "e30", "attestationObject": "AA"}'),
    answer_with('{"clientDataJSON": "e30", "attestationObject": "oA"}, "x": "\\ud800"'),
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_made_up_answers_of_passkeys_are_a_sentence_everywhere(client, person, answer):
    sentence = "The passkey was not accepted"
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    door = client.post("/sign-in/passkey/", {"credential": answer, "next": "/your-account/"})
    assert door.url == "/sign-in/?next=%2Fyour-account%2F"
    assert sentence in client.get(door.url).content.decode()
    secret = add_app(person)
    sign_in(client, person)
    client.get(STEP)
    assert sentence in client.post(STEP, {"credential": answer}).content.decode()
    client.post(STEP, {"code": app_code(secret)})
    client.get("/your-account/passkeys/add/")
    page = client.post("/your-account/passkeys/add/", {"credential": answer, "name": "x"})

    assert sentence in page.content.decode()
    assert not Authenticator.objects.filter(type="webauthn").exists()
