"""Forms about a workshop's plan: its day and place, and who is invited. The agenda's form is
planning/agenda_forms.py.
"""

import uuid
from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Organisation
from partnerships.pasted import read_addresses
from planning import inviting, workshop_planning
from planning.balloting import held_workshop
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.rich_text import LONGEST

TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")
USUAL_END = time(17)  # of scoring beforehand


class TimeOfDayField(forms.TimeField):
    """A time, typed like 09:30."""

    def __init__(self, **kwargs):
        attrs = {"class": "govuk-input--width-5"}
        super().__init__(
            input_formats=TIMES, widget=forms.TimeInput(format="%H:%M", attrs=attrs), **kwargs
        )


class WorkshopForm(PortalForm):
    """What a workshop is called, when and where it is, and what comes before it."""

    name = PlainTextField(
        label="Name", help_text="It stands at the top of the screen.", max_length=120
    )
    held_on = DayField(label="Day")
    starts_at = TimeOfDayField(
        label="When does it begin?",
        help_text="For example, 09:30. The agenda then shows the time of each line.",
        required=False,
    )
    place = PlainTextField(label="Place", max_length=150, required=False)
    to_read = PlainTextField(
        label="What to read before",
        rows=6,
        max_length=LONGEST,
        required=False,
        help_text="Those who are invited see it, and it is printed in the pack. Please write "
        "nothing about a family. In Markdown: - before each item of a list, [words](address) for "
        "a link.",
    )
    prework_on = DayField(
        label="Scoring beforehand: until which day?",
        help_text="Invited people can then score privately by a link, without an account. Leave "
        "it empty for none.",
        required=False,
    )
    prework_at = TimeOfDayField(label="Until what time on that day?", required=False)
    asks_for = {"name": "what the workshop is called", "held_on": "the day of the workshop"}
    stored_end = None  # when scoring beforehand ends, as it stands

    def clean(self):
        """One moment out of the day and the time."""
        cleaned = super().clean()
        on, at = cleaned.pop("prework_on", None), cleaned.pop("prework_at", None)
        ends = timezone.make_aware(datetime.combine(on, at or USUAL_END)) if on else None
        stored = self.stored_end
        if ends and stored and ends == stored.replace(second=0, microsecond=0):
            ends = stored
        cleaned["prework_closes_at"] = ends
        return cleaned


class PlanWorkshopForm(WorkshopForm):
    """A new workshop on an assessment."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, assessment, user, **kwargs):
        self.assessment, self.user = assessment, user
        initial = {
            "request_key": uuid.uuid4(),
            "name": "Planning workshop",
            "held_on": max(assessment.assessed_on, timezone.localdate()),
            "prework_at": USUAL_END,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Plan it; sent twice, it is one."""
        return workshop_planning.plan_workshop(
            assessment=self.assessment, by=self.user, **self.cleaned_data
        )


class ChangeWorkshopForm(MeanwhileMixin, WorkshopForm):
    """A workshop planned otherwise."""

    seen = SeenField()

    def __init__(self, *args, workshop, user, **kwargs):
        self.workshop, self.user = workshop, user
        self.stored_end = workshop.prework_closes_at
        names = ("name", "held_on", "starts_at", "place", "to_read")
        initial = {name: getattr(workshop, name) for name in names}
        ends = self.stored_end and timezone.localtime(self.stored_end)
        initial["prework_on"] = ends and ends.date()
        initial["prework_at"] = ends.time() if ends else USUAL_END
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """The plan as it stands."""
        return repr([getattr(self.workshop, name) for name in workshop_planning.WORDS])

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.workshop
        parts = [f"“{each.name}”", f"{each.held_on:%-d %B %Y}"]
        parts += [f"{each.starts_at:%H:%M}"] if each.starts_at else []
        parts += [each.place] if each.place else []
        if each.prework_closes_at:
            ends = workshop_planning.in_words(each.prework_closes_at)
            parts.append(f"scoring beforehand until {ends}")
        read = f" To read before: “{each.to_read}”." if each.to_read else ""
        return (
            "Someone else has changed this workshop meanwhile. It is now: "
            f"{', '.join(parts)}.{read} Yours is below: save again to replace theirs."
        )

    def hold(self):
        self.workshop = held_workshop(self.workshop, self.user)

    def write(self):
        """Save it."""
        return workshop_planning.change_workshop(
            workshop=self.workshop, by=self.user, **self.cleaned_data
        )


# --- Who is invited -----------------------------------------------------------------------------


class InviteeForm(PortalForm):
    """An organisation, and whom of it, if that is known."""

    mark_optional = False
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisation",
        empty_label="Not in the list",
        required=False,
    )
    organisation_words = PlainTextField(
        label="Name of an organisation that is not in the list", max_length=150, required=False
    )
    name = PlainTextField(
        label="Who is to come",
        help_text="If you know it already. Names and addresses are forgotten 90 days after the "
        "workshop.",
        max_length=150,
        required=False,
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="To send them the link for scoring beforehand.",
        max_length=254,
        required=False,
    )

    def __init__(self, *args, workshop, user, **kwargs):
        self.workshop, self.user = workshop, user
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = workshop.partnership.organisations.order_by("name")

    def save(self):
        """Invite them."""
        return inviting.add_invitee(workshop=self.workshop, by=self.user, **self.cleaned_data)


class ChangeInviteeForm(MeanwhileMixin, InviteeForm):
    """Whom of which organisation, put right."""

    seen = SeenField()

    def __init__(self, *args, invitee, **kwargs):
        self.invitee = invitee
        initial = {name: getattr(invitee, name) for name in inviting.WORDS}
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """The row as it stands."""
        each = self.invitee
        return repr((each.organisation_id, each.organisation_words, each.name, each.email))

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.invitee
        who = ", ".join(filter(None, [each.organisation_name, each.name, each.email]))
        return (
            f"Someone else has changed this meanwhile. It is now: {who}. Yours is below: save "
            "again to replace theirs."
        )

    def hold(self):
        held_workshop(self.workshop, self.user)
        self.invitee = inviting.held_invitee(self.invitee)

    def write(self):
        """Save it."""
        return inviting.change_invitee(invitee=self.invitee, by=self.user, **self.cleaned_data)


class PasteForm(PortalForm):
    """A pasted list of people."""

    people = PlainTextField(
        label="E-mail addresses",
        rows=6,
        help_text="Paste a column from a spreadsheet or a line from an e-mail. Names may stand "
        "beside them.",
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Which organisation are they from?",
        help_text="People with an account here are put with their own organisation. Others are "
        "put under what follows the @, until you change it.",
        empty_label="From several",
        required=False,
    )
    mark_optional = False
    asks_for = {"people": "at least one e-mail address"}

    def __init__(self, *args, workshop, user, **kwargs):
        self.workshop, self.user = workshop, user
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = workshop.partnership.organisations.order_by("name")

    def clean_people(self):
        """Pairs of address and name; every piece that is no address is named."""
        pasted = read_addresses(self.cleaned_data["people"])
        if pasted.problems:
            raise ValidationError([ValidationError(each) for each in pasted.problems[:20]])
        if not pasted.people:  # nothing but separators
            raise ValidationError(self.fields["people"].error_messages["required"])
        return pasted.people

    def save(self):
        """Invite them; how many are new."""
        return inviting.invite_people(workshop=self.workshop, by=self.user, **self.cleaned_data)
