"""How often somebody wants to hear of their actions by e-mail."""

from django.db import models

from partnerships.models import User
from rpcportal.kit.tracking import tracked


class Rhythm(models.TextChoices):
    """How often; one e-mail at most each time."""

    WEEKLY = "weekly", "Once a week"
    MONTHLY = "monthly", "Once a month"
    OFF = "off", "Never"


@tracked(fields=["user", "rhythm"], within="user")
class ReminderChoice(models.Model):
    """A person's choice, and when they last had such an e-mail. Without a row it is weekly."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="reminder_choice")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    last_sent_on = models.DateField(null=True, blank=True)
    calendar_key = models.UUIDField(
        null=True, unique=True, help_text="The secret part of the address of their calendar."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rhythm__in=Rhythm.values), name="reminder_rhythm_known"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_rhythm_display().lower()}"
