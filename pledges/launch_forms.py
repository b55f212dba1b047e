"""Forms about launches: plan one, open it, and bring a note into the register."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from partnerships.models import Sector, User
from pledges import confirming, launching, permissions
from pledges.forms import NOBODY, RequestKeyField
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NEW = "Add it to the list of organisations"


class DetailsForm(PortalForm):
    """What a launch is called, when and where it is."""

    name = PlainTextField(
        label="Name", help_text="It stands at the top of the screen.", max_length=120
    )
    held_on = DayField(label="Day")
    place = PlainTextField(label="Place", max_length=150, required=False)
    asks_for = {"name": "what the launch is called", "held_on": "the day of the launch"}


class PlanLaunchForm(DetailsForm):
    """A new launch."""

    request_key = RequestKeyField()

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        initial = {"request_key": uuid.uuid4(), "name": "Pledge launch"}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Write it down; sent twice, it is one."""
        return launching.plan_launch(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeLaunchForm(MeanwhileMixin, DetailsForm):
    """Another name, day or place."""

    seen = SeenField()

    def __init__(self, *args, launch, user, **kwargs):
        self.launch, self.user = launch, user
        initial = {name: getattr(launch, name) for name in ("name", "held_on", "place")}
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """The launch as it stands."""
        return repr((self.launch.name, self.launch.held_on, self.launch.place))

    def meanwhile(self):
        """What somebody else made of it."""
        launch = self.launch
        place = f", {launch.place}" if launch.place else ""
        return (
            f"Someone else has changed this launch meanwhile. It is now: “{launch.name}”, "
            f"{launch.held_on:%-d %B %Y}{place}. Yours is below: save again to replace theirs."
        )

    def hold(self):
        self.launch = launching.locked(self.launch)

    def write(self):
        """Save it."""
        return launching.change_launch(launch=self.launch, by=self.user, **self.cleaned_data)


class ConfirmForm(MeanwhileMixin, PortalForm):
    """What is made of one note. ``plan``: what the portal would make of it (confirming.Plan)."""

    mark_optional = False
    organisation = forms.ModelChoiceField(
        queryset=None, label="Organisation in the list", empty_label=NEW, required=False
    )
    new_name = PlainTextField(
        label="Name of the new organisation",
        help_text="Only if it is not in the list.",
        max_length=150,
        required=False,
    )
    sector = forms.ChoiceField(
        label="Sector of the new organisation",
        choices=[("", "Choose a sector"), *Sector.choices],
        required=False,
    )
    signs = forms.BooleanField(label="Record that they signed the pledge", required=False)
    name = PlainTextField(label="Who signed", max_length=150)
    role = PlainTextField(label="Their job title", max_length=150, required=False)
    words = PlainTextField(
        label="The organisation’s own words",
        help_text="They stand on the certificate. Please name no child or family.",
        rows=3,
        max_length=2000,
        required=False,
    )
    action = PlainTextField(
        label="First action",
        help_text="It goes into the organisation’s action plan. Empty this box for none.",
        rows=2,
        max_length=500,
        required=False,
    )
    owner = forms.ModelChoiceField(
        queryset=None, label="Who sees to it?", empty_label=NOBODY, required=False
    )
    owner_words = PlainTextField(
        label="Their name or post, if they have no account",
        max_length=confirming.LONGEST_OWNER,
        required=False,
    )
    due_on = DayField(label="Due on (optional)", required=False)
    invites = forms.BooleanField(required=False)
    seen = SeenField()
    asks_for = {"name": "the name of the person who signed"}

    def __init__(self, *args, plan, user, **kwargs):
        self.note, self.user = plan.note, user
        self.partnership = plan.note.launch.partnership
        note = plan.note
        initial = {
            "organisation": plan.organisation,
            "new_name": "" if plan.organisation else note.organisation_name,
            "sector": note.participant.sector,
            "signs": plan.signs,
            "name": note.name,
            "role": note.role,
            "words": note.words,
            "action": note.first_action,
            "owner_words": confirming.owner_of(note) if note.first_action else "",
            "seen": fingerprint(self.standing()),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self._offer_what_may_be_done(note)

    def _offer_what_may_be_done(self, note):
        people = permissions.people_who_write(self.partnership).values("user_id")
        self.fields["owner"].queryset = User.objects.filter(pk__in=people).order_by("name", "email")
        self.fields["organisation"].queryset = self.partnership.organisations.all()
        self.add_refusal = confirming.add_refusal(self.user, self.partnership)
        self.invite_refusal = confirming.invite_refusal(self.user, self.partnership)
        if self.add_refusal:
            del self.fields["new_name"], self.fields["sector"]
            self.fields["organisation"].empty_label = "Choose an organisation"
        if note.email and not self.invite_refusal:
            self.fields["invites"].label = f"Invite {note.email} as partner lead"
        else:
            del self.fields["invites"]

    def clean(self):
        """An organisation, old or new; a title for a signature; one owner."""
        cleaned = super().clean()
        if "organisation" in cleaned and cleaned["organisation"] is None:
            self._clean_new_organisation(cleaned)
        if cleaned.get("signs") and "role" in cleaned and not cleaned["role"]:
            self.add_error("role", "Enter the job title of the person who signed")
        if cleaned.get("owner") and cleaned.get("owner_words"):
            self.add_error(
                "owner_words", "Choose a person or write a name, not both. Empty this box."
            )
        if not cleaned.get("signs") and "action" in cleaned and not cleaned["action"]:
            self.add_error(
                "action", "Enter a first action, or record the signature. Or set the note aside."
            )
        return cleaned

    def _clean_new_organisation(self, cleaned):
        if self.add_refusal:
            self.add_error(
                "organisation",
                "Choose an organisation of the list. A coordinator can add one that is not in it.",
            )
            return
        if not cleaned.get("new_name") and "new_name" in cleaned:
            self.add_error("new_name", "Enter the name of the organisation, or choose one above")
        if not cleaned.get("sector") and "sector" in cleaned:
            self.add_error("sector", "Choose the sector of the new organisation")

    def standing(self):
        """The note as it stands; nothing once it is in the register: the same click twice."""
        note = self.note
        if note.status == confirming.NoteStatus.CONFIRMED:
            return ""
        names = ("name", "role", "email", "signs", "words", "first_action", "organisation_words")
        return repr([note.status, note.organisation_id, *(getattr(note, each) for each in names)])

    def meanwhile(self):
        """What the phone, or somebody else, made of it."""
        note = self.note
        return (
            "This note has changed meanwhile. It now says: "
            f"{note.name}, {note.role or 'no job title'}, of {note.organisation_name}. Own words: "
            f"“{note.words}” First action: “{note.first_action}” ({note.get_status_display()}) "
            "Yours is below: confirm again to go on with it."
        )

    def hold(self):
        self.note = launching.locked_note(self.note)

    def write(self):
        """Bring it into the register; an Outcome."""
        values = dict(self.cleaned_data)
        link = self.link if values.pop("invites", False) else None
        return confirming.confirm(note=self.note, by=self.user, link=link, **values)

    def confirm(self, link):
        """``save``; ``link`` makes a full address of a path, for the invitation."""
        self.link = link
        return self.save()


class ConfirmClearForm(PortalForm):
    """All at once: whether those who left an address are invited too."""

    invites = forms.BooleanField(
        label="Invite those who left an e-mail address as partner leads", required=False
    )

    def __init__(self, *args, launch, user, **kwargs):
        self.launch, self.user = launch, user
        super().__init__(*args, **kwargs)
        if confirming.invite_refusal(user, launch.partnership):
            del self.fields["invites"]

    def confirm(self, link):
        """Confirm them; (Outcomes, how many still wait)."""
        if not self.is_valid():
            raise ValidationError(self.errors)
        link = link if self.cleaned_data.get("invites") else None
        return confirming.confirm_clear(launch=self.launch, by=self.user, link=link)
