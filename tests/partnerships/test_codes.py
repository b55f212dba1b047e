"""Signing in with a code from an e-mail, which tells nobody else whether there is an account."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import OutgoingMail
from tests.factories.people import make_user
from tests.factories.ways_in import add_app, app_code, newest_code, newest_mail

pytestmark = pytest.mark.django_db

ASK, ENTER = "/sign-in/code/", "/sign-in/code/enter/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def ask(client, email, **more):
    return client.post(ASK, {"email": email, **more})


def enter(client, code, **more):
    return client.post(ENTER, {"code": code, **more})


def shown(response, email):
    return TOKEN.sub("", response.content.decode()).replace(email, "ADDRESS")


def test_the_code_from_the_mail_lets_in(client, person):
    assert ask(client, person.email).url == ENTER
    response = enter(client, newest_code(person.email))

    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_code_may_be_typed_in_small_letters_with_spaces_and_without_its_dash(client, person):
    ask(client, person.email)
    code = newest_code(person.email).lower().replace("-", " ")

    assert enter(client, f" {code} ").status_code == 302


def test_it_leads_to_the_page_that_was_asked_for(client, person):
    asked = ask(client, person.email, next="/your-account/")

    assert asked.url == "/sign-in/code/enter/?next=%2Fyour-account%2F"
    assert 'name="next" value="/your-account/"' in client.get(asked.url).content.decode()
    code = newest_code(person.email)
    assert enter(client, code, next="/your-account/").url == "/your-account/"


def test_a_code_works_once(client, person):
    ask(client, person.email)
    code = newest_code(person.email)
    enter(client, code)
    client.post("/sign-out/")

    assert enter(client, code).url == ASK
    other = Client()
    ask(other, person.email)
    assert enter(other, code).status_code == 200


def test_a_code_works_only_in_the_browser_that_asked_for_it(client, person):
    ask(client, person.email)

    assert enter(Client(), newest_code(person.email)).url == ASK


def test_a_code_is_of_no_use_after_a_quarter_of_an_hour(client, person, monkeypatch):
    ask(client, person.email, next="/your-account/")
    code = newest_code(person.email)
    assert newest_mail(person.email).useless_after <= timezone.now() + timedelta(minutes=15)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)

    assert enter(client, code, next="/your-account/").url == f"{ASK}?next=%2Fyour-account%2F"
    assert client.get("/").status_code == 302


def test_the_fifth_wrong_code_ends_it_with_a_sentence(client, person):
    ask(client, person.email)
    code = newest_code(person.email)
    for _ in range(4):
        page = enter(client, "BBBB-BBBB", next="/your-account/")
        assert "This is not the code from the e-mail" in page.content.decode()
    fifth = client.post(ENTER, {"code": "BBBB-BBBB", "next": "/your-account/"}, follow=True)

    assert fifth.redirect_chain == [(f"{ASK}?next=%2Fyour-account%2F", 302)]
    assert "no longer works. Ask for another." in fifth.content.decode()
    assert enter(client, code).url == ASK


def test_an_empty_code_is_none_of_the_five(client, person):
    ask(client, person.email)
    for _ in range(6):
        assert "Enter the code from the e-mail" in enter(client, "").content.decode()

    assert enter(client, newest_code(person.email)).status_code == 302


def test_another_code_can_be_asked_for_and_ends_the_one_before(client, person):
    ask(client, person.email, next="/your-account/")
    first = newest_code(person.email)
    again = ask(client, person.email, next="/your-account/", again="1")

    assert again.url == "/sign-in/code/enter/?next=%2Fyour-account%2F"
    assert "Another e-mail is on its way" in client.get(again.url).content.decode()
    assert newest_code(person.email) != first
    assert enter(client, first).status_code == 200
    assert enter(client, newest_code(person.email)).status_code == 302


def test_whoever_opens_the_door_again_goes_on_with_the_code(client, person):
    ask(client, person.email)

    assert client.get("/sign-in/?next=/your-account/").url == f"{ENTER}?next=%2Fyour-account%2F"
    assert client.get("/sign-in/?again=1").status_code == 200
    assert client.get("/sign-in/code/?again=1").status_code == 200


@pytest.mark.parametrize("kind", ["no account", "switched off"])
def test_pages_never_say_whether_there_is_an_account(client, person, kind):
    email = "nobody@council.example"
    if kind == "switched off":
        user = make_user(email)
        user.is_active = False
        user.save()
    with_one, without = Client(), client
    for step in (
        ask,
        lambda browser, address: browser.get(ENTER),
        lambda browser, address: enter(browser, "BBBB-BBBB"),
        lambda browser, address: ask(browser, address, again="1"),
        lambda browser, address: browser.get(ENTER),
        *[lambda browser, address: enter(browser, "BBBB-BBBB")] * 5,
        lambda browser, address: browser.get(ASK),
    ):
        there, not_there = step(with_one, person.email), step(without, email)
        assert not_there.status_code == there.status_code
        assert not_there.headers.get("Location") == there.headers.get("Location")
        assert shown(not_there, email) == shown(there, person.email)
        assert set(not_there.cookies) == set(there.cookies)


def test_nobody_gets_in_without_an_account_whatever_is_typed(client):
    ask(client, "nobody@council.example")
    for code in ("", "-", "None", "null", "0"):
        assert enter(client, code).status_code in {200, 302}

    assert client.get("/").status_code == 302


def test_the_two_mails_begin_alike_and_only_one_holds_a_code(client, person):
    ask(client, person.email)
    ask(Client(), "nobody@council.example")
    there, not_there = newest_mail(person.email), newest_mail("nobody@council.example")

    assert there.subject == not_there.subject == "Signing in to the RPC Portal"
    assert there.body.splitlines()[:3] == not_there.body.splitlines()[:3]
    assert "ask your coordinator for an invitation" in not_there.body
    assert not re.search(r"[B-Z]{4}-[B-Z]{4}", not_there.body)


def test_the_same_number_of_questions_is_put_to_the_database(person):
    with CaptureQueriesContext(connection) as there:
        ask(Client(), person.email)
    with CaptureQueriesContext(connection) as not_there:
        ask(Client(), "nobody@council.example")

    assert abs(len(there) - len(not_there)) <= 1


@pytest.mark.parametrize("email", ["ada@council.example", "nobody@council.example"])
def test_the_page_says_when_the_mail_cannot_be_sent(client, person, email):
    ask(client, email)
    assert "could not send" not in client.get(ENTER).content.decode()
    mails = OutgoingMail.objects.filter(to=email)
    mails.update(problem="The mail server could not be reached.", tries=1)
    page = client.get(ENTER).content.decode()
    mails.update(state="failed", ended_at=timezone.now())
    failed = client.get(ENTER).content.decode()

    assert "We could not send the e-mail yet. We keep trying." in page
    assert "Check the address." in failed
    OutgoingMail.objects.all().update(state="sent")
    assert "could not send" not in client.get(ENTER).content.decode()


def test_with_a_second_step_the_code_alone_does_not_let_in(client, person):
    secret = add_app(person)
    ask(client, person.email, next="/your-account/")
    second = enter(client, newest_code(person.email), next="/your-account/")

    assert second.url == "/sign-in/second-step/?next=%2Fyour-account%2F"
    assert client.get("/").status_code == 302
    assert client.post(second.url, {"code": app_code(secret)}).url == "/your-account/"


def test_forgotten_password_sign_in_with_a_code_then_choose_one(client, person):
    ask(client, person.email)
    enter(client, newest_code(person.email))
    words = {"new_password1": "quiet-otter-lamp", "new_password2": "quiet-otter-lamp"}

    assert client.post("/your-account/password/", words).url == "/your-account/"
    person.refresh_from_db()
    assert person.check_password("quiet-otter-lamp")


@pytest.mark.parametrize(
    "email",
    ["", "not an address", "a\0b@c.example", "a" * 300 + "@c.example", "x" * 1_000_000, "ä@ö.de"],
    ids=range(6),
)
def test_odd_addresses_are_a_sentence_and_no_fault(client, email):
    response = ask(client, email)

    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert "There is a problem" in response.content.decode()


def test_a_long_address_has_its_mail_too(client):
    email = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"
    ask(client, email)
    OutgoingMail.objects.filter(to=email).update(problem="Away")

    assert "We keep trying" in client.get(ENTER).content.decode()


@pytest.mark.parametrize("code", ["\0", "x" * 1_000_000, "٣٣٣٣", "🐤"], ids=range(4))
def test_odd_codes_are_a_sentence_and_no_fault(client, person, code):
    ask(client, person.email)

    assert enter(client, code).status_code == 200
