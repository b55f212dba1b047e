"""Signing in with the council's own account, against a real provider: who comes in, and where."""

import hashlib
import json
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as portal
from django.test import Client

from partnerships.models import OutgoingMail, User
from partnerships.single_sign_on import verified_address
from tests.factories.people import make_member, make_partnership, make_user
from tests.factories.provider import (
    ADDRESS,
    BACK,
    BEGIN,
    NAME,
    ada,
    begin,
    is_signed_in,
    quiet,
    running,
    sign_in,
    switch_on,
    text_of,
)
from tests.factories.second_steps import give_app

pytestmark = quiet

NOT_KNOWN = "You cannot sign in with this account"


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings, db):
    return switch_on(settings, server)


# --- Who comes in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "vouched", [{"email_verified": True}, *({"xms_edov": v} for v in (True, "1", 1, "true"))]
)
def test_a_verified_address_of_an_account_signs_in(provider, vouched):
    ada()
    response = sign_in(provider, email=ADDRESS, **vouched)

    assert (response.status_code, response.url) == (302, "/")
    assert is_signed_in(response)


def test_upper_and_lower_case_are_the_same(provider):
    ada()
    response = sign_in(provider, email="Ada.MARSH@Council.Example", email_verified=True)

    assert is_signed_in(response)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"xms_edov": "0"},
        {"xms_edov": False},
        {"xms_edov": "yes"},
        {"xms_edov": [True]},
        {"email_verified": False, "xms_edov": True},
        {"upn": ADDRESS, "preferred_username": ADDRESS, "email": None, "email_verified": True},
        {"email": [ADDRESS], "email_verified": True},
    ],
)
def test_an_address_that_is_not_verified_lets_nobody_in(provider, claims):
    ada()
    response = sign_in(provider, **{"email": ADDRESS, **claims})

    assert response.status_code == 403
    assert NOT_KNOWN in text_of(response)
    assert not is_signed_in(response)
    assert SocialAccount.objects.count() == 0


def test_unknown_unverified_and_switched_off_read_the_same_page(provider):
    ada(is_active=False)
    off = sign_in(provider, email=ADDRESS, email_verified=True)
    unknown = sign_in(provider, email="stranger@council.example", email_verified=True)
    unverified = sign_in(provider, email=ADDRESS, email_verified=False)

    assert {response.status_code for response in (off, unknown, unverified)} == {403}
    assert text_of(off) == text_of(unknown) == text_of(unverified)
    assert "ask your coordinator for an invitation" in text_of(off)
    assert "/sign-in/code/" in text_of(off)
    assert not any(map(is_signed_in, (off, unknown, unverified)))
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_account_that_is_switched_off_later_is_not_let_in_by_its_number(provider):
    person = ada()
    assert is_signed_in(sign_in(provider, email=ADDRESS, email_verified=True))
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = sign_in(provider, email=ADDRESS, email_verified=True)

    assert NOT_KNOWN in text_of(response)
    assert not is_signed_in(response)


def test_the_number_at_the_council_finds_the_account_when_the_address_there_changes(provider):
    person = ada()
    sign_in(provider, email=ADDRESS, email_verified=True)
    response = sign_in(provider, email="ada.stone@council.example", email_verified=True)

    assert response.client.session["_auth_user_id"] == str(person.pk)
    assert User.objects.get().email == ADDRESS


def test_an_address_that_somebody_else_has_now_does_not_open_their_account(provider):
    ada()
    sign_in(provider, "number-7", email=ADDRESS, email_verified=True)
    other = make_user("ben@council.example")
    response = sign_in(provider, "number-7", email="ben@council.example", email_verified=True)

    assert response.client.session["_auth_user_id"] != str(other.pk)


def test_of_what_the_council_says_only_a_digest_of_its_number_is_kept(provider):
    ada()
    sign_in(provider, email=ADDRESS, email_verified=True, name="Ada", phone="01", department="x")
    sign_in(provider, email=ADDRESS, email_verified=True, name="Ada", phone="01", department="x")
    (kept,) = SocialAccount.objects.all()

    assert (kept.extra_data, kept.provider) == ({}, "council")
    digest = hashlib.sha256(f"{provider.url} number-7".encode()).hexdigest()
    assert kept.uid == digest


def test_the_first_time_is_told_by_mail_and_the_password_stays(provider):
    person = ada()
    sign_in(provider, email=ADDRESS, email_verified=True)
    sign_in(provider, email=ADDRESS, email_verified=True)
    (mail,) = OutgoingMail.objects.all()

    assert (mail.to, mail.subject) == (ADDRESS, f"You signed in with {NAME} for the first time")
    assert User.objects.get(pk=person.pk).has_usable_password()


def test_an_address_may_come_from_the_userinfo_of_the_same_person(provider):
    ada()
    provider.know("thin", sub="thin")
    for subject, comes_in in (("thin", True), ("somebody-else", False)):
        said = {"sub": subject, "email": ADDRESS, "email_verified": True}
        provider.answers["/userinfo"] = (200, "application/json", json.dumps(said))
        client = Client()
        response = client.get(provider.agree(begin(client), "thin"))
        assert is_signed_in(response) is comes_in
        SocialAccount.objects.all().delete()


def test_the_rule_for_addresses_takes_only_what_is_vouched_for():
    assert verified_address({"email": "a@b.example", "email_verified": "true"}) == "a@b.example"
    assert verified_address({"email_verified": True}) is None
    assert verified_address({"email": "a@b.example", "email_verified": 2}) is None


# --- Only signing in -----------------------------------------------------------------------


def test_a_signed_in_account_cannot_be_linked(provider):
    person = make_user("ben@council.example")
    client = Client()
    client.force_login(person)
    response = client.post(BEGIN, {"process": "connect"})

    assert response.status_code == 403
    assert "cannot be tied to yours by hand" in text_of(response)
    there = provider.agree(begin(client), "number-9")
    assert NOT_KNOWN in text_of(client.get(there))
    assert SocialAccount.objects.count() == 0


def test_signing_in_as_somebody_else_ends_the_session_before(provider):
    person = ada()
    client = Client()
    client.force_login(make_user("ben@council.example"))
    sign_in(provider, client=client, email=ADDRESS, email_verified=True)

    assert client.session["_auth_user_id"] == str(person.pk)


def test_only_a_form_begins_it(provider):
    assert Client().get(BEGIN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403
    assert Client().post("/sign-in/another/").status_code == 404
    assert Client().get("/sign-in/another/back/?state=x&code=y").status_code == 404
    assert Client().post(BACK).status_code == 405


def test_what_is_asked_for_cannot_be_changed_from_outside(provider):
    form = {"auth_params": "prompt=none&redirect_uri=https://evil.example/", "scope": "address"}
    there = Client().post(f"{BEGIN}?scope=address&auth_params=nonce%3D1", form).url
    asked = parse_qs(urlsplit(there).query)

    assert asked["redirect_uri"] == ["http://testserver/sign-in/council/back/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert len(asked["nonce"][0]) > 40


def test_it_is_counted_by_address(provider, monkeypatch):
    monkeypatch.setattr("partnerships.limits.take", lambda limit, subject, number=1: False)

    assert "tried too often" in text_of(Client().post(BEGIN))


# --- Where it leads ------------------------------------------------------------------------


def test_it_leads_back_to_the_page_that_was_asked_for(provider):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    client = Client()
    there = provider.agree(begin(client, next="/your-account/"), "number-7")

    assert client.get(there).url == "/your-account/"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_leads_to_no_other_host(provider, target):
    ada()
    provider.know("number-7", email=ADDRESS, email_verified=True)
    client = Client()

    assert client.get(provider.agree(begin(client, next=target), "number-7")).url == "/"


def test_the_sign_in_page_has_its_button(provider):
    page = text_of(Client().get("/sign-in/?next=/your-account/"))

    assert f"Sign in with {NAME}" in page
    form = page[page.index(f'action="{BEGIN}"') :]
    assert 'value="/your-account/"' in form[: form.index("</form>")]


# --- The second step -----------------------------------------------------------------------


def test_the_portals_own_second_step_is_asked_after_the_councils_first(provider):
    give_app(ada())
    response = sign_in(provider, email=ADDRESS, email_verified=True, amr=["pwd"])

    assert response.url == "/sign-in/second-step/"
    assert not is_signed_in(response)


def test_a_second_step_at_the_council_counts(provider):
    give_app(ada())
    response = sign_in(provider, email=ADDRESS, email_verified=True, amr=["pwd", "mfa"])

    assert response.url == "/"
    assert is_signed_in(response)


@pytest.mark.parametrize(
    ("methods", "answer"), [(["pwd", "mfa"], 200), (["pwd"], 302), ("mfa", 302), (None, 302)]
)
def test_where_a_second_step_is_required_the_councils_own_is_enough(provider, methods, answer):
    partnership = make_partnership()
    partnership.second_factor_required = True
    partnership.save()
    make_member(partnership, "coordinator", email=ADDRESS)
    response = sign_in(provider, email=ADDRESS, email_verified=True, amr=methods)
    page = response.client.get("/partnerships/rochdale/")

    assert page.status_code == answer
    if answer == 302:
        assert page.url.startswith("/your-account/second-step/")


def test_the_councils_second_step_counts_for_that_session_alone(provider):
    partnership = make_partnership()
    partnership.second_factor_required = True
    partnership.save()
    person = make_member(partnership, "coordinator", email=ADDRESS)
    client = sign_in(provider, email=ADDRESS, email_verified=True, amr=["mfa"]).client
    client.post("/sign-out/")
    client.force_login(person)

    assert client.get("/partnerships/rochdale/").status_code == 302


# --- Switched off, and switched on by the environment --------------------------------------


def test_without_its_settings_it_is_not_there(db):
    assert Client().post(BEGIN).status_code == 404
    assert "Sign in with" not in text_of(Client().get("/sign-in/")).replace("Sign in with a", "")


def settings_with(**environment):
    """What the portal's settings say with these variables, in a process of their own."""
    script = (
        "import json, rpcportal.settings as s; print(json.dumps("
        "[s.SINGLE_SIGN_ON, s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    known = {"PATH": "", "RPCPORTAL_SECRET": "x" * 60, "DATABASE_URL": "postgresql://x/x"}
    return subprocess.run(
        [sys.executable, "-c", script],
        env=known | {f"RPCPORTAL_{name}": value for name, value in environment.items()},
        cwd=portal.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


ALL = {"OIDC_CLIENT": "c", "OIDC_SECRET": "s", "OIDC_NAME": "Anytown"}


def test_the_policy_for_forms_names_the_provider_only_when_it_is_on():
    on = settings_with(OIDC_ISSUER="https://login.example:8443/tenant/v2.0", **ALL)
    off = settings_with()

    assert json.loads(on.stdout) == ["Anytown", ["'self'", "https://login.example:8443"]]
    assert json.loads(off.stdout) == ["", ["'self'"]]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"OIDC_ISSUER": "https://login.example"}, "or none of them"),
        (
            {"OIDC_ISSUER": "http://login.example", "HOSTS": "portal.example", **ALL},
            "must begin with https://",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused_with_a_sentence(environment, sentence):
    assert sentence in settings_with(**environment).stderr
