"""The ways in: django-allauth's pages, with what ours add.

A person may come from a page whose session ended; ``next`` says which, and every step hands
it on to the next one, so that no way in loses it.
"""

from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic.edit import FormView

from partnerships import limits
from partnerships.kept import is_waiting_at
from partnerships.mail import about_code
from partnerships.models import OutgoingMail

WAYS_IN = (
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_authenticate",
)
NEXT_FIELD = '<input type="hidden" name="next" value="{}">'
TOO_MANY_CODES = (
    "That was the fifth code that is not right, so the one in the e-mail no longer works. "
    "Ask for another."
)
ANOTHER_CODE = "Another e-mail is on its way. The code from the one before no longer works."


def handing_on_next(view):
    """Decorator: from one step of signing in to another, ``next`` comes along."""

    @wraps(view)
    def handing_on(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        there = get_next_redirect_url(request)
        if there and response.get("Location") in set(map(reverse, WAYS_IN)):
            response["Location"] += f"?{urlencode({'next': there})}"
        return response

    return handing_on


class WayIn:
    """What every page of signing in knows: where the person wants to go, and what waits there."""

    def get_context_data(self, **kwargs):
        there = get_next_redirect_url(self.request)
        return {
            **super().get_context_data(**kwargs),
            "next": there,
            "redirect_field": format_html(NEXT_FIELD, there) if there else "",
            "carried": f"?{urlencode({'next': there})}" if there else "",
            "again": f"?{urlencode({'again': 1, **({'next': there} if there else {})})}",
            "words_wait": bool(there) and is_waiting_at(self.request, there),
        }


class BeginsAgain:
    """Whoever opens the door while a sign-in is half done goes on with it.

    Not with ``again`` in the address, and not when something was sent: that is a new start.
    """

    def _redirect_to_pending_stage(self, request, stage):
        if request.method == "POST" or "again" in request.GET:
            return None
        return super()._redirect_to_pending_stage(request, stage)


class SignIn(WayIn, BeginsAgain, LoginView):
    """E-mail address and password, and the way to the other ways in."""


class AskForCode(WayIn, BeginsAgain, RequestLoginCodeView):
    """Where a code is to be sent. Who has no account gets an e-mail as well."""

    def form_valid(self, form):
        response = super().form_valid(form)
        if form._user is None:  # allauth's own mail names an address for signing up
            email = form.cleaned_data["email"]
            get_adapter().send_mail("account/email/unknown_account", email, {})
        if "again" in self.request.POST:
            messages.success(self.request, ANOTHER_CODE)
        return response


class EnterCode(WayIn, ConfirmLoginCodeView):
    """The code from the e-mail."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "email": self._process.state["email"]}

    def form_invalid(self, form):
        """Only a code that was looked at, and was not right, is one of the five."""
        if not form.has_error("code", "incorrect_code"):
            return FormView.form_invalid(self, form)
        response = super().form_invalid(form)
        if "Location" in response:
            messages.error(self.request, TOO_MANY_CODES)
        return response

    def get_context_data(self, **kwargs):
        """With what became of the e-mail, which is the same where nobody has an account."""
        context = super().get_context_data(**kwargs)
        mail = OutgoingMail.objects.about(about_code(context["email"])).first()
        return {**context, "mail": mail}


class SecondStep(WayIn, AuthenticateView):
    """A code from the app, a recovery code or a passkey, after a password or an e-mailed code."""

    def form_valid(self, form):
        """On to where the person wanted to go last: another tab may have ended up here too."""
        if there := get_next_redirect_url(self.request):
            self.stage.login.redirect_url = there
        return super().form_valid(form)


class SignInWithPasskey(LoginWebAuthnView):
    """The answer of a passkey; for the script that asks, what it is to be asked."""

    def _redirect_to_pending_stage(self, request, stage):
        return None

    def get(self, request, *args, **kwargs):
        if get_adapter().is_ajax(request):
            address = limits.client_address(request)
            limits.check(limits.PASSKEYS_ASKED_FROM_ADDRESS, address)
        return super().get(request, *args, **kwargs)

    def form_invalid(self, form):
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect("account_login")


sign_in = handing_on_next(SignIn.as_view())
ask_for_code = handing_on_next(AskForCode.as_view())
enter_code = handing_on_next(EnterCode.as_view())
second_step = handing_on_next(SecondStep.as_view())
sign_in_with_passkey = handing_on_next(SignInWithPasskey.as_view())
