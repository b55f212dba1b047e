"""Nothing that takes ``next`` ever leads to another host."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories.people import PASSWORD, make_user
from tests.factories.ways_in import add_app, app_code, newest_code

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "//evil.example", "///evil.example", "https://evil.example/", "http:///evil.example",
    "https:evil.example", r"\\evil.example", r"/\evil.example", r"\/evil.example",
    "javascript:alert(1)", "data:text/html,x", "https://testserver@evil.example",
    "https://testserver.evil.example", " //evil.example", "\t//evil.example",
    "\x00//evil.example", "/\t/evil.example", "//evil.example/%2f..", "//[", "ftp://testserver/",
    "//127.0.0.1/", "//localhost/",
]  # fmt: skip
LINE_ENDS = ["/%0d%0aLocation:%20//evil.example", "/\r\nLocation: //evil.example"]


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


def _query(there):
    return urlencode({"next": there})


def by_password(client, person, there):
    yield client.post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": there})


def by_password_and_address(client, person, there):
    path = f"/sign-in/?{_query(there)}"
    yield client.post(path, {"login": person.email, "password": PASSWORD})


def by_code(client, person, there):
    asked = client.post("/sign-in/code/", {"email": person.email, "next": there})
    yield asked
    code = newest_code(person.email)
    yield client.post(asked.url, {"code": code, "next": there})


def by_second_step(client, person, there):
    secret = add_app(person)
    asked = client.post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": there})
    yield asked
    yield client.post(asked.url, {"code": app_code(secret), "next": there})


def by_passkey(client, person, there):
    yield client.post("/sign-in/passkey/", {"credential": "{}", "next": there})


def when_in_already(client, person, there):
    client.force_login(person)
    for path in ("/sign-in/", "/sign-in/code/", "/sign-in/passkey/", "/sign-in/second-step/"):
        yield client.get(path, {"next": there})


def while_half_in(client, person, there):
    client.post("/sign-in/code/", {"email": person.email})
    yield client.get("/sign-in/", {"next": there})
    yield client.get("/sign-in/code/", {"next": there})


def asked_again(client, person, there):
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    yield client.post("/your-account/confirm/", {"password": PASSWORD, "next": there})
    yield client.post(f"/your-account/confirm/?{_query(there)}", {"password": PASSWORD})
    yield client.get("/your-account/confirm/code/", {"next": there})


def signing_out(client, person, there):
    client.force_login(person)
    yield client.post("/sign-out/", {"next": there})


WAYS = [
    by_password, by_password_and_address, by_code, by_second_step, by_passkey, when_in_already,
    while_half_in, asked_again, signing_out,
]  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
@pytest.mark.parametrize("way", WAYS)
def test_another_host_is_not_gone_to(person, way, there):
    for response in way(Client(), person, there):
        assert response.status_code == 302
        assert response.url.startswith("/")
        assert not response.url.startswith(("//", "/\\"))
        assert "evil" not in response.url
        assert "127.0.0.1" not in response.url


@pytest.mark.parametrize("there", LINE_ENDS)
@pytest.mark.parametrize("way", WAYS)
def test_a_line_end_makes_no_header(person, way, there):
    for response in way(Client(), person, there):
        assert response.status_code == 302
        assert response.url.startswith("/")
        assert "\r" not in response.url
        assert "\n" not in response.url
        assert set(response.headers) & {"location", "Location"} == {"Location"}


@pytest.mark.parametrize("there", ELSEWHERE)
def test_the_page_on_second_steps_offers_no_other_host(client, person, there):
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    add_app(person)
    page = client.get("/your-account/second-step/", {"next": there}).content.decode()

    assert "Go on to where you were going" not in page


def test_the_check_of_these_tests_sees_an_address_of_ours(person):
    (response,) = by_password(Client(), person, "/your-account/")

    assert response.url == "/your-account/"


def test_over_https_nothing_leads_back_to_http(client, person):
    body = {"login": person.email, "password": PASSWORD, "next": "http://testserver/your-account/"}

    assert client.post("/sign-in/", body, secure=True).url == "/"
