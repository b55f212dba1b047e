"""The form of one file of an audit, held against all measures."""

import re

from django import forms
from django.core.exceptions import ValidationError

from practice import auditing
from practice.audit_forms import NO_FAMILY, begun
from practice.audit_results import LABELS, NOT_LOOKED_AT
from practice.limits_in_words import time_limit
from practice.models import Outcome
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.quoting import quoted

A_BOX = re.compile(r"m([0-9]{1,9})-(outcome|note)")
OUTCOMES = [*Outcome.choices, ("", LABELS[NOT_LOOKED_AT])]


class FindingForm(PortalForm):
    """What a file shows of one measure."""

    mark_optional = False
    outcome = forms.ChoiceField(choices=OUTCOMES, widget=forms.RadioSelect, required=False)
    note = PlainTextField(
        label="Note", help_text=NO_FAMILY, rows=2, max_length=2_000, required=False
    )

    def __init__(self, *args, number, asked, finding, **kwargs):
        self.number, self.asked, self.finding = number, asked, finding
        stored = {"outcome": finding.outcome, "note": finding.note} if finding else {}
        super().__init__(*args, prefix=f"m{asked.pk}", initial=stored, **kwargs)
        self.fields["outcome"].label = f"{number}. {asked.measure.text}"
        self.fields["outcome"].help_text = _what_to_look_for(asked.measure)

    def clean(self):
        """A note belongs to an answer."""
        cleaned = super().clean()
        if cleaned.get("note") and not cleaned.get("outcome") and "outcome" not in self.errors:
            self.add_error(
                "outcome", f"Choose what the file shows of measure {self.number}: it has a note"
            )
        return cleaned


def _what_to_look_for(measure):
    limit = time_limit(measure)
    if limit and measure.trigger:
        limit = f"{limit} from when {measure.trigger}"
    parts = [begun(limit), measure.on_file and f"On file: {measure.on_file}"]
    return ". ".join(part.rstrip(".") for part in parts if part)


class FileForm(MeanwhileMixin, PortalForm):
    """One file against all measures of its audit (``rows``)."""

    mark_optional = False
    reference = PlainTextField(
        label="Reference",
        help_text="If you need one: a code that only you can look up. " + NO_FAMILY,
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    seen = SeenField()

    def __init__(self, *args, file, asked, user, **kwargs):
        self.file, self.user = file, user
        initial = {"reference": file.reference, "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)
        found = {each.audit_measure_id: each for each in file.findings.all()}
        data = self.data if self.is_bound else None
        self.rows = [
            FindingForm(data, number=number, asked=each, finding=found.get(each.pk))
            for number, each in enumerate(asked, 1)
        ]

    @property
    def all_forms(self):
        """All that an error summary asks."""
        return [self, *self.rows]

    def clean(self):
        """Every row is whole, and nothing is written for what is no measure of this audit."""
        # Without a sentence of its own: each row has one.
        self.rows_are_wrong = bool([each for each in self.rows if not each.is_valid()])
        self._refuse_lost([each.asked.pk for each in self.rows])
        return super().clean()

    def is_valid(self):
        """Of the file and of every row."""
        return super().is_valid() and not getattr(self, "rows_are_wrong", False)

    def _refuse_lost(self, known):
        """Words for a measure that somebody took out meanwhile come back in the sentence."""
        lost = [
            self.data[name]
            for name in self.data
            if (found := A_BOX.fullmatch(name))
            and found[2] == "note"
            and int(found[1]) not in known
            and self.data[name].strip()
        ]
        if lost:
            words = " ".join(quoted(each, limit=2_000) for each in lost)
            raise ValidationError(
                "A measure was taken out of this audit meanwhile. What you wrote about it is not "
                f"saved: {words} Save again to keep the rest."
            )

    def found(self):
        """AuditMeasure -> (outcome, note), as typed."""
        typed = {each.asked: each.cleaned_data for each in self.rows}
        return {asked: (each["outcome"], each["note"]) for asked, each in typed.items()}

    def _typed(self):
        """As ``_stored`` would be, once this is saved; None before it was looked through."""
        if not all(hasattr(each, "cleaned_data") for each in getattr(self, "rows", [])):
            return None
        rows = {
            each.asked.pk: (each.cleaned_data.get("outcome"), each.cleaned_data.get("note"))
            for each in self.rows
        }
        found = {pk: values for pk, values in rows.items() if values[0]}
        return self.cleaned_data.get("reference"), found

    def _stored(self):
        found = {
            each.audit_measure_id: (each.outcome, each.note) for each in self.file.findings.all()
        }
        return self.file.reference, found

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored = self._stored()
        if not any(stored) or self.is_bound_and_same(stored):
            return ""
        return repr((stored[0], sorted(stored[1].items())))

    def is_bound_and_same(self, stored):
        """Whether what was typed is what stands there."""
        return hasattr(self, "cleaned_data") and self._typed() == stored

    def hold(self):
        self.file = auditing.held_file(self.file)

    def meanwhile(self):
        reference, found = self._stored()
        said = [f"reference “{reference}”"] if reference else []
        for row in self.rows:
            if row.asked.pk in found:
                outcome, note = found[row.asked.pk]
                words = f" (“{note}”)" if note else ""
                said.append(f"measure {row.number}: {LABELS[outcome].lower()}{words}")
        return (
            f"Someone else has saved this file meanwhile. It now says: {'; '.join(said)}. Yours "
            "is below: save again to replace theirs."
        )

    def write(self):
        """Save what the file shows."""
        there = {each.pk for each in self.file.audit.measures.all()}
        self._refuse_lost(there)
        found = {asked: said for asked, said in self.found().items() if asked.pk in there}
        return auditing.save_file(
            file=self.file, by=self.user, reference=self.cleaned_data["reference"], found=found
        )
