"""The form for the words of a page."""

from django import forms
from django.core.exceptions import ValidationError

from partnerships import wording
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.rich_text import LONGEST

CHANGED_MEANWHILE = (
    "Somebody else changed this page while you wrote. Their words are below: take over what you "
    "want to keep, then save again to put yours in their place."
)


class WordsForm(PortalForm):
    """A page's words. ``theirs`` is what somebody else wrote meanwhile, or None."""

    body = PlainTextField(
        label="Words of the page",
        rows=30,
        max_length=LONGEST,
        help_text="In Markdown: # before a heading, - before each item of a list, an empty line "
        "between paragraphs, **two stars** around bold words.",
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    asks_for = {"body": "the words of the page"}
    theirs = None

    def __init__(self, *args, name, user, **kwargs):
        self.name, self.user = name, user
        self.words = wording.words_of(name)
        kwargs["initial"] = {"body": self.words.body, "version": self.words.version}
        super().__init__(*args, **kwargs)

    def save(self):
        """Put the words on the page; whether they are there.

        Nothing that somebody else wrote meanwhile is overwritten unseen: it is shown, and the
        next save puts these words in its place.
        """
        try:
            wording.change_words(name=self.name, by=self.user, **self.cleaned_data)
        except wording.ChangedMeanwhile as meanwhile:
            self.theirs = meanwhile.now
            self.data = {**self.data.dict(), "version": self.theirs.version}
            self.add_error("body", ValidationError(CHANGED_MEANWHILE))
        return self.theirs is None
