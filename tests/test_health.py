"""What machines ask: whether the portal runs, and whether it can do its work."""

import os
import socket
import subprocess
import sys
import time

import psycopg2
import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from rpcportal import health
from rpcportal.kit.postgres import base
from tests.factories.people import make_user

PATHS = ["/health/live", "/health/ready"]
ALL_WELL = {"database": "ok", "migrations": "ok", "data_folder": "ok"}
NO_DATABASE = ALL_WELL | {
    "database": "It does not answer as it should.",
    "migrations": "Not known while the database does not answer.",
}
SOON = 4.5  # seconds: two steps that each give up after two
IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
answers = [
    Client().get("/health/live", headers={"Host": "10.1.2.3:8000"}).status_code,
    Client().get("/health/live/more", headers={"Host": "portal.example"}).status_code,
    Client().get("/health/live/more", secure=True, headers={"Host": "10.1.2.3"}).status_code,
]
print(answers)
"""


@pytest.fixture
def ask(settings, tmp_path):
    """Asks ready; the data folder is the test's own."""
    settings.DATA_DIR = tmp_path
    return lambda: Client().get("/health/ready")


def found_by(response):
    return response.status_code, response.json()["checks"]


def test_the_addresses_lead_where_the_middleware_leads():
    named = {reverse("health_live"): health.live, reverse("health_ready"): health.ready}

    assert named == health.VIEWS
    assert {path: resolve(path).func for path in named} == named


def test_live_asks_no_database(monkeypatch):
    """The test has no database: whatever asks for it through Django fails, and here psycopg2."""
    monkeypatch.setattr(psycopg2, "connect", None)
    response = Client(headers={"Cookie": "session=of-somebody"}).get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_they_are_for_reading(path, method):
    assert getattr(Client(), method)(path).status_code == 405


def test_in_production_they_are_called_by_ip_address_and_without_https(tmp_path):
    """Other pages are sent to HTTPS, or refused for their host."""
    done = subprocess.run(
        [sys.executable, "-c", IN_PRODUCTION],
        cwd=portal.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "rpcportal.settings",
            "RPCPORTAL_HOSTS": "portal.example",
            "RPCPORTAL_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "[200, 301, 400]\n", done.stderr


def test_ready_says_what_it_looked_at(db, ask):
    response = ask()

    assert (response.status_code, response.json()) == (200, {"status": "ok", "checks": ALL_WELL})
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}


def test_ready_loads_neither_session_nor_person(db, ask, django_assert_num_queries):
    client = Client()
    client.force_login(make_user())
    with django_assert_num_queries(0):  # its own connection is none of Django's
        assert client.get("/health/ready").json()["checks"]["database"] == "ok"


def test_a_database_that_is_away_is_told_at_once_and_without_its_name(db, ask, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    began = time.monotonic()
    response = ask()

    assert time.monotonic() - began < base.WAIT_SECONDS / 5  # a page would wait so long
    assert found_by(response) == (503, NO_DATABASE)
    assert response.json()["status"] == "not ready"
    assert response["Cache-Control"] == "no-store"


def test_a_database_that_takes_the_call_and_says_nothing_is_given_up_soon(db, ask, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", mute.getsockname()[1])
        began = time.monotonic()
        response = ask()

    assert time.monotonic() - began < SOON
    assert found_by(response) == (503, NO_DATABASE)


def test_a_database_that_is_held_up_is_given_up_soon(db, ask):
    other = psycopg2.connect(**connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        response = ask()
    finally:
        other.close()

    assert time.monotonic() - began < SOON
    assert found_by(response) == (503, NO_DATABASE)


def test_migrations_that_are_still_to_be_made_are_counted(db, ask, monkeypatch):
    more = health._migrations() | {("planning", "9998_soon"), ("pledges", "9999_later")}
    monkeypatch.setattr(health, "_migrations", lambda: more)

    assert found_by(ask()) == (503, ALL_WELL | {"migrations": "2 still to be made."})


def test_an_empty_database_needs_every_migration(db, ask, monkeypatch):
    options = connection.settings_dict["OPTIONS"] | {"options": "-c search_path=pg_temp"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    number = len(health._migrations())

    assert number > 20
    assert found_by(ask()) == (503, ALL_WELL | {"migrations": f"{number} still to be made."})


def test_a_data_folder_that_cannot_be_written_to_is_told_without_its_path(
    db, ask, settings, tmp_path
):
    settings.DATA_DIR = tmp_path / "gone"

    told = {"data_folder": "It cannot be written to: No such file or directory."}
    assert found_by(ask()) == (503, ALL_WELL | told)


def test_a_full_disk_is_told(db, ask, monkeypatch):
    full = open("/dev/full", "wb", buffering=0)  # noqa: PTH123, SIM115 - a device
    monkeypatch.setattr(health.tempfile, "TemporaryFile", lambda **options: full)

    told = {"data_folder": "It cannot be written to: No space left on device."}
    assert found_by(ask()) == (503, ALL_WELL | told)


def test_asking_leaves_nothing_behind(db, ask, tmp_path):
    before = connections_of_this_database()
    ask()

    assert list(tmp_path.iterdir()) == []
    deadline = time.monotonic() + 10
    while connections_of_this_database() > before:  # the server notices a moment later
        assert time.monotonic() < deadline
        time.sleep(0.02)


def connections_of_this_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


# --- Pages while the database is away -------------------------------------------------------


def test_a_page_gives_up_on_a_database_that_takes_the_call_and_says_nothing(
    no_database, monkeypatch
):
    """Or every thread would wait, and not even live were answered."""
    options = connection.settings_dict["OPTIONS"]
    assert options["connect_timeout"] == 5
    with socket.create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", mute.getsockname()[1])
        monkeypatch.setitem(options, "connect_timeout", 2)
        client = Client(raise_request_exception=False)
        client.cookies["session"] = "x" * 32
        began = time.monotonic()
        response = client.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert time.monotonic() - began < SOON


@pytest.fixture
def no_database(django_db_blocker, monkeypatch):
    """Every connection fails at once; the one that an earlier test left is closed."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    monkeypatch.setattr(base, "WAIT_SECONDS", 0)
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize(
    ("ask", "status", "sentence"),
    [
        (lambda client: client.get("/"), 503, "Try again in 30 seconds."),
        (lambda client: client.get("/nowhere/"), 503, "Try again in 30 seconds."),
        (lambda client: client.post("/"), 503, "your browser still has your text"),
        (lambda client: Client().get("/nowhere/"), 404, "start from"),
        (lambda client: client.get("/", headers={"Host": "x"}), 400, "Reload the page"),
        (lambda client: Client(enforce_csrf_checks=True).post("/"), 403, "Allow cookies"),
    ],
)
def test_a_page_says_what_to_do_while_the_database_is_away(no_database, ask, status, sentence):
    """For somebody who was signed in, and where Client() is new for somebody who was not."""
    signed_in = Client(raise_request_exception=False)
    signed_in.cookies["session"] = "x" * 32
    response = ask(signed_in)
    page = response.content.decode()

    assert response.status_code == status
    assert sentence in page
    assert "RPC Portal" in page
    assert "Parental conflict is not domestic abuse." in page
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]
    if status == 503:
        assert f"Reference: <strong>{response['X-Request-ID']}</strong>" in page
        assert response["Retry-After"] == "30"
