"""What somebody in the room answers on a phone: a level or a rating, and a line about it."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from partnerships.room_text import RoomTextField
from planning import balloting, levels
from planning.domain_form import level_value
from planning.models import BallotKind
from planning.spread_charts import RATINGS
from planning.voting import CLOSED, REFUSALS, Deed
from rpcportal.kit.forms import PortalForm

DOES_NOT_KNOW = "none"
REASON_LENGTH = 280
MOST = max(RATINGS)
RATED = {1: "1 Not useful", MOST: f"{MOST} Very useful"}
NO_FAMILY = "Please name no child and no family."
REASON_HINT = f"One line, shown to the room without your name. {NO_FAMILY}"
COMMENT_HINT = f"One line, kept without your name. {NO_FAMILY}"
LOOKS_LIKE = (
    '<details class="rpc-phone__level"><summary>What level {} looks like</summary>'
    "<p>{}</p></details>"
)
ASKED = {
    BallotKind.LEVEL: "a level, or “Don’t know”",
    BallotKind.RATING: "a number from 1 to 5",
}


class VoteForm(PortalForm):
    """One phone's answer in an open ballot. ``vote``: what it answered before, or None."""

    level = forms.ChoiceField(widget=forms.RadioSelect)
    reason = RoomTextField(
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Which vote this page had seen, so that a late packet changes nothing.
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, ballot, outline, domain, vote=None):
        self.ballot, self.vote = ballot, vote
        said = {"revision": 0}
        if vote:
            said = {"level": value_of(vote.level), "reason": vote.reason, "revision": vote.revision}
        super().__init__(data, initial=said)
        if ballot.kind == BallotKind.RATING:
            self._ask_for_a_rating()
        else:
            self._ask_for_a_level(outline, domain)
        field = self.fields["level"]
        field.error_messages["required"] = f"Choose {ASKED[ballot.kind]}"
        field.error_messages["invalid_choice"] = f"Choose {ASKED[ballot.kind]}"

    def _ask_for_a_rating(self):
        choices = [(str(each), RATED.get(each, str(each))) for each in RATINGS]
        _ask(self.fields["level"], "How useful was it?", choices)
        self.fields["reason"].label = "What should we know?"
        self.fields["reason"].help_text = COMMENT_HINT

    def _ask_for_a_level(self, outline, domain):
        names = {str(level.number): level.name for level in outline.levels}
        steps = [(level_value(step), levels.format_level(step)) for step in outline.steps]
        choices = [(value, f"{label} {names.get(value, '')}".strip()) for value, label in steps]
        _ask(self.fields["level"], "Where are we?", [*choices, (DOES_NOT_KNOW, "Don’t know")])
        self.fields["level"].widget.choice_hints = {
            value: f"Between {label.replace('/', ' and ')}"
            for value, label in steps
            if "/" in label
        } | {
            str(each.level.number): format_html(LOOKS_LIKE, each.level.number, each.text)
            for each in domain.descriptors
        }
        self.fields["reason"].label = "Why?"
        self.fields["reason"].help_text = REASON_HINT

    def clean_level(self):
        """A Decimal, or None for “don't know”."""
        said = self.cleaned_data["level"]
        return None if said == DOES_NOT_KNOW else Decimal(said)

    def clean_revision(self):
        """Nothing seen, for whoever left it out."""
        return self.cleaned_data["revision"] or 0

    def cast(self, participant):
        """Vote; the vote, or None with a sentence on the form.

        When the page had not seen the vote that stands, that one is ``vote`` from now on, and
        what was chosen stays in the form: sent once more, it replaces it.
        """
        try:
            return balloting.cast_vote(
                ballot=self.ballot, participant=participant, **self.cleaned_data
            )
        except balloting.Stale as stale:
            self.vote = stale.vote
            self.data = self.data.copy()
            self.data["revision"] = str(stale.vote.revision)
            self.add_error(None, stale)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return None

    @property
    def refusal(self):
        """Why this came too late, or an empty sentence while the ballot is open."""
        if self.ballot.is_open and not self.has_error("__all__", code="closed"):
            return ""
        return REFUSALS.get((self.ballot.state, Deed.VOTE), CLOSED)

    @property
    def chosen(self):
        """What was chosen, in the words of its choice, or nothing."""
        value = self["level"].value()
        return next((label for each, label in self.fields["level"].choices if each == value), "")


def _ask(field, question, choices):
    field.label, field.choices = question, choices


def value_of(level):
    """A vote's level as the form sends it."""
    return DOES_NOT_KNOW if level is None else level_value(level)
