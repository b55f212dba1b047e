"""How often somebody wants to be reminded."""

from django import forms

from pledges.models import ReminderChoice, Rhythm
from rpcportal.kit.forms import PortalForm


class ReminderForm(PortalForm):
    """Weekly, monthly or never."""

    rhythm = forms.ChoiceField(
        label="How often may we remind you of your actions?",
        help_text="One e-mail, and only when something of yours is due or overdue.",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
    )
    asks_for = {"rhythm": "how often"}

    def __init__(self, *args, user, **kwargs):
        self.user = user
        standing = ReminderChoice.objects.filter(user=user).first()
        rhythm = standing.rhythm if standing else Rhythm.WEEKLY
        super().__init__(*args, initial={"rhythm": rhythm}, **kwargs)

    def save(self):
        """Keep the choice."""
        ReminderChoice.objects.update_or_create(user=self.user, defaults=self.cleaned_data)
