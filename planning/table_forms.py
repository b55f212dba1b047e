"""Forms of the tables: how many there are, and what a table wrote of the domains.

A form of a table's copy remembers what stood there when its page was made (``base``). Where
somebody else at the table wrote in the same box meanwhile, it comes back with both texts and asks
which of them stands.
"""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from partnerships.room_text import RoomTextField
from planning import balloting, levels, table_work
from planning.domain_form import NOT_YET, level_value
from planning.merging import Save, fingerprint
from planning.models import WorkshopTable
from planning.parts import LABELS
from planning.phone_forms import LOOKS_LIKE
from planning.table_work import PARTS, PROSE, Met
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField
from rpcportal.kit.quoting import quoted

BOX = 2_000  # characters: what twenty tables write still fits the sheet's boxes, mostly
THEIRS, MINE, BOTH = "theirs", "mine", "both"
CALLED = {**{part: LABELS[part] for part in ("level", "evidence", "gaps")}, "actions": "Actions"}
MEANWHILE = "Somebody else wrote in “{box}” meanwhile. Choose what stands"
TOO_LONG = "Together, the two texts are longer than {limit:,} characters. Shorten yours"
JOINS = {"actions": "\n"}


class TablesForm(PortalForm):
    """How many tables there are."""

    number = forms.IntegerField(
        label="How many tables are there?",
        help_text=f"From {table_work.FEWEST} to {table_work.MOST}.",
        min_value=table_work.FEWEST,
        max_value=table_work.MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )
    asks_for = {"number": "how many tables there are"}

    def __init__(self, *args, workshop, user, **kwargs):
        self.workshop, self.user = workshop, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Have so many."""
        return table_work.lay_tables(workshop=self.workshop, by=self.user, **self.cleaned_data)


class TableNameForm(MeanwhileMixin, PortalForm):
    """What a table is called."""

    name = PlainTextField(
        label="Name of the table",
        help_text="Where it sits or what it is about. Leave it empty for its number.",
        max_length=80,
        required=False,
    )
    seen = SeenField()

    def __init__(self, *args, table, user, **kwargs):
        self.table, self.user = table, user
        initial = {"name": table.name, "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """Its name."""
        return f"called {self.table.name}"

    def meanwhile(self):
        """What somebody else called it."""
        now = quoted(str(self.table))
        return f"Somebody else has renamed it meanwhile: it is {now} now. Save once more for yours."

    def hold(self):
        """Its name as it stands; ValidationError where it was removed meanwhile."""
        # The workshop first, as every verb of the tables does.
        balloting.held_workshop(self.table.workshop, self.user)
        held = WorkshopTable.objects.select_related("workshop").filter(pk=self.table.pk).first()
        if held is None:
            raise ValidationError(table_work.GONE)
        self.table = held

    def write(self):
        """Rename it."""
        name = self.cleaned_data["name"]
        return table_work.rename_table(table=self.table, name=name, by=self.user)


# --- A table's copy ---------------------------------------------------------------------------


class CopyForm(PortalForm):
    """What a table has of one domain. ``texts``: part -> text as it stands."""

    mark_optional = False
    level = PlainTextField(label=LABELS["level"], max_length=None, required=False)
    evidence = RoomTextField(label=LABELS["evidence"], rows=4, max_length=BOX, required=False)
    gaps = RoomTextField(label=LABELS["gaps"], rows=4, max_length=BOX, required=False)
    actions = RoomTextField(
        label="Priority actions",
        help_text="One action to a line.",
        rows=4,
        max_length=BOX,
        required=False,
    )
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    met = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, texts, outline, domain, prefix=None):
        self.standing, self.outline, self.domain = texts, outline, domain
        base = {part: fingerprint(text) for part, text in texts.items()}
        initial = {**texts, "level": self.shown_level(texts["level"]), "base": json.dumps(base)}
        super().__init__(data, initial=initial, prefix=prefix)
        self._prepare_level()
        for part in PARTS if data is not None else ():
            if part in self._sent("met").split(","):
                self._ask(part)

    def shown_level(self, text):
        """A level as the form's box has it."""
        return text

    def _prepare_level(self):
        pass

    def _sent(self, name):
        return self.data.get(self.add_prefix(name)) or ""

    # --- Two texts for one box ------------------------------------------------------------------

    def _ask(self, part):
        """Have the form ask which of the two texts stands."""
        choices = [(THEIRS, "The other one"), (MINE, "Mine, as it is below")]
        if part in PROSE:
            choices.append((BOTH, "Both, one after the other"))
        self.fields[f"choose_{part}"] = forms.ChoiceField(
            label=f"What stands for “{CALLED[part]}”?",
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
        )
        every = [name for each in PARTS for name in (f"choose_{each}", each)]
        self.order_fields(every)

    def show_met(self, clashes):
        """Say what stands there by now; ``clashes``: part -> that text. What was typed stays."""
        self.standing = {**self.standing, **clashes}
        self.data = self.data.copy()
        known = {part: fingerprint(text) for part, text in clashes.items()}
        self.data[self.add_prefix("base")] = json.dumps({**self._base(), **known})
        asked = {*filter(None, self._sent("met").split(",")), *clashes}
        self.data[self.add_prefix("met")] = ",".join(part for part in PARTS if part in asked)
        for part in PARTS:
            if part in clashes:
                self.data.pop(self.add_prefix(f"choose_{part}"), None)
                self._ask(part)
                self.add_error(f"choose_{part}", self.about(MEANWHILE.format(box=CALLED[part])))

    def about(self, sentence):
        """The sentence, for a page of several domains with the domain's name before it."""
        return sentence

    @property
    def two_texts(self):
        """For the page: part -> the field that asks, and what stands there."""
        shown = {**self.standing, "level": self._in_words(self.standing["level"])}
        return {
            part: {"field": self[f"choose_{part}"], "theirs": shown[part]}
            for part in PARTS
            if f"choose_{part}" in self.fields
        }

    def _in_words(self, text):
        return levels.format_level(levels.parse_level(text, top=self.outline.top)) if text else ""

    def clean(self):
        """What was chosen of two texts takes the place of what was typed."""
        cleaned = super().clean()
        asked = [part for part in PARTS if f"choose_{part}" in self.fields]
        base = self._base()
        moved = [part for part in asked if base.get(part) != fingerprint(self.standing[part])]
        if moved:
            self.show_met({part: self.standing[part] for part in moved})
        for part in asked:
            if part not in moved:
                self._choose(part, cleaned)
        return cleaned

    def _choose(self, part, cleaned):
        choice = cleaned.get(f"choose_{part}")
        if not choice:
            self.add_error(f"choose_{part}", self.about(MEANWHILE.format(box=CALLED[part])))
        elif choice == THEIRS:
            cleaned[part] = self.standing[part]
            self.errors.pop(part, None)  # what was typed does not count any more
        elif choice == BOTH and part in PROSE and part in cleaned:
            texts = filter(None, [self.standing[part], cleaned[part]])
            cleaned[part] = JOINS.get(part, "\n\n").join(texts)
            if len(cleaned[part]) > BOX:
                self.add_error(part, self.about(TOO_LONG.format(limit=BOX)))

    # --- What was sent --------------------------------------------------------------------------

    def save_of(self):
        """What was sent as a merging.Save: a box that was cut off on its way empties nothing."""
        sent = {
            part: self.cleaned_data[part] for part in PARTS if self.add_prefix(part) in self.data
        }
        return Save(texts=sent, base=self._base())

    def _base(self):
        """What the page says it started from; nonsense counts as nothing known."""
        try:
            base = json.loads(self._sent("base").replace("\0", ""))
        except (ValueError, RecursionError):
            return {}
        known = base.items() if isinstance(base, dict) else ()
        return {part: text for part, text in known if isinstance(text, str)}


class PhoneCopyForm(CopyForm):
    """One domain on a phone at the table: the level is chosen, with what each looks like."""

    level = forms.ChoiceField(label=LABELS["level"], widget=forms.RadioSelect, required=False)

    def _prepare_level(self):
        names = {str(level.number): level.name for level in self.outline.levels}
        steps = [(level_value(step), levels.format_level(step)) for step in self.outline.steps]
        field = self.fields["level"]
        field.choices = [
            *((value, f"{label} {names.get(value, '')}".strip()) for value, label in steps),
            (NOT_YET, "Not yet scored"),
        ]
        field.widget.choice_hints = {
            value: f"Between {label.replace('/', ' and ')}"
            for value, label in steps
            if "/" in label
        } | {
            str(each.level.number): format_html(LOOKS_LIKE, each.level.number, each.text)
            for each in self.domain.descriptors
        }

    def save(self, *, table, entry):
        """Write it; whether it is kept. If not, the two texts are on the form."""
        try:
            table_work.write_from_phone(table=table, entry=entry, save=self.save_of())
        except Met as met:
            self.show_met(met.clashes[entry.pk])
            return False
        return True


class PaperCopyForm(CopyForm):
    """One domain of a sheet of paper: the level is typed as it is written there."""

    level = PlainTextField(
        label=LABELS["level"],
        max_length=None,
        required=False,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-3", "autocomplete": "off", "inputmode": "text"}
        ),
    )

    def _prepare_level(self):
        # The page says it once, above all domains.
        self.fields["actions"].help_text = ""

    def shown_level(self, text):
        """As people write it: “2/3”."""
        return self._in_words(text)

    def about(self, sentence):
        """With the domain's name before it."""
        return f"{self.domain.title}: {sentence}"

    def clean_level(self):
        """Its canonical text; empty for a domain without one."""
        typed = self.cleaned_data["level"]
        if not typed:
            return ""
        try:
            return level_value(levels.parse_level(typed, top=self.outline.top))
        except levels.LevelError as error:
            raise ValidationError(self.about(str(error))) from error

    def _post_clean(self):
        """The sentences about boxes too say of which domain they are."""
        super()._post_clean()
        for name in PARTS:
            if name in self.errors:
                told = [each.removeprefix(f"{self.domain.title}: ") for each in self.errors[name]]
                self.errors[name] = self.error_class([self.about(each) for each in told])


class PaperForms:
    """A whole sheet of paper: one form for each domain, saved together or not at all.

    ``places``: the table_differences.DomainAtTables of the table, in the tool's order.
    """

    def __init__(self, data=None, *, table, places, outline, user):
        self.table, self.user = table, user
        self.places = {
            place.entry: PaperCopyForm(
                data,
                texts=place.copies[0].texts,
                outline=outline,
                domain=place.domain,
                prefix=f"domain-{place.domain.number}",
            )
            for place in places
        }

    @property
    def forms(self):
        """In the sheet's order."""
        return list(self.places.values())

    @property
    def has_errors(self):
        """Whether something cannot be kept as it is."""
        return any(form.errors for form in self.forms)

    def is_valid(self):
        """Whether all of it can be read."""
        return not [form for form in self.forms if not form.is_valid()]  # looks at every one

    def save(self):
        """Write all of it; whether it is kept. If not, forms ask which of two texts stands."""
        saves = {entry: form.save_of() for entry, form in self.places.items()}
        try:
            table_work.write_copy(table=self.table, saves=saves, by=self.user)
        except Met as met:
            for entry, form in self.places.items():
                if entry.pk in met.clashes:
                    form.show_met(met.clashes[entry.pk])
            return False
        return True
