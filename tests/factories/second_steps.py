"""Second steps of signing in, and the portal administrators, who must have one."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from partnerships.models import User
from tests.factories.people import make_user


def give_app(user):
    """An app on their phone and recovery codes; the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def make_administrator(email="boss@portal.example", name="Bo Boss"):
    """A portal administrator with a second step."""
    person = make_user(email, name)
    User.objects.filter(pk=person.pk).update(is_portal_administrator=True)
    give_app(person)
    return User.objects.get(pk=person.pk)
