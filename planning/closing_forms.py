"""Forms of a workshop's end: who came, and what happens next."""

from django import forms
from django.core.exceptions import ValidationError

from partnerships.models import Organisation
from partnerships.room_text import RoomTextField
from planning import workshop_closing
from planning.balloting import held_workshop
from planning.workshop_closing import MOST_PEOPLE, Group, attendance_of
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint


class AttendanceForm(MeanwhileMixin, PortalForm):
    """How many came, group by group, and one more group."""

    mark_optional = False
    added_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisation without a phone",
        empty_label="Nobody to add",
        required=False,
    )
    added_words = RoomTextField(
        label="Or its name, if it is not in the list", max_length=150, required=False
    )
    added_people = forms.IntegerField(
        label="How many people?", min_value=1, max_value=MOST_PEOPLE, required=False
    )
    seen = SeenField()

    def __init__(self, data=None, *, workshop, user):
        self.workshop, self.user = workshop, user
        self.came = attendance_of(workshop)
        super().__init__(data, initial={"seen": fingerprint(self.standing())})
        there = [each.group.organisation_id for each in self.came if each.group.organisation_id]
        listed = workshop.partnership.organisations.order_by("name")
        self.fields["added_organisation"].queryset = (
            listed if self.is_bound else listed.exclude(pk__in=there)
        )
        for each in self.came:
            name = name_of(each)
            self.fields[name] = forms.IntegerField(
                label=each.group.name,
                min_value=0,
                max_value=MOST_PEOPLE,
                required=name in self.data,
                initial=each.people,
            )
            self._prepare_field(name, self.fields[name])
            sentence = f"Enter how many came of “{each.group.name}”, or 0 for nobody"
            self.fields[name].error_messages["required"] = sentence

    @property
    def lines(self):
        """Pairs of a Came and its box."""
        return [(each, self[name_of(each)]) for each in self.came]

    def clean(self):
        """An organisation to add has a number, and a number has an organisation."""
        cleaned = super().clean()
        chosen = cleaned.get("added_organisation") or cleaned.get("added_words")
        if cleaned.get("added_organisation") and cleaned.get("added_words"):
            sentence = "Choose an organisation of the list, or write a name: not both"
            self.add_error("added_words", sentence)
        if chosen and not cleaned.get("added_people") and "added_people" not in self.errors:
            self.add_error("added_people", "Enter how many people of this organisation came")
        if cleaned.get("added_people") and not chosen and not self.errors:
            self.add_error("added_organisation", "Say which organisation these people came for")
        return cleaned

    def standing(self):
        """What is written down; not what the phones say, which changes by itself."""
        return _said(each for each in self.came if each.is_kept)

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            f"Someone else has written down who came. It is now: {self.standing()}. Yours is "
            "below: save again to replace theirs."
        )

    def hold(self):
        self.workshop = held_workshop(self.workshop, self.user)
        self.came = attendance_of(self.workshop)

    def write(self):
        """Write down what was typed; what was not on the page stays as it is."""
        typed = self.cleaned_data
        people = [
            (each.group, typed[name_of(each)])
            for each in self.came
            if typed.get(name_of(each)) is not None
        ]
        if typed["added_people"]:
            listed, words = typed["added_organisation"], typed["added_words"]
            # Words that name one of the list are that one, and not a second line of it.
            listed = listed or self._listed(words)
            group = Group.of(listed and listed.pk, listed and listed.name, words, "")
            people.append((group, typed["added_people"]))
        return workshop_closing.save_attendance(workshop=self.workshop, people=people, by=self.user)

    def _listed(self, words):
        return self.workshop.partnership.organisations.filter(name__iexact=words).first()


def name_of(came):
    """The name of the box of one group."""
    return f"came-{fingerprint(came.group.key)}"


def _said(came):
    return ", ".join(f"{each.group.name}: {each.people}" for each in came)


class WhatNextForm(MeanwhileMixin, PortalForm):
    """What happens next, in the room's words."""

    mark_optional = False
    what_next = PlainTextField(
        label="What happens next",
        rows=4,
        max_length=2_000,
        required=False,
        help_text="Who does what until when, and when you meet again. The phones and the screen "
        "show it at the end. Please write nothing about a family.",
    )
    seen = SeenField()

    def __init__(self, data=None, *, workshop, user):
        self.workshop, self.user = workshop, user
        initial = {"what_next": workshop.what_next, "seen": fingerprint(self.standing())}
        super().__init__(data, initial=initial)

    def clean_what_next(self):
        """What somebody has written is not emptied by a page that was cut off."""
        if self.add_prefix("what_next") not in self.data:
            raise ValidationError("This page came incomplete. Save it once more.")
        return self.cleaned_data["what_next"]

    def standing(self):
        """What is written down."""
        return self.workshop.what_next

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            f"Someone else has changed this meanwhile. It is now: “{self.standing()}” Yours is "
            "below: save again to replace theirs."
        )

    def hold(self):
        self.workshop = held_workshop(self.workshop, self.user)

    def write(self):
        """Keep it."""
        return workshop_closing.say_what_next(
            workshop=self.workshop, what_next=self.cleaned_data["what_next"], by=self.user
        )
