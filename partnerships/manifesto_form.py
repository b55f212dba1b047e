"""The form for a partnership's manifesto and the words of its pledge."""

from django import forms
from django.core.exceptions import ValidationError

from partnerships.manifestos import ManifestoChanged, publish_manifesto
from partnerships.models import Manifesto
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.rich_text import LONGEST

CHANGED_MEANWHILE = (
    "Somebody else published version {number} while you wrote. Their words are below: take over "
    "what you want to keep, then publish again."
)


class ManifestoForm(PortalForm):
    """The next version. ``theirs`` is the one that somebody else published meanwhile, or None."""

    vision = PlainTextField(
        label="Vision",
        help_text="One or two sentences: what will be different for children here?",
        rows=3,
        max_length=500,
        required=False,
    )
    body = PlainTextField(
        label="Manifesto",
        rows=20,
        max_length=LONGEST,
        required=False,
        help_text="What you stand for and how you work together. In Markdown: # before a heading, "
        "- before each item of a list, an empty line between paragraphs, **two stars** around "
        "bold words.",
    )
    pledge = PlainTextField(
        label="Words of the pledge",
        help_text="What every organisation signs. They stand on its certificate.",
        rows=8,
        max_length=2000,
    )
    seen_number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    asks_for = {"pledge": "the words that organisations sign"}
    theirs = None

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        self.newest = Manifesto.objects.newest(partnership)
        names = ("vision", "body", "pledge")
        words = {name: getattr(self.newest, name) for name in names} if self.newest else {}
        initial = {**words, "seen_number": self.newest.number if self.newest else 0}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_seen_number(self):
        """Without the number of a version, none was read."""
        return self.cleaned_data["seen_number"] or 0

    def save(self):
        """Publish it; the version that counts now, or None where somebody else's came first."""
        try:
            return publish_manifesto(
                partnership=self.partnership, by=self.user, **self.cleaned_data
            )
        except ManifestoChanged as changed:
            self.theirs = changed.newest
            self.data = {**self.data.dict(), "seen_number": self.theirs.number}
            sentence = CHANGED_MEANWHILE.format(number=self.theirs.number)
            self.add_error("pledge", ValidationError(sentence))
            return None
