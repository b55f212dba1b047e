"""The post: what is to be sent, and what became of it."""

from django.db import models
from django.utils import timezone

from partnerships.querysets import OutgoingMailQuerySet


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    STALE = "stale", "Too late to be of use"


class OutgoingMail(models.Model):
    """One mail to one address, kept from the moment it is wanted until it is gone.

    Written in the transaction that wants it, sent by ``manage.py post``. Once it is sent the
    words are emptied: they may hold a link or a code.
    """

    # What the mail is about, so that pages can tell what became of it: “invitation 17”.
    about = models.CharField(max_length=80, blank=True)
    # At most one mail with a key is ever made: the same reminder is not sent twice.
    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(default=timezone.now)
    useless_after = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values), name="outgoing_mail_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="outgoing_mail_due",
            ),
            models.Index(fields=["about"], name="outgoing_mail_about"),
        ]

    def __str__(self):
        return f"{self.subject} ({self.get_state_display().lower()})"
