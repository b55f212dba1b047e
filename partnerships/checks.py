"""What ``manage.py check`` says about the post."""

from django.conf import settings
from django.core import checks

from partnerships.smtp import NoServer, server_address


@checks.register(checks.Tags.compatibility)
def check_mail_server_address(app_configs, **kwargs):
    """A mail server that is named can be read."""
    if not settings.SMTP_URL:
        return []
    try:
        server_address()
    except NoServer as error:
        hint = "It looks like smtp://HOST:PORT, smtps://USER:PASSWORD@HOST or smtp+tls://HOST."
        return [checks.Error(str(error), hint=hint, id="partnerships.E001")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def check_mails_are_sent(app_configs, **kwargs):
    """In production, mails go out, and from an address that others accept."""
    if not settings.PRODUCTION:
        return []
    found = []
    if not settings.SMTP_URL:
        words = "RPCPORTAL_SMTP is not set: e-mails wait and are never sent."
        found.append(checks.Warning(words, id="partnerships.W001"))
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        words = "RPCPORTAL_FROM is not set: mail servers refuse e-mails that come from localhost."
        found.append(checks.Warning(words, id="partnerships.W002"))
    return found
