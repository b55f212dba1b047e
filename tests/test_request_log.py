"""A line for every request, the reference that belongs to it, and who came in."""

import re
from contextvars import ContextVar
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rpcportal import logs
from tests.factories.people import PASSWORD, make_user
from tests.faulty_pages import ADDRESS, client_of_faulty_pages, lines_of, log, logged_as


@pytest.fixture
def written():
    """All that is logged, as production does it."""
    with logged_as("json") as written:
        yield written


@pytest.fixture
def client():
    with client_of_faulty_pages() as client:
        yield client


def events_of(written):
    found = [line for line in lines_of(written) if line["logger"] == "rpcportal.events"]
    return [(line["event"], line["user"]) for line in found]


# --- A line for each request ----------------------------------------------------------------


def test_a_request_is_one_line_that_names_the_route_and_nobody(client, written):
    before = datetime.now().astimezone()
    response = client.get(
        "/partnerships/rochdale/people/?sort=name",
        headers={"User-Agent": "Ada's browser", "X-Forwarded-For": "10.9.8.7"},
    )
    (line,) = lines_of(written)

    when = datetime.fromisoformat(line.pop("time"))
    assert when.utcoffset() == timedelta(0)
    assert abs(when - before) < timedelta(minutes=1)
    assert 0 <= line.pop("ms") < 60_000
    assert line == {
        "level": "INFO",
        "logger": "rpcportal.requests",
        "message": "GET answered 302",
        "request_id": response["X-Request-ID"],
        "route": "people",
        "method": "GET",
        "status": 302,
    }


@pytest.mark.parametrize(
    ("asked", "route"),
    [
        ("/static/css/brand.css", "static"),
        ("/health/live", "health_live"),
        ("/nowhere/one-time-token/", None),
        ("/", "home"),
    ],
)
def test_a_route_is_the_name_of_a_page(client, written, asked, route):
    b"".join(client.get(asked))  # a file is open until it is read

    (line,) = lines_of(written)
    assert line["route"] == route
    assert "one-time-token" not in written.getvalue()


def test_a_made_up_method_is_not_repeated(client, written):
    client.generic("ADA-MARSH", "/")

    assert lines_of(written)[-1]["method"] == "other"
    assert "ADA" not in written.getvalue()


# --- References -----------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["a1b2c3d4", "0f8fad5b-d9cb-469f-a165-70867728950e", "x" * 64])
def test_a_reference_of_the_proxy_is_taken_over(client, written, given):
    assert client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"] == given
    assert lines_of(written)[0]["request_id"] == given


@pytest.mark.parametrize(
    "given",
    ["", "short", "x" * 65, "two words", "12345678\n", '12345678\r\n{"level": "x"}', "١٢٣٤٥٦٧٨",
     "<script>1", "12345678_"],
)  # fmt: skip
def test_a_forged_reference_is_replaced(client, written, given):
    response = client.get("/health/live", headers={"X-Request-ID": given})
    (line,) = lines_of(written)

    assert re.fullmatch("[0-9a-f]{16}", response["X-Request-ID"])
    assert line["request_id"] == response["X-Request-ID"]


def test_each_request_has_a_reference_of_its_own(client):
    assert len({client.get("/health/live")["X-Request-ID"] for _ in range(20)}) == 20


@pytest.mark.parametrize(("view", "status"), [("fault", 500), ("away", 503)])
def test_the_page_for_a_fault_shows_the_reference_of_its_lines(client, written, view, status):
    response = client.get(f"/{view}/token/")
    reference = response["X-Request-ID"]

    assert response.status_code == status
    assert f"Reference: <strong>{reference}</strong>" in response.content.decode()
    assert {line["request_id"] for line in lines_of(written)} == {reference}
    assert [line["level"] for line in lines_of(written)] == ["ERROR", "INFO"]


def test_what_is_logged_outside_of_requests_has_no_reference(written, monkeypatch):
    monkeypatch.setattr(logs, "_current", ContextVar("fresh", default=logs.OUTSIDE))
    log.warning("From a command")

    (line,) = lines_of(written)
    assert (line["request_id"], line["route"]) == (None, None)


# --- Events ---------------------------------------------------------------------------------


def test_signing_in_leaves_the_number_of_the_person_alone(db, written):
    user = make_user(ADDRESS, "Ada Marsh")
    body = {"login": ADDRESS, "password": "a-wrong-password"}
    assert Client().post(reverse("account_login"), body).status_code == 200
    assert Client().post(reverse("account_login"), body | {"password": PASSWORD}).status_code == 302

    assert events_of(written) == [("sign_in_failed", None), ("signed_in", user.pk)]
    for secret in (ADDRESS, "Ada", "Marsh", "rochdale.example", PASSWORD, "a-wrong-password"):
        assert secret not in written.getvalue()


def test_a_wrong_code_is_a_failed_sign_in_and_is_not_repeated(db, written):
    make_user(ADDRESS, "Ada Marsh")
    client = Client()
    asked = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    assert asked.status_code == 302
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG-C0DE"})

    assert events_of(written) == [("sign_in_failed", None)]
    for secret in (ADDRESS, "WRONG-C0DE"):
        assert secret not in written.getvalue()


def test_a_refusal_is_an_event_with_the_number_of_the_person(db, client, written):
    user = make_user()
    client.force_login(user)
    client.get("/refused/token/")
    Client().get("/refused/token/")

    assert events_of(written) == [("signed_in", user.pk), ("refused", user.pk), ("refused", None)]
    lines = [(line["logger"], line["level"]) for line in lines_of(written)[1:]]
    assert lines == [("rpcportal.events", "WARNING"), ("rpcportal.requests", "INFO")] * 2
