"""The form of a workshop's agenda: one row for each line, moved by its position."""

from django import forms
from django.core.exceptions import ValidationError

from planning.agenda import HALF, Line, lines_of, proposal, save_agenda, timed
from planning.balloting import held_workshop
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.growing import GrowingMixin
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint


class AgendaRowForm(PortalForm):
    """One line. ``entries``: the sheet's domains, by number as text."""

    mark_optional = False
    entry = forms.CharField(widget=forms.HiddenInput, required=False)
    title = PlainTextField(label="What", max_length=150, required=False)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=600, required=False)
    place = forms.IntegerField(label="Position", min_value=1, max_value=999, required=False)
    out = forms.BooleanField(label="Remove", required=False)

    hours = ""  # as the page shows them

    def __init__(self, *args, number, entries, **kwargs):
        self.number, self.entries = number, entries
        super().__init__(*args, **kwargs)

    @property
    def domain(self):
        """The entry that this line is about, or None."""
        return self.entries.get(str(self["entry"].value() or ""))

    @property
    def what(self):
        """What the line is about, for whoever hears the page."""
        if self.domain:
            return str(self.domain.domain)
        return str(self["title"].value() or "") or f"Line {self.number}"

    def clean(self):
        """A line that stays has minutes, and says what it is."""
        cleaned = super().clean()
        if cleaned.get("out"):
            return cleaned
        if not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", f"Enter the minutes of “{self.what}”, or tick “Remove”")
        if not self.domain and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", f"Enter what line {self.number} is, or tick “Remove”")
        return cleaned

    def is_out(self):
        """Whether it is ticked to go."""
        return bool(self.cleaned_data.get("out"))

    def order(self):
        """Where it goes. One that moved up stands before who has that place, one that moved
        down after it.
        """
        place = self.cleaned_data.get("place") or self.number
        return place, (place > self.number) - (place < self.number), self.number

    def line(self):
        """What was typed."""
        minutes, domain = self.cleaned_data["minutes"], self.domain
        return Line(minutes, "" if domain else self.cleaned_data["title"], domain)


class AgendaForm(GrowingMixin, MeanwhileMixin, PortalForm):
    """The agenda, line by line. What is proposed is only kept once somebody saves."""

    add = forms.ChoiceField(label="Add a line", required=False)
    seen = SeenField()
    mark_optional = False
    most_rows = 60

    def __init__(self, data=None, *, workshop, user, propose=""):
        """``propose``: agenda.HALF or FULL for a proposal in place of what is kept."""
        self.workshop, self.user = workshop, user
        kept = lines_of(workshop)
        super().__init__(data, initial={"seen": fingerprint(_said(kept))})
        found = list(workshop.assessment.entries.in_order())
        self.entries = {str(each.pk): each for each in found}
        self.is_proposal = bool(propose) or not kept
        self.lines = proposal(found, propose or HALF) if self.is_proposal else kept
        self.rows = self.make_rows(len(self.lines))
        self.fields["add"].choices = self._to_add()
        self._say_hours()

    def make_row(self, number, **how):
        """The row of one line."""
        initial = {"place": number}
        if not self.sent and number <= len(self.lines):
            line = self.lines[number - 1]
            entry = str(line.entry.pk) if line.entry else ""
            initial |= {"entry": entry, "title": line.title, "minutes": line.minutes}
        elif self.asks_for_row:
            initial |= {"entry": self._chosen(number), "minutes": 15}
        return AgendaRowForm(number=number, entries=self.entries, initial=initial, **how)

    def _chosen(self, number):
        """The domain that the new row, which is the last one, was asked for."""
        was_sent = f"row-{number}-place" in self.sent
        chosen = self.sent.get("add", "")
        return "" if was_sent or chosen not in self.entries else chosen

    def _to_add(self):
        there = {row.domain.pk for row in self.rows if row.domain}
        missing = [each for each in self.entries.values() if each.pk not in there]
        return [("", "Something else"), *((str(each.pk), str(each.domain)) for each in missing)]

    def _say_hours(self):
        typed = [str(row["minutes"].value() or "") for row in self.rows]
        lines = [Line(int(each) if each.isdecimal() and len(each) < 4 else 0) for each in typed]
        for row, each in zip(self.rows, timed(lines, self.workshop.starts_at), strict=True):
            row.hours = each.hours

    def clean(self):
        """A line at least, and no domain twice."""
        cleaned = super().clean()
        if not all(row.is_valid() for row in self.rows):
            return cleaned
        stay = [row for row in self.rows if not row.is_out()]
        if not stay:
            raise ValidationError("An agenda has one line at least: untick “Remove” beside one")
        seen = set()
        for row in stay:
            if row.domain and row.domain.pk in seen:
                row.add_error("minutes", f"“{row.what}” is there twice: remove one of its lines")
            seen.add(row.domain.pk if row.domain else None)
        return cleaned

    def standing(self):
        """The agenda as it stands."""
        return _said(lines_of(self.workshop))

    def meanwhile(self):
        """What somebody else made of it."""
        return (
            f"Someone else has changed this agenda meanwhile. It is now: {self.standing()}. Yours "
            "is below: save again to replace theirs."
        )

    def hold(self):
        self.workshop = held_workshop(self.workshop, self.user)

    def write(self):
        """Keep it."""
        stay = sorted((row for row in self.rows if not row.is_out()), key=AgendaRowForm.order)
        lines = [row.line() for row in stay]
        return save_agenda(workshop=self.workshop, lines=lines, by=self.user)


def _said(lines):
    return "; ".join(f"{line.what}, {line.minutes} minutes" for line in lines)
