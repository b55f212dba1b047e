"""What must not be written, whoever logs it, and how lines look."""

import json
import logging
import os
import re
import subprocess
import sys
import time

import psycopg2
import pytest
from django.conf import settings as portal
from django.db import DataError, IntegrityError
from django.test import Client, override_settings

from rpcportal import logs
from tests.faulty_pages import (
    ADDRESS,
    TYPED,
    client_of_faulty_pages,
    lines_of,
    log,
    logged_as,
)

KEYS = {"time", "level", "logger", "message", "request_id", "route"}


@pytest.fixture
def style():
    """As production does it; a test may name another."""
    return "json"


@pytest.fixture
def written(style):
    """All that is logged."""
    with logged_as(style) as written:
        yield written


@pytest.fixture
def client():
    with client_of_faulty_pages() as client:
        yield client


# --- What must not be written ---------------------------------------------------------------


def test_a_fault_keeps_its_traceback_without_address_and_path(client, written):
    client.get("/fault/one-time-token/?code=123456")
    first, _ = lines_of(written)

    assert first["message"] == "Internal Server Error: fault"
    assert "in fault\n    raise RuntimeError(" in first["traceback"]
    assert "RuntimeError: No reply to [e-mail] about fault" in first["traceback"]
    for secret in (ADDRESS, "one-time-token", "123456"):
        assert secret not in written.getvalue()
    assert set(first) == KEYS | {"traceback"}


def test_a_clash_of_addresses_leaves_no_address(db, client, written):
    response = client.post("/clash/token/")
    fault = lines_of(written)[0]["traceback"]

    assert response.status_code == 500
    assert "psycopg2.errors.UniqueViolation: duplicate key value violates unique" in fault
    assert "The above exception was the direct cause" in fault
    assert "django.db.utils.IntegrityError: duplicate key value violates unique" in fault
    assert "rochdale.example" not in written.getvalue()
    assert "DETAIL" not in written.getvalue()


def test_a_value_that_postgresql_quotes_is_cut_out(db, client, written):
    client.get("/nonsense/token/")
    fault = lines_of(written)[0]["traceback"]

    assert "invalid input syntax for type integer: [value]\n" in fault
    assert fault.endswith("DataError: invalid input syntax for type integer: [value]")
    for words in ("typed", "Two lines", "LINE 1"):
        assert words not in written.getvalue()


REFUSALS = [
    (
        'new row for relation "user" violates check constraint "has_name"\n'
        f"DETAIL:  Failing row contains (7, {ADDRESS}, {TYPED}).\n"
    ),
    f"guarded\nHINT:  Ask {TYPED}\nCONTEXT:  PL/pgSQL function\nof {TYPED}\n",
    f"guarded\nDETAIL:  Key (words)=(\n\n{TYPED}\n\n) exists.\nSCHEMA NAME:  {TYPED}\n",
    f'value "{TYPED}" is out of range for type integer\nLINE 1: SELECT {TYPED}\n   ^\n',
]


@pytest.mark.parametrize("words", REFUSALS)
@pytest.mark.parametrize("kind", [psycopg2.IntegrityError, IntegrityError, DataError])
def test_a_refusal_of_the_database_keeps_its_first_line_only(written, kind, words):
    try:
        try:
            raise kind(words)
        except kind as error:
            log.warning("It said: %s", error)
            log.warning(error)
            raise ValueError(f"Because: {error}") from error
    except ValueError:
        log.exception("Not saved")

    assert len(lines_of(written)) == 3
    assert "ValueError: Because: " in lines_of(written)[2]["traceback"]
    for secret in ("typed", ADDRESS, "Two lines", "DETAIL", "HINT", "CONTEXT"):
        assert secret not in written.getvalue()


@pytest.mark.parametrize(
    "words", [*REFUSALS, 'invalid input syntax for type uuid: "typed"\nLINE 1: typed\n']
)
def test_several_refusals_together_say_no_more(written, words):
    log.error("Both", exc_info=ExceptionGroup("two", [DataError(words), IntegrityError(words)]))

    assert lines_of(written)[0]["traceback"].count("IntegrityError: ") == 1
    for secret in ("typed", ADDRESS, "DETAIL", "HINT"):
        assert secret not in written.getvalue()


def test_a_refusal_that_is_repeated_in_a_long_message_is_cut_out_first(written):
    try:
        try:
            raise DataError(f'invalid input syntax for type integer: "{TYPED}"')
        except DataError as error:
            raise ValueError(f"{'x' * (logs.LONGEST - 50)}{error}") from error
    except ValueError:
        log.exception("Not saved")

    assert "xinvalid input syntax for type integer: [value]" in lines_of(written)[0]["traceback"]
    assert "Two" not in written.getvalue()


@pytest.mark.parametrize("style", ["json", "text"])
def test_what_another_handler_made_of_a_fault_is_not_used(written):
    class Careless(logging.Handler):
        def emit(self, record):
            logging.Formatter().format(record)  # which keeps the traceback in the record

    careless = Careless()
    logging.getLogger().handlers.insert(0, careless)
    try:
        raise RuntimeError(ADDRESS)
    except RuntimeError:
        log.exception("Not saved")
    finally:
        logging.getLogger().removeHandler(careless)

    assert "RuntimeError: [e-mail]" in written.getvalue()
    assert ADDRESS not in written.getvalue()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (f"To {ADDRESS}, at once", "To [e-mail], at once"),
        (f"<{ADDRESS}>;o'brien@x.example", "<[e-mail]>;[e-mail]"),
        ("next=ada%40x.example", "next=[e-mail]"),
        ('"ada marsh"@x.example wrote', "[e-mail] wrote"),
        ("ada@[10.0.0.1] ädä@exämple.example", "[e-mail] [e-mail]"),
        ("postgresql://portal:secret@host/name", "postgresql://portal:[e-mail]/name"),
        ("GET https://x.example/set/token?code=1 failed", "GET https://x.example/[path] failed"),
        ("5 @ 3 and 100%", "5 @ 3 and 100%"),
    ],
)
def test_addresses_are_found_in_every_spelling(written, words, kept):
    log.warning(words)
    log.warning("%s", words)

    assert [line["message"] for line in lines_of(written)] == [kept, kept]


def test_a_book_in_a_message_is_cut_and_costs_little(written):
    began = time.monotonic()
    log.warning("%s", "x" * 1_000_000)
    try:
        raise ValueError("y." * 500_000)
    except ValueError:
        log.exception("z" * 1_000_000)

    assert time.monotonic() - began < 5
    assert len(written.getvalue()) < 8 * logs.LONGEST


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_break_in_what_was_sent_makes_no_line(client, written, style):
    forged = '\r\n\u2028{"level": "CRITICAL"}\n2026-01-01 CRITICAL forged\x1b[2K'
    client.get("/said/token/", {"words": forged})
    try:
        raise ValueError(forged)
    except ValueError:
        log.exception("%s", forged)

    lines = [line for line in written.getvalue().split("\n") if not line.startswith("    ")]
    assert len(lines) == {"json": 4, "text": 3}[style]  # with the empty one at the end
    assert not any(line.startswith("2026-01-01 CRITICAL") for line in lines)
    for sign in "\r\u2028\x1b":
        assert sign not in written.getvalue()


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize("asked", ["/nowhere/one-time-token/", "/refused/one-time-token/"])
def test_djangos_warnings_do_not_repeat_the_path(client, written, asked):
    client.get(asked, {"code": "123456"})

    for secret in ("one-time-token", "123456", ADDRESS):
        assert secret not in written.getvalue()


@pytest.mark.parametrize("style", ["text"])
def test_a_path_that_django_escapes_is_known_all_the_same(client, written):
    client.get("/nowhere/gärten/")

    assert "Not Found: [path]" in written.getvalue()


def test_where_somebody_came_from_is_no_more_than_a_host(db, written):
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/", secure=True)
    referer = "https://elsewhere.example/set-password/MQ/one-time-token/"
    client.post("/sign-out/", secure=True, headers={"Referer": referer})

    assert "one-time-token" not in written.getvalue()
    assert "https://elsewhere.example/[path]" in written.getvalue()


def test_django_mails_no_fault_to_anybody(written, mailoutbox, client):
    with override_settings(ADMINS=[("Ada", ADDRESS)]):
        client.get("/fault/token/")

    assert mailoutbox == []


# --- Which lines there are ------------------------------------------------------------------


ONE_OF_EACH = """
import django
django.setup()
import logging
from django.test import Client
Client().get("/health/live", headers={"Host": "10.1.2.3"})
logging.getLogger("anything").info("Not worth a line")
logging.getLogger("anything").warning("Worth a line")
"""


def logged_by_itself(tmp_path, **environment):
    """What a process of its own writes to stderr with these settings."""
    (tmp_path / "static").mkdir()  # or WhiteNoise warns that nobody collected the files
    own = {"DJANGO_SETTINGS_MODULE": "rpcportal.settings", "RPCPORTAL_DATA": str(tmp_path)}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"RPCPORTAL_HOSTS", "RPCPORTAL_LOG"}
    }
    done = subprocess.run(
        [sys.executable, "-c", ONE_OF_EACH],
        cwd=portal.BASE_DIR,
        env=kept | own | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.splitlines()


@pytest.mark.parametrize(
    "environment", [{"RPCPORTAL_HOSTS": "x.example"}, {"RPCPORTAL_LOG": "json"}]
)
def test_production_writes_json_and_so_does_who_asks_for_it(tmp_path, environment):
    first, second = map(json.loads, logged_by_itself(tmp_path, **environment))

    assert (first["route"], first["status"]) == ("health_live", 200)
    assert second["message"] == "Worth a line"


@pytest.mark.parametrize(
    "environment", [{}, {"RPCPORTAL_HOSTS": "x.example", "RPCPORTAL_LOG": "text"}]
)
def test_a_terminal_stays_quiet(tmp_path, environment):
    (line,) = logged_by_itself(tmp_path, **environment)

    assert re.fullmatch(r"[\d-]{10} [\d:,]{12} WARNING anything Worth a line \[\w{16}\]", line)


def test_another_style_is_refused(tmp_path):
    assert logged_by_itself(tmp_path, RPCPORTAL_LOG="xml")[-1].endswith(
        "RPCPORTAL_LOG must be json or text, not “xml”."
    )
