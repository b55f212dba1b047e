"""Forms about a whole assessment. The form of a domain's page is planning/domain_form.py."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from partnerships.models import Membership
from planning import actions
from planning.models import Framework
from planning.responsibility import assign
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.roles import Permission

ILLUSTRATION_HINT = (
    "An illustration shows how the tool is used. It is not your area’s own plan, "
    "and its sheet says so."
)


class DetailsForm(MeanwhileMixin, PortalForm):
    """The date of an assessment, the words at its head, and whether it is an illustration."""

    assessed_on = DayField(
        label="Date of the assessment", help_text="The day of the workshop. For example, 30 7 2018."
    )
    note = PlainTextField(
        label="Words at the head of the sheet",
        help_text="For example, who took part. They are printed above the table.",
        rows=3,
        max_length=5000,
        required=False,
    )
    illustrative = forms.BooleanField(
        label="This is an illustration", help_text=ILLUSTRATION_HINT, required=False
    )
    seen = SeenField()
    asks_for = {"assessed_on": "the date of the assessment"}

    def __init__(self, *args, assessment=None, user=None, **kwargs):
        self.assessment, self.user = assessment, user
        if assessment is not None:
            kwargs.setdefault("initial", {}).update(
                assessed_on=assessment.assessed_on,
                note=assessment.note,
                illustrative=assessment.is_illustrative,
                seen=fingerprint(self.standing()),
            )
        super().__init__(*args, **kwargs)

    def standing(self):
        """The details as they stand."""
        if self.assessment is None:
            return ""
        return repr((self.assessment.assessed_on, self.assessment.status, self.assessment.note))

    def meanwhile(self):
        """What somebody else made of them."""
        note = f"the words “{self.assessment.note}”" if self.assessment.note else "no words"
        return (
            "Someone else has changed these details meanwhile. They are now "
            f"{self.assessment.assessed_on:%-d %B %Y}, "
            f"{self.assessment.get_status_display().lower()}, with {note} at the head of the "
            "sheet. Yours are below: save again to replace theirs."
        )

    def hold(self):
        self.assessment = actions.locked(self.assessment)

    def write(self):
        """Change the assessment's details."""
        actions.change_details(assessment=self.assessment, by=self.user, **self.cleaned_data)
        return self.assessment


class StartForm(DetailsForm):
    """A new assessment of a partnership's area."""

    framework = forms.ModelChoiceField(
        queryset=Framework.objects.all(), label="Planning tool", empty_label=None
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = None
    field_order = ["assessed_on", "framework", "note", "illustrative"]

    def __init__(self, *args, partnership, **kwargs):
        self.partnership = partnership
        kwargs.setdefault("initial", {})["request_key"] = uuid.uuid4()
        super().__init__(*args, **kwargs)

    def save(self):
        """Start the assessment; sent twice, it is one."""
        return actions.start_assessment(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class AgreeForm(PortalForm):
    """Who agreed the sheet for the partnership, in what role, and when."""

    name = PlainTextField(
        label="Name", max_length=150, help_text="The person who agrees it for the partnership."
    )
    role = PlainTextField(
        label="Role", max_length=150, help_text="For example, chair of the steering group."
    )
    on = DayField(label="Date it was agreed")
    asks_for = {
        "name": "the name of the person who agreed the sheet",
        "role": "the role of the person who agreed the sheet",
        "on": "the date the sheet was agreed",
    }

    def __init__(self, *args, assessment, user, today, **kwargs):
        self.assessment, self.user, self.today = assessment, user, today
        kwargs.setdefault("initial", {}).setdefault("on", today)
        super().__init__(*args, **kwargs)

    def clean_on(self):
        """Nobody can have agreed tomorrow, nor before the workshop."""
        on = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError("“Date it was agreed” must be today or in the past")
        if on < self.assessment.assessed_on:
            raise ValidationError(
                "“Date it was agreed” must not be before the assessment itself, "
                f"{self.assessment.assessed_on:%-d %B %Y}"
            )
        return on

    def save(self):
        """Agree the sheet."""
        return actions.agree_sheet(assessment=self.assessment, by=self.user, **self.cleaned_data)


class ReopenForm(PortalForm):
    """Why an agreed sheet is reopened."""

    reason = PlainTextField(
        label="Why is the sheet reopened?",
        help_text="It is printed on the new version.",
        rows=3,
        max_length=2000,
    )
    asks_for = {"reason": "why the sheet is reopened"}

    def __init__(self, *args, assessment, user, **kwargs):
        self.assessment, self.user = assessment, user
        super().__init__(*args, **kwargs)

    def save(self):
        """Reopen the sheet; returns the new version."""
        return actions.reopen_sheet(assessment=self.assessment, by=self.user, **self.cleaned_data)


class ResponsibleForm(PortalForm):
    """Who sees to it that a domain is written up."""

    person = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Who is responsible for this domain?",
        help_text="They gather the evidence and see that it is written up. Others can write too.",
        required=False,
        empty_label="Nobody yet",
    )
    mark_optional = False

    def __init__(self, *args, entry, user, **kwargs):
        self.entry, self.user = entry, user
        partnership = entry.assessment.partnership
        writers = partnership.memberships.who_may(Permission.SCORE).with_names().by_name()
        kwargs["initial"] = {"person": writers.filter(user_id=entry.responsible_id).first()}
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = writers
        self.fields["person"].label_from_instance = lambda each: str(each.user)

    def save(self):
        """Make them responsible."""
        chosen = self.cleaned_data["person"]
        assign(entry=self.entry, user=chosen.user if chosen else None, by=self.user)


class CompareForm(forms.Form):
    """Which other assessment a profile is compared with; anything unknown means the default."""

    with_ = forms.ChoiceField(required=False)

    def __init__(self, data, *, others):
        super().__init__({"with_": data.get("with")})
        self.others = {"none": None} | {str(each.pk): each for each in others}
        self.fields["with_"].choices = self.others.items()

    def chosen(self, default):
        """The chosen assessment, or ``default``."""
        return self.others.get(self.cleaned_data["with_"], default) if self.is_valid() else default
