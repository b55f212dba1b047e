"""Coming in to an event: its code, and where one comes from."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from partnerships import joining
from partnerships.models import Organisation, Sector
from partnerships.room_text import RoomTextField
from rpcportal.kit.forms import PlainTextField, PortalForm

CODE_INPUT = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}
NOT_LIKE_A_CODE = "A code has 6 letters, like BCD FGH. Look at the screen and type it again."
NOT_OPEN = "No event is open with this code. Look at the screen and type it again."
NO_ORGANISATION = "Choose your organisation, or type its name"
NO_ORGANISATION_OR_SECTOR = "Choose your organisation, type its name, or choose a sector"
BOTH = "You chose an organisation and typed another: leave one of the two empty"
NO_SECTOR = "Choose the sector of your organisation, because it is not in the list"


class CodeOfEventForm(PortalForm):
    """The code from the screen."""

    code = PlainTextField(
        label="Code",
        help_text="Six letters, with or without the space.",
        max_length=50,
        widget=forms.TextInput(attrs=CODE_INPUT),
    )
    asks_for = {"code": "the code from the screen"}

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_code(self):
        """The open event of this code."""
        code = joining.code_in(self.cleaned_data["code"])
        if not code:
            raise ValidationError(NOT_LIKE_A_CODE)
        occasion = joining.occasion_of_code(self.request, code)
        if occasion is None:
            raise ValidationError(NOT_OPEN)
        return occasion


class OrganisationForm(PortalForm):
    """An organisation from the partnership's list, or another one in words."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Your organisation",
        required=False,
        empty_label="Choose, or type it below",
    )
    organisation_words = RoomTextField(
        label="If it is not in the list, its name",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    mark_optional = False

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = partnership.organisations.all()
        if not self.fields["organisation"].queryset:  # read here, and not again for the page
            del self.fields["organisation"]
            self.fields["organisation_words"].label = "Your organisation"

    def clean(self):
        """One of the two; a name that is in the list is the one in the list."""
        cleaned = super().clean()
        if "organisation_words" in self.errors or "organisation" in self.errors:
            return cleaned
        chosen = cleaned.setdefault("organisation", None)
        words = cleaned["organisation_words"]
        listed = self._listed(words)
        if words and chosen and listed != chosen:
            self.add_error("organisation_words", BOTH)
        elif not (words or chosen) and self.needs_organisation(cleaned):
            self.add_error(self._first_field(), self.no_organisation)
        elif listed:
            cleaned["organisation"], cleaned["organisation_words"] = listed, ""
        return cleaned

    no_organisation = NO_ORGANISATION

    def needs_organisation(self, cleaned):
        """Whether nothing else that was said does instead."""
        return True

    def _first_field(self):
        return "organisation" if "organisation" in self.fields else "organisation_words"

    def _listed(self, words):
        listed = self.fields["organisation"].queryset if "organisation" in self.fields else ()
        return next((each for each in listed if each.name.casefold() == words.casefold()), None)


class NamelessForm(PortalForm):
    """Coming in to an event that asks nothing about anybody."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, occasion, **kwargs):
        self.occasion = occasion
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Come in; the participant, or None when the event has ended meanwhile."""
        return joining.join(occasion=self.occasion, **self.cleaned_data)


class ComeInForm(NamelessForm, OrganisationForm):
    """Where somebody comes from who joins an event, and nothing else about them."""

    sector = forms.ChoiceField(
        label="Sector", choices=[("", "Choose"), *Sector.choices], required=False
    )

    def __init__(self, *args, occasion, **kwargs):
        super().__init__(*args, occasion=occasion, partnership=occasion.partnership, **kwargs)
        if joining.KINDS[occasion.kind].asks_sector:
            self.no_organisation = NO_ORGANISATION_OR_SECTOR
        else:
            del self.fields["sector"]

    def needs_organisation(self, cleaned):
        """A sector alone will do where it is asked for."""
        return not cleaned.get("sector")

    def clean(self):
        """An organisation in the list has its sector; one in words is asked for it."""
        cleaned = super().clean()
        if "sector" not in self.fields or self.errors:
            return cleaned
        if cleaned.get("organisation"):
            cleaned["sector"] = cleaned["organisation"].sector
        elif cleaned.get("organisation_words") and not cleaned.get("sector"):
            self.add_error("sector", NO_SECTOR)
        return cleaned


def way_in(occasion):
    """The form with which phones come in to this event."""
    asks = joining.KINDS[occasion.kind].asks_organisation
    return ComeInForm if asks else NamelessForm
