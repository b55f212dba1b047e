"""Reading a page survives a restart of PostgreSQL.

A restart ends every open connection, so whoever was in the middle of a page gets an error
although the page changes nothing and could simply be built again. This middleware builds
it again, once, on a new connection (which waits: see kit/postgres). A request that writes
is never repeated: docs/decisions/0003-surviving-a-restart.md.

It stands first of all middleware that asks the database: some loads the session and the user and
is cut off as well.
"""

import logging
import sys

import psycopg2
from django.core.signals import got_request_exception
from django.db import connections
from django.dispatch import receiver

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOST = (psycopg2.OperationalError, psycopg2.InterfaceError)
# PostgreSQL's error classes for a connection that broke and for a server that is stopping.
CUT_OFF_CLASSES = ("08", "57P")

log = logging.getLogger(__name__)


class RepeatSafeRequests:
    """Middleware: a safe request that the database cut off is answered a second time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.may_be_repeated = request.method in SAFE_METHODS
        try:
            return self.get_response(request)
        except CutOff:
            log.warning("The database went away during %s %s; again", request.method, request.path)
            for connection in connections.all(initialized_only=True):
                connection.close()
            return self.get_response(request)
        finally:
            request.may_be_repeated = False  # nobody further out would catch CutOff


class CutOff(BaseException):
    """The way back to RepeatSafeRequests.

    Between two middlewares Django turns every Exception into an error page; this is none,
    so it passes, and no error page is built in vain.
    """


@receiver(got_request_exception, dispatch_uid="rpcportal.kit.restarts")
def leave_for_another_try(sender, request=None, **kwargs):
    """Called by Django with the exception in hand, before it builds the error page."""
    if getattr(request, "may_be_repeated", False) and is_cut(sys.exception()):
        request.may_be_repeated = False
        raise CutOff


def is_cut(exception):
    """Whether the connection was lost, rather than the query refused (a deadlock, say)."""
    error = exception.__cause__
    # psycopg2 reports a vanished server as any of three classes, mostly without a code.
    lost = isinstance(error, LOST) or type(error) is psycopg2.DatabaseError
    if not lost or hasattr(error, "gave_up"):
        return False
    return error.pgcode is None or error.pgcode.startswith(CUT_OFF_CLASSES)
