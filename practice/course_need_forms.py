"""Forms of the training map."""

from django import forms
from django.db.models import Q

from pledges.models import Course
from practice import course_needs
from practice.models import Need
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

MOST_MONTHS = 120
MOST_PEOPLE = 1_000_000
ROLES = "known-roles"  # the id of the list of roles that the page suggests


class NeedForm(PortalForm):
    """How much a role needs a course, and how many people are in it."""

    need = forms.ChoiceField(label="How much", choices=Need, widget=forms.RadioSelect)
    again_after_months = forms.IntegerField(
        label="Again after how many months?",
        help_text="Leave it empty if once is enough.",
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
    )
    people = forms.IntegerField(
        label="How many people work in this role?",
        help_text="In all organisations together. It counts for every course that the role needs.",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )
    asks_for = {
        "need": "how much they need it",
        "role": "the role",
        "course": "the course",
    }


class AddNeedForm(NeedForm):
    """A course that a role needs."""

    role = PlainTextField(
        label="Who needs it?",
        help_text="A role, as the measures name it, and no person: team manager.",
        max_length=80,
        widget=forms.TextInput(attrs={"list": ROLES, "autocomplete": "off"}),
    )
    course = forms.ModelChoiceField(queryset=None, label="Course", empty_label="Choose a course")
    field_order = ("role", "course")

    def __init__(self, *args, partnership, user, today, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)
        goes_on = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
        self.fields["course"].queryset = Course.objects.of(partnership).filter(goes_on)

    def save(self):
        """Put it on the map; raises ValidationError."""
        return course_needs.add_need(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeNeedForm(MeanwhileMixin, NeedForm):
    """A need that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, need, user, **kwargs):
        self.need, self.user = need, user
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**self._stored(), "seen": seen}, **kwargs)

    def _stored(self):
        names = ("need", "again_after_months", "people")
        return {name: getattr(self.need, name) for name in names}

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        if getattr(self, "cleaned_data", None) == self._stored():
            return ""
        return repr(self._stored())

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.need
        again = f", again after {each.again_after_months} months" if each.again_after_months else ""
        people = "not said" if each.people is None else f"{each.people:,}"
        return (
            "Someone else has changed this meanwhile. It is now: "
            f"{each.get_need_display()}{again}; people in the role: {people}. "
            "Yours is below: save again to replace theirs."
        )

    def hold(self):
        self.need = course_needs.held_need(self.need)

    def write(self):
        """Save it."""
        words = dict(self.cleaned_data)
        how_much = words.pop("need")
        return course_needs.change_need(need=self.need, by=self.user, how_much=how_much, **words)
