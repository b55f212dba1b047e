"""What a partnership stands for, and the words that its partners sign."""

import pgtrigger
from django.db import models
from django.utils import timezone

from partnerships.models.people import Partnership, User
from partnerships.querysets import ManifestoQuerySet
from rpcportal.kit.tracking import tracked


@tracked(within="partnership")
class Manifesto(models.Model):
    """One version. It never changes: other words are the next version, because people signed
    these.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="manifestos"
    )
    number = models.PositiveIntegerField(help_text="1 for the first version.")
    vision = models.TextField(blank=True, help_text="One or two sentences.")
    body = models.TextField(blank=True, help_text="The manifesto, as Markdown.")
    pledge = models.TextField(help_text="The words that an organisation signs.")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ManifestoQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("partnership", "number", name="manifesto_version_once")
        ]
        triggers = [pgtrigger.Protect(name="manifesto_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"Manifesto of {self.partnership}, version {self.number}"
