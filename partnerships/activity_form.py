"""What a reader of the activity may ask for, and the list itself."""

from datetime import datetime, time, timedelta

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from partnerships.activity import Asked, kind_choices, people_of
from partnerships.models.people import FORMER_MEMBER
from rpcportal.kit.forms import DayField, PortalForm
from rpcportal.kit.tables import PortalTable

ANYBODY, FORMER, NOBODY = "", "former", "nobody"


class ActivityForm(PortalForm):
    """By whom, of what kind, from which day to which. It comes with the address."""

    mark_optional = False
    person = forms.ChoiceField(label="Who", required=False)
    kind = forms.ChoiceField(label="What", required=False)

    def __init__(self, query, *, partnership):
        people = sorted(people_of(partnership), key=lambda user: str(user).casefold())
        self.former = tuple(user.pk for user in people if user.anonymised_at)
        super().__init__(query)
        self.fields["person"].choices = [
            (ANYBODY, "Anybody"),
            *((str(user.pk), str(user)) for user in people if not user.anonymised_at),
            *([(FORMER, FORMER_MEMBER)] if self.former else []),
            (NOBODY, "Nobody who had signed in"),
        ]
        self.fields["kind"].choices = [("", "Everything"), *kind_choices()]
        # “from” is a word of Python's own, so these two cannot stand above.
        self.fields["from"] = DayField(label="From", required=False)
        self.fields["to"] = DayField(label="To", required=False)
        for name in ("from", "to"):
            self._prepare_field(name, self.fields[name])

    def clean(self):
        """A time ends after it began."""
        cleaned = super().clean()
        begin, end = cleaned.get("from"), cleaned.get("to")
        if begin and end and end < begin:
            self.add_error("to", ValidationError("“To” must be the same day as “From” or later"))
        return cleaned

    def asked(self):
        """The activity.Asked; what cannot be read narrows nothing."""
        self.is_valid()
        values = self.cleaned_data
        last = values.get("to")
        return Asked(
            kind=values.get("kind", ""),
            people=self._people(values.get("person", "")),
            since=_start_of(values.get("from")),
            until=_start_of(last + timedelta(days=1)) if last else None,
        )

    def _people(self, choice):
        groups = {ANYBODY: None, FORMER: self.former, NOBODY: ()}
        return groups[choice] if choice in groups else (int(choice),)


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time())) if day else None


class ActivityTable(PortalTable):
    """Who did what, newest first."""

    things = "activity"
    empty_text = "Nothing of that kind has happened."
    at = tables.Column(
        verbose_name="When", orderable=False, attrs={"td": {"class": "rpc-activity__when"}}
    )
    sentence = tables.Column(verbose_name="What happened", orderable=False)

    def render_at(self, value):
        return f"{timezone.localtime(value):%-d %B %Y %H:%M}"

    def render_sentence(self, record):
        if not record.link:
            return record.sentence
        link = '{} <a class="govuk-link" href="{}">{}</a>'
        return format_html(link, record.who, record.link, record.words)


def file_rows(lines):
    """The same lines for a file: when, who, what, of what kind."""
    return [(line.at, line.who, line.words, line.kind) for line in lines]


FILE_COLUMNS = ("When", "Who", "What", "Kind")
