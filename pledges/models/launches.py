"""A launch at which leaders sign and name a first action, and the notes they leave."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Manifesto, Occasion, Organisation, Participant, Partnership, User
from pledges.models.actions import Action
from pledges.models.pledges import Signing
from pledges.querysets import LaunchNoteQuerySet, LaunchQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_LAUNCH = "(SELECT partnership_id FROM pledges_launch WHERE id = NEW.launch_id)"


@tracked(exclude=["version"], within="partnership")
class Launch(models.Model):
    """One launch. Phones join through ``occasion``, which is made when the launch is opened."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="launches")
    name = models.CharField(max_length=120)
    held_on = models.DateField()
    place = models.CharField(max_length=150, blank=True)
    manifesto = models.ForeignKey(
        Manifesto,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The version that is signed there, from the moment it is opened.",
    )
    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="launch"
    )
    version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts what changed on the wall, for its polls."
    )
    request_key = models.UUIDField(null=True, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "launches"
        ordering = ["-held_on", "-pk"]
        triggers = [OfOnePartnership("manifesto", "occasion")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("launch", args=[self.partnership.slug, self.pk])


class NoteStatus(models.TextChoices):
    """What became of a note after the launch."""

    WAITING = "waiting", "Waiting"
    CONFIRMED = "confirmed", "In the register"
    SET_ASIDE = "set_aside", "Set aside"


# The name and job title of somebody without an account must be forgettable.
@tracked(exclude=["name", "role", "email"], noticed=["name", "role", "email"], within="launch")
class LaunchNote(models.Model):
    """What one phone signed and wrote: who for which organisation, and a first action.

    It stands on the wall until ``hidden_at``, and becomes a signing and an action when a
    coordinator or facilitator confirms it. One phone leaves one note and may correct it while
    the launch is open.
    """

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="notes")
    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="note")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_words = models.CharField(
        max_length=150, blank=True, help_text="An organisation that is not in the list."
    )
    name = models.CharField(max_length=150, help_text="Who signs.")
    role = models.CharField(max_length=150, blank=True, help_text="Their job title.")
    email = models.EmailField(
        blank=True, help_text="To be invited as the organisation's lead, if they want to."
    )
    signs = models.BooleanField(default=True, help_text="Whether they sign for the organisation.")
    words = models.TextField(blank=True, help_text="The organisation's own words.")
    first_action = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Taken off the wall.")
    status = models.CharField(max_length=20, choices=NoteStatus, default=NoteStatus.WAITING)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    signing = models.OneToOneField(
        Signing, on_delete=models.PROTECT, null=True, blank=True, related_name="note"
    )
    action = models.OneToOneField(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="note"
    )

    objects = LaunchNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=NoteStatus.values), name="note_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=NoteStatus.WAITING) ^ Q(settled_at__isnull=False),
                name="note_settled_at_a_moment",
            ),
        ]
        triggers = [OfOnePartnership("organisation", "action", here=OF_LAUNCH)]

    def __str__(self):
        return f"Note of {self.organisation_name} at {self.launch}"

    @property
    def organisation_name(self):
        """The organisation, from the list or in the phone's words."""
        return self.organisation.name if self.organisation_id else self.organisation_words
