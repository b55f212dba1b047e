"""The pages for when something goes wrong: each says what happened and what to do.

404, 403 and 429 look like any page of the portal. The others are rendered without the request,
so that no context processor touches a session or a database that may be what is broken.
Where it is our fault, the page shows the reference that its lines in the log carry.
"""

import sys

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from partnerships.kept import pairs_of
from partnerships.limits import TooOften
from rpcportal.logs import request_id

RETRY_SECONDS = 30
NOT_ALLOWED = "Your role does not let you do this."


def bad_request(request, exception=None):
    """400: what was sent cannot be taken; too much of it is the case that people meet."""
    context = {
        "too_big": isinstance(exception, RequestDataTooBig),
        "too_many": isinstance(exception, TooManyFieldsSent),
    }
    return _alone("400.html", context, status=400)


def forbidden(request, exception=None):
    """403: someone inside the partnership may not do this; the exception's sentence says why.

    429 for what was tried too often: nobody can help with that, only time.
    """
    if isinstance(exception, TooOften):
        return render(request, "429.html", {"sentence": str(exception)}, status=429)
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"sentence": sentence or NOT_ALLOWED}, status=403)


def not_found(request, exception=None):
    """404: nothing is here, or it belongs to a partnership that the person is not in."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500: our fault; or 503 when the cause is a database that is away.

    Django calls this while it handles the exception, whether a view or a middleware (the
    session, the signed-in person) met it. A middleware of ours would see only the views'.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return database_away()
    return _alone("500.html", {"reference": request_id()}, status=500)


def database_away():
    """503: nothing can be read or written; browsers and monitors learn when to come back."""
    context = {"seconds": RETRY_SECONDS, "reference": request_id()}
    response = _alone("503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request, reason=""):
    """403 for a form whose page was open too long, or whose browser keeps no cookies.

    Signing in anew in another tab ends the token of every page that was open. What such a
    page sent is shown to the person again, who sends it; nothing is done with it before.
    """
    if request.method == "POST" and _is_from_here(request) and request.user.is_authenticated:
        return _send_again(request)
    context = {"no_cookie": reason == REASON_NO_CSRF_COOKIE}
    return _alone("csrf.html", context, status=403)


def _is_from_here(request):
    """Whether the browser says that one of our own pages sent this."""
    origin = request.headers.get("Origin")
    return bool(origin) and origin == f"{request.scheme}://{request.get_host()}"


def _send_again(request):
    if not getattr(request.resolver_match.func, "login_required", True):
        return redirect("home")  # the same sign-in twice: the first one let the person in
    context = {"action": request.get_full_path(), "pairs": pairs_of(request.POST)}
    return render(request, "partnerships/send_again.html", context, status=403)


def _alone(template, context, *, status):
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response
