"""Forms about pledges: sign, draft the words, change what is around them, withdraw."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Manifesto, User
from pledges import pledging
from pledges.lapsing import next_review
from pledges.models import Signing
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

LONGEST_WORDS = 2000
WORDS_CHANGED = (
    "The words of the partnership’s pledge have changed while you had this page open. Read them "
    "again above before you sign."
)


class AroundForm(MeanwhileMixin, PortalForm):
    """What every form about a pledge asks: its lead, its champion and when to look at it again.

    ``pledge`` is None for an organisation that has none yet.
    """

    lead = forms.ModelChoiceField(
        queryset=None,
        label="Lead contact",
        help_text="Reminders go to them. They need an account.",
        empty_label="Nobody yet",
        required=False,
    )
    champion = PlainTextField(
        label="Champion",
        help_text="Who keeps it alive inside the organisation: a name or a post.",
        max_length=150,
        required=False,
    )
    review_on = DayField(label="Look at it again on", required=False)
    seen = SeenField()

    def __init__(self, *args, organisation, pledge, user, **kwargs):
        self.organisation, self.pledge, self.user = organisation, pledge, user
        names = ("words", "lead", "champion", "review_on", "is_shown")
        stands = {name: getattr(pledge, name) for name in names} if pledge else {}
        initial = {**stands, "seen": fingerprint(self.standing()), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        members = organisation.partnership.memberships.values("user_id")
        people = User.objects.filter(pk__in=members, is_active=True)
        if pledge and pledge.lead_id:
            people = people | User.objects.filter(pk=pledge.lead_id)
        self.fields["lead"].queryset = people.order_by("name", "email")

    def standing(self):
        """The pledge as it stands."""
        pledge = self.pledge
        if pledge is None:
            return "none"
        around = (pledge.lead_id, pledge.champion, pledge.review_on, pledge.is_shown)
        return repr((pledge.status, pledge.words, around))

    def hold(self):
        self.pledge = pledging.held(self.organisation)

    def meanwhile(self):
        """What somebody else made of it."""
        status = self.pledge.get_status_display() if self.pledge else "none"
        said = f" Its words are now: “{self.pledge.words}”" if self.pledge else ""
        return (
            f"Someone else has changed this pledge meanwhile. Its status is now: {status}.{said} "
            "Yours is below: save again to replace theirs."
        )


class WordsForm(AroundForm):
    """Adds the organisation's own words."""

    words = PlainTextField(
        label="Your own words",
        help_text="What the organisation promises beside the words above, in two or three "
        "sentences. They stand on the certificate. Please name no child or family.",
        rows=5,
        max_length=LONGEST_WORDS,
        required=False,
    )


class DraftForm(WordsForm):
    """What an organisation prepares before somebody signs."""

    field_order = ["words", "lead", "champion", "review_on"]

    def write(self):
        """Keep the draft."""
        return pledging.draft_words(
            organisation=self.organisation, by=self.user, **self.cleaned_data
        )


class SignForm(WordsForm):
    """Sign for the organisation, or sign again."""

    name = PlainTextField(
        label="Who signs", help_text="The name of the person who signs.", max_length=150
    )
    role = PlainTextField(
        label="Their job title", help_text="For example, chief executive.", max_length=150
    )
    signed_on = DayField(
        label="Date it was signed",
        help_text="If it was signed on paper before, the words of that day count.",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["words", "name", "role", "signed_on", "lead", "champion", "review_on"]
    asks_for = {
        "name": "the name of the person who signs",
        "role": "the job title of the person who signs",
        "signed_on": "the date it was signed",
    }

    def __init__(self, *args, organisation, **kwargs):
        self.manifesto = Manifesto.objects.newest(organisation.partnership)
        today = timezone.localdate()
        initial = {
            "request_key": uuid.uuid4(),
            "seen_version": self.manifesto.number if self.manifesto else 0,
            "signed_on": today,
            "review_on": next_review(today),
        }
        super().__init__(*args, organisation=organisation, initial=initial, **kwargs)

    def standing(self):
        """The pledge as it stood; nothing for the same click twice, which is no clash."""
        key = self.cleaned_data.get("request_key") if hasattr(self, "cleaned_data") else None
        if key and Signing.objects.filter(request_key=key, pledge=self.pledge).exists():
            return ""
        return super().standing()

    def write(self):
        """Sign."""
        try:
            return pledging.sign(organisation=self.organisation, by=self.user, **self.cleaned_data)
        except pledging.WordsChanged:
            self.data = {**self.data.dict(), "seen_version": self.manifesto.number}
            raise ValidationError(WORDS_CHANGED) from None


class DetailsForm(AroundForm):
    """What is around the words of a pledge."""

    is_shown = forms.BooleanField(
        label="Show this pledge on the partnership’s public page, if it has one", required=False
    )
    field_order = ["lead", "champion", "review_on", "is_shown"]

    def write(self):
        """Save them."""
        return pledging.change_details(pledge=self.pledge, by=self.user, **self.cleaned_data)


class WithdrawForm(PortalForm):
    """Why a pledge is withdrawn."""

    because = PlainTextField(
        label="Why is the pledge withdrawn?",
        help_text="The people of the partnership read it.",
        rows=3,
        max_length=2000,
    )
    asks_for = {"because": "why the pledge is withdrawn"}

    def __init__(self, *args, pledge, user, **kwargs):
        self.pledge, self.user = pledge, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Withdraw it."""
        return pledging.withdraw(pledge=self.pledge, by=self.user, **self.cleaned_data)
