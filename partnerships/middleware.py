"""Nobody gets in without signing in, nobody's words are lost at that door, and every change
says who made it.
"""

import pghistory
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from pghistory.middleware import HistoryMiddleware

from partnerships.kept import forget_arrived, keep
from partnerships.single_sign_on import took_second_step_there

SECOND_STEP_FIRST = (
    "Your partnership now asks for a second step when you sign in. Set it up under “Your account” "
    "in another tab, then come back: your words are still here."
)


class SignInFirst(LoginRequiredMiddleware):
    """Django's middleware, which keeps what a form sent after its session had ended.

    A save in the background is redirected as ever; the script behind it keeps the words
    itself.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Nobody is looked up for a page that is for everybody: Django does that first."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method != "POST" or "X-Autosave" in request.headers:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(keep(request) or request.get_full_path(), settings.LOGIN_URL)

    def process_response(self, request, response):
        """Words that were kept have arrived when the form that they are in was taken."""
        if (
            request.method == "POST"
            and response.status_code < 400
            and request.user.is_authenticated
        ):
            forget_arrived(request)
        return response


class SecondFactorFirst:
    """Whoever must sign in with a second step sets it up before anything else."""

    OPEN = ("account_", "mfa_", "sign_out", "send_again", "your_", "roles", "page", "usersessions_")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """To the page on second steps, unless this one needs none."""
        if not getattr(view_func, "login_required", True):
            return None  # before anybody is looked up: phones in a room poll such pages
        user = request.user
        if not (user.is_authenticated and user.must_have_second_factor):
            return None
        if user.has_second_factor or took_second_step_there(request):
            return None
        if (request.resolver_match.view_name or "").startswith(self.OPEN):
            return None
        if "X-Autosave" in request.headers:
            return JsonResponse({"refusal": SECOND_STEP_FIRST}, status=403)
        here = request.get_full_path()
        if request.method == "POST":
            here = keep(request) or here
        return redirect(f"{reverse('mfa_index')}?{urlencode({'next': here})}")


class WhoChangedIt(HistoryMiddleware):
    """Tells the triggers that write the history who it is that changes something."""

    def get_context(self, request):
        """Nothing yet: which page it is, and whether it names anybody, is known below."""
        return {}

    def process_view(self, request, view_func, view_args, view_kwargs):
        """The person's number alone: an address may hold a secret, a name is forgettable."""
        names_nobody = getattr(view_func, "names_nobody", False)
        pghistory.context(user=None if names_nobody else request.user.pk)
