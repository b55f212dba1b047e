"""Two addresses for machines: whether the portal runs, and whether it can do its work.

A load balancer calls them by IP address, without HTTPS and many times a minute. So they
are answered before the host is checked and before session and person are loaded; neither
waits for a database that is away, as pages do (kit/postgres).
"""

import functools
import logging
import tempfile

import psycopg2
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import JsonResponse
from django.views.decorators.http import require_safe

OK = "ok"
SECONDS = 2  # for each step of asking the database
NOT_KNOWN = "Not known while the database does not answer."

log = logging.getLogger(__name__)


def answered_first(get_response):
    """Middleware: answer these two addresses without what stands further in."""

    def middleware(request):
        view = VIEWS.get(request.path_info)
        return view(request) if view else get_response(request)

    return middleware


@login_not_required
@require_safe
def live(request):
    """200 as long as this process answers, whatever else is away."""
    return _answer({"status": OK})


@login_not_required
@require_safe
def ready(request):
    """200 when a page could be served; otherwise 503, and which check says why not."""
    checks = {**database_checks(), "data_folder": data_folder_check()}
    if all(found == OK for found in checks.values()):
        return _answer({"status": OK, "checks": checks})
    return _answer({"status": "not ready", "checks": checks}, status=503)


VIEWS = {"/health/live": live, "/health/ready": ready}


def database_checks():
    """Whether the database answers, and whether it has every migration of this code.

    Why it does not answer is in the log alone: the reason names the host.
    """
    try:
        pending = len(_migrations() - _applied())
    except psycopg2.Error as error:
        log.warning("The database does not answer: %s", error)
        return {"database": "It does not answer as it should.", "migrations": NOT_KNOWN}
    return {"database": OK, "migrations": f"{pending} still to be made." if pending else OK}


def data_folder_check():
    """Whether a file can be written; a full disk and a missing folder look the same here."""
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR, buffering=0) as file:
            file.write(b"x")
    except OSError as error:
        return f"It cannot be written to: {error.strerror}."
    return OK


@functools.cache
def _migrations():
    """Of this code, which does not change while it runs: pairs of app and name."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _applied():
    """Of the database, asked on a connection of its own that gives up soon."""
    given = connection.get_connection_params()
    limits = {"connect_timeout": SECONDS, "tcp_user_timeout": SECONDS * 1000}
    database = psycopg2.connect(**given | limits)
    try:
        with database.cursor() as cursor:
            # Not among the connection's options, which a pooler in between would refuse.
            cursor.execute(f"SET LOCAL statement_timeout = {SECONDS * 1000}")
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if not cursor.fetchone()[0]:
                return frozenset()
            cursor.execute("SELECT app, name FROM django_migrations")
            return frozenset(cursor.fetchall())
    finally:
        database.close()


def _answer(content, *, status=200):
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
