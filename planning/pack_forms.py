"""How many sets of voting cards somebody wants to print."""

from django import forms

from rpcportal.kit.forms import PortalForm

MOST_SETS = 40


class CardSetsForm(PortalForm):
    """The number stands in the address of the PDF; without one it is ``usual``."""

    sets = forms.IntegerField(
        label="How many sets of voting cards?",
        help_text=f"One for each person in the room, from 1 to {MOST_SETS}.",
        min_value=1,
        max_value=MOST_SETS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    asks_for = {"sets": f"how many sets you want, from 1 to {MOST_SETS}"}

    def __init__(self, query, *, usual):
        asked = query if "sets" in query else {"sets": usual}
        super().__init__(asked)
        sentence = f"Enter a whole number of sets from 1 to {MOST_SETS}"
        for code in ("invalid", "min_value", "max_value"):
            self.fields["sets"].error_messages[code] = sentence
