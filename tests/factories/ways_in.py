"""What people have who sign in: the code from an e-mail, an app, recovery codes."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from partnerships.models import OutgoingMail

CODE = re.compile(r"^[B-Z]{4}-[B-Z]{4}$", re.MULTILINE)


def newest_mail(email):
    """The newest mail to an address."""
    return OutgoingMail.objects.filter(to=email).order_by("-pk").first()


def newest_code(email):
    """The code in the newest mail to an address."""
    return CODE.search(newest_mail(email).body)[0]


def add_app(user):
    """Set up an app as somebody's second step; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def app_code(secret, *, later=0):
    """What the app shows now, or ``later`` half minutes from now."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + later))


def add_recovery_codes(user):
    """Give somebody recovery codes; returns them."""
    return RecoveryCodes.activate(user).generate_codes()


def add_passkey(user, name="Work laptop"):
    """A passkey that is listed; it cannot answer anything."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def long_ago(client):
    """Whoever signed in with ``client`` did so hours ago: what matters asks again for proof."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**each, "at": 0} for each in records]
    session.save()
