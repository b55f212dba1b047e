"""A form about something that somebody else may change while it is open.

The page remembers a fingerprint of what stood there. When that changed, the form says what
stands there now and keeps what was typed; sent once more, it replaces it.
"""

import hashlib

from django import forms
from django.core.exceptions import ValidationError


def fingerprint(text):
    """A short digest of a text, to tell whether it changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class SeenField(forms.CharField):
    """The fingerprint that the page was made with."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, required=False)


class MeanwhileMixin(forms.Form):
    """For a form with ``seen = SeenField()``. Its class answers two questions:

    ``standing()``: everything the form is about, as it stands now, as one text; empty where
    nothing stands there yet. ``meanwhile()``: the sentence that says what stands there.
    """

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.pop("seen", "")
        if seen and self.standing() and seen != fingerprint(self.standing()):
            self.data = self.data.copy()
            self.data["seen"] = fingerprint(self.standing())
            raise ValidationError(self.meanwhile())
        return cleaned
