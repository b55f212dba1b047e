"""Forms of a workshop's console: what the room agreed, what is parked, the timer."""

import json
import uuid

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships.permissions import refusal_for
from planning import agreeing, parking, parts, running
from planning.domain_form import NOT_YET, EntryForm
from planning.merging import Save, fingerprint
from planning.models import ParkedPoint
from planning.outline import outline_of
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.roles import Permission

AGREED_PARTS = ("level", "not_applicable_reason", "reason", "dissent")
NO_REASON = "Say why this domain is not applicable"


class AgreeForm(EntryForm):
    """What the room agreed of a domain, with the words of the domain's own page.

    Its words start from what stands on the sheet, its level from nothing until this room agreed
    one: a hurried click agrees no old level, and the votes propose none. It remembers fingerprints
    of what stands (``base``), so that what a scribe writes meanwhile is merged and not lost.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    page = forms.CharField(widget=forms.HiddenInput, required=False)
    asks_for = {"level": "the level that the room agreed, or “Not applicable”"}

    def __init__(self, *args, workshop, entry, user, **kwargs):
        self.workshop, self.entry, self.user = workshop, entry, user
        outline = outline_of(workshop.assessment.framework)
        standing = {part: parts.read(entry, part, outline) for part in AGREED_PARTS}
        initial = {
            **standing,
            "base": json.dumps({part: fingerprint(text) for part, text in standing.items()}),
            "page": str(uuid.uuid4()),
        }
        if not agreeing.is_agreed_here(entry, workshop):
            initial["level"] = NOT_YET
        domain = outline.by_number[outline.number_of[entry.domain_id]]
        super().__init__(*args, outline=outline, domain=domain, initial=initial, **kwargs)
        for name in ("target", "evidence", "gaps"):
            del self.fields[name]
        level = self.fields["level"]
        level.label, level.required = "What did the room agree?", True
        level.choices = [each for each in level.choices if each[0] != NOT_YET]
        level.widget.choice_hints = {}

    def clean(self):
        """“Not applicable” has a reason."""
        cleaned = super().clean()
        is_na = cleaned.get("level") == parts.NOT_APPLICABLE
        if is_na and "not_applicable_reason" in cleaned and not cleaned["not_applicable_reason"]:
            self.add_error("not_applicable_reason", NO_REASON)
        return cleaned

    def save(self):
        """Merge it into what stands; returns saving.Saved."""
        page = agreeing.page_of(self.workshop) + self.cleaned_data["page"][:36]
        save = Save(texts=self._texts(), base=self._base(), page=page)
        try:
            return agreeing.agree_level(
                workshop=self.workshop, entry=self.entry, save=save, by=self.user
            )
        except PermissionDenied as error:
            if refusal_for(self.user, Permission.SCORE, self.workshop.partnership_id):
                raise
            # The sheet was agreed meanwhile: the page comes back, with what was typed in it.
            raise ValidationError(str(error)) from error

    def _texts(self):
        """Part -> text of the boxes that were sent: one that was cut off empties nothing."""
        return {part: self.cleaned_data[part] or "" for part in AGREED_PARTS if part in self.data}

    def _base(self):
        """What the page says it started from; nonsense counts as nothing known."""
        try:
            base = json.loads(self.cleaned_data["base"])
        except (ValueError, RecursionError):
            return {}
        known = base.items() if isinstance(base, dict) else ()
        return {part: text for part, text in known if isinstance(text, str)}


class ParkForm(PortalForm):
    """A point for the parking list."""

    text = PlainTextField(
        label="What shall we come back to?",
        help_text="Please name no child or family.",
        max_length=500,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    asks_for = {"text": "what to come back to"}

    def __init__(self, *args, workshop, entry, user, **kwargs):
        self.workshop, self.entry, self.user = workshop, entry, user
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Park it; sent twice, it is one."""
        return parking.park(
            workshop=self.workshop, entry=self.entry, by=self.user, **self.cleaned_data
        )


class SettleForm(PortalForm):
    """What became of a point."""

    outcome = PlainTextField(
        label="What became of it?",
        help_text="For example: an action of domain 3, or no longer needed.",
        max_length=500,
    )
    asks_for = {"outcome": "what became of it"}

    def __init__(self, *args, point: ParkedPoint, user, **kwargs):
        self.point, self.user = point, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Settle it."""
        return parking.settle(point=self.point, by=self.user, **self.cleaned_data)


class TimerForm(PortalForm):
    """How many minutes the room has."""

    mark_optional = False
    minutes = forms.TypedChoiceField(
        label="Minutes",
        choices=[(running.STOP, "Stop"), *((each, str(each)) for each in running.MINUTES)],
        coerce=int,
        initial=running.MORE,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)
    asks_for = {"minutes": "how many minutes"}

    def __init__(self, *args, workshop, user, **kwargs):
        self.workshop, self.user = workshop, user
        super().__init__(*args, initial={"seen": running.timer_seen(workshop)}, **kwargs)
        # To stop it is a button of its own.
        self.fields["minutes"].widget.choices = self.fields["minutes"].choices[1:]

    def save(self):
        """Set it."""
        return running.set_timer(workshop=self.workshop, by=self.user, **self.cleaned_data)
