"""Nobody gets in without signing in, and nobody's words are lost at that door."""

import json

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import render

from partnerships.forms import SignInForm


class SignInFirst(LoginRequiredMiddleware):
    """Django's middleware, which keeps what a form sent after its session had ended.

    The sign-in page then carries it along, and hands it back once the person is in: see
    ``partnerships.views.SignIn``. A save in the background is redirected as ever; the
    script behind it keeps the words itself.
    """

    def handle_no_permission(self, request, view_func):
        if request.method != "POST" or "X-Autosave" in request.headers:
            return super().handle_no_permission(request, view_func)
        context = {
            "form": SignInForm(request),
            "next": request.get_full_path(),
            "kept": pack(request.POST),
        }
        return render(request, "partnerships/sign_in.html", context, status=401)


def pack(data):
    """What a form sent, as one text: JSON pairs of name and value, without the token."""
    pairs = [(name, value) for name, values in data.lists() for value in values]
    return json.dumps([pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"])


def unpack(text):
    """The pairs of ``pack``; none for a text that is not one."""
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(pairs, list):
        return []
    return [pair for pair in pairs if isinstance(pair, list) and list(map(type, pair)) == [str] * 2]
