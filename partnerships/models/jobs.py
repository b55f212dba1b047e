"""What is done once a day, and when each piece of it is due next."""

from django.db import models


class DailyJob(models.Model):
    """A piece of daily work. Whoever does it moves ``due_at`` ahead first (partnerships.daily)."""

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
