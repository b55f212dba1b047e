"""Every URL, called by everyone: what each person gets, and that reading changes nothing."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from rpcportal.kit.downloads import EXCEL
from rpcportal.kit.word import WORD
from tests.addresses import ADDRESSES, EVERYONE, lost_path_of, names_in_urlconf, path_of
from tests.factories.world import CANARY
from tests.hostile import tables_written_since, writes

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SCOPED = [name for name, address in ADDRESSES.items() if address.lost]
CLOSED = [name for name, address in ADDRESSES.items() if not address.public]
READABLE = [name for name, address in ADDRESSES.items() if address.readers]
WRITABLE = [name for name in CLOSED if ADDRESSES[name].writers]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
# A request may write its session, and is counted where tries are limited; nothing else.
UNWATCHED = {"django_session", "partnerships_trycount"}
NOTES = {"partnerships_download", "partnerships_downloadevent"}  # who took personal data away


def client_of(world, who):
    client = Client()
    if who:
        client.force_login(world.person(who))
    return client


def client_at(world, name):
    """Someone for whom the address is: a coordinator, or somebody who has not signed in."""
    return client_of(world, None if ADDRESSES[name].guest else "coordinator of a")


def call(client, method, path, body=None):
    if method == "POST":
        return client.post(path, body or {})
    return client.generic(method, path)


def words_of(response):
    """The response's text without what differs from one showing to the next; that of files too."""
    kind = response.headers.get("Content-Type")
    if kind == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    if kind == WORD:
        return " ".join(Document(BytesIO(response.content)).element.body.itertext())
    if kind == EXCEL:
        sheets = load_workbook(BytesIO(response.content)).worksheets
        return str([list(sheet.iter_rows(values_only=True)) for sheet in sheets])
    if kind == "image/png":
        return ""  # a picture says nothing in words
    return TOKEN.sub(rb"\1", response.getvalue()).decode()


def headers_of(response):
    """The response's headers without the reference, which no two answers share."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


def written_since(before):
    """The tables that were written since, but for those that may be."""
    return tables_written_since(before) - UNWATCHED


def test_every_url_is_in_the_table_of_addresses():
    assert sorted(names_in_urlconf()) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", CLOSED)
def test_a_stranger_is_sent_to_sign_in_and_back(world, name):
    path = path_of(name, world)
    response = call(Client(), "GET", path, {})

    assert (response.status_code, response.url) == (302, f"/sign-in/?next={path}")


@pytest.mark.parametrize("name", CLOSED)
def test_what_a_stranger_sends_waits_for_signing_in_and_changes_nothing(world, name):
    path = path_of(name, world)
    before = writes()
    client = Client()
    response = call(client, "POST", path, ADDRESSES[name].body(world))

    (kept,) = client.session["kept"]
    there = reverse("send_again", args=[kept["key"]])
    assert (response.status_code, response.url) == (302, f"/sign-in/?next={there}")
    assert kept["path"] == path
    assert not written_since(before)


@pytest.mark.parametrize("name", [n for n in ADDRESSES if ADDRESSES[n].public])
def test_a_public_page_needs_no_sign_in(world, name):
    for method in ADDRESSES[name].methods:
        response = call(Client(), method, path_of(name, world))

        assert response.status_code in {200, ADDRESSES[name].accepted}


@pytest.mark.parametrize("name", SCOPED)
def test_another_partnership_gets_the_page_for_what_never_existed(world, name):
    client = client_of(world, "coordinator of b")
    before = writes()
    # Which methods an address refuses, whoever asks, is tested below.
    for method in (*ADDRESSES[name].methods, "DELETE"):
        there = call(client, method, path_of(name, world), ADDRESSES[name].body(world))
        never = call(client, method, lost_path_of(name, world), ADDRESSES[name].body(world))

        expected = 404 if method in ADDRESSES[name].methods else 405
        assert (there.status_code, never.status_code) == (expected, expected), method
        assert words_of(there) == words_of(never)
        assert headers_of(there) == headers_of(never)
    assert not written_since(before)


@pytest.mark.parametrize("name", [name for name in CLOSED if ADDRESSES[name].readers])
def test_reading_is_for_the_roles_in_the_table_and_every_link_leads_somewhere(world, name):
    for role in EVERYONE:
        response = client_of(world, f"{role} of a").get(path_of(name, world), follow=True)

        assert response.status_code == (200 if role in ADDRESSES[name].readers else 403)
        if response.status_code == 403:
            assert ADDRESSES[name].refused in response.content.decode()
        # What a block of a template calls “as back” is unknown in its other blocks.
        assert b'href=""' not in response.getvalue()


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("name", WRITABLE)
def test_writing_is_for_the_roles_in_the_table_and_a_refusal_names_who_can(world, name, role):
    address = ADDRESSES[name]
    client = client_of(world, f"{role} of a")
    before = writes()
    response = client.post(path_of(name, world), address.body(world))

    if role in address.writers:
        assert response.status_code == address.accepted
        assert written_since(before)
    else:
        assert response.status_code == 403
        assert address.refused in response.content.decode()
        assert not written_since(before)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_method_that_is_not_meant_is_refused_and_changes_nothing(world, name):
    client = client_at(world, name)
    before = writes()
    for method in set(METHODS) - set(ADDRESSES[name].methods):
        assert call(client, method, path_of(name, world)).status_code == 405, method

    assert not written_since(before)


@pytest.mark.parametrize("name", READABLE)
def test_reading_changes_nothing_and_head_answers_as_get_does_without_the_body(world, name):
    clients = client_of(world, "coordinator of a"), client_of(world, None)
    before = writes()
    for client in clients:
        get = client.get(path_of(name, world))
        head = client.head(path_of(name, world))
        assert (head.status_code, head.getvalue()) == (get.status_code, b"")

    assert written_since(before) == (NOTES if ADDRESSES[name].noted else set())


def test_the_check_of_changes_sees_a_row_written_as_it_was(world):
    before = writes()
    world.draft.save()

    assert world.draft._meta.db_table in written_since(before)


@pytest.mark.parametrize("name", [name for name in SCOPED if ADDRESSES[name].readers])
def test_the_canary_sings_where_it_lives(world, name):
    response = client_of(world, "coordinator of a").get(path_of(name, world))

    assert CANARY in words_of(response)


def paths_of_b(world):
    """Everything that a member of b can open, and what of a's one may try to slip in."""
    yield from (path_of(name, world.mirrored()) for name in READABLE)
    draft, a = world.draft_of_b.pk, world.draft.pk
    pages = ("", "details/", "profile/", "sheet/", "sheet.pdf", "agree/", "reopen/")
    yield from (f"/planning/{draft}/{page}" for page in pages)
    yield from (f"/planning/{draft}/domains/{number}/" for number in range(1, 11))
    yield f"/planning/{draft}/profile/?with={a}"
    yield f"/planning/{draft}/domains/1/references/{world.reference.key}/remove/"
    yield f"/planning/{draft}/domains/1/actions/{world.action.key}/remove/"
    yield f"/partnerships/bury/people/?p-sort=organisation&partnership={world.a.partnership.pk}"


def test_the_canary_of_one_partnership_is_never_heard_in_another(world):
    client = client_of(world, "coordinator of b")
    for path in paths_of_b(world):
        response = client.get(path, follow=True)
        assert response.status_code in {200, 403, 404}, path
        heard = words_of(response) + str(response.headers)
        # An address that was asked for with the canary in it may name it; no page does.
        assert CANARY not in heard, path
