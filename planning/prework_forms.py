"""What somebody says beforehand: where they come from, once, and one domain at a time."""

import uuid

from django import forms

from partnerships.models import Sector
from partnerships.room_text import RoomTextField
from planning import levels, prework
from rpcportal.kit.forms import PortalForm
from rpcportal.kit.quoting import either

DOES_NOT_KNOW = "dk"
NO_ANSWER = ""
UNSAID = "unsaid"
LONGEST = 2_000


class BeginForm(PortalForm):
    """Begin a paper. The sector is asked once, where it is not known."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    sector = forms.ChoiceField(
        label="Your organisation’s sector",
        help_text="Answers are compared between sectors, where a sector has five or more.",
        choices=[("", "Choose"), *Sector.choices, (UNSAID, "I’d rather not say")],
    )
    asks_for = {"sector": "a sector, or “I’d rather not say”"}

    def __init__(self, *args, workshop, invitee=None, **kwargs):
        self.workshop, self.invitee = workshop, invitee
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)
        if invitee and invitee.organisation_id:
            del self.fields["sector"]

    def save(self):
        """The paper; the same click twice is one. ValidationError when the time is over."""
        said = self.cleaned_data
        if self.invitee:
            key = prework.key_for(self.invitee.pk)
        else:
            key = prework.key_of_page(self.workshop, said["request_key"])
        return prework.make_paper(workshop=self.workshop, key=key, sector=self._sector())

    def _sector(self):
        if self.invitee and self.invitee.organisation_id:
            return self.invitee.organisation.sector
        sector = self.cleaned_data["sector"]
        return "" if sector == UNSAID else sector


class ScoreForm(PortalForm):
    """What one person says of one domain beforehand."""

    mark_optional = False
    level = forms.ChoiceField(
        label="Where are we now?",
        help_text="Your own view, from what you see.",
        widget=forms.RadioSelect,
        required=False,
    )
    strength = RoomTextField(
        label="One strength (optional)",
        help_text="What works well? Please name no child or family.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    improvement = RoomTextField(
        label="One improvement (optional)",
        help_text="What would you change first? Please name no child or family.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    # Of the answer that the page has seen. What is no number has seen none.
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, paper, entry, score, outline, domain, **kwargs):
        self.paper, self.entry = paper, entry
        self.changed = None  # the answer that stands, where the page had not seen it
        super().__init__(*args, initial=_initial(score), **kwargs)
        steps = [(f"{step.normalize():f}", levels.format_level(step)) for step in outline.steps]
        self._steps = dict(zip([value for value, _ in steps], outline.steps, strict=True))
        self._offer(steps, outline, domain)

    def _offer(self, steps, outline, domain):
        """Each whole level with its name and descriptor; half steps between them."""
        names = {str(level.number): level.name for level in outline.levels}
        field = self.fields["level"]
        field.choices = [
            *((value, f"{label} {names.get(value, '')}".strip()) for value, label in steps),
            (DOES_NOT_KNOW, "Don’t know"),
            (NO_ANSWER, "No answer yet"),
        ]
        field.widget.choice_hints = {
            value: f"Between {label.replace('/', ' and ')}"
            for value, label in steps
            if "/" in label
        } | {str(each.level.number): each.text for each in domain.descriptors}
        listed = either([label for _, label in steps])
        field.error_messages["invalid_choice"] = (
            f"The level must be one of {listed}, “Don’t know” or “No answer yet”"
        )

    def save(self):
        """Keep it; whether that was done. What stands there unseen is in ``changed`` then."""
        level = self.cleaned_data["level"]
        said = {
            "level": self._steps.get(level),
            "does_not_know": level == DOES_NOT_KNOW,
            "strength": self.cleaned_data["strength"],
            "improvement": self.cleaned_data["improvement"],
        }
        try:
            prework.save_score(
                paper=self.paper, entry=self.entry, said=said, revision=self._revision()
            )
        except prework.Changed as changed:
            self.changed = changed.score
            # Now the page shows it: sent once more, what was typed takes its place.
            self.data = self.data.copy()
            self.data["revision"] = str(changed.score.revision)
            return False
        return True

    def _revision(self):
        said = self.cleaned_data["revision"]
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _initial(score):
    if score is None:
        return {"revision": "0", "level": NO_ANSWER}
    return {
        "revision": str(score.revision),
        "level": value_of(score),
        "strength": score.strength,
        "improvement": score.improvement,
    }


def value_of(score):
    """Its level as the form sends it."""
    if score.does_not_know:
        return DOES_NOT_KNOW
    return NO_ANSWER if score.level is None else f"{score.level.normalize():f}"
