"""For how long an event is open to phones."""

from django import forms

from partnerships.doors import HOURS, USUAL_HOURS
from rpcportal.kit.forms import PortalForm


class HoursForm(PortalForm):
    """How long phones can join. ``verb(hours=…)`` opens the door, or keeps it open."""

    mark_optional = False
    hours = forms.TypedChoiceField(
        label="For how long?",
        choices=list(HOURS.items()),
        coerce=int,
        initial=USUAL_HOURS,
        widget=forms.RadioSelect,
    )
    asks_for = {"hours": "for how long"}

    def __init__(self, *args, verb=None, **kwargs):
        self.verb = verb
        super().__init__(*args, **kwargs)

    def save(self):
        """Do it; returns what the verb returns."""
        return self.verb(**self.cleaned_data)
