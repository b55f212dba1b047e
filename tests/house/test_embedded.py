"""The portal's own PostgreSQL: shared by its users, stopped by the last, safe to kill."""

import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest

from rpcportal.kit import embedded
from rpcportal.kit.embedded import EmbeddedServer, EmbeddedServerError, database_url

USER_OF_THE_SERVER = """
import sys, time
from rpcportal.kit.embedded import EmbeddedServer
EmbeddedServer(sys.argv[1]).attach()
print("attached", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder with a database in it, made once: initdb takes a second."""
    folder = tmp_path_factory.mktemp("data folder")
    EmbeddedServer(folder).attach().detach()
    return folder


@pytest.fixture
def server(made):
    server = EmbeddedServer(made)
    yield server
    server.detach()
    assert server.process() is None


@pytest.fixture
def other_user(made):
    """Another process that uses the same server."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, made], stdout=subprocess.PIPE
    )
    yield process
    process.kill()
    process.communicate()


def select_one(folder):
    connection = psycopg2.connect(database_url(folder))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        answer = cursor.fetchone()
    connection.close()
    return answer


def test_a_folder_with_spaces_is_served_and_its_server_stopped(server, made):
    server.attach()

    assert " " in str(made)
    assert select_one(made) == (1,)


def test_the_last_user_stops_the_server(server, other_user):
    assert other_user.stdout.readline() == b"attached\n"
    server.attach()
    first = server.process()
    server.detach()

    assert server.process() == first

    server.attach()
    other_user.kill()
    other_user.wait()
    server.detach()

    assert server.process() is None


def test_a_server_that_its_user_left_by_kill_9_is_taken_over_and_stopped(server, other_user):
    assert other_user.stdout.readline() == b"attached\n"
    left = server.process()
    other_user.kill()
    other_user.wait()

    server.attach()

    assert server.process() == left


def test_a_server_that_was_killed_itself_starts_again_with_its_data(server, made):
    server.attach()
    connection = psycopg2.connect(database_url(made))
    with connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number")
    connection.close()
    os.kill(server.process(), signal.SIGKILL)
    while server.process() is not None:
        time.sleep(0.01)

    assert server.keep_running() is True
    assert server.keep_running() is False

    connection = psycopg2.connect(database_url(made))
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kept")
        assert cursor.fetchone() == (7,)
    connection.close()


def test_a_process_number_that_now_belongs_to_someone_else_is_no_server(server, made):
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")

    assert server.process() is None

    server.attach()

    assert select_one(made) == (1,)


def test_a_making_that_was_cut_short_is_done_again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("half")
    (folder / "postgres.unfinished").mkdir()
    (folder / "postgres.unfinished" / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(folder).attach()

    assert select_one(folder) == (1,)
    assert not (folder / "postgres.unfinished").exists()

    server.detach()


@pytest.mark.parametrize("name", ["long" * 40, "café, naïve & 100%"])
def test_a_path_that_a_socket_cannot_have_is_served_through_another_one(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("odd") / name
    server = EmbeddedServer(folder).attach()

    assert server.sockets.parent != folder
    assert select_one(folder) == (1,)

    server.detach()
    server.sockets.rmdir()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    theirs = tmp_path / "sockets"
    theirs.symlink_to(tmp_path)
    monkeypatch.setattr(embedded, "socket_folder", lambda folder: theirs)
    server = EmbeddedServer(tmp_path / "data")

    with pytest.raises(EmbeddedServerError, match="belongs to someone else"):
        server.attach()
    server.detach()


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(EmbeddedServerError, match=r"^The data folder .* cannot be used: "):
        EmbeddedServer(tmp_path / "file" / "data").attach()


def test_nothing_that_people_typed_stands_in_the_log(server, made):
    server.attach()
    connection = psycopg2.connect(database_url(made))
    with connection.cursor() as cursor, pytest.raises(psycopg2.Error):
        cursor.execute("SELECT 'what a person typed'::integer")
    connection.close()

    assert "SELECT" not in server.log.read_text()
