"""Pages that go wrong in each way, as an URLconf, and reading what was logged of them."""

import io
import json
import logging.config
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from partnerships.models import User
from rpcportal import logs, urls

ADDRESS = "ada.marsh+rpc@rochdale.example"
TYPED = "Two lines\nof what Ada typed"
log = logging.getLogger("tests.logs")


def fault(request, token):
    """A fault of ours, whose words name somebody."""
    raise RuntimeError(f"No reply to {ADDRESS} about {request.get_full_path()}")


def clash(request, token):
    """PostgreSQL refuses a second account, and quotes the address."""
    User.objects.create(email=ADDRESS)
    User.objects.create(email=ADDRESS)


def nonsense(request, token):
    """PostgreSQL refuses a value, and quotes it with the line that it stood in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [TYPED])


def away(request, token):
    """The database is gone."""
    raise OperationalError("could not connect")


def refused(request, token):
    """Somebody may not do this."""
    raise PermissionDenied(f"Ask {ADDRESS}.")


def said(request, token):
    """Something is worth a line, and repeats what was sent."""
    log.warning("Sent: %s by %s", request.GET["words"], ADDRESS)
    return HttpResponse()


VIEWS = {view.__name__: view for view in (fault, clash, nonsense, away, refused, said)}
for view in VIEWS.values():
    view.login_required = False
urlpatterns = [
    *(path(f"{name}/<token>/", view, name=name) for name, view in VIEWS.items()),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler500
)  # fmt: skip


@contextmanager
def logged_as(style):
    """Log by that configuration; yields where it is written."""
    written, stderr = io.StringIO(), sys.stderr
    sys.stderr = written
    try:
        logging.config.dictConfig(logs.configuration(style))
        yield written
    finally:
        sys.stderr = stderr
        logging.config.dictConfig(settings.LOGGING)


@contextmanager
def client_of_faulty_pages():
    """A client for whom these pages stand before the portal's own."""
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def lines_of(written):
    """The lines as they were before they became JSON."""
    return [json.loads(line) for line in written.getvalue().splitlines()]
