"""Events that people join on their phones without an account, and who joined."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnerships.models.people import Organisation, Partnership, Sector, User
from partnerships.querysets import OccasionQuerySet, ParticipantQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


@tracked(exclude=["code", "key"], within="partnership")
class Occasion(models.Model):
    """The door of one event: open from ``opened_at`` until ``closes_at``, unless closed before.

    ``code`` is what people type and belongs to nobody else while the event runs; ``key`` stands
    in the QR code and cannot be guessed. Whose event it is, a pledge launch or a workshop, says
    the row of a higher room that refers to it; ``kind`` is the name under which that room has
    registered itself (partnerships/joining.py).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=8)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closes_at = models.DateTimeField(help_text="When the door closes by itself.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When somebody closed it.")

    objects = OccasionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "code", condition=Q(closed_at__isnull=True), name="occasion_code_once_while_open"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="occasion_closes_after_it_opens"
            ),
        ]

    def __str__(self):
        return f"Event of {self.partnership}"

    def is_open(self, now=None):
        """Whether people can join, and those who have can write."""
        now = now or timezone.now()
        return self.closed_at is None and self.opened_at <= now < self.closes_at


class Participant(models.Model):
    """A phone that joined an event. It holds nobody's name: who votes is nobody's business.

    ``key`` is what the phone's signed cookie holds.
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="participants")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_words = models.CharField(
        max_length=150, blank=True, help_text="An organisation that is not in the list."
    )
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        triggers = [
            OfOnePartnership(
                "organisation",
                here="(SELECT partnership_id FROM partnerships_occasion"
                " WHERE id = NEW.occasion_id)",
            )
        ]

    def __str__(self):
        return f"Participant of {self.occasion}"
