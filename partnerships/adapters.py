"""Where django-allauth asks us: who may come in, what is said, and how secrets are kept."""

import base64
import hashlib
import logging
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from partnerships import limits, single_sign_on
from partnerships.mail import about_code, post
from partnerships.proving import SIGNED_IN_BEFORE, proved_recently

log = logging.getLogger(__name__)

# What is said after each of allauth's own actions; about the others nothing is.
MESSAGES = {
    "mfa/messages/totp_activated.txt": "Your second step is set up: an app on your phone.",
    "mfa/messages/totp_deactivated.txt": "The app is no longer your second step.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "usersessions/messages/sessions_logged_out.txt": "You are signed out everywhere else.",
}

# Mails about one code, wanted by somebody who may or may not have an account.
CODE_MAILS = {"account/email/login_code", "account/email/unknown_account"}
CODE_LIFETIME = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
WAYS_TO_PROVE = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code from your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and e-mailed codes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Try both "
        "again, or sign in with a code instead.",
        "invalid_login": "The e-mail address or the password is not right. Try both again.",
        "too_many_login_attempts": "There were too many tries. Wait 5 minutes, or sign in with "
        "a code that we e-mail to you.",
        "incorrect_code": "This is not the code from the e-mail. Check it and type it again.",
        "incorrect_password": "This is not your password. Try again.",
        "rate_limited": "There were too many tries. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request):
        """Nobody signs up: an invitation makes the account."""
        return False

    def is_ajax(self, request):
        """Only the script of passkeys asks for anything but pages."""
        return request.resolver_match.url_name == "mfa_login_webauthn" and super().is_ajax(request)

    def is_safe_url(self, url):
        """Whether ``url`` stays on this host."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not of somebody who signed in a moment ago."""
        return not proved_recently(context.request)

    def get_reauthentication_methods(self, user):
        """allauth's, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [{**each, "description": WAYS_TO_PROVE[each["id"]]} for each in methods]

    def login(self, request, user):
        """Remember when the sign-in before this one was, for “Your account”."""
        before = user.last_login
        super().login(request, user)
        request.session[SIGNED_IN_BEFORE] = before.isoformat() if before else ""

    def post_login(self, request, user, **kwargs):
        """Whoever comes in by an invitation proved their address as a code does."""
        if not get_authentication_records(request, user):
            record_authentication(request, user, method="invitation")
        return super().post_login(request, user, **kwargs)

    def get_client_ip(self, request):
        """The address that limits are counted by."""
        return limits.client_address(request)

    def pre_authenticate(self, request, **credentials):
        """Count the try before any password is hashed, which costs a fifth of a second."""
        by_account = limits.take(limits.PASSWORD_OF_ACCOUNT, credentials.get("email", ""))
        address = limits.client_address(request)
        if not (limits.take(limits.PASSWORD_FROM_ADDRESS, address) and by_account):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self):
        """A right password does not take its try back: ten in five minutes are ten."""

    def get_login_stages(self):
        """allauth's, with a second step that a council's own may stand for."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "partnerships.single_sign_on.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def send_mail(self, template_prefix, email, context):
        """Write the mail into the post; a code is of no use after its quarter of an hour.

        That there is no account is said in the same way as a code.
        """
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        mail = {"to": email, "subject": message.subject, "body": message.body}
        if template_prefix in CODE_MAILS:
            mail |= {"about": about_code(email), "lifetime": CODE_LIFETIME}
        post(**mail)

    def format_email_subject(self, subject):
        """As it is written in the template."""
        return subject

    def add_message(  # noqa: PLR0917 - as allauth calls it
        self,
        request,
        level,
        message_template=None,
        message_context=None,
        extra_tags="",
        message=None,
    ):
        """Our own sentences, and only where there is one."""
        if sentence := MESSAGES.get(message_template):
            messages.success(request, sentence)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes, whose secrets are not readable in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "This cannot be removed.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first: recovery codes are "
        "for when you cannot use it.",
        "incorrect_code": "This code is not right. Codes from the app change every half minute: "
        "type the one that it shows now. A recovery code works once.",
        "used_code": "This code was used already. Wait until the app shows the next one.",
        "incorrect_passkey": "The passkey was not accepted. Try again, or use another way.",
        "unverified_email": "Your e-mail address has not been checked. Sign in with a code once.",
    }

    def generate_authenticator_name(self, user, type):  # noqa: A002 - as allauth calls it
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self):
        """What the browser's dialog calls us; a passkey belongs to the host name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "RPC Portal"}

    def encrypt(self, text):
        """The secret as it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret itself."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box():
    key = hashlib.sha256(f"second factors {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def end_sessions_before(request, user, authenticator, **kwargs):
    """Whoever sets up a first second step ends the sessions that began without one."""
    ways = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if ways.exclude(pk=authenticator.pk).exists():
        return
    others = UserSession.objects.filter(user=user)
    for session in others.exclude(session_key=request.session.session_key):
        session.end()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Signing in with a council's own account, for people who have been invited."""

    def list_apps(self, request, provider=None, client_id=None):
        """The one of the settings, by either of its names."""
        app = single_sign_on.app()
        known = provider in {None, app.provider, app.provider_id}
        return [app] if single_sign_on.is_on() and known else []

    def list_providers(self, request):
        """The one of the settings."""
        return [single_sign_on.Council(request, app=app) for app in self.list_apps(request)]

    def get_provider(self, request, provider, client_id=None):
        """The one of the settings; SocialApp.DoesNotExist for another."""
        return single_sign_on.Council(request, app=self.get_app(request, provider))

    def is_open_for_signup(self, request, sociallogin):
        """Nobody signs up here either."""
        return False

    def pre_social_login(self, request, sociallogin):
        """Only for an account in use, whose address the council has verified.

        Whoever has none, and whoever's address is not verified, reads the same page.
        """
        single_sign_on.check_nonce(sociallogin)
        if not (sociallogin.is_existing and sociallogin.user.is_active):
            page = render(request, "socialaccount/not_known.html", status=403)
            raise ImmediateHttpResponse(page)
        second_step = single_sign_on.said_second_step(sociallogin.claims)
        sociallogin.state[single_sign_on.SECOND_STEP_THERE] = second_step

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        """Write down what went wrong: mostly a secret that ran out, or a provider that is away.

        The page gets ``there``, so that the next try leads where this one was to lead.
        """
        state = extra_context.get("state") or {}
        extra_context["there"] = state.get("next") or get_next_redirect_url(request) or "/"
        said = exception or request.GET.get("error") or "nobody was sent there with this state"
        log.warning("Single sign-on failed: %s", str(said)[:300])
