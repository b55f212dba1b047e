"""Forms about practice models and their parts."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from practice import modelling
from practice.models import Guiding, PartKind
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NO_FAMILY = "Please name no child or family."


class ModelForm(PortalForm):
    """How a partnership works."""

    name = PlainTextField(label="Name", max_length=120)
    summary = PlainTextField(
        label="In one or two sentences",
        help_text=NO_FAMILY,
        rows=3,
        max_length=1_000,
        required=False,
    )
    guiding = forms.ChoiceField(
        label="What is it led by?",
        choices=[(Guiding.PRINCIPLE, "A principle"), (Guiding.QUESTION, "A question")],
        widget=forms.RadioSelect,
    )
    guiding_words = PlainTextField(
        label="The principle or question", max_length=300, required=False
    )
    guiding_meaning = PlainTextField(label="What that means", rows=5, required=False)
    vision = PlainTextField(label="Vision", rows=3, required=False)
    mission = PlainTextField(label="Mission", rows=5, required=False)
    source = PlainTextField(
        label="Where it comes from",
        help_text="Who wrote it, and when.",
        max_length=300,
        required=False,
    )
    source_link = forms.URLField(
        label="Address of the source", max_length=500, required=False, assume_scheme="https"
    )
    asks_for = {"name": "a name for the model", "guiding": "what it is led by"}


class AddModelForm(ModelForm):
    """A new model."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        initial = {"request_key": uuid.uuid4(), "guiding": Guiding.PRINCIPLE}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Add it; raises ValidationError with field -> sentence."""
        return modelling.add_model(partnership=self.partnership, by=self.user, **self.cleaned_data)


class _Standing(MeanwhileMixin, PortalForm):
    """What somebody else may change while the page is open. ``stored()``: box -> what is there."""

    seen = SeenField()

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        typed, stored = getattr(self, "cleaned_data", None), self.stored()
        if typed and all(typed.get(name) == value for name, value in stored.items()):
            return ""
        return repr(sorted(stored.items()))


class ChangeModelForm(_Standing, ModelForm):
    """A model of the partnership's own."""

    def __init__(self, *args, model, user, **kwargs):
        self.model, self.user = model, user
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**self.stored(), "seen": seen}, **kwargs)

    def stored(self):
        """Its words, by the names of the boxes."""
        return {name: getattr(self.model, name) for name in modelling.WORDS}

    def hold(self):
        self.model = modelling.held_model(self.model)

    def meanwhile(self):
        return (
            "Someone else has changed this practice model meanwhile. It is called "
            f"“{self.model.name}” now. Yours is below: save again to replace theirs, or open the "
            "model in another tab to read what they wrote."
        )

    def write(self):
        """Save it."""
        return modelling.change_model(model=self.model, by=self.user, **self.cleaned_data)


class RetireForm(_Standing):
    """From which day on nobody works by a model."""

    mark_optional = False
    retired_on = DayField(
        label="Retired from",
        help_text="From this day none of its standards is in force. Leave it empty to go on with "
        "the model.",
        required=False,
    )

    def __init__(self, *args, model, user, **kwargs):
        self.model, self.user = model, user
        day = model.retired_on or timezone.localdate()
        initial = {"retired_on": day, "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_retired_on(self):
        """What was in force on a day that has passed is never told otherwise later."""
        day = self.cleaned_data["retired_on"]
        if day and day < timezone.localdate() and day != self.model.retired_on:
            raise ValidationError("“Retired from” must be today or in the future")
        return day

    def stored(self):
        """The day, if there is one."""
        return {"retired_on": self.model.retired_on}

    def hold(self):
        self.model = modelling.held_model(self.model)

    def meanwhile(self):
        day = self.model.retired_on
        stands = f"It is retired from {day:%-d %B %Y}." if day else "It goes on."
        return (
            f"Someone else has changed the end of this model meanwhile. {stands} Yours is below: "
            "save again to replace theirs."
        )

    def write(self):
        """Retire it, or go on with it."""
        on = self.cleaned_data["retired_on"]
        return modelling.retire_model(model=self.model, on=on, by=self.user)


# --- Parts ------------------------------------------------------------------------------------

HIGH_OR_LOW = [("high", "High"), ("low", "Low")]


class PartForm(PortalForm):
    """One part of a model. What a kind has not is not asked for."""

    name = PlainTextField(label="Name", max_length=200)
    when = PlainTextField(
        label="When", help_text="For example, May 2023.", max_length=60, required=False
    )
    high_challenge = forms.ChoiceField(
        label="How much is asked of people?", choices=HIGH_OR_LOW, widget=forms.RadioSelect
    )
    high_support = forms.ChoiceField(
        label="How much are people helped?", choices=HIGH_OR_LOW, widget=forms.RadioSelect
    )
    meaning = PlainTextField(
        label="What it means",
        help_text=f"{NO_FAMILY} A star before a line makes it one of a list.",
        rows=6,
        required=False,
    )
    behaviours = PlainTextField(
        label="How one sees it", help_text="One behaviour in each line.", rows=4, required=False
    )
    asks_for = {
        "name": "a name",
        "high_challenge": "how much is asked of people",
        "high_support": "how much people are helped",
    }

    def __init__(self, *args, kind, **kwargs):
        self.kind = PartKind(kind)
        super().__init__(*args, **kwargs)
        own = modelling.MORE.get(self.kind, ())
        for name in ("behaviours", "when", "high_challenge", "high_support"):
            if name not in own:
                del self.fields[name]
        if self.kind == PartKind.MILESTONE:
            self.fields["name"].label = "What happened"
            del self.fields["meaning"]

    def words(self):
        """What was typed, by the names of the fields."""
        cleaned = dict(self.cleaned_data)
        for name in ("high_challenge", "high_support"):
            if name in cleaned:
                cleaned[name] = cleaned[name] == "high"
        return cleaned


class AddPartForm(PartForm):
    """A new part of a kind."""

    def __init__(self, *args, model, user, **kwargs):
        self.model, self.user = model, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Add it; raises ValidationError with field -> sentence."""
        return modelling.add_part(model=self.model, kind=self.kind, by=self.user, **self.words())


class ChangePartForm(_Standing, PartForm):
    """A part that somebody else may change too."""

    def __init__(self, *args, part, user, **kwargs):
        self.part, self.user = part, user
        super().__init__(*args, kind=part.kind, **kwargs)
        self.initial = {**self.stored(), "seen": fingerprint(self.standing())}

    def stored(self):
        """Its words, by the names of the boxes."""
        found = {name: getattr(self.part, name) for name in self.fields if name != "seen"}
        for name in ("high_challenge", "high_support"):
            if name in found:
                found[name] = "high" if found[name] else "low"
        return found

    def hold(self):
        self.part = modelling.held_part(self.part)

    def meanwhile(self):
        meaning = f" It says: “{self.part.meaning}”" if self.part.meaning else ""
        return (
            "Someone else has changed this meanwhile. It is called "
            f"“{self.part.name}” now.{meaning} Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return modelling.change_part(part=self.part, by=self.user, **self.words())
