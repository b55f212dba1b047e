"""The form that records who approved one draft, or all drafts of a practice model."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from practice import approving
from practice.versions import fingerprint_of
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm


class ApproveForm(PortalForm):
    """Who approved, when, and from when it is in force.

    ``drafts``: what the page shows; what is approved is just that. ``of``: {"standard": …} or
    {"model": …}.
    """

    name = PlainTextField(
        label="Who approved it?",
        help_text="A person, or a board: Ruth Ellis, Children’s Partnership Board.",
        max_length=150,
    )
    role = PlainTextField(
        label="Role",
        help_text="Of a person. For example, director of children’s services.",
        max_length=150,
        required=False,
    )
    on = DayField(label="Date it was approved")
    effective_on = DayField(
        label="In force from",
        help_text="From this day people are asked to commit to it.",
    )
    amendment = PlainTextField(
        label="What changed and why",
        help_text="People who committed to the version before will read it.",
        rows=3,
        max_length=2_000,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    asks_for = {
        "name": "the name of the person or board",
        "on": "the date on which it was approved",
        "effective_on": "the day from which it is in force",
        "amendment": "what changed and why",
    }

    def __init__(self, *args, drafts, user, of, typed=None, **kwargs):
        self.drafts, self.user, self.of = drafts, user, of
        today = timezone.localdate()
        initial = {"on": today, "effective_on": today, **(typed or {})}
        initial["seen"] = fingerprint_of(drafts)
        super().__init__(*args, initial=initial, **kwargs)
        if not approving.wants_a_note(drafts):
            del self.fields["amendment"]
        elif "model" in of:
            self.fields["amendment"].help_text = (
                "For those that do not say it themselves. People who committed to the version "
                "before will read it."
            )

    def save(self):
        """Approve it; what was approved, or None, with the sentence on the form.

        ``something_else_stands`` says that what the page showed is not what stands there now.
        """
        verb = approving.approve_draft if "standard" in self.of else approving.approve_drafts
        try:
            return verb(by=self.user, **self.of, **{"amendment": "", **self.cleaned_data})
        except ValidationError as error:
            self.something_else_stands = getattr(error, "code", "") == "changed"
            self.add_error(None, error)
            return None

    something_else_stands = False
