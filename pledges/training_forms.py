"""Forms about training: a target, a course, and a session with its numbers."""

import uuid

from django import forms
from django.utils import timezone

from pledges import training
from pledges.models import Course, Setting
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.growing import GrowingMixin
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

MOST_PEOPLE = 1_000_000
MOST_IN_ROW = 5_000


class TargetForm(MeanwhileMixin, PortalForm):
    """How many people are to be trained by when. ``target`` is None for a new one."""

    words = PlainTextField(
        label="What is the target?",
        help_text="For example, “600 practitioners trained by March 2027”.",
        max_length=200,
    )
    people = forms.IntegerField(
        label="How many people?",
        help_text="People at sessions: somebody who comes to two courses counts twice.",
        min_value=1,
        max_value=MOST_PEOPLE,
    )
    from_on = DayField(label="Counted from")
    by_on = DayField(label="To be reached by")
    course = forms.ModelChoiceField(
        queryset=None, label="Which course counts?", empty_label="All courses", required=False
    )
    seen = SeenField()
    asks_for = {
        "words": "what the target is",
        "people": "how many people",
        "from_on": "the day from which people are counted",
        "by_on": "the day by which the target is to be reached",
    }

    def __init__(self, *args, partnership, user, target=None, **kwargs):
        self.partnership, self.user, self.target = partnership, user, target
        names = ("words", "people", "from_on", "by_on", "course")
        stands = {name: getattr(target, name) for name in names} if target else {}
        initial = {**stands, "seen": fingerprint(self.standing()) if target else ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["course"].queryset = Course.objects.of(partnership)

    def standing(self):
        """The target as it stands."""
        each = self.target
        return (
            repr((each.words, each.people, each.from_on, each.by_on, each.course_id))
            if each
            else ""
        )

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.target
        return (
            f"Someone else has changed this target meanwhile. It is now: “{each.words}”, "
            f"{each.people:,} people from {each.from_on:%-d %B %Y} to {each.by_on:%-d %B %Y}. "
            "Yours is below: save again to replace theirs."
        )

    def clean(self):
        """The days are in order."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("by_on")
        if first and last and last < first:
            self.add_error(
                "by_on", "“To be reached by” must be the same day as “Counted from” or later"
            )
        return cleaned

    def hold(self):
        if self.target:
            self.target = training.held_target(self.target)

    def write(self):
        """Save the target."""
        if self.target:
            return training.change_target(target=self.target, by=self.user, **self.cleaned_data)
        return training.add_target(partnership=self.partnership, by=self.user, **self.cleaned_data)


class CourseForm(MeanwhileMixin, PortalForm):
    """A course. ``course`` is None for a new one."""

    name = PlainTextField(label="Name of the course", max_length=200)
    provider = PlainTextField(
        label="Who gives it", help_text="An organisation.", max_length=150, required=False
    )
    about = PlainTextField(
        label="What it is about and who it is for", rows=4, max_length=5000, required=False
    )
    ended_on = DayField(
        label="No longer held from",
        help_text="Leave it empty while the course is held.",
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {"name": "the name of the course"}

    def __init__(self, *args, partnership, user, course=None, **kwargs):
        self.partnership, self.user, self.course = partnership, user, course
        names = ("name", "provider", "about", "ended_on")
        stands = {name: getattr(course, name) for name in names} if course else {}
        initial = {**stands, "seen": fingerprint(self.standing()), "request_key": uuid.uuid4()}
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """The course as it stands."""
        each = self.course
        return repr((each.name, each.provider, each.about, each.ended_on)) if each else ""

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.course
        return (
            f"Someone else has changed this course meanwhile. It is now: “{each.name}”, given by "
            f"“{each.provider}”. {each.about} Yours is below: save again to replace theirs."
        )

    def hold(self):
        if self.course:
            self.course = training.held_course(self.course)

    def write(self):
        """Save the course."""
        words = dict(self.cleaned_data)
        key = words.pop("request_key")
        if self.course:
            return training.change_course(course=self.course, by=self.user, **words)
        return training.add_course(
            partnership=self.partnership, by=self.user, request_key=key, **words
        )


class RowForm(PortalForm):
    """How many people of one organisation and setting were there."""

    mark_optional = False
    people = forms.IntegerField(
        label="How many people?", min_value=0, max_value=MOST_IN_ROW, required=False
    )
    setting = forms.ChoiceField(
        label="Where do they work?",
        choices=[("", "Choose a setting"), *Setting.choices],
        required=False,
    )
    organisation = forms.ChoiceField(label="For which organisation?", required=False)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        choices = [(str(pk), each.name) for pk, each in organisations.items()]
        self.fields["organisation"].choices = [("", training.NO_ORGANISATION), *choices]

    def clean(self):
        """A row that was begun has a number and a setting."""
        cleaned = super().clean()
        people = cleaned.get("people")
        begun = people or cleaned.get("setting") or cleaned.get("organisation")
        if people is None and begun and "people" not in self.errors:
            self.add_error("people", "Enter how many people there were, or 0 to leave the row out")
        if people and not cleaned.get("setting") and "setting" not in self.errors:
            self.add_error("setting", "Choose where these people work")
        return cleaned

    def row(self):
        """(organisation or None, setting, people); None for a row without people."""
        cleaned = self.cleaned_data
        if not cleaned.get("people"):
            return None
        pk = cleaned["organisation"]
        return (self.organisations[int(pk)] if pk else None, cleaned["setting"], cleaned["people"])


class SessionForm(GrowingMixin, MeanwhileMixin, PortalForm):
    """A session and its numbers, in several rows. ``session`` is None for a new one."""

    course = forms.ModelChoiceField(queryset=None, label="Course", empty_label="Choose a course")
    held_on = DayField(label="Held on")
    place = PlainTextField(label="Place", max_length=150, required=False)
    note = PlainTextField(
        label="Note",
        help_text="What others should know. Please name nobody who was trained, and no child or "
        "family.",
        rows=2,
        max_length=2000,
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {"course": "the course that was held", "held_on": "the day of the session"}
    most_rows = 60

    def __init__(self, data=None, *, partnership, user, session=None, course=None):
        """``course``: the one to begin with."""
        self.partnership, self.user, self.session = partnership, user, session
        super().__init__(data, initial=self._initial(course))
        self.fields["course"].queryset = Course.objects.of(partnership)
        self.organisations = {each.pk: each for each in partnership.organisations.order_by("name")}
        self.stored = list(session.attendances.all()) if session and not self.sent else []
        self.rows = self.make_rows(len(self.stored) + 1 if self.stored else self.first_rows)

    def _initial(self, course):
        if self.session is None:
            today = timezone.localdate()
            return {"course": course, "held_on": today, "request_key": uuid.uuid4()}
        names = ("course", "held_on", "place", "note")
        stands = {name: getattr(self.session, name) for name in names}
        return {**stands, "seen": fingerprint(self.standing())}

    def make_row(self, number, **how):
        """The row of one organisation and setting."""
        initial = _initial_row(self.stored[number - 1]) if number <= len(self.stored) else {}
        return RowForm(organisations=self.organisations, initial=initial, **how)

    def clean(self):
        """One row for each organisation and setting, and one at least."""
        cleaned = super().clean()
        if not all(row.is_valid() for row in self.rows):
            return cleaned
        seen = {}
        for place, form in enumerate(self.rows, start=1):
            if (row := form.row()) is None:
                continue
            first = seen.setdefault(row[:2], place)
            if first != place:
                form.add_error(
                    "people",
                    f"Rows {first} and {place} are of the same organisation and setting: write "
                    f"one row with all of them, and 0 in row {place}",
                )
        if not seen:
            self.rows[0].add_error("people", training.NOBODY_THERE)
        return cleaned

    def standing(self):
        """The session as it stands."""
        each = self.session
        if each is None:
            return ""
        rows = sorted(
            (row.organisation_id or 0, row.setting, row.people) for row in each.attendances.all()
        )
        return repr((each.course_id, each.held_on, each.place, each.note, rows))

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.session
        rows = "; ".join(
            f"{row.people} from {row.organisation or training.NO_ORGANISATION.lower()} "
            f"({row.get_setting_display()})"
            for row in each.attendances.all()
        )
        return (
            f"Someone else has changed this session meanwhile. It now says: {each.course}, "
            f"{each.held_on:%-d %B %Y}, {rows}. Yours is below: save again to replace theirs."
        )

    def hold(self):
        if self.session:
            self.session = training.held_session(self.session)

    def write(self):
        """Record the session, or put it right."""
        words = dict(self.cleaned_data)
        key = words.pop("request_key")
        words["rows"] = [row for form in self.rows if (row := form.row())]
        if self.session:
            return training.change_session(session=self.session, by=self.user, **words)
        return training.record_session(by=self.user, request_key=key, **words)


def _initial_row(attendance):
    return {
        "people": attendance.people,
        "setting": attendance.setting,
        "organisation": str(attendance.organisation_id or ""),
    }
