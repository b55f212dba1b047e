"""E-mails, as rows of the post."""

from django.utils import timezone

from partnerships.mail import post
from partnerships.models import OutgoingMail


def write(to="ada@council.example", subject="Hello", body="Words", **more):
    """A mail to be sent."""
    return post(to=to, subject=subject, body=body, **more)


def state_of(mail):
    """Where it stands by now, and what is the matter with it."""
    mail.refresh_from_db()
    return mail.state, mail.problem


def make_due(mail):
    """As if its pause were over."""
    OutgoingMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now())
