"""Sessions: each begins with a key of its own, and ends when it should."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from partnerships.browsers import browser_in_words
from tests.factories.people import PASSWORD, make_user
from tests.factories.ways_in import add_app, app_code, long_ago, newest_code

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SESSIONS = "/your-account/sessions/"


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def by_password(client, person):
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})


def by_code(client, person):
    client.post("/sign-in/code/", {"email": person.email})
    client.post("/sign-in/code/enter/", {"code": newest_code(person.email)})


def by_second_step(client, person):
    secret = add_app(person)
    by_password(client, person)
    client.post("/sign-in/second-step/", {"code": app_code(secret)})


def signed_in(person, **options):
    client = Client(**options)
    by_password(client, person)
    return client


def is_in(client):
    return client.get("/").status_code == 200


@pytest.mark.parametrize("way_in", [by_password, by_code, by_second_step])
def test_the_key_changes_at_every_way_in(client, person, way_in):
    client.post("/your-account/name/", {"name": "kept"})  # somebody else may know this key
    planted = client.cookies["session"].value
    way_in(client, person)

    assert is_in(client)
    assert client.cookies["session"].value != planted
    thief = Client()
    thief.cookies["session"] = planted
    assert not is_in(thief)


def test_another_password_ends_every_session_but_the_one_that_chose_it(person):
    here, there = signed_in(person), signed_in(person)
    before = here.cookies["session"].value
    words = {"new_password1": "quiet-otter-lamp", "new_password2": "quiet-otter-lamp"}
    here.post("/your-account/password/", words)

    assert is_in(here)
    assert not is_in(there)
    assert here.cookies["session"].value != before
    page = here.get(SESSIONS).content.decode()
    assert "This browser" in page
    assert page.count("Since") == 1


def test_a_password_is_chosen_only_by_somebody_who_signed_in_a_moment_ago(person):
    client = signed_in(person)
    long_ago(client)
    words = {"new_password1": "quiet-otter-lamp", "new_password2": "quiet-otter-lamp"}

    assert "Sign in again first" in client.post("/your-account/password/", words).content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_signing_out_everywhere_else_does_that_and_no_more(person):
    here, there, stranger = signed_in(person), signed_in(person), signed_in(make_user())
    assert here.get(SESSIONS).content.decode().count("Since") == 2
    page = here.post(SESSIONS, follow=True).content.decode()

    assert "You are signed out everywhere else." in page
    assert page.count("Since") == 1
    assert is_in(here)
    assert is_in(stranger)
    assert not is_in(there)


def test_the_list_names_the_browser_and_the_address(person):
    client = signed_in(person, headers={"User-Agent": FIREFOX})
    page = client.get(SESSIONS).content.decode()

    assert "Firefox on Windows" in page
    assert "From 127.0.0.1" in page
    assert "You are signed in nowhere else." in page


def test_an_account_that_is_switched_off_is_out_at_once(person):
    client = signed_in(person)
    person.is_active = False
    person.save()

    assert not is_in(client)
    assert client.post("/your-account/name/", {"name": "Still here"}).status_code == 302
    person.refresh_from_db()
    assert person.name == "Ada Marsh"


def test_one_that_is_switched_off_between_the_two_steps_does_not_get_in(client, person):
    secret = add_app(person)
    by_password(client, person)
    person.is_active = False
    person.save()
    client.post("/sign-in/second-step/", {"code": app_code(secret)})

    assert not is_in(client)


def test_a_session_that_was_deleted_is_over(person):
    client = signed_in(person)
    Session.objects.all().delete()

    assert not is_in(client)


def test_signing_out_leaves_nothing_of_the_session(person):
    client = signed_in(person)
    client.post("/sign-out/")

    assert Session.objects.count() <= 1  # the message
    assert not is_in(client)


def test_what_waits_for_one_person_is_not_offered_to_the_next(person):
    client, other = Client(), make_user("bea@council.example", "Bea Hill")
    sent = client.post("/your-account/name/", {"name": "Of the first person"})
    by_password(client, other)

    assert "Of the first person" not in client.get("/").content.decode()
    assert "Of the first person" not in client.get("/your-account/").content.decode()
    assert sent.url.startswith("/sign-in/?next=/send-again/")


def test_a_server_without_addresses_lets_people_in(person):
    client = Client(REMOTE_ADDR="")
    by_password(client, person)

    assert is_in(client)
    assert UserSession.objects.get().ip == "::"


KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (f"(Macintosh; Intel Mac OS X 10_15_7) {KIT} Version/17.4 Safari/605.1", "Safari on a Mac"),
        (f"(Windows NT 10.0) {KIT} Chrome/126 Safari/537.36 Edg/126.0", "Edge on Windows"),
        (f"(Linux; Android 10; K) {KIT} Chrome/126 Mobile Safari/537.36", "Chrome on Android"),
        (f"(iPhone; CPU iPhone OS 17_5) {KIT} CriOS/126.0 Safari/604.1", "Chrome on an iPhone"),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_has_a_name_that_people_know(user_agent, words):
    assert browser_in_words(user_agent) == words
