"""Forms about evidence statements: write one, search them."""

import uuid

from django import forms

from practice import evidence
from practice.bearing import levels_by_domain
from practice.bearing_fields import BearingMixin
from practice.resource_forms import WebAddressField
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint


class SearchForm(PortalForm):
    """Words that the statements should hold."""

    mark_optional = False
    words = PlainTextField(label="Search by words", max_length=200, required=False)


class StatementForm(BearingMixin):
    """What is known, about whom, and who says so."""

    claim = PlainTextField(
        label="What is known",
        help_text="One sentence in your own words. Please name no child or family.",
        rows=3,
        max_length=500,
    )
    figure = PlainTextField(
        label="Figure", help_text="For example, 10%.", max_length=60, required=False
    )
    population = PlainTextField(
        label="About whom",
        help_text="For example, children in couple families in the UK.",
        max_length=200,
        required=False,
    )
    year = PlainTextField(
        label="Year of the figure",
        help_text="For example, 2021 to 2022.",
        max_length=40,
        required=False,
    )
    source = PlainTextField(
        label="Source",
        help_text="Who published it, and where. Without one the statement is marked “no source "
        "yet” wherever it appears.",
        max_length=300,
        required=False,
    )
    link = WebAddressField(label="Address of the source")
    checked_on = DayField(
        label="Checked on",
        help_text="The day on which somebody last looked at the source.",
        required=False,
    )
    asks_for = {"claim": "what is known"}


class AddStatementForm(StatementForm):
    """A new statement."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)
        self.add_bearings(partnership)

    def save(self):
        """Add it; raises ValidationError with field -> sentence."""
        return evidence.add_statement(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeStatementForm(MeanwhileMixin, StatementForm):
    """A statement that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, statement, user, **kwargs):
        self.statement, self.user = statement, user
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**self.stored(), "seen": seen}, **kwargs)
        self.add_bearings(statement.partnership, statement)

    def stored(self):
        """Its words, by the names of the boxes."""
        words = {name: getattr(self.statement, name) for name in evidence.WORDS}
        return {**words, "bearings": levels_by_domain(self.statement)}

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        typed = getattr(self, "cleaned_data", None)
        if typed and all(typed.get(name) == value for name, value in self.stored().items()):
            return ""
        return repr(sorted(self.stored().items()))

    def hold(self):
        self.statement = evidence.held(self.statement)

    def meanwhile(self):
        return (
            "Someone else has changed this statement meanwhile. It now says: "
            f"“{self.statement.claim}” Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return evidence.change_statement(
            statement=self.statement, by=self.user, **self.cleaned_data
        )
