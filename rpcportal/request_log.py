"""One line for every request, and one for each time somebody signs in, fails to or is refused.

Numbers and names of routes only: no path, no address, no name, nothing that was sent.
"""

import logging
import re
import secrets
import time

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.urls import Resolver404, resolve

from rpcportal import logs

HEADER = "X-Request-ID"
# A proxy's own reference is taken over; anything else could write lines of its own.
TAKEN_OVER = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
# Steps of signing in whose failure Django's signal does not tell: codes and passkeys. Each
# shows its form again, and leads on to another page when it went well.
STEPS = {"account_confirm_login_code", "mfa_authenticate", "mfa_login_webauthn"}

requests = logging.getLogger("rpcportal.requests")
events = logging.getLogger("rpcportal.events")


def written_down(get_response):
    """Middleware: give the request a reference, and write its line when it is answered.

    It stands first, so that the line counts the whole time, and asks no database.
    """

    def middleware(request):
        began = time.perf_counter()
        reference = _reference(request)
        logs.begin(reference, route=_route(request), path=request.path)
        response = get_response(request)
        response[HEADER] = reference
        _write_event(request, response)
        _write_line(request, response, began)
        return response

    return middleware


def note(event, *, level=logging.INFO, user=None):
    """Write down that something happened; ``user`` is the number of whoever it was."""
    events.log(level, event, extra={"event": event, "user": user})


@receiver(user_logged_in, dispatch_uid="rpcportal.request_log")
def _signed_in(sender, user, **kwargs):
    note("signed_in", user=user.pk)


@receiver(user_login_failed, dispatch_uid="rpcportal.request_log")
def _failed(sender, **kwargs):
    note("sign_in_failed", level=logging.WARNING)


def _reference(request):
    given = request.headers.get(HEADER, "")
    return given if TAKEN_OVER.fullmatch(given) else secrets.token_hex(8)


def _route(request):
    """The name of the page, which says what was asked for without saying whose it is."""
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return None


def _write_event(request, response):
    if response.status_code in {403, 429}:
        # Only a person who was loaded anyway: a reference to nobody is no reason to ask.
        user = getattr(request, "_cached_user", None)
        note("refused", level=logging.WARNING, user=user and user.pk)
    elif request.method == "POST" and response.status_code in {200, 400, 422}:
        match = request.resolver_match
        if match and match.view_name in STEPS:
            note("sign_in_failed", level=logging.WARNING)


def _write_line(request, response, began):
    method = request.method if request.method in METHODS else "other"
    facts = {
        "method": method,
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }
    requests.info("%s answered %s", method, response.status_code, extra=facts)
