"""One's own second step: an app, passkeys, recovery codes. django-allauth's pages, made ours."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.generic.edit import FormView

from partnerships.proving import proved_recently

GO_ON_AFTER = "go_on_after_second_step"
GROUP = 4  # figures or letters that are easily copied at a glance


def signed_in_lately(view):
    """Decorator: for people who have nothing to prove themselves by but signing in once more.

    The others are asked for their password, their app or their passkey by allauth.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        methods = get_adapter().get_reauthentication_methods(request.user)
        if methods or proved_recently(request):
            return view(request, *args, **kwargs)
        return render(request, "partnerships/sign_in_again.html", {"next": request.path})

    return checked


class Index(IndexView):
    """What is set up, and what can be; for people who must have one, where they were going."""

    def get_context_data(self, **kwargs):
        session = self.request.session
        if there := get_next_redirect_url(self.request):
            session[GO_ON_AFTER] = there
        elif self.request.user.has_second_factor:
            there = session.pop(GO_ON_AFTER, None)
        return {**super().get_context_data(**kwargs), "go_on": there}


class LastOne:
    """Says whether what is about to go is the only second step that somebody must have."""

    def get_context_data(self, **kwargs):
        user = self.request.user
        steps = user.authenticator_set.exclude(type=Authenticator.Type.RECOVERY_CODES)
        is_last = steps.count() == 1
        return {
            **super().get_context_data(**kwargs),
            "is_last": is_last,
            "is_needed": is_last and user.must_have_second_factor,
        }


class AddApp(ActivateTOTPView):
    """Scan a picture or type a key, then prove that it worked."""

    def dispatch(self, request, *args, **kwargs):
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect("mfa_index")  # the same click twice: the first one set it up
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "key": in_groups(context["form"].secret)}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:  # twice at the same moment
            return redirect("mfa_index")


class RemoveApp(LastOne, DeactivateTOTPView):
    """The app is no longer asked for."""


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes for when the phone is lost."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["codes"] = [in_groups(code) for code in context["unused_codes"]]
        return {**context, "go_on": self.request.session.get(GO_ON_AFTER)}


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Ten new ones; the old ones stop working."""

    def form_valid(self, form):
        messages.success(self.request, "These are your new codes. The old ones no longer work.")
        return super().form_valid(form)


class AddPasskey(AddWebAuthnView):
    """A passkey that signs in by itself, and is the second step after a password as well."""

    def get_context_data(self, **kwargs):
        context = FormView.get_context_data(self, **kwargs)
        options = begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}


class RemovePasskey(LastOne, RemoveWebAuthnView):
    """The passkey no longer opens anything."""


class AsksAgain:
    """A page that asks who somebody is, before something that matters."""

    def _check_reauthentication_method_available(self, request):
        if not get_adapter().get_reauthentication_methods(request.user):
            there = get_next_redirect_url(request) or request.path
            return render(request, "partnerships/sign_in_again.html", {"next": there})
        return super()._check_reauthentication_method_available(request)

    def get_context_data(self, **kwargs):
        there = get_next_redirect_url(self.request)
        return {**super().get_context_data(**kwargs), "next": there}


class PasswordAgain(AsksAgain, ReauthenticateView):
    """The password once more."""


class CodeAgain(AsksAgain, ReauthenticateByCodeView):
    """A code from the app, or a recovery code."""


class PasskeyAgain(AsksAgain, ReauthenticateWebAuthnView):
    """The passkey once more."""

    def form_invalid(self, form):
        """The page again, with a new question for the passkey."""
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect(self.request.get_full_path())


def in_groups(text):
    """“ABCDEFGH” as “ABCD EFGH”."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


index = Index.as_view()
add_app = signed_in_lately(AddApp.as_view())
remove_app = RemoveApp.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
add_passkey = signed_in_lately(AddPasskey.as_view())
remove_passkey = RemovePasskey.as_view()
password_again = PasswordAgain.as_view()
code_again = CodeAgain.as_view()
passkey_again = PasskeyAgain.as_view()
