"""The post: every e-mail is written into a table first and sent from there.

So a page never waits for a mail server, a mail is wanted if and only if the change that
wants it was saved, and one that cannot be sent now is sent later (partnerships/sending.py).
"""

import hashlib
import os
from datetime import timedelta

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from partnerships.models import OutgoingMail

LIFETIME = timedelta(days=3)
KEPT_FOR = timedelta(days=30)
LONGEST_ABOUT = 80


def post(*, to, subject, body, about="", key=None, lifetime=LIFETIME):
    """Write a mail to be sent; returns it, or the one that was made before with this ``key``.

    ``about`` names what it is about, so that ``OutgoingMail.objects.about`` finds it. A ``key``
    is kept for ever, so it names nobody but by number.
    """
    fields = {
        "to": to,
        "subject": " ".join(subject.split())[:250],  # a line end here would begin a header
        "body": body,
        "about": about,
        "useless_after": timezone.now() + lifetime,
    }
    if key is None:
        return OutgoingMail.objects.create(**fields)
    return OutgoingMail.objects.get_or_create(key=key, defaults=fields)[0]


def base_address():
    """Where people reach this portal: the first host of production, else this machine.

    For links in what is written while nobody asks for a page.
    """
    if settings.PRODUCTION:
        return f"https://{settings.HOSTS[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def about_code(email):
    """The name by which the post knows the mails with codes to an address, however long it is."""
    about = f"code {email.lower()}"
    if len(about) > LONGEST_ABOUT:
        about = f"code {hashlib.sha256(about.encode()).hexdigest()}"
    return about


class OutboxBackend(BaseEmailBackend):
    """Django's way to send a mail: into the table."""

    def send_messages(self, messages):
        """Write each mail once for everyone it goes to."""
        for message in messages:
            for to in message.recipients():
                post(to=to, subject=message.subject, body=message.body)
        return len(messages)


def forget_old_mail(now):
    """Delete what was sent, or given up, a month ago; of a mail with a key, all but the key."""
    old = OutgoingMail.objects.ended_before(now - KEPT_FOR)
    old.filter(key=None).delete()
    old.exclude(key=None).update(to="", subject="", body="", about="")
