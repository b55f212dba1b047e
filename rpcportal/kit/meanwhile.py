"""A form about something that somebody else may change while it is open.

The page remembers a fingerprint of what stood there. When that changed, the form says what
stands there now and keeps what was typed; sent once more, it replaces it.
"""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction


def fingerprint(text):
    """A short digest of a text, to tell whether it changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class SeenField(forms.CharField):
    """The fingerprint that the page was made with."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, required=False)


class MeanwhileMixin(forms.Form):
    """For a form with ``seen = SeenField()``. Its class says four things:

    ``standing()``: everything the form is about, as it stands now, as one text; empty where
    nothing stands there yet. ``meanwhile()``: the sentence that says what stands there.
    ``hold()``: read it anew, held against everyone else until the transaction ends.
    ``write()``: write what was typed; returns what was written.
    """

    _seen = ""

    def clean(self):
        cleaned = super().clean()
        self._seen = cleaned.pop("seen", "")
        self._refuse_changed()
        return cleaned

    def save(self):
        """Write it; what was written, or None, with the sentence on the form, when it was changed
        meanwhile or a rule finds something missing.
        """
        try:
            with transaction.atomic():
                self.hold()
                self._refuse_changed()  # once more: now nobody can come in between
                return self.write()
        except ValidationError as error:
            self.add_error(None, error)
            return None

    def _refuse_changed(self):
        standing = self.standing()
        if self._seen and standing and self._seen != fingerprint(standing):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = fingerprint(standing)
            raise ValidationError(self.meanwhile())
