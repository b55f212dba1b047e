"""Forms about words: a definition, an entry of the language guide, and the search of both."""

import uuid

from django import forms

from practice import words
from practice.models import Definition, PreferredWord
from practice.resource_forms import MARKDOWN, WebAddressField
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint


class FindWordsForm(PortalForm):
    """Words that the entries should hold."""

    mark_optional = False
    words = PlainTextField(label="Search by words", max_length=200, required=False)


class DefinitionForm(PortalForm):
    """What a term means here, and what it does not mean."""

    term = PlainTextField(label="Word or term", max_length=120)
    meaning = PlainTextField(
        label="What it means here", help_text=MARKDOWN, rows=6, max_length=5_000
    )
    is_not = PlainTextField(
        label="What it is not",
        help_text=f"What people mistake it for. {MARKDOWN}",
        rows=4,
        max_length=5_000,
        required=False,
    )
    link = WebAddressField(label="Web address to read more at")
    asks_for = {"term": "the word or term", "meaning": "what it means"}


class PreferredWordForm(PortalForm):
    """Instead of this, we say that, because."""

    instead_of = PlainTextField(
        label="Instead of", help_text="For example, “contact”.", max_length=200
    )
    prefer = PlainTextField(
        label="We prefer", help_text="For example, “time with Dad”.", max_length=300
    )
    why = PlainTextField(label="Why", rows=3, max_length=1_000, required=False)
    asks_for = {
        "instead_of": "the words that are better left out",
        "prefer": "the words that you prefer",
    }


class AddMixin(forms.Form):
    """A new entry; its class says of which ``model``."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Add it; raises ValidationError."""
        return words.add_words(
            self.model, partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeMixin(MeanwhileMixin):
    """An entry that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, thing, user, **kwargs):
        self.thing, self.user = thing, user
        initial = {**words.words_of(thing), "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored = words.words_of(self.thing)
        typed = getattr(self, "cleaned_data", None)
        if typed and all(typed.get(name) == value for name, value in stored.items()):
            return ""
        return repr(sorted(stored.items()))

    def hold(self):
        self.thing = words.held(self.thing)

    def meanwhile(self):
        """What somebody else made of it."""
        _, says, *_ = words.words_of(self.thing).values()
        return (
            f"Someone else has changed this entry meanwhile. “{self.thing}” now says: “{says}” "
            "Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return words.change_words(thing=self.thing, by=self.user, **self.cleaned_data)


class AddDefinitionForm(AddMixin, DefinitionForm):
    """A new definition."""

    model = Definition


class ChangeDefinitionForm(ChangeMixin, DefinitionForm):
    """A definition, written anew."""


class AddPreferredWordForm(AddMixin, PreferredWordForm):
    """A new entry of the language guide."""

    model = PreferredWord


class ChangePreferredWordForm(ChangeMixin, PreferredWordForm):
    """An entry of the language guide, written anew."""
