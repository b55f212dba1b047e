"""Who took personal data out of the portal, and when."""

from django.db import models
from django.utils import timezone

from partnerships.models.people import Partnership, User
from rpcportal.kit.tracking import tracked


@tracked(within="partnership")
class Download(models.Model):
    """One download of personal data: the people of a partnership, its activity, one's own."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="downloads"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.what
