"""What every answer says to the browser, and what every form asks for before it acts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import ADDRESSES, path_of
from tests.factories.people import PASSWORD

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
OF_STRANGE_FILES = {"default-src 'none'", "sandbox"}  # made by somebody else: nothing works
READABLE = [name for name, address in ADDRESSES.items() if address.readers]
WRITABLE = [name for name, address in ADDRESSES.items() if address.writers]
# A block of JSON is data, which no browser runs.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\stype=\"application/json\")"
    r"|<style|\sstyle=|\son\w+=|javascript:",
    re.IGNORECASE,
)
ELSEWHERE = [
    "//evil.example", "https://evil.example/", "https:evil.example", r"\\evil.example",
    "/\\evil.example", "javascript:alert(1)", "//evil.example/%2f..", "/%0d%0aLocation:evil",
    " //evil.example", "///evil.example", "http:///evil.example", "\x00//evil.example",
    "https://testserver@evil.example", "data:text/html,x",
]  # fmt: skip


def client_for(world, name, **options):
    client = Client(**options)
    if not ADDRESSES[name].guest:
        client.force_login(world.a.coordinator)
    return client


def check_headers(response, *, cached=False, policy=frozenset(POLICY)):
    for header, value in HEADERS.items():
        assert response.headers.get(header) == value, header
    assert set(response.headers["Content-Security-Policy"].split("; ")) == policy
    assert ("no-store" in response.headers["Cache-Control"]) != cached
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert INLINE.findall(response.content.decode()) == []


@pytest.mark.parametrize("name", READABLE)
def test_every_page_carries_the_headers_and_nothing_inline(world, name):
    response = client_for(world, name).get(path_of(name, world))
    policy = OF_STRANGE_FILES if name == "resource_file" else POLICY
    check_headers(response, cached=ADDRESSES[name].cached, policy=policy)


@pytest.mark.parametrize("name", WRITABLE)
def test_every_answer_to_a_form_carries_the_headers(world, name):
    body = ADDRESSES[name].body(world)
    check_headers(client_for(world, name).post(path_of(name, world), body))


def test_the_pages_for_trouble_carry_the_headers_and_look_like_ours(world, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(world.a.reader)
    writer = Client()
    writer.force_login(world.a.partner)
    many = {f"x{number}": "1" for number in range(5001)}
    answers = {
        400: writer.post(f"/planning/{world.draft.pk}/domains/1/", many),
        403: client.post(f"/planning/{world.draft.pk}/domains/1/", {}),
        404: client.get("/planning/987654321/"),
        405: client.put("/"),
    }
    monkeypatch.setattr("planning.reports.RecordingSheet.of", _fault)
    answers[500] = client.get(f"/planning/{world.draft.pk}/sheet/")
    for status, response in answers.items():
        assert response.status_code == status
        check_headers(response)
        if status != 405:
            assert "RPC Portal" in response.content.decode()
            assert "<h1" in response.content.decode()
    assert "Traceback" not in answers[500].content.decode()


def _fault(*arguments):
    raise RuntimeError("A fault made for this test")


@pytest.mark.parametrize("name", WRITABLE)
def test_a_form_without_its_token_does_nothing(world, name):
    client = client_for(world, name, enforce_csrf_checks=True)
    body = ADDRESSES[name].body(world)
    for headers in ({}, {"X-Autosave": "1"}, {"Origin": "https://evil.example"}):
        response = client.post(path_of(name, world), body, headers=headers)

        assert response.status_code == 403
        assert "nothing was saved" in response.content.decode()


@pytest.mark.parametrize("name", WRITABLE)
def test_a_token_of_another_person_does_nothing(world, name):
    other = Client(enforce_csrf_checks=True)
    other.force_login(world.b.coordinator)
    page = other.get("/partnerships/bury/assessments/new/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    client = client_for(world, name, enforce_csrf_checks=True)
    client.get("/sign-in/")
    body = {**ADDRESSES[name].body(world), "csrfmiddlewaretoken": token}

    assert client.post(path_of(name, world), body).status_code == 403


def test_a_form_with_its_token_works_also_through_autosave(world):
    client = client_for(world, "domain", enforce_csrf_checks=True)
    path = path_of("domain", world)
    page = client.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    body = {"csrfmiddlewaretoken": token, "reason": "Typed", "page": "p", "number": "1"}

    assert client.post(path, body, headers={"X-Autosave": "1"}).status_code == 200


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(world, target):
    body = {"login": world.a.reader.email, "password": PASSWORD, "next": target}
    posted = Client().post("/sign-in/", body)
    asked = Client().post(f"/sign-in/?next={target}", {**body, "next": ""})
    client = Client()
    client.force_login(world.a.reader)
    there = client.get("/sign-in/", {"next": target})

    for response in (posted, asked, there):
        assert response.status_code == 302
        here = {"/", "/%250d%250alocation:evil", "/%0d%0alocation:evil"}
        assert response.url.lower() in here


def test_signing_in_leads_back_to_the_page_that_was_asked_for(world):
    path = reverse("sheet", args=[world.draft.pk])
    body = {"login": world.a.reader.email, "password": PASSWORD, "next": path}

    assert Client().post("/sign-in/", body).url == path


def test_cookies_are_for_the_portal_alone(world):
    client = Client()
    client.post("/sign-in/", {"login": world.a.reader.email, "password": PASSWORD})
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_after_signing_out_the_session_opens_nothing(world):
    client = Client()
    client.force_login(world.a.reader)
    kept = client.cookies["session"].value
    client.post("/sign-out/")
    client.cookies["session"] = kept

    assert client.get(f"/planning/{world.draft.pk}/").status_code == 302
