"""Forms about champions, family ambassadors, events and publicity."""

import uuid

from django import forms
from django.utils import timezone

from partnerships.models import Organisation
from partnerships.permissions import may
from pledges import outreach
from pledges.models import ChampionKind, Pledge, PublicityKind
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.roles import Permission

MOST_REACHED = 100_000_000


class ChampionForm(MeanwhileMixin, PortalForm):
    """A champion or family ambassador. ``champion`` is None for a new one."""

    kind = forms.ChoiceField(
        label="What are they?", choices=ChampionKind.choices, widget=forms.RadioSelect
    )
    name = PlainTextField(
        label="Name",
        help_text="Of a family ambassador only a name and an e-mail address are kept. Nothing "
        "about their family belongs here.",
        max_length=150,
    )
    organisation = forms.ModelChoiceField(queryset=None, label="Organisation", required=False)
    role = PlainTextField(
        label="Job title", help_text="Only of a champion.", max_length=150, required=False
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Only the people of the partnership see it. Ask before you write it down.",
        required=False,
    )
    since = DayField(label="Since")
    until = DayField(
        label="Until",
        help_text="The last day; empty while they go on. Name and e-mail address are forgotten "
        "two years after it.",
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {
        "kind": "whether it is a champion or a family ambassador",
        "name": "their name",
        "since": "the day from which they are it",
    }
    names = ("kind", "name", "organisation", "role", "email", "since", "until")

    def __init__(self, *args, partnership, user, champion=None, organisation=None, **kwargs):
        """``organisation``: the number of the one to begin with, and with whom its pledge names."""
        self.partnership, self.user, self.champion = partnership, user, champion
        super().__init__(*args, initial=self._initial(organisation), **kwargs)
        organisations = outreach.organisations_for(user, partnership)
        if champion and champion.organisation_id:
            organisations = organisations | Organisation.objects.filter(pk=champion.organisation_id)
        field = self.fields["organisation"]
        field.queryset = organisations.distinct().order_by("name")
        field.required = not may(user, Permission.WRITE_ALL, partnership.pk)
        field.empty_label = "Choose an organisation" if field.required else "No organisation"
        field.error_messages["required"] = "Choose the organisation they belong to"

    def _initial(self, organisation):
        if self.champion:
            stands = {name: getattr(self.champion, name) for name in self.names}
            return {**stands, "seen": fingerprint(self.standing())}
        initial = {
            "kind": ChampionKind.CHAMPION,
            "since": timezone.localdate(),
            "request_key": uuid.uuid4(),
        }
        if organisation:
            pledge = Pledge.objects.of(self.partnership).of_organisation(organisation)
            initial |= {"organisation": organisation, "name": pledge.champion if pledge else ""}
        return initial

    def clean(self):
        """Of an ambassador nothing is kept but who they are and how to reach them."""
        cleaned = super().clean()
        if cleaned.get("kind") == ChampionKind.AMBASSADOR and cleaned.get("role"):
            self.add_error("role", "Of a family ambassador no job title is kept: empty “Job title”")
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", outreach.DAYS_IN_ORDER)
        return cleaned

    def standing(self):
        """The entry as it stands."""
        each = self.champion
        if each is None:
            return ""
        who = (each.kind, each.name, each.organisation_id, each.role, each.email)
        return repr((*who, each.since, each.until))

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.champion
        until = f" until {each.until:%-d %B %Y}" if each.until else ""
        return (
            f"Someone else has changed this entry meanwhile. It is now: {each.name} {each.role}, "
            f"{each.get_kind_display().lower()} of {each.organisation or 'no organisation'} since "
            f"{each.since:%-d %B %Y}{until}, {each.email or 'no e-mail address'}. Yours is below: "
            "save again to replace theirs."
        )

    def hold(self):
        if self.champion:
            self.champion = outreach.held_champion(self.champion)

    def write(self):
        """Save the entry."""
        words = dict(self.cleaned_data)
        key = words.pop("request_key")
        if self.champion:
            return outreach.change_champion(champion=self.champion, by=self.user, **words)
        return outreach.add_champion(
            partnership=self.partnership, by=self.user, request_key=key, **words
        )


class PublicityForm(MeanwhileMixin, PortalForm):
    """An event, or something that was published. ``publicity`` is None for a new one."""

    title = PlainTextField(label="What was it?", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=PublicityKind.choices, widget=forms.RadioSelect)
    held_on = DayField(label="Day")
    organisation = forms.ModelChoiceField(
        queryset=None,
        label="Whose was it?",
        empty_label="The partnership’s, or somebody else’s",
        required=False,
    )
    reached = forms.IntegerField(
        label="How many people did it reach?",
        help_text="Leave it empty where nobody counted.",
        min_value=0,
        max_value=MOST_REACHED,
        required=False,
    )
    link = forms.URLField(
        label="Where it can be seen",
        help_text="A web address, like https://www.example.org.",
        max_length=500,
        assume_scheme="https",
        required=False,
    )
    note = PlainTextField(
        label="Note",
        help_text="What worked, what to do otherwise. Please write nothing about any child or "
        "family.",
        rows=3,
        max_length=5000,
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {"title": "what it was", "kind": "what kind it was", "held_on": "the day"}
    names = ("title", "kind", "held_on", "organisation", "reached", "link", "note")

    def __init__(self, *args, partnership, user, publicity=None, **kwargs):
        self.partnership, self.user, self.publicity = partnership, user, publicity
        if publicity:
            initial = {name: getattr(publicity, name) for name in self.names}
            initial["seen"] = fingerprint(self.standing())
        else:
            initial = {"held_on": timezone.localdate(), "request_key": uuid.uuid4()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["organisation"].queryset = partnership.organisations.order_by("name")

    def standing(self):
        """The entry as it stands."""
        each = self.publicity
        if each is None:
            return ""
        what = (each.title, each.kind, each.held_on, each.organisation_id)
        return repr((*what, each.reached, each.link, each.note))

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.publicity
        reached = "not counted" if each.reached is None else f"{each.reached:,}"
        return (
            f"Someone else has changed this entry meanwhile. It is now: “{each.title}”, "
            f"{each.get_kind_display().lower()}, {each.held_on:%-d %B %Y}, people reached: "
            f"{reached}. {each.link} {each.note} Yours is below: save again to replace theirs."
        )

    def hold(self):
        if self.publicity:
            self.publicity = outreach.held_publicity(self.publicity)

    def write(self):
        """Save the entry."""
        words = dict(self.cleaned_data)
        key = words.pop("request_key")
        if self.publicity:
            return outreach.change_publicity(publicity=self.publicity, by=self.user, **words)
        return outreach.add_publicity(
            partnership=self.partnership, by=self.user, request_key=key, **words
        )
