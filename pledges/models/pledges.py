"""What an organisation promises, who signed it, and whether it still stands."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Manifesto, Organisation, Partnership, User
from pledges.querysets import PledgeQuerySet
from rpcportal.kit.tracking import tracked


class PledgeStatus(models.TextChoices):
    """Where a pledge stands."""

    INVITED = "invited", "Invited"
    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    RENEWED = "renewed", "Renewed"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


STANDING = (PledgeStatus.SIGNED, PledgeStatus.RENEWED)


@tracked(within="partnership")
class Pledge(models.Model):
    """An organisation's promise. Each time it is signed is a Signing."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="pledges")
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="pledge"
    )
    status = models.CharField(max_length=20, choices=PledgeStatus, default=PledgeStatus.INVITED)
    words = models.TextField(blank=True, help_text="The organisation's own words.")
    lead = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="led_pledges"
    )
    champion = models.CharField(max_length=150, blank=True)
    review_on = models.DateField(null=True, blank=True)
    is_shown = models.BooleanField(
        default=True, help_text="Whether the partnership's public page, if it has one, shows it."
    )
    withdrawn_because = models.TextField(blank=True)
    lapsed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PledgeStatus.values), name="pledge_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=PledgeStatus.LAPSED) ^ Q(lapsed_on__isnull=True),
                name="pledge_lapsed_on_a_day",
            ),
        ]

    def __str__(self):
        return f"Pledge of {self.organisation}"

    def get_absolute_url(self):
        return reverse("pledge", args=[self.partnership.slug, self.organisation_id])

    @property
    def stands(self):
        """Whether it is signed and neither lapsed nor withdrawn."""
        return self.status in STANDING


@tracked(exclude=["request_key"], within="pledge")
class Signing(models.Model):
    """That somebody signed a pledge for the organisation, with the words of one version."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="signings")
    manifesto = models.ForeignKey(Manifesto, on_delete=models.PROTECT, related_name="signings")
    request_key = models.UUIDField(unique=True)
    name = models.CharField(max_length=150, help_text="Who signed.")
    role = models.CharField(max_length=150, help_text="Their job title.")
    signed_on = models.DateField()
    words = models.TextField(blank=True, help_text="The organisation's own words on that day.")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-signed_on", "-pk"]

    def __str__(self):
        return f"{self.name} signed the {self.pledge}"
