"""``script/run`` as people meet it: a process that starts, answers, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from rpcportal.kit.embedded import EmbeddedServer
from tests.house.portals import (
    SECONDS,
    children,
    clean_environment,
    free_port,
    stop_at,
    wait_for,
)

POST = b"manage.py\0post"


def test_it_starts_answers_stops_and_starts_again(portal):
    first = portal("data folder").wait_until_up()

    assert f"http://127.0.0.1:{first.port}/" in first.words
    assert "To sign in to the demo partnership:" in first.words
    assert first.status() < 500
    assert first.stop(signal.SIGTERM) == 0
    assert first.left_over() == []

    second = portal("data folder").wait_until_up()

    # What makes a second start quick: none of this is done again.
    assert "Bringing the database up to date" not in second.words
    assert "Collecting" not in second.words
    assert second.stop(signal.SIGINT) == 0
    assert second.left_over() == []


def test_two_copies_run_side_by_side(started):
    one, two = started("one"), started("two")

    assert "create_partnership NAME --coordinator EMAIL" in one.words
    assert one.stop() == 0
    assert two.status() < 500
    assert two.stop() == 0


def test_an_order_to_stop_during_the_first_start_is_obeyed_and_nothing_breaks(started):
    """It was given while ``made`` was made, in each of ``FIRST_STEPS``."""
    copy = started()
    assert copy.status() < 500
    assert copy.stop() == 0


def test_an_order_to_stop_while_the_web_server_starts_is_obeyed_and_nothing_breaks(started, portal):
    assert started().stop() == 0
    stop_at("Starting the", portal("data", "--no-demo"))

    assert portal("data", "--no-demo").wait_until_up().stop() == 0


def test_a_killed_worker_is_replaced_and_a_killed_database_started_again(started):
    copy = started()
    (serving,) = children(copy.process.pid, b"rpcportal.serve")
    workers = children(serving)
    os.kill(workers[0], signal.SIGKILL)
    server = EmbeddedServer(copy.data)
    old = server.process()
    os.kill(old, signal.SIGKILL)

    wait_for(lambda: server.process() not in {None, old})
    wait_for(lambda: len(set(children(serving)) - set(workers)) == 1)

    copy.read_until("The database had stopped and was started again.")
    assert copy.status() < 500
    assert copy.stop() == 0
    assert copy.left_over() == []


def test_a_killed_post_is_started_again_and_ends_with_the_portal(started):
    copy = started()
    assert f"http://127.0.0.1:{copy.port}/demo/mail/" in copy.words
    wait_for(lambda: children(copy.process.pid, POST))
    (post,) = children(copy.process.pid, POST)
    os.kill(post, signal.SIGKILL)

    wait_for(lambda: children(copy.process.pid, POST) not in ([], [post]))

    copy.read_until("The post had stopped and was started again.")
    (again,) = children(copy.process.pid, POST)
    assert copy.stop() == 0
    assert not Path(f"/proc/{again}").exists()
    assert copy.left_over() == []


def test_when_the_web_server_dies_the_portal_says_so_and_stops(started):
    copy = started()
    (serving,) = children(copy.process.pid, b"rpcportal.serve")
    os.kill(serving, signal.SIGKILL)

    assert copy.wait() == 1
    assert "The web server stopped by itself" in copy.words
    assert copy.left_over() == []


def test_nothing_outlives_a_killed_portal(started):
    copy = started()
    copy.process.kill()
    copy.wait()

    wait_for(lambda: copy.left_over() == [])


# --- Refusals ------------------------------------------------------------------------------


def refuse(tmp_path, *arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "rpcportal.run", *arguments],
        cwd=settings.BASE_DIR,
        env=clean_environment(RPCPORTAL_DATA=tmp_path / "data", **environment),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip().splitlines()[-1]


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, sentence = refuse(tmp_path, PORT=port)

    assert code == 1
    assert sentence.startswith(f"Port {port} is in use by another program; choose another one")


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "٨"])
def test_a_port_that_is_none_is_named(tmp_path, port):
    assert refuse(tmp_path, PORT=port) == (
        1,
        f"PORT must be a number from 1 to 65535, not “{port}”.",
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://ann:s3cret@127.0.0.1:1/portal", "The database that DATABASE_URL names"),
        ("mysterious://ann:s3cret@127.0.0.1/portal", "DATABASE_URL cannot be read"),
        ("postgresql://ann:s3cret@127.0.0.1:port/portal", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path, url, sentence):
    with socket.socket():
        code, words = refuse(tmp_path, PORT=free_port(), DATABASE_URL=url)

    assert code == 1
    assert "s3cret" not in words
    assert not (tmp_path / "data" / "postgres").exists()


def test_help_names_what_can_be_set():
    done = subprocess.run(
        [sys.executable, "-m", "rpcportal.run", "--help"],
        cwd=settings.BASE_DIR,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    for word in ("PORT", "RPCPORTAL_DATA", "DATABASE_URL", "--no-demo", "Ctrl-C"):
        assert word in done.stdout
