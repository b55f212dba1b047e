"""Databases for tests: migrated once, then copied for every test process.

Migrating takes seconds, copying a migrated database a fraction of one. The migrated
database (the template) is kept on our own test server for the next run; its name holds a
digest of the code that shapes it, so changed migrations make a new one. On a server that
``DATABASE_URL`` names nothing is left behind.
"""

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from rpcportal.kit.embedded import EmbeddedServer, socket_folder

TEMPLATE = "test_template_"
COPY = "test_copy_"
LOCK = 4107  # any number: only test processes take this advisory lock


@contextmanager
def server():
    """The PostgreSQL that the tests use: our own in var/tests, or the one DATABASE_URL names."""
    if not settings.EMBEDDED_DATABASE:
        yield
        return
    folder = settings.BASE_DIR / "var" / "tests"
    connection.settings_dict["HOST"] = str(socket_folder(folder))
    # Test data may be lost with the machine, so nothing waits for the disk.
    embedded = EmbeddedServer(folder, fsync="off", synchronous_commit="off").attach()
    try:
        yield
    finally:
        connections.close_all()
        embedded.detach()


def make():
    """Make this process's database, point Django at it and return its name."""
    template = TEMPLATE + _digest()
    name = f"{COPY}{os.getpid()}"
    with _locked() as cursor:
        _drop_leftovers(cursor, template)
        if not _exists(cursor, template):
            _build(cursor, template)
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    _use(name)
    if settings.EMBEDDED_DATABASE:
        connection.ops.sql_flush = _sql_that_empties
    return name


def _sql_that_empties(style, tables, *, reset_sequences=False, allow_cascade=False):
    """What empties the tables after a test that commits.

    Django's TRUNCATE makes new files for every table and index, in half a second; most hold
    nothing. As with it, whoever still writes is waited for, and no trigger or guard runs.
    """
    usual = type(connection.ops).sql_flush
    if reset_sequences or not tables:
        return usual(
            connection.ops,
            style,
            tables,
            reset_sequences=reset_sequences,
            allow_cascade=allow_cascade,
        )
    names = [connection.ops.quote_name(table) for table in tables]
    return [
        f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
        "SET LOCAL session_replication_role = replica",
        "; ".join(f"DELETE FROM {name}" for name in names),
    ]


def drop(name):
    """Drop this process's database (and the template, on a server that is not ours)."""
    connections.close_all()
    with _locked() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if not settings.EMBEDDED_DATABASE and not _names(cursor, COPY):
            for template in _names(cursor, TEMPLATE):
                cursor.execute(f"DROP DATABASE {template} WITH (FORCE)")


@contextmanager
def _locked():
    """A cursor outside every test database; one test process at a time has it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor


def _build(cursor, template):
    unfinished = f"{template}_unfinished"
    cursor.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {unfinished}")
    _use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")


def _drop_leftovers(cursor, template):
    """Copies whose process was killed, and templates of other code that nobody copies now."""
    for name in _names(cursor, COPY):
        if settings.EMBEDDED_DATABASE and not Path(f"/proc/{name.removeprefix(COPY)}").exists():
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    for name in _names(cursor, TEMPLATE):
        if settings.EMBEDDED_DATABASE and name != template:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _use(name):
    connections.close_all()
    connection.settings_dict["NAME"] = name


def _exists(cursor, name):
    return name in _names(cursor, name)


def _names(cursor, prefix):
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in cursor.fetchall()]


def _digest():
    """Of every file that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        files = [*folder.glob("models.py"), *folder.glob("models/*"), *folder.glob("migrations/*")]
        for file in sorted(files):
            if file.suffix in {".py", ".sql"}:
                digest.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]
