"""The form of a domain's page: the entry, its references and its priority actions as one.

Each box is a part (planning/parts.py) under the same name. Saving by hand is all or
nothing: one thing that cannot be read, and the page comes back with everything in it.
Autosaving takes what can be read and says what cannot, because a date half typed must
not hold back the words typed beside it.
"""

import json
import uuid

from django import forms

from planning import levels, parts
from planning.merging import Save, fingerprint
from planning.parts import NOT_APPLICABLE, PartName
from planning.saving import new_key, save_entry
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.quoting import either

PROSE = 20_000
NOT_YET = ""


def level_value(step):
    """A level as a form sends it: “2.5”."""
    return f"{step.normalize():f}"


class EntryForm(PortalForm):
    """Level, target and the four texts of one domain."""

    mark_optional = False
    level = forms.ChoiceField(label="Progress level", widget=forms.RadioSelect, required=False)
    not_applicable_reason = PlainTextField(
        label="Why is this domain not applicable?", rows=2, max_length=2000, required=False
    )
    target = forms.ChoiceField(label="Target level", required=False)
    evidence = PlainTextField(
        label=parts.LABELS["evidence"],
        help_text="What is there that you could show someone?",
        rows=6,
        max_length=PROSE,
        required=False,
    )
    gaps = PlainTextField(
        label=parts.LABELS["gaps"],
        help_text="What is missing? It may stay empty.",
        rows=5,
        max_length=PROSE,
        required=False,
    )
    reason = PlainTextField(
        label=parts.LABELS["reason"],
        help_text="Why this level and not the one above or below?",
        rows=3,
        max_length=PROSE,
        required=False,
    )
    dissent = PlainTextField(
        label=parts.LABELS["dissent"],
        help_text="Did anyone see it differently? Record it without a name.",
        rows=2,
        max_length=PROSE,
        required=False,
    )

    def __init__(self, *args, outline, domain, **kwargs):
        super().__init__(*args, **kwargs)
        steps = [(level_value(step), levels.format_level(step)) for step in outline.steps]
        self._offer_levels(steps, outline, domain)
        self.fields["target"].choices = [(NOT_YET, "Not set"), *steps]
        for name in ("level", "target"):
            self.fields[name].error_messages["invalid_choice"] = (
                f"“{self.fields[name].label}” must be one of {either([s for _, s in steps])}"
            )

    def _offer_levels(self, steps, outline, domain):
        """Each whole level with its name and descriptor beside the choice; half steps between."""
        names = {str(level.number): level.name for level in outline.levels}
        widget = self.fields["level"].widget
        self.fields["level"].choices = [
            *((value, f"{label} {names.get(value, '')}".strip()) for value, label in steps),
            (NOT_APPLICABLE, "Not applicable"),
            (NOT_YET, "Not yet scored"),
        ]
        widget.choice_hints = {
            value: f"Between {label.replace('/', ' and ')}"
            for value, label in steps
            if "/" in label
        } | {str(each.level.number): each.text for each in domain.descriptors}
        widget.choice_reveals = {NOT_APPLICABLE: "not_applicable_reason"}


class RowForm(PortalForm):
    """A reference or an action: a row that exists, or an empty one that may be filled."""

    mark_optional = False
    kind = ""
    required_field = ""
    required_sentence = ""

    def __init__(self, *args, key, exists, **kwargs):
        self.key, self.exists = key, exists
        super().__init__(*args, prefix=f"{self.kind}-{key}", **kwargs)

    def clean(self):
        """What the row must have is asked for once anything else is in it."""
        cleaned = super().clean()
        is_started = self.exists or any(cleaned.values()) or self.errors
        is_missing = not cleaned.get(self.required_field)
        if is_started and is_missing and self.required_field not in self.errors:
            self.add_error(self.required_field, self.required_sentence)
        return cleaned

    @property
    def is_blank(self):
        """Whether nothing has been written into a new row."""
        return not self.exists and not self.errors and not any(self.cleaned_data.values())


class ReferenceForm(RowForm):
    """Evidence that lies elsewhere."""

    kind = "reference"
    required_field = "title"
    required_sentence = "Give the evidence a title, or remove it"
    title = PlainTextField(label="Title", max_length=300, required=False)
    location = PlainTextField(
        label="Where it is",
        max_length=1000,
        required=False,
        help_text="A web address, a folder, or who holds it.",
    )
    shows = PlainTextField(label="What it shows", rows=2, max_length=2000, required=False)


class ActionForm(RowForm):
    """A priority action."""

    kind = "action"
    required_field = "what"
    required_sentence = "Say what will be done, or remove the action"
    what = PlainTextField(
        label="What will be done",
        rows=2,
        max_length=2000,
        required=False,
        help_text="One specific thing that can be finished.",
    )
    measure = PlainTextField(label="How we will know", rows=2, max_length=2000, required=False)
    owner = PlainTextField(
        label="Who owns it",
        max_length=200,
        required=False,
        help_text="A person or a post, and their organisation.",
    )
    due = DayField(label="By when", required=False, help_text="For example, 30 9 2026.")
    domains = forms.MultipleChoiceField(
        label="Other domains it serves", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, outline, number, **kwargs):
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["domains"].choices = [
            (str(domain.number), domain.title)
            for domain in outline.domains
            if domain.number != number
        ]

    @property
    def serves_others(self):
        """Whether the row is ticked for another domain as well."""
        return bool(self["domains"].value())


class DomainForm:
    """All forms of one domain's page. ``entry`` comes with its assessment loaded."""

    def __init__(self, entry, outline, *, references, actions, data=None):
        self.entry, self.outline, self.data = entry, outline, data
        self.number = outline.number_of[entry.domain_id]
        self.references_there = {row.key: row for row in references}
        self.actions_there = {row.key: row for row in actions}
        self.entry_form = EntryForm(
            data,
            outline=outline,
            domain=outline.by_number[self.number],
            initial=self._initial_entry(),
        )
        self.references = self._rows(ReferenceForm, self.references_there)
        self.actions = self._rows(
            ActionForm, self.actions_there, outline=outline, number=self.number
        )

    # --- Showing ---------------------------------------------------------------------------

    @property
    def forms(self):
        """Every form of the page, in the order of the page."""
        return [self.entry_form, *self.references, *self.actions]

    @property
    def page(self):
        """Names this showing of the page; a page shown again after an error keeps its name."""
        return self._sent("page")[:36] or str(uuid.uuid4())

    @property
    def base(self):
        """Fingerprints of what the page starts from, as JSON."""
        if self.data is not None:
            return json.dumps(self._sent_base())
        return json.dumps({part: fingerprint(text) for part, text in self.standing().items()})

    def standing(self):
        """Part -> text, of everything there is on this page now."""
        rows = {("", None): self.entry}
        rows |= {("reference", key): row for key, row in self.references_there.items()}
        rows |= {("action", key): row for key, row in self.actions_there.items()}
        fields = {
            "": parts.ENTRY_PARTS,
            "reference": parts.REFERENCE_PARTS,
            "action": parts.ACTION_PARTS,
        }
        return {
            str(PartName(field, kind, key)): parts.read(row, field, self.outline)
            for (kind, key), row in rows.items()
            for field in fields[kind]
        }

    def _initial_entry(self):
        return {field: parts.read(self.entry, field, self.outline) for field in parts.ENTRY_PARTS}

    def _initial_row(self, form_class, row):
        initial = {
            field: getattr(row, field) for field in form_class.base_fields if field != "domains"
        }
        if form_class is ActionForm:
            numbers = {self.outline.number_of[pk] for pk in row.domain_pks}
            initial["domains"] = [str(number) for number in sorted(numbers - {self.number})]
        return initial

    def _rows(self, form_class, there, **options):
        """A form for each row that was sent; else for each that is there, and an empty one.

        A row that was not sent is one that the page does not know: it stays as it stands.
        """
        keys = list(there)
        if self.data is not None:
            keys = self._sent_keys(form_class.kind) or [new_key()]
        forms_of_rows = [
            form_class(
                self.data,
                key=key,
                exists=key in there,
                **options,
                initial=self._initial_row(form_class, there[key]) if key in there else None,
            )
            for key in keys
        ]
        if self.data is None:
            forms_of_rows.append(form_class(None, key=new_key(), exists=False, **options))
        return forms_of_rows

    # --- Reading what was sent -------------------------------------------------------------

    def is_valid(self):
        """Whether everything that was sent can be read."""
        return not self.errors()

    def errors(self):
        """Part -> sentence, for what cannot be read."""
        return {
            form.add_prefix(name): sentences[0]
            for form in self.forms
            for name, sentences in form.errors.items()
        }

    def texts(self):
        """Part -> canonical text, of everything that was sent and can be read."""
        texts = _texts_of(self.entry_form, parts.ENTRY_PARTS, self.data)
        for form in self.references:
            if _is_worth_saving(form):
                texts |= _texts_of(form, parts.REFERENCE_PARTS, self.data)
        for form in self.actions:
            if _is_worth_saving(form):
                texts |= _texts_of(form, parts.ACTION_PARTS, self.data)
                if "domains" in form.cleaned_data:
                    numbers = {self.number, *map(int, form.cleaned_data["domains"])}
                    texts[form.add_prefix("domains")] = ",".join(map(str, sorted(numbers)))
        return texts

    def save(self, *, by):
        """Merge what was sent and can be read into what stands; returns saving.Saved."""
        save = Save(
            texts=self.texts(), base=self._sent_base(), page=self.page, number=self._sent_number()
        )
        return save_entry(entry=self.entry, save=save, by=by)

    def _sent(self, name):
        return (self.data.get(name) or "").replace("\0", "") if self.data is not None else ""

    def _sent_number(self):
        text = self._sent("number")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def _sent_base(self):
        """What the page says it started from; nonsense counts as nothing known."""
        try:
            base = json.loads(self._sent("base"))
        except (ValueError, RecursionError):
            return {}
        if not isinstance(base, dict):
            return {}
        return {str(part): text for part, text in base.items() if isinstance(text, str)}

    def _sent_keys(self, kind):
        keys = []
        for text in self.data.getlist(f"{kind}-key"):
            try:
                keys.append(uuid.UUID(text))
            except ValueError:
                continue
        return list(dict.fromkeys(keys))


def _is_worth_saving(form):
    """Not an empty new row, and not one that lacks what it must have."""
    return form.required_field not in form.errors and not form.is_blank


def _texts_of(form, fields, data):
    """Part -> canonical text of the fields that were sent and can be read.

    A box that was not sent at all is left as it stands: the page of an older tab, or one
    that was cut off on its way, must not empty what it does not know.
    """
    return {
        form.add_prefix(field): _canonical(form.cleaned_data[field])
        for field in fields
        if field in form.cleaned_data and field != "domains" and _was_sent(form, field, data)
    }


def _was_sent(form, field, data):
    return not form.fields[field].widget.value_omitted_from_data(data, None, form.add_prefix(field))


def _canonical(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else value.isoformat()
