"""Forms about measures and their readings; figures are typed as people write them."""

import uuid

from django import forms
from django.utils import timezone

from partnerships.models import User
from pledges import measuring
from pledges.forms import RequestKeyField
from pledges.models import Better, Frequency, Rating, Unit
from pledges.rating import NotAFigure, plain_figure, rating_words, read_figure, show_of
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm, field_name
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

LONGEST_FIGURE = 120  # characters, with what is counted


def _figure_field(label, **kwargs):
    """A box for a figure; what was typed is read once the unit is known (``_read``)."""
    return PlainTextField(label=label, max_length=LONGEST_FIGURE, **kwargs)


def _read(form, name, unit, unit_words):
    """The Decimal in a box of the form, or None, with the sentence on the form."""
    typed = form.cleaned_data.get(name)
    if not typed:
        return None
    try:
        return read_figure(typed, unit, unit_words)
    except NotAFigure as problem:
        form.add_error(name, f"{field_name(form.fields[name])} {problem}")
        return None


# --- A measure --------------------------------------------------------------------------------


class MeasureForm(PortalForm):
    """What is measured, from where to where, and who sees to it."""

    name = PlainTextField(
        label="What is measured?",
        help_text="Short, as it will stand in lists: “Practitioners trained”.",
        max_length=200,
    )
    meaning = PlainTextField(
        label="What does it tell?",
        help_text="What is counted, for which people and time, and what it leaves out.",
        rows=3,
        max_length=5000,
        required=False,
    )
    unit = forms.ChoiceField(
        label="Unit", choices=Unit.choices, widget=forms.RadioSelect, initial=Unit.NUMBER
    )
    unit_words = PlainTextField(
        label="What is counted",
        help_text="Stands after a number or score: couples, practitioners, referrals.",
        max_length=60,
        required=False,
    )
    better = forms.ChoiceField(
        label="Which way is better?",
        choices=Better.choices,
        widget=forms.RadioSelect,
        initial=Better.HIGHER,
    )
    baseline = _figure_field(
        "Baseline",
        help_text="Where it stood at the beginning. Without a baseline or target it has no colour.",
        required=False,
    )
    baseline_on = DayField(label="Day of the baseline", required=False)
    target = _figure_field("Target", required=False)
    target_on = DayField(label="Day of the target", required=False)
    frequency = forms.ChoiceField(
        label="How often is it read?",
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        initial=Frequency.QUARTERLY,
    )
    owner = forms.ModelChoiceField(
        queryset=None,
        label="Who sees to it?",
        help_text="Their weekly e-mail says when a reading is late.",
        empty_label="Nobody yet",
        required=False,
    )
    organisation = forms.ModelChoiceField(
        queryset=None,
        label="Whose figure is it?",
        empty_label="The whole partnership’s",
        required=False,
    )
    source = PlainTextField(
        label="Where does the figure come from?",
        help_text="A return, a system, a survey, and who can ask it.",
        max_length=300,
        required=False,
    )
    domains = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Which domains does it speak to?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks_for = {"name": "what is measured"}

    def __init__(self, *args, partnership, user, domains, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)
        people = [each.user_id for each in measuring.people_who_log(partnership)]
        owners = User.objects.filter(pk__in=[*people, *self.owner_already()])
        self.fields["owner"].queryset = owners.order_by("name", "email")
        self.fields["organisation"].queryset = partnership.organisations.all()
        self.fields["domains"].queryset = domains.distinct()
        self.fields["domains"].label_from_instance = str

    def owner_already(self):
        """The owner that stands there: they stay, whatever their role is today."""
        return []

    def clean(self):
        """Read the figures; each has its day, and they lie in order."""
        cleaned = super().clean()
        for name in ("baseline", "target"):
            typed = cleaned.get(name)
            cleaned[name] = _read(self, name, cleaned.get("unit"), cleaned.get("unit_words", ""))
            self._want_both(name, typed, cleaned.get(f"{name}_on"))
        if not self.errors and None not in (cleaned["baseline"], cleaned["target"]):
            self._check_line(cleaned)
        return cleaned

    def _want_both(self, name, typed, day):
        on = f"{name}_on"
        if typed and day is None and on not in self.errors:
            self.add_error(on, f"Enter the day of the {name}: a figure is of a day")
        if day is not None and not typed and name not in self.errors:
            self.add_error(name, f"Enter the {name} of that day, or empty the day")

    def _check_line(self, cleaned):
        if cleaned["target_on"] <= cleaned["baseline_on"]:
            self.add_error("target_on", "“Day of the target” must be after the baseline’s")
        way = cleaned["target"] - cleaned["baseline"]
        if way < 0 and cleaned["better"] == Better.HIGHER:
            self.add_error(
                "target", "The target is below the baseline, and higher is better: check which"
            )
        if way > 0 and cleaned["better"] == Better.LOWER:
            self.add_error(
                "target", "The target is above the baseline, and lower is better: check which"
            )


class AddMeasureForm(MeasureForm):
    """A new measure."""

    request_key = RequestKeyField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Measure it from now on; sent twice, it is one."""
        return measuring.add_measure(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeMeasureForm(MeanwhileMixin, MeasureForm):
    """A measure, written anew."""

    seen = SeenField()

    def __init__(self, *args, measure, **kwargs):
        self.measure = measure
        initial = {name: getattr(measure, name) for name in measuring.WORDS}
        for name in ("baseline", "target"):
            standing = initial[name]
            initial[name] = "" if standing is None else plain_figure(standing)
        initial["domains"] = list(measure.domains.all())
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, partnership=measure.partnership, **kwargs)

    def owner_already(self):
        return [self.measure.owner_id]

    def standing(self):
        """The measure as it stands."""
        words = [
            str(getattr(self.measure, f"{name}_id" if name in {"owner", "organisation"} else name))
            for name in measuring.WORDS
        ]
        return repr((words, sorted(each.pk for each in self.measure.domains.all())))

    def meanwhile(self):
        """What somebody else made of it."""
        measure = self.measure
        target = show_of(measure, measure.target) or "none"
        return (
            f"Someone else has changed this measure meanwhile. It is now called “{measure.name}”; "
            f"target: {target}; who sees to it: {measure.owner or 'nobody yet'}. Yours is below: "
            "save again to replace theirs."
        )

    def hold(self):
        self.measure = measuring.locked(self.measure)

    def write(self):
        """Write the measure."""
        return measuring.change_measure(measure=self.measure, by=self.user, **self.cleaned_data)


class EndForm(MeanwhileMixin, PortalForm):
    """From which day on a measure is read no more."""

    mark_optional = False
    seen = SeenField()
    ended_on = DayField(
        label="No longer read from",
        help_text="Leave it empty to go on reading it.",
        required=False,
    )

    def __init__(self, *args, measure, user, **kwargs):
        self.measure, self.user = measure, user
        day = measure.ended_on or timezone.localdate()
        initial = {"ended_on": day, "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """Whether it has ended, and when."""
        return str(self.measure.ended_on)

    def meanwhile(self):
        """What somebody else said of its end."""
        day = self.measure.ended_on
        stands = f"It ends on {day:%-d %B %Y}." if day else "It goes on."
        return (
            f"Someone else has changed the end of this measure meanwhile. {stands} Yours is "
            "below: save again to replace theirs."
        )

    def hold(self):
        self.measure = measuring.locked(self.measure)

    def write(self):
        """End it, or go on with it."""
        return measuring.end_measure(measure=self.measure, by=self.user, **self.cleaned_data)


# --- A reading --------------------------------------------------------------------------------


class ReadingForm(PortalForm):
    """What a measure was on a day."""

    read_on = DayField(
        label="Which day is the figure of?",
        help_text="Of a quarter or a year, its last day.",
    )
    value = _figure_field("Figure")
    source = PlainTextField(
        label="Where does it come from?",
        help_text="A report, a return, a system: so that somebody can look it up again.",
        max_length=300,
        required=False,
    )
    comment = PlainTextField(
        label="What should readers know?",
        help_text="What is behind it, or what is missing in it.",
        rows=3,
        max_length=2000,
        required=False,
    )
    asks_for = {"read_on": "the day that the figure is of", "value": "the figure"}

    def __init__(self, *args, measure, user, **kwargs):
        self.measure, self.user = measure, user
        super().__init__(*args, **kwargs)
        unit = show_of(measure, 0).replace("0", "…", 1)
        self.fields["value"].help_text = f"As you would write it: {unit}"

    def clean(self):
        """Read the figure."""
        cleaned = super().clean()
        cleaned["value"] = _read(self, "value", self.measure.unit, self.measure.unit_words)
        return cleaned


class RecordForm(ReadingForm):
    """A new reading."""

    request_key = RequestKeyField()

    def __init__(self, *args, measure, **kwargs):
        initial = {"request_key": uuid.uuid4(), "source": measure.source}
        super().__init__(*args, measure=measure, initial=initial, **kwargs)

    def save(self):
        """Record it; sent twice, it is one."""
        return measuring.record_reading(measure=self.measure, by=self.user, **self.cleaned_data)


class OfOneReading(MeanwhileMixin):
    """What the two forms about a reading that stands have in common."""

    seen = SeenField()

    def hold(self):
        self.reading = measuring.locked_reading(self.reading)

    def standing(self):
        """The reading as it stands."""
        reading = self.reading
        return repr(
            (
                reading.read_on,
                str(reading.value),
                reading.source,
                reading.comment,
                reading.rating,
                reading.rating_reason,
            )
        )

    def meanwhile(self):
        """What somebody else made of it."""
        reading = self.reading
        figure = show_of(self.measure, reading.value)
        rated = f" Rated: {rating_words(reading.rating)}." if reading.rating else ""
        return (
            "Someone else has changed this reading meanwhile. It now says: "
            f"{figure} on {reading.read_on:%-d %B %Y}.{rated} Yours is below: save again to "
            "replace theirs."
        )


class CorrectForm(OfOneReading, ReadingForm):
    """A reading, written anew."""

    def __init__(self, *args, reading, **kwargs):
        self.reading = reading
        initial = {name: getattr(reading, name) for name in ("read_on", "source", "comment")}
        initial |= {"value": plain_figure(reading.value), "seen": fingerprint(self.standing())}
        super().__init__(*args, measure=reading.measure, initial=initial, **kwargs)

    def write(self):
        """Write the reading."""
        return measuring.correct_reading(reading=self.reading, by=self.user, **self.cleaned_data)


class RateForm(OfOneReading, PortalForm):
    """Another colour than the rule's, and why."""

    mark_optional = False
    rating = forms.ChoiceField(label="Rating", widget=forms.RadioSelect, required=False)
    reason = PlainTextField(
        label="Why is it rated otherwise?",
        help_text="Everybody who sees the colour sees this. Not needed when the rule decides.",
        rows=3,
        max_length=2000,
        required=False,
    )

    def __init__(self, *args, reading, user, rule_words, **kwargs):
        self.reading, self.measure, self.user = reading, reading.measure, user
        initial = {
            "rating": reading.rating,
            "reason": reading.rating_reason,
            "seen": fingerprint(self.standing()),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["rating"].choices = [
            ("", f"By the rule ({rule_words})"),
            *((each.value, rating_words(each)) for each in Rating),
        ]

    def write(self):
        """Say otherwise, or let the rule speak again."""
        return measuring.rate_reading(reading=self.reading, by=self.user, **self.cleaned_data)
