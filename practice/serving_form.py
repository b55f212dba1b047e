"""Forms that say what serves which standard."""

from django import forms

from pledges.models import Action
from practice import serving
from rpcportal.kit.forms import PlainTextField, PortalForm

MOST_SHOWN = 25  # of what can be ticked; the search finds the others
NOTHING = "Tick one thing at least, or go back"


class ServingSearchForm(PortalForm):
    """Words by which what can be ticked is found."""

    mark_optional = False
    words = PlainTextField(label="Search by words", max_length=200, required=False)

    def asked(self):
        """The words; none where they cannot be read."""
        return self.cleaned_data["words"] if self.is_valid() else ""


class ServeForm(PortalForm):
    """Standards that an action or a pledge serves."""

    mark_optional = False
    standards = forms.TypedMultipleChoiceField(
        label="Standards", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, thing, user, words="", **kwargs):
        self.thing, self.user = thing, user
        super().__init__(*args, **kwargs)
        versions = list(serving.standards_to_serve(thing))
        self.by_number = {each.standard_id: each.standard for each in versions}
        field = self.fields["standards"]
        field.choices = [(each.standard_id, each.statement) for each in versions]
        left = [each for each in versions if not each.is_served]
        self.none_left = not left
        found = [each for each in left if _holds(each, words)]
        self.there_are_more = len(found) > MOST_SHOWN
        _show(field, [(each.standard_id, each, each.standard.pillar) for each in found])

    @property
    def finds(self):
        """Whether there is anything to tick."""
        return self.fields["standards"].shown

    def clean_standards(self):
        """Those that were ticked. What serves one by now, the same click twice, is no mistake."""
        if not self.cleaned_data["standards"]:
            raise forms.ValidationError(NOTHING)
        return [self.by_number[pk] for pk in self.cleaned_data["standards"]]

    def save(self):
        """Link them; raises ValidationError."""
        chosen = self.cleaned_data["standards"]
        serving.serve(standards=chosen, things=[self.thing], by=self.user)
        return chosen


def _holds(version, words):
    """Whether each word stands in the statement or the name of the pillar."""
    text = f"{version.statement} {version.standard.pillar}".casefold()
    return all(word in text for word in words.casefold().split())


class ServedByForm(PortalForm):
    """Actions and pledges that serve a standard."""

    mark_optional = False
    actions = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Open actions",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pledges = forms.ModelMultipleChoiceField(
        queryset=None, label="Pledges", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, standard, user, words="", **kwargs):
        self.standard, self.user = standard, user
        super().__init__(*args, **kwargs)
        reach = serving.reach_of(user, standard.partnership)
        self.there_are_more = False
        for name, of in (
            ("actions", serving.open_actions),
            ("pledges", serving.standing_pledges),
        ):
            rows = of(standard.partnership, reach)
            self.fields[name].queryset = rows  # what serves it by now is no mistake
            found = serving.not_yet_serving(rows, standard, words)[: MOST_SHOWN + 1]
            self.there_are_more |= len(found) > MOST_SHOWN
            _show(self.fields[name], [_choice(each) for each in found])

    @property
    def finds(self):
        """Whether there is anything to tick."""
        return any(self.fields[name].shown for name in ("actions", "pledges"))

    def clean(self):
        """One thing at least."""
        cleaned = super().clean()
        if not self.errors and not (cleaned["actions"] or cleaned["pledges"]):
            raise forms.ValidationError(NOTHING)
        return cleaned

    def save(self):
        """Link them; raises ValidationError."""
        chosen = [*self.cleaned_data["actions"], *self.cleaned_data["pledges"]]
        serving.serve(standards=[self.standard], things=chosen, by=self.user)
        return chosen


def _choice(thing):
    """The value, words and hint of an action or a pledge."""
    if isinstance(thing, Action):
        return thing.pk, f"Action {thing.number}: {thing.what}", thing.organisation
    return thing.pk, thing.organisation, "Its pledge"


def _show(field, choices):
    """Of all that a field takes, show only these: (value, words, hint)."""
    choices = choices[:MOST_SHOWN]
    field.shown = bool(choices)
    field.widget.choices = [(value, str(words)) for value, words, _ in choices]
    field.widget.choice_hints = {str(value): str(hint) for value, _, hint in choices}
