"""Invitations: the only door for people who have no account."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from partnerships.models.people import Organisation, Partnership, User
from partnerships.querysets import InvitationQuerySet
from rpcportal.kit.roles import Role
from rpcportal.kit.tracking import tracked

LIFETIME = timedelta(days=14)


@tracked(
    exclude=["email", "name", "job_title", "token_digest"], noticed=["email"], within="partnership"
)
class Invitation(models.Model):
    """A person is asked into a partnership, by e-mail, with a role.

    The link holds a secret of which only a digest is kept: sending it again makes another
    one, and the one before stops working.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=150, blank=True)
    job_title = models.CharField(max_length=120, blank=True)

    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()

    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
            models.UniqueConstraint(
                "partnership",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.email} to {self.partnership}"

    @property
    def is_open(self):
        """Whether it still waits for an answer; one that has expired can be sent again."""
        return self.accepted_at is None and self.revoked_at is None

    def has_expired(self, now):
        """Whether its link has stopped working by age."""
        return self.is_open and self.expires_at <= now
