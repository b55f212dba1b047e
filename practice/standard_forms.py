"""Forms about the words of a standard and what it rests on."""

import uuid

from django import forms

from practice import sources_and_measures, writing
from practice.models import SourceKind
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NO_FAMILY = "Please name no child or family."
STATEMENT = {
    "label": "The standard",
    "help_text": "One sentence that says what families can expect and begins with We. "
    "For example: We work with the whole family network.",
    "rows": 2,
    "max_length": 300,
}
MARKDOWN = (
    "In Markdown: # before a heading, - before each item of a list, an empty line between "
    "paragraphs, **two stars** around bold words, [words](https://address) for a link."
)


class OneLineField(PlainTextField):
    """A text of one line in a box of several, because the sentence is long."""

    def to_python(self, value):
        """In one line."""
        text = super().to_python(value)
        return " ".join(text.split()) if text else text


class AddStandardForm(PortalForm):
    """A new standard: its sentence. The rest is written in its draft."""

    statement = OneLineField(**STATEMENT)
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    asks_for = {"statement": "the standard, one sentence"}

    def __init__(self, *args, pillar, user, **kwargs):
        self.pillar, self.user = pillar, user
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Begin it; raises ValidationError."""
        return writing.add_standard(pillar=self.pillar, by=self.user, **self.cleaned_data)


class WordsForm(MeanwhileMixin, PortalForm):
    """The words of a draft. ``draft`` has no number where it is gone: then saving says so."""

    statement = OneLineField(**STATEMENT)
    descriptors = PlainTextField(
        label="What it means for practice",
        help_text="One sentence in each line: what people do who work to this standard.",
        rows=6,
        max_length=10_000,
        required=False,
    )
    about = PlainTextField(
        label="About it",
        help_text=f"Why it matters and what to know. {NO_FAMILY} {MARKDOWN}",
        rows=10,
        required=False,
    )
    amendment = PlainTextField(
        label="What changed and why",
        help_text="People who committed to the version before will read it. It must be here "
        "before the draft is approved.",
        rows=3,
        max_length=2_000,
        required=False,
    )
    seen = SeenField()
    asks_for = {"statement": "the standard, one sentence"}

    def __init__(self, *args, draft, user, **kwargs):
        self.draft, self.user = draft, user
        initial = {**self.stored(), "seen": fingerprint(self.standing() or "nothing")}
        super().__init__(*args, initial=initial, **kwargs)
        if draft.number == 1:
            del self.fields["amendment"]

    def stored(self):
        """The words of the draft, by the names of the boxes."""
        return {name: getattr(self.draft, name) for name in writing.WORDS}

    def standing(self):
        """What stands there; nothing where the draft is gone, or for the same click twice."""
        typed = getattr(self, "cleaned_data", None)
        if self.draft.pk is None:
            return ""
        if typed and all(typed.get(name, "") == value for name, value in self.stored().items()):
            return ""
        return repr(sorted(self.stored().items()))

    def hold(self):
        self.draft = writing.held_draft(self.draft.standard)

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            f"Someone else has changed this draft meanwhile. It now says: “{self.draft.statement}” "
            "Their words are at the end of this page. Yours are below: save again to replace "
            "theirs."
        )

    def write(self):
        """Save the words."""
        words = {"amendment": "", **self.cleaned_data}
        return writing.change_words(standard=self.draft.standard, by=self.user, **words)


class SourceForm(PortalForm):
    """What a standard rests on."""

    kind = forms.ChoiceField(
        label="What is it?", choices=SourceKind.choices, widget=forms.RadioSelect
    )
    title = PlainTextField(
        label="Name",
        help_text="So that somebody finds it again: Children Act 1989, section 17.",
        max_length=300,
    )
    link = forms.URLField(label="Address", max_length=500, required=False, assume_scheme="https")
    asks_for = {"kind": "what it is", "title": "the name of the source"}


class AddSourceForm(SourceForm):
    """A source that the draft does not name yet."""

    def __init__(self, *args, standard, user, **kwargs):
        self.standard, self.user = standard, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Name it; raises ValidationError."""
        return sources_and_measures.add_source(
            standard=self.standard, by=self.user, **self.cleaned_data
        )


class OfARowMixin(MeanwhileMixin):
    """What forms about one row of a draft have in common: ``row``, and ``words``, its fields."""

    words = ()

    def stored(self):
        """What stands in the row."""
        return {name: getattr(self.row, name) for name in self.words}

    def standing(self):
        """What stands there; nothing where it is gone, or for the same click twice."""
        typed = getattr(self, "cleaned_data", None)
        if self.row.pk is None:
            return ""
        if typed and all(typed.get(name) == value for name, value in self.stored().items()):
            return ""
        return repr(sorted(self.stored().items()))


class ChangeSourceForm(OfARowMixin, SourceForm):
    """A source, written anew."""

    seen = SeenField()
    words = sources_and_measures.SOURCE_WORDS

    def __init__(self, *args, row, user, **kwargs):
        self.row, self.user = row, user
        initial = {**self.stored(), "seen": fingerprint(self.standing() or "nothing")}
        super().__init__(*args, initial=initial, **kwargs)

    def hold(self):
        self.row = sources_and_measures.held_source(self.row)

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            "Someone else has changed this source meanwhile. It is now called "
            f"“{self.row.title}”. Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return sources_and_measures.change_source(
            source=self.row, by=self.user, **self.cleaned_data
        )
