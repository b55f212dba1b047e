"""What is known, and from where."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from practice.querysets import EvidenceStatementQuerySet
from rpcportal.kit.tracking import tracked


@tracked(exclude=["request_key"], within="partnership")
class EvidenceStatement(models.Model):
    """A claim with its figure, the people it is about, the year, and who says so.

    Without a partnership it is starter content, which everybody reads and nobody changes.
    Without a source it is shown as “no source yet” wherever it appears.
    """

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence_statements",
    )
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    claim = models.TextField(max_length=500)
    figure = models.CharField(max_length=60, blank=True)
    population = models.CharField(max_length=200, blank=True)
    year = models.CharField(max_length=40, blank=True, help_text="Of the figure: 2019 to 2020.")
    source = models.CharField(max_length=300, blank=True)
    link = models.URLField(blank=True, max_length=500)
    checked_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(
        default=False, help_text="Whether the partnership's public page, if it has one, shows it."
    )
    request_key = models.UUIDField(null=True, unique=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EvidenceStatementQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_evidence_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) | ~Q(key=""), name="evidence_of_somebody"
            ),
        ]

    def __str__(self):
        return self.claim

    def get_absolute_url(self):
        return reverse("evidence_statement", args=[self.partnership.slug, self.pk])
