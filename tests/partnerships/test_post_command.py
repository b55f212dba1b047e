"""``manage.py post`` as a process: it sends, it stops when told, and it outlives the database."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.db import connection

from partnerships.daily import JOBS
from partnerships.mail import post
from partnerships.models import DailyJob
from partnerships.models.mail import MailState
from tests.mail_server import MailServer, hanging_server, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "manage.py", "post", "--with-process", str(os.getpid())])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def server():
    server = MailServer().start()
    yield server
    server.stop()


@pytest.fixture
def start(tmp_path):
    """``start(smtp address, …)`` runs the command on the database of this test."""
    started = []

    def start(smtp, *arguments, command=(sys.executable, "manage.py", "post")):
        where = connection.settings_dict
        address = f"postgresql:///{where['NAME']}?user={where['USER']}&host={where['HOST']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "rpcportal.settings",
            "DATABASE_URL": os.environ.get("DATABASE_URL") or address,
            "RPCPORTAL_DATA": str(tmp_path),
            "RPCPORTAL_SMTP": smtp,
            "RPCPORTAL_LOG": "json",
        }
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=portal.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def write():
    return post(to="ada@council.example", subject="Hello", body="Words")


def state_of(mail):
    mail.refresh_from_db()
    return mail.state


def daily_work_is_done():
    return DailyJob.objects.exclude(finished_at=None).count() == len(JOBS)


def stop(process, how=signal.SIGTERM):
    """Stop it; returns its exit code, its log and how many seconds that took."""
    began = time.monotonic()
    process.send_signal(how)
    _, log = process.communicate(timeout=30)
    seconds = time.monotonic() - began
    return process.returncode, [json.loads(line) for line in log.splitlines()], seconds


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_sends_until_it_is_told_to_stop(server, start, how):
    process = start(server.url)
    first = write()
    wait_for(lambda: state_of(first) == MailState.SENT)
    second = write()
    wait_for(lambda: state_of(second) == MailState.SENT)
    wait_for(daily_work_is_done)

    code, log, seconds = stop(process, how)

    assert (code, log) == (0, [])
    assert seconds < 1.5
    assert len(server.taken) == 2


def test_it_stops_although_the_mail_server_hangs(start):
    mail = write()
    with hanging_server() as (url, calls):
        process = start(url)
        wait_for(lambda: calls)
        code, log, seconds = stop(process)

    assert (code, log) == (0, [])
    assert seconds < 3
    assert state_of(mail) == MailState.WAITING


def test_once_does_what_is_due_and_ends(server, start):
    write()
    process = start(server.url, "--once")
    words, log = process.communicate(timeout=60)

    assert words == f"E-mails sent: 1. Daily work done: {', '.join(JOBS)}.\n"
    assert (process.returncode, log) == (0, "")

    words, _ = start(server.url, "--once").communicate(timeout=60)

    assert words == "E-mails sent: 0. Daily work done: none.\n"


def test_it_outlives_a_database_that_is_away(server, start):
    process = start(server.url)
    first = write()
    wait_for(lambda: state_of(first) == MailState.SENT)
    wait_for(daily_work_is_done)
    with database_away():
        time.sleep(7)  # longer than connecting waits
    second = write()
    wait_for(lambda: state_of(second) == MailState.SENT)

    code, log, _ = stop(process)

    assert code == 0
    assert [line["message"].split(":")[0] for line in log] == [
        "The post waits for the database",
        "The database answers again.",
    ]


@contextmanager
def database_away():
    """Every connection to the test's database but ours is ended, and no other is let in."""
    ours, name = connection.connection.get_backend_pid(), connection.settings_dict["NAME"]
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cursor.execute(f"{others} AND pid <> %s", [name, ours])
    try:
        yield
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_it_ends_with_the_process_that_started_it(start):
    parent = start("smtp://127.0.0.1:1", command=(sys.executable, "-c", PARENT))
    child = int(parent.stdout.readline())
    wait_for(DailyJob.objects.exists)
    parent.kill()
    try:
        wait_for(lambda: not Path(f"/proc/{child}").exists(), seconds=5)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)  # it holds the pipes that the fixture reads to the end


def test_one_whose_parent_is_gone_already_does_not_begin(start):
    code = start("smtp://127.0.0.1:1", "--with-process", "1").wait(timeout=60)

    assert code == 0
    assert not DailyJob.objects.exists()
