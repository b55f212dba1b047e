"""How often something was tried: what rate limits count."""

from django.db import models


class TryCount(models.Model):
    """The tries of one kind by one subject within one stretch of time.

    ``subject`` is a digest of an address or an e-mail: the table tells nobody who tried.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "began_at"], name="try_count_once"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.count}"
