"""Forms about actions: a line of a plan, what is told of it, answers to priority actions."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from partnerships.models import User
from pledges import actions, permissions
from pledges.models import Action, ActionStatus, Pledge, Rating
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NOBODY = "Nobody with an account"
# “12”, and as people write it or paste it: “No. 12”, “#12”, “12. Find the money”.
A_NUMBER = re.compile(r"(?:no\.?|number|action|#)?\s*([0-9]{1,9})(?![0-9])", re.IGNORECASE)


class RequestKeyField(forms.UUIDField):
    """Names the page that asks, so that the same click twice is one."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput)


class ActionNumberField(PlainTextField):
    """An action of the form's ``partnership``, by its number in the register."""

    default_error_messages = {
        "no_number": "“Number of the action it waits for” must be a number, like 12. It stands "
        "before the action in the register.",
        "unknown": "There is no action %(number)s in the register. Look its number up there, or "
        "leave the box empty.",
        "closed": "Action %(number)s is %(status)s, so nothing can wait for it. Leave the box "
        "empty.",
        "itself": "An action cannot wait for itself. Write the number of another one.",
    }
    partnership = action = None

    def __init__(self):
        super().__init__(
            label="Number of the action it waits for",
            help_text="It stands before each action in the register. Leave it empty if this one "
            "waits for none.",
            max_length=600,
            required=False,
        )
        self.widget.attrs["class"] = "govuk-input--width-5"

    def now_waits_for(self, action):
        """Say of an ``action`` that is there already what it waits for now."""
        self.action = action
        if action.blocked_by_id:
            self.help_text = f"Now: {Truncator(action.blocked_by).chars(90)}. {self.help_text}"

    def prepare_value(self, value):
        return value.number if isinstance(value, Action) else value

    def clean(self, value):
        """The action; None for an empty box."""
        text = super().clean(value)
        if not text:
            return None
        found = A_NUMBER.match(text)
        if not found:
            raise ValidationError(self.error_messages["no_number"], code="no_number")
        return self._checked(int(found[1]))

    def _checked(self, number):
        there = Action.objects.of(self.partnership).filter(number=number).first()
        if there is None:
            code, words = "unknown", {"number": number}
        elif self.action and there.pk == self.action.pk:
            code, words = "itself", {}
        elif not there.is_open and not (self.action and there.pk == self.action.blocked_by_id):
            status = there.get_status_display().lower()
            code, words = "closed", {"number": number, "status": status}
        else:
            return there
        raise ValidationError(self.error_messages[code], code=code, params=words)


class PlanForm(PortalForm):
    """The words of a line of a plan, whether it is new or not."""

    organisation = forms.ModelChoiceField(
        queryset=None, label="Organisation", empty_label="Choose an organisation"
    )
    what = PlainTextField(
        label="What will be done?",
        help_text="One thing that somebody can do and be finished with. Begin with a verb.",
        rows=2,
        max_length=500,
    )
    measure = PlainTextField(
        label="How will we know?",
        help_text="A number, a document, or what will be different for parents or practitioners.",
        rows=3,
        max_length=5000,
        required=False,
    )
    owner = forms.ModelChoiceField(
        queryset=None, label="Who sees to it?", empty_label=NOBODY, required=False
    )
    owner_words = PlainTextField(
        label="Their name or post, if they have no account", max_length=200, required=False
    )
    deputies = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Who stands in for them?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts_on = DayField(label="Starts on", required=False)
    domains = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Which domains does it serve?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fulfils_pledge = forms.BooleanField(
        label="It is part of what the organisation has pledged", required=False
    )
    blocked_by = ActionNumberField()
    asks_for = {
        "organisation": "the organisation whose plan this is",
        "what": "what will be done",
    }

    def __init__(self, *args, partnership, user, domains, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)
        people = [each.user_id for each in permissions.people_who_write(partnership)]
        plans = permissions.plans_of(user, partnership)
        self.fields["organisation"].queryset = plans
        for name in ("owner", "deputies"):
            writers = User.objects.filter(pk__in=[*people, *self.here_already(name)])
            self.fields[name].queryset = writers.order_by("name", "email")
        # Two lists of domains in one name a domain as often as it is served.
        self.fields["domains"].queryset = domains.distinct()
        self.fields["domains"].label_from_instance = str
        self.fields["blocked_by"].partnership = partnership
        if len(plans) == 1:
            self.fields["organisation"].initial = plans[0]

    def here_already(self, name):
        """Those who stand in a field of people: they stay, whatever their role is today."""
        return []

    def clean(self):
        """One owner: a person with an account, or a name."""
        cleaned = super().clean()
        if cleaned.get("owner") and cleaned.get("owner_words"):
            self.add_error(
                "owner_words", "Choose a person or write a name, not both. Empty this box."
            )
        organisation = cleaned.get("organisation")
        if organisation and cleaned.get("fulfils_pledge") and not _pledges_of(organisation):
            self.add_error(
                "fulfils_pledge", f"{organisation} has not pledged anything yet: take the tick away"
            )
        return cleaned

    def words(self):
        """What an action's verbs take, but for dates."""
        words = dict(self.cleaned_data)
        pledge = _pledges_of(words["organisation"]).first()
        words["pledge"] = pledge if words.pop("fulfils_pledge") else None
        return words


def _pledges_of(organisation):
    return Pledge.objects.filter(organisation=organisation)


class AddActionForm(PlanForm):
    """A new line of a plan."""

    due_on = DayField(label="Due on", required=False)
    request_key = RequestKeyField()
    field_order = [
        "organisation", "what", "measure", "owner", "owner_words", "starts_on", "due_on",
        "domains", "fulfils_pledge", "deputies", "blocked_by",
    ]  # fmt: skip

    def __init__(self, *args, priority_action=None, **kwargs):
        self.priority_action = priority_action
        initial = {"request_key": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        """It is not due before it starts."""
        cleaned = super().clean()
        starts, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", "“Due on” must be the same day as “Starts on” or later")
        return cleaned

    def save(self):
        """Write it into the plan; sent twice, it is one."""
        return actions.add_action(
            by=self.user, priority_action=self.priority_action, **self.words()
        )


class ChangeActionForm(MeanwhileMixin, PlanForm):
    """A line of a plan, written anew. Its last day moves by an update, which asks why."""

    seen = SeenField()

    def __init__(self, *args, action, **kwargs):
        self.action = action
        initial = {
            **{name: getattr(action, name) for name in actions.WORDS if name != "pledge"},
            "organisation": action.organisation,
            "deputies": list(action.deputies.all()),
            "domains": list(action.domains.all()),
            "fulfils_pledge": action.pledge_id is not None,
            "seen": fingerprint(self.standing()),
        }
        super().__init__(*args, initial=initial, partnership=action.partnership, **kwargs)
        self.fields["blocked_by"].now_waits_for(action)

    def here_already(self, name):
        if name == "owner":
            return [self.action.owner_id]
        return [each.pk for each in self.action.deputies.all()]

    def standing(self):
        """The line as it stands."""
        action = self.action
        words = [getattr(action, name) for name in ("what", "measure", "owner_words", "starts_on")]
        pks = [action.organisation_id, action.owner_id, action.pledge_id, action.blocked_by_id]
        ties = [
            sorted(each.pk for each in tied.all()) for tied in (action.deputies, action.domains)
        ]
        return repr((words, pks, ties))

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            "Someone else has changed this action meanwhile. It now says: "
            f"“{self.action.what}” How we will know: “{self.action.measure}” Owner: "
            f"{self.action.owner_name or 'nobody yet'}. Yours is below: save again to replace "
            "theirs."
        )

    def clean(self):
        """It does not start after it is due."""
        cleaned = super().clean()
        starts, due = cleaned.get("starts_on"), self.action.due_on
        if starts and due and due < starts:
            self.add_error(
                "starts_on", f"“Starts on” must be {due:%-d %B %Y} or earlier: it is due then"
            )
        return cleaned

    def hold(self):
        self.action = actions.held(self.action)

    def write(self):
        """Write the line."""
        return actions.change_action(action=self.action, by=self.user, **self.words())


class UpdateForm(MeanwhileMixin, PortalForm):
    """What was done, and where the action stands now."""

    mark_optional = False
    seen = SeenField()
    text = PlainTextField(
        label="What is new?",
        help_text="What was done or learnt, or what is in the way. Two sentences are enough.",
        rows=4,
        max_length=5000,
        required=False,
    )
    status = forms.ChoiceField(
        label="Status", choices=ActionStatus.choices, widget=forms.RadioSelect
    )
    rating = forms.ChoiceField(
        label="How is it going?",
        help_text="Only for what is in progress. Red and amber need a reason above.",
        choices=[
            ("", "Not rated"),
            *((each.value, f"{each.name.capitalize()}: {each.label.lower()}") for each in Rating),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    due_on = DayField(label="Due on", required=False)
    due_reason = PlainTextField(
        label="Why is the day moved?",
        help_text="Only if you changed it. The day before stays in the story.",
        max_length=1000,
        rows=2,
        required=False,
    )
    difference = PlainTextField(
        label="What difference did it make?",
        help_text="When it is complete: for parents, children or the people who work with them.",
        rows=3,
        max_length=5000,
        required=False,
    )
    where_seen = PlainTextField(
        label="Where can that be seen?",
        help_text="A report, figures, a survey, what families say. No names of families.",
        rows=2,
        max_length=2000,
        required=False,
    )
    request_key = RequestKeyField()
    asks_for = {"status": "where it stands"}

    def __init__(self, *args, action, user, link_key=None, status=None, **kwargs):
        """``link_key``: of the link that it was opened by, which is for one update. ``status``:
        the one to begin with, where somebody chose it on the board.
        """
        self.action, self.user, self.link_key = action, user, link_key
        names = ("status", "rating", "due_on", "difference", "where_seen")
        initial = {name: getattr(action, name) for name in names} | {"request_key": uuid.uuid4()}
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, **kwargs)
        if status in ActionStatus.values:
            self.initial["status"] = status
        self.fields["request_key"].required = link_key is None

    def meanwhile(self):
        """Where somebody else left it."""
        action = self.action
        due = f"{action.due_on:%-d %B %Y}" if action.due_on else "no day yet"
        rating = f", {action.get_rating_display().lower()}" if action.rating else ""
        return (
            "Someone else has told of this action meanwhile. It now stands at: "
            f"{action.get_status_display().lower()}{rating}; due: {due}. Yours is below: check "
            "it, and send it again to replace theirs."
        )

    def standing(self):
        """Where the action stands; nothing for the same click twice: what the first one changed
        is nobody else's.
        """
        action = self.action
        key = self.link_key or getattr(self, "cleaned_data", {}).get("request_key")
        if key and actions.is_told(action, key):
            return ""
        stands = action.status, action.rating, action.due_on, action.difference, action.where_seen
        return repr(stands)

    def hold(self):
        self.action = actions.locked(self.action)

    def write(self):
        """Add the update."""
        words = self.cleaned_data | ({"request_key": self.link_key} if self.link_key else {})
        return actions.tell_of(action=self.action, by=self.user, **words)


class MilestoneForm(PortalForm):
    """A step on the way."""

    mark_optional = False
    what = PlainTextField(label="Step", max_length=300)
    due_on = DayField(label="By when (optional)", required=False)
    asks_for = {"what": "what the step is"}


class NoActionForm(PortalForm):
    """Why nobody takes a priority action on."""

    because = PlainTextField(label="No action, because", rows=3, max_length=2000)
    asks_for = {"because": "why nobody takes it on"}
