"""``script/run`` as people meet it: a process that starts, answers, and leaves nothing behind."""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from rpcportal.kit.embedded import EmbeddedServer

SECONDS = 90  # a start on a busy machine
POST = b"manage.py\0post"


class Portal:
    """One copy of the portal, run as script/run runs it."""

    def __init__(self, data, *arguments, **environment):
        self.data = data
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rpcportal.run", *arguments],
            cwd=settings.BASE_DIR,
            env=clean_environment(RPCPORTAL_DATA=data, PORT=self.port) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.words = ""

    def read_until(self, words):
        for line in self.process.stdout:
            self.words += line
            if words in line:
                return
        raise AssertionError(f"It ended without saying “{words}”:\n{self.words}")

    def wait_until_up(self):
        self.read_until("Ctrl-C stops")
        return self

    def stop(self, how=signal.SIGTERM):
        """Stop it and return its exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self):
        output, _ = self.process.communicate(timeout=SECONDS)
        self.words += output
        return self.process.returncode

    def status(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/")
        status = connection.getresponse().status
        connection.close()
        return status

    def left_over(self):
        """The command lines of processes that belong to this copy's data folder."""
        wanted = f"RPCPORTAL_DATA={self.data}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes())
            except OSError:
                continue  # ended meanwhile, or somebody else's
        return [line for line in found if line]


def clean_environment(**values):
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "RPCPORTAL_HOSTS", "RPCPORTAL_SMTP"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {name: str(value) for name, value in values.items()}


def free_port():
    # Below the range from which the system gives ports to clients, which may come back late.
    for port in range(20000 + os.getpid() % 9000, 32000):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def wait_for(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


FIRST_STEPS = ("Making the database", "Bringing the database")


@pytest.fixture
def portal(tmp_path):
    """``portal(name, …)`` starts a copy with a data folder of that name."""
    copies = []

    def start(name="data", *arguments, **environment):
        copies.append(Portal(tmp_path / name, *arguments, **environment))
        return copies[-1]

    yield start
    for copy in copies:
        if copy.process.poll() is None:
            copy.stop()
        copy.process.stdout.close()
        EmbeddedServer(copy.data).stop()


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A data folder of a portal that was started once, without the demo, and stopped; before that
    it was told to stop in the middle of its first start, twice.

    All processes of a test run share one: making it takes longer than most of these tests.
    """
    folder = tmp_path_factory.getbasetemp().parent / "made"
    with (folder.parent / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            for step in FIRST_STEPS:
                copy = Portal(half, "--no-demo")
                stop_at(step, copy)
                copy.process.stdout.close()
            copy = Portal(half, "--no-demo").wait_until_up()
            assert copy.stop() == 0
            copy.process.stdout.close()
            half.rename(folder)
    return folder


@pytest.fixture
def started(portal, made, tmp_path):
    """``started(name)``: a portal that has been started before, and is up again."""

    def start(name="data"):
        # With owners: the database belongs to another user where the portal runs as root.
        subprocess.run(["cp", "-a", made, tmp_path / name], check=True)
        return portal(name, "--no-demo").wait_until_up()

    return start


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


def stop_at(step, copy):
    copy.read_until(step)
    time.sleep(0.3)

    assert copy.stop() == 0
    assert copy.left_over() == []


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


def children(parent, words=b""):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status[1]) == parent and words in command and status[0] != "Z":
            found.append(int(folder.name))
    return found


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
