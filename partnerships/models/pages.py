"""Pages that the people who run the portal may word themselves."""

from django.db import models
from django.utils import timezone

from partnerships.models.people import User
from rpcportal.kit.tracking import tracked


class PageName(models.TextChoices):
    """The pages that can be worded. Without a row of its own, a page shows our own words."""

    PRIVACY = "privacy", "Privacy notice"
    ACCESSIBILITY = "accessibility", "Accessibility statement"


@tracked()
class Page(models.Model):
    """A council's own words for one of the portal's pages, in Markdown."""

    name = models.CharField(max_length=20, choices=PageName, unique=True)
    body = models.TextField(max_length=100_000)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__in=PageName.values), name="page_name_known"
            ),
        ]

    def __str__(self):
        return self.get_name_display()
