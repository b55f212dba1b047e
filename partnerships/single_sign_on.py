"""Signing in with a council's own accounts (OpenID Connect), through django-allauth.

allauth checks the state, the proof key (PKCE), and the ID token's issuer, audience and age.
What we add: the token must answer this very request (nonce), and of an address we believe
only that its provider has verified it.
"""

import hashlib
import secrets

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied

COUNCIL = "council"  # the name of the one provider, in addresses and in the database
SECOND_STEP_THERE = "second_step_there"
TRUE = {"true", "1"}


def is_on():
    """Whether there is a provider."""
    return bool(settings.SINGLE_SIGN_ON)


def app():
    """The provider, as the settings name it. Nothing in the database can add another."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=COUNCIL,
        name=settings.OIDC["name"],
        client_id=settings.OIDC["client"],
        secret=settings.OIDC["secret"],
        settings={"server_url": settings.OIDC["issuer"], "oauth_pkce_enabled": True},
    )


class Conversation(OpenIDConnectOAuth2Adapter):
    """The calls to the provider behind one sign-in. Each ends within REQUESTS_TIMEOUT.

    Raises OAuth2Error or requests' RequestException for an answer that is of no use.
    """

    NEEDED = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}

    def begin(self):
        """Ask who the provider is before anything is used up: then loading again tries again."""
        return self.openid_config

    @property
    def openid_config(self):
        """What the provider says of itself."""
        try:
            said = super().openid_config
        except (AttributeError, TypeError) as error:
            raise OAuth2Error("The provider says something else than what it is.") from error
        if missing := self.NEEDED - set(said):
            raise OAuth2Error(f"The provider does not name its {', '.join(sorted(missing))}.")
        return said

    def complete_login(self, request, app, token, **kwargs):
        """The sign-in that the ID token speaks of; userinfo only adds an address to it."""
        try:
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            data = {"id_token": claims}
            if not (isinstance(claims["sub"], str) and claims["sub"]):
                raise ValueError("sub")
            if "email" not in claims and "userinfo_endpoint" in self.openid_config:
                data["userinfo"] = self._userinfo(token, claims["sub"])
            return self.get_provider().sociallogin_from_response(request, data)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise OAuth2Error(f"The ID token cannot be used: {type(error).__name__}") from error

    def _userinfo(self, token, subject):
        said = self._fetch_user_info(token.token)
        if said["sub"] != subject:
            raise OAuth2Error("The userinfo is about somebody else.")
        return said


class Council(OpenIDConnectProvider):
    """What we ask of the provider, and what we take from its answer."""

    oauth2_adapter_class = Conversation

    def get_redirect_from_request_kwargs(self, request):
        """A sign-in and nothing else, whatever the request asks for; its nonce is remembered."""
        nonce = secrets.token_urlsafe(32)
        asked = {
            "process": AuthProcess.LOGIN,
            "nonce": nonce,
            "auth_params": {"nonce": nonce},
        }
        if there := get_next_redirect_url(request):  # None for another host
            asked["next_url"] = there
        return asked

    def sociallogin_from_response(self, request, data):
        """With ``claims``, those of the ID token, for as long as the sign-in lasts."""
        login = super().sociallogin_from_response(request, data)
        login.claims = data["id_token"]
        return login

    def extract_uid(self, data):
        """A digest of who said it and their number for the person: two providers never clash."""
        claims = data["id_token"]
        return hashlib.sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data):
        """Nothing: what the council says about the person is not kept."""
        return {}

    def extract_common_fields(self, data):
        """Nothing: no account is made of it."""
        return {}

    def extract_email_addresses(self, data):
        """The address that the provider has verified, if there is one."""
        address = next(filter(None, map(verified_address, data.values())), None)
        return [EmailAddress(email=address, verified=True, primary=True)] if address else []


def verified_address(claims):
    """The e-mail address in these claims if its provider vouches for it, else None.

    Microsoft Entra never sends ``email_verified``; asked to, it sends ``xms_edov`` (the
    address's domain belongs to the tenant). Without either it is whatever somebody typed.
    """
    address = claims.get("email")
    vouched = claims.get("email_verified", claims.get("xms_edov"))
    return address if isinstance(address, str) and str(vouched).lower() in TRUE else None


def check_nonce(login):
    """Raise PermissionDenied unless the ID token answers the request that this browser made."""
    sent = login.state.get("nonce")
    if not sent or login.claims.get("nonce") != sent:
        raise PermissionDenied("The ID token answers another request.")


def said_second_step(claims):
    """Whether the provider says that the person proved themselves in two ways (RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods


class SecondStep(AuthenticateStage):
    """allauth's second step of signing in, left out for someone who took one at the council."""

    def handle(self):
        """(response, whether signing in goes on)"""
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login and login.state.get(SECOND_STEP_THERE):
            self.request.session[SECOND_STEP_THERE] = True
            return None, True
        return super().handle()


def took_second_step_there(request):
    """Whether this session began with a second step at the council; it ends with the session."""
    return bool(request.session.get(SECOND_STEP_THERE))
