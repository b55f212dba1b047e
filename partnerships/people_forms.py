"""Forms for who is in a partnership, and as what."""

from django import forms
from django.core.exceptions import ValidationError

from partnerships import actions
from partnerships.handing_over import hand_over
from partnerships.inviting import invite
from partnerships.models import Membership, Organisation, Sector
from partnerships.pasted import read_addresses
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.roles import DESCRIPTIONS, Permission, Role


def role_choices():
    """Each role with what it is for."""
    return [(role.value, f"{role.label}: {DESCRIPTIONS[role]}") for role in Role]


class InviteForm(PortalForm):
    """One person or a pasted list, with one role and one organisation for all of them."""

    people = PlainTextField(
        label="E-mail addresses",
        rows=4,
        help_text="One, or a list: paste a column from a spreadsheet or a line from an e-mail. "
        "Names may stand beside them.",
    )
    role = forms.ChoiceField(label="Role", choices=role_choices, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisation", required=False, empty_label="None yet"
    )
    asks_for = {"people": "at least one e-mail address", "role": "a role"}

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = partnership.organisations.all()

    def clean_people(self):
        """Pairs of address and name; every piece that is no address is named."""
        pasted = read_addresses(self.cleaned_data["people"])
        if pasted.problems:
            raise ValidationError([ValidationError(each) for each in pasted.problems[:20]])
        if not pasted.people:  # nothing but separators
            raise ValidationError(self.fields["people"].error_messages["required"])
        return pasted.people

    def save(self, link):
        """Invite them; an Outcome for each."""
        values = self.cleaned_data
        return invite(
            partnership=self.partnership,
            people=values["people"],
            role=values["role"],
            organisation=values["organisation"],
            by=self.user,
            link=link,
        )


class JoinForm(PortalForm):
    """What somebody who was invited says of themselves."""

    name = PlainTextField(
        label="Your name",
        max_length=150,
        help_text="The other people of the partnership see it beside what you write.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    job_title = PlainTextField(label="Your job title", max_length=120, required=False)
    asks_for = {"name": "your name"}


class MembershipForm(PortalForm):
    """A member's role, organisations and job title."""

    role = forms.ChoiceField(label="Role", choices=role_choices, widget=forms.RadioSelect)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Organisations",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    job_title = PlainTextField(label="Job title", max_length=120, required=False)
    asks_for = {"role": "a role"}

    def __init__(self, *args, membership, user, **kwargs):
        self.membership, self.user = membership, user
        kwargs["initial"] = {
            "role": membership.role,
            "organisations": list(membership.organisations.all()),
            "job_title": membership.job_title,
        }
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = membership.partnership.organisations.all()

    def save(self):
        """Change the membership."""
        return actions.change_membership(
            membership=self.membership, by=self.user, **self.cleaned_data
        )


class HandOverForm(PortalForm):
    """The colleague who takes the work on."""

    to = forms.ModelChoiceField(
        Membership.objects.none(), label="Who takes it on?", empty_label="Choose a colleague"
    )
    asks_for = {"to": "who takes the work on"}

    def __init__(self, *args, membership, user, **kwargs):
        self.membership, self.user = membership, user
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = (
            membership.partnership.memberships.who_may(Permission.SCORE)
            .exclude(pk=membership.pk)
            .with_names()
            .by_name()
        )
        field.label_from_instance = lambda each: f"{each.user}, {each.get_role_display().lower()}"

    def save(self):
        """Hand it over; how many pieces of work moved."""
        return hand_over(membership=self.membership, to=self.cleaned_data["to"], by=self.user)


class OrganisationForm(PortalForm):
    """An organisation's name and sector."""

    name = PlainTextField(label="Name", max_length=150)
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices)
    asks_for = {"name": "the organisation’s name", "sector": "a sector"}

    def __init__(self, *args, organisation, user, **kwargs):
        self.organisation, self.user = organisation, user
        kwargs["initial"] = {"name": organisation.name, "sector": organisation.sector}
        super().__init__(*args, **kwargs)

    def clean_name(self):
        """No two organisations of a partnership have the same name."""
        name = self.cleaned_data["name"]
        others = self.organisation.partnership.organisations.exclude(pk=self.organisation.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(f"“{name}” is in the list already")
        return name

    def save(self):
        """Add it, or change it."""
        for field, value in self.cleaned_data.items():
            setattr(self.organisation, field, value)
        return actions.save_organisation(organisation=self.organisation, by=self.user)


class SettingsForm(PortalForm):
    """What a partnership asks of its coordinators."""

    second_factor_required = forms.BooleanField(
        label="Coordinators need a second step to sign in",
        required=False,
        help_text="An app on a phone, or a passkey. Those who have none yet set it up the next "
        "time they open a page.",
    )
    mark_optional = False

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        kwargs["initial"] = {"second_factor_required": partnership.second_factor_required}
        super().__init__(*args, **kwargs)

    def save(self):
        """Change the settings."""
        actions.change_settings(partnership=self.partnership, by=self.user, **self.cleaned_data)
