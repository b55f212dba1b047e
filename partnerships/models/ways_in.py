"""django-allauth's tables of the ways to sign in, with a history: who added one, who took one
away. The secrets and addresses themselves are in none.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from rpcportal.kit.tracking import tracked


@tracked(fields=["id", "user", "type"], within="user")
class SecondFactor(Authenticator):
    """An app, a passkey or a set of recovery codes."""

    class Meta:
        proxy = True


@tracked(fields=["id", "user", "verified", "primary"], noticed=["email"], within="user")
class Address(EmailAddress):
    """An e-mail address, which may have been shown to be the person's own."""

    class Meta:
        proxy = True


@tracked(fields=["id", "user", "provider"], noticed=["uid"], within="user")
class CouncilAccount(SocialAccount):
    """A council's own account, by single sign-on."""

    class Meta:
        proxy = True
