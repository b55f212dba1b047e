"""Forms for getting in and for one's own account.

Each guess at a secret is counted before it is looked at (partnerships.limits).
"""

from datetime import UTC, datetime

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, ReauthenticateForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as app
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from partnerships import limits
from rpcportal.kit.forms import PlainTextField, PortalForm, PortalFormMixin

CODE_INPUT = {
    "autocomplete": "one-time-code",
    "spellcheck": "false",
    "autocapitalize": "off",
    "class": "govuk-input--width-10",
}
EMAIL_INPUT = {"autocomplete": "username", "spellcheck": "false", "autocapitalize": "off"}
LONGEST_EMAIL = 254
APP_CODE_USED = "app code used"


class SignInForm(PortalFormMixin, LoginForm):
    """E-mail address and password. The adapter counts the try before the password is hashed."""

    mark_optional = False
    asks_for = {"login": "your e-mail address", "password": "your password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["login"].widget = forms.EmailInput(attrs=dict(EMAIL_INPUT))
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class AskForCodeForm(PortalFormMixin, AllauthRequestLoginCodeForm):
    """Where the code is to be sent. The answer is the same whether there is an account."""

    mark_optional = False
    asks_for = {"email": "your e-mail address"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].widget.attrs = dict(EMAIL_INPUT)
        self.fields["email"].validators.append(_not_longer_than_mail_allows)

    def clean_email(self):
        """Not too often, counted before anything is looked up."""
        email, request = self.cleaned_data["email"], context.request
        limits.check_form(
            (limits.CODES_FROM_ADDRESS, limits.client_address(request)),
            (limits.CODE_TO_ACCOUNT_FROM_ADDRESS, limits.of_account_from_here(request, email)),
            (limits.CODE_TO_ACCOUNT, email),
        )
        return super().clean_email()


def _not_longer_than_mail_allows(address):
    if len(address) > LONGEST_EMAIL:
        raise forms.ValidationError(
            f"An e-mail address has at most {LONGEST_EMAIL} characters. Check it."
        )


class CodeForm(PortalFormMixin, ConfirmLoginCodeForm):
    """The code from the e-mail that was sent to ``email``."""

    mark_optional = False
    asks_for = {"code": "the code from the e-mail"}

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["code"].label = "Code"
        self.fields["code"].widget.attrs = dict(CODE_INPUT)

    def clean_code(self):
        """The right one, and not guessed at too often."""
        request, by_account = context.request, limits.CODE_GUESSES_OF_ACCOUNT_FROM_ADDRESS
        limits.check_form(
            (limits.CODE_GUESSES_FROM_ADDRESS, limits.client_address(request)),
            (by_account, limits.of_account_from_here(request, self.email)),
        )
        return super().clean_code()


class PasswordAgainForm(PortalFormMixin, ReauthenticateForm):
    """One's password once more, before something that matters. Counted by the adapter."""

    mark_optional = False
    asks_for = {"password": "your password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class ChoosePasswordForm(PortalFormMixin, SetPasswordForm):
    """A new password, typed twice."""

    mark_optional = False
    asks_for = {"new_password1": "a password", "new_password2": "the password again"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = (
            "At least 12 characters. Three words that do not belong together are easy to "
            "remember and hard to guess."
        )
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""


def count_second_step(user):
    """Count a guess at somebody's second step; ValidationError when there were too many."""
    limits.check_form(
        (limits.SECOND_FACTOR_FROM_ADDRESS, limits.client_address(context.request)),
        (limits.SECOND_FACTOR_OF_ACCOUNT, user.pk),
    )


def use_up_app_code(user, secret, code):
    """Note that an app's code was used; whether it was new. It is right for a minute and a half."""
    for counter in app.yield_hotp_counters_from_time():
        shown = app.format_hotp_value(app.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=shown):
            at = datetime.fromtimestamp(counter * app_settings.TOTP_PERIOD, tz=UTC)
            return limits.first_time(APP_CODE_USED, f"{user.pk} {secret} {counter}", at=at)
    return False


class SecondStepMixin(PortalFormMixin):
    """A code from the app, or a recovery code; each works once."""

    mark_optional = False
    asks_for = {"code": "the code"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Authenticator.objects.filter(user=self.user).values_list("type", flat=True)
        self.has_app = Authenticator.Type.TOTP in kinds
        self.has_passkey = Authenticator.Type.WEBAUTHN in kinds
        label = "Code from your app, or a recovery code" if self.has_app else "Recovery code"
        self.fields["code"].label = label
        self.fields["code"].widget.attrs = {**CODE_INPUT, "inputmode": "numeric"}

    def clean_code(self):
        """The right one, not used before, and not guessed at too often."""
        count_second_step(self.user)
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            adapter = get_adapter()
            secret = adapter.decrypt(self.authenticator.data["secret"])
            if not use_up_app_code(self.user, secret, code):
                raise adapter.validation_error("used_code")
        return code


class SecondStepForm(SecondStepMixin, AllauthAuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(SecondStepMixin, AllauthReauthenticateForm):
    """The second step once more, before something that matters."""


class ActivateAppForm(PortalFormMixin, ActivateTOTPForm):
    """The first code of an app that was just set up.

    The secret stays the same for as long as the session, so that showing the page again
    does not make the picture worthless that somebody has just scanned.
    """

    mark_optional = False
    asks_for = {"code": "the code that the app shows"}

    def __init__(self, *args, **kwargs):
        waiting = context.request.session.get(app.SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if waiting:
            context.request.session[app.SECRET_SESSION_KEY] = self.secret = waiting
        self.fields["code"].label = "Code that the app shows now"
        self.fields["code"].widget.attrs = {**CODE_INPUT, "inputmode": "numeric"}

    def clean_code(self):
        """The right one, which is then used up, and not guessed at too often."""
        count_second_step(self.user)
        code = super().clean_code()
        if not use_up_app_code(self.user, self.secret, code):
            raise get_adapter().validation_error("used_code")
        return code


class YourDetailsForm(PortalForm):
    """The name that other people see."""

    asks_for = {"name": "your name"}
    name = PlainTextField(label="Your name", max_length=150)
