"""The form of a measure: what must be done, by whom, in what time, and where."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from practice import sources_and_measures
from practice.models import LimitUnit, Scope, StandardMeasure
from practice.standard_forms import NO_FAMILY, OfARowMixin, OneLineField
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import SeenField, fingerprint
from rpcportal.kit.quoting import quoted

NOT_HERE, REQUIRED, CONSIDERED = "", "required", "considered"
NEEDS = [(NOT_HERE, "Not here"), (REQUIRED, "Required"), (CONSIDERED, "Considered")]
MOST_ROLES = 20
LONGEST_ROLE = 80
LONGEST_LIST = 60  # roles to tick; the rest can be typed
EVERYWHERE_ALREADY = (
    "“Everywhere” says it already. Choose “Not here” for the single places below, or “Not here” "
    "for “Everywhere”"
)


def need_field(scope):
    """The name of the field that says what holds in a scope."""
    return f"need_{scope}"


def _need(scope):
    return forms.ChoiceField(
        label=scope.label,
        choices=NEEDS,
        widget=forms.RadioSelect,
        initial=NOT_HERE,
        required=False,
    )


# A box for each scope, so that one that is added to the list has its own.
NeedsForm = type(PortalForm)(
    "NeedsForm", (PortalForm,), {need_field(scope): _need(scope) for scope in Scope}
)


class MeasureForm(NeedsForm):
    """What must be done to work to a standard."""

    text = OneLineField(
        label="What must be done?",
        help_text="One sentence without the time limit: We hold a family network meeting.",
        rows=2,
        max_length=500,
    )
    limit_number = forms.IntegerField(
        label="Time limit: number", min_value=1, max_value=9_999, required=False
    )
    limit_unit = forms.ChoiceField(
        label="Time limit: unit",
        choices=[("", "No time limit"), *LimitUnit.choices],
        required=False,
        help_text="If nobody has decided which days are meant, say so: it is printed like that.",
    )
    trigger = PlainTextField(
        label="From when does the time count?",
        help_text="For example: the child is opened to children’s social care.",
        max_length=200,
        required=False,
    )
    known_roles = forms.MultipleChoiceField(
        label="Who is responsible?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_roles = PlainTextField(
        label="Others who are responsible",
        help_text="One in each line. A role, not a name: allocated practitioner.",
        rows=2,
        max_length=2_000,
        required=False,
    )
    frequency = PlainTextField(
        label="How often?",
        help_text="For example: at every visit, every six weeks.",
        max_length=80,
        required=False,
    )
    exception = PlainTextField(label="Exception", rows=2, max_length=2_000, required=False)
    on_file = PlainTextField(
        label="What is to be seen on file?",
        help_text=f"What an audit looks for. {NO_FAMILY}",
        rows=2,
        max_length=2_000,
        required=False,
    )
    source = PlainTextField(
        label="Source",
        help_text="The law or guidance that asks for it. Empty means it is your own rule.",
        max_length=300,
        required=False,
    )
    asks_for = {"text": "what must be done"}
    mark_optional = False  # only the first box must be filled in: the page says so

    def __init__(self, *args, partnership, measure=None, **kwargs):
        known = list(StandardMeasure.objects.roles_known(partnership)[:LONGEST_LIST])
        kwargs["initial"] = {**_boxes(measure, known), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["known_roles"].choices = [(role, role) for role in known]
        if not known:
            del self.fields["known_roles"]

    def needs(self):
        """The boxes for the scopes, for the page."""
        return [self[need_field(scope)] for scope in Scope]

    def clean_other_roles(self):
        """A role in each line."""
        roles = [" ".join(line.split()) for line in self.cleaned_data["other_roles"].splitlines()]
        for role in roles:
            if len(role) > LONGEST_ROLE:
                raise ValidationError(
                    f"The role {quoted(role)} has {len(role)} characters; the most is "
                    f"{LONGEST_ROLE}. Shorten it, or write one role in each line."
                )
        return [role for role in roles if role]

    def clean(self):
        """A limit has a number and a unit; where it holds everywhere, no place is named."""
        cleaned = super().clean()
        number, unit = cleaned.get("limit_number"), cleaned.get("limit_unit")
        if number and not unit and "limit_unit" not in self.errors:
            self.add_error("limit_unit", "Choose what the number counts: hours, days, weeks …")
        if unit and number is None and "limit_number" not in self.errors:
            self.add_error("limit_number", "Enter the number of the time limit, or choose none")
        places = [scope for scope in Scope if cleaned.get(need_field(scope))]
        if Scope.ALL in places and len(places) > 1:
            self.add_error(need_field(Scope.ALL), EVERYWHERE_ALREADY)
        roles = [*cleaned.pop("known_roles", []), *cleaned.pop("other_roles", [])]
        cleaned["roles"] = list(dict.fromkeys(roles))
        if len(cleaned["roles"]) > MOST_ROLES:
            self.add_error("other_roles", f"A measure has at most {MOST_ROLES} roles: tick fewer")
        for name, need in (("required_in", REQUIRED), ("considered_in", CONSIDERED)):
            cleaned[name] = [each.value for each in Scope if cleaned.get(need_field(each)) == need]
        for scope in Scope:
            cleaned.pop(need_field(scope), None)
        return cleaned


def _boxes(measure, known):
    """What the boxes hold for a measure that is there."""
    if measure is None:
        return {}
    needs = dict.fromkeys(measure.required_in, REQUIRED)
    needs |= dict.fromkeys(measure.considered_in, CONSIDERED)
    boxes = {name: getattr(measure, name) for name in sources_and_measures.MEASURE_WORDS}
    boxes |= {need_field(scope): need for scope, need in needs.items()}
    boxes["known_roles"] = [role for role in measure.roles if role in known]
    boxes["other_roles"] = "\n".join(role for role in measure.roles if role not in known)
    return boxes


class AddMeasureForm(MeasureForm):
    """A measure that the draft does not hold yet."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, standard, user, **kwargs):
        self.standard, self.user = standard, user
        initial = {"request_key": uuid.uuid4()}
        super().__init__(*args, partnership=standard.partnership, initial=initial, **kwargs)

    def save(self):
        """Write it into the draft; raises ValidationError."""
        return sources_and_measures.add_measure(
            standard=self.standard, by=self.user, **self.cleaned_data
        )


class ChangeMeasureForm(OfARowMixin, MeasureForm):
    """A measure, written anew."""

    seen = SeenField()
    words = sources_and_measures.MEASURE_WORDS

    def __init__(self, *args, row, standard, user, **kwargs):
        self.row, self.user = row, user
        initial = {"seen": fingerprint(self.standing() or "nothing")}
        super().__init__(
            *args, partnership=standard.partnership, measure=row, initial=initial, **kwargs
        )

    def hold(self):
        self.row = sources_and_measures.held_measure(self.row)

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            f"Someone else has changed this measure meanwhile. It now says: “{self.row.text}” "
            "Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return sources_and_measures.change_measure(
            measure=self.row, by=self.user, **self.cleaned_data
        )
