"""A spreadsheet between its preview and its import."""

from django.db import models
from django.utils import timezone

from partnerships.models import Partnership, User
from pledges.querysets import PlanImportQuerySet


class PlanImport(models.Model):
    """What somebody's spreadsheet says, kept until it is imported, and for a day at most.

    The preview shows these rows and the import takes them, so that nothing comes back from
    the browser. ``seen``: number of an action -> what it was when the file was chosen.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, help_text="What the file is called.")
    digest = models.CharField(max_length=64, help_text="Of the file, so that twice is once.")
    parsed = models.JSONField()
    seen = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = PlanImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership",
                "by",
                "digest",
                condition=models.Q(done_at__isnull=True),
                name="plan_import_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"Import of {self.name}"
