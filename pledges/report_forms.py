"""Forms about board reports: make one, write beside its figures, finish it."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from pledges import boards, reporting
from pledges.models import Board, Narrative, Section
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NO_FAMILY = "Please name no child or family."
HINTS = {
    Section.MATTERS: "Two or three sentences: what the board should know, and what it is asked "
    f"to decide. They share the first page with the figures, so at most {boards.FIRST_PAGE_LETTERS}"
    " characters.",
    Section.EXCEPTIONS: "Why it is so, and what is done about it.",
    Section.DOMAINS: "What the levels and the actions mean together.",
    Section.DATES: "What the moves have in common.",
    Section.MEASURES: "What the figures say, and what they leave out.",
    Section.PEOPLE: "What came of it.",
}


class ReportForm(PortalForm):
    """For which board and which period."""

    board = forms.ChoiceField(label="Board", choices=Board.choices, widget=forms.RadioSelect)
    board_words = PlainTextField(
        label="Name of the board",
        max_length=150,
        required=False,
    )
    from_on = DayField(label="First day")
    to_on = DayField(label="Last day")
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    mark_optional = False
    asks_for = {"board": "the board"}

    def __init__(self, *args, partnership, user, gather, **kwargs):
        self.partnership, self.user, self.gather = partnership, user, gather
        first, last = boards.last_quarter(timezone.localdate())
        initial = {
            "board": Board.STEERING,
            "from_on": first,
            "to_on": last,
            "request_key": uuid.uuid4(),
        }
        super().__init__(*args, initial=initial, **kwargs)
        # What each board is told stands under its name.
        widget = self.fields["board"].widget
        widget.choice_hints = {board.value: f"{boards.in_words(board)}." for board in Board}
        widget.choice_reveals = {Board.OTHER.value: "board_words"}

    def clean(self):
        """A board, and days in order, of which the first has come."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and first > timezone.localdate():
            self.add_error("from_on", "“First day” must be today or in the past")
        if first and last and last < first:
            self.add_error("to_on", "“Last day” must be the same day as “First day” or later")
        if cleaned.get("board") == Board.OTHER and not cleaned.get("board_words"):
            self.add_error("board_words", "Enter the name of the board")
        return cleaned

    def save(self):
        """Make the draft, or say on the form why not."""
        try:
            return reporting.make_report(
                partnership=self.partnership,
                by=self.user,
                gather=self.gather,
                **self.cleaned_data,
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


class WordsForm(MeanwhileMixin, PortalForm):
    """The words beside one section's figures. All sections of a report are sent together; one
    whose box was not touched is left as it stands by then.
    """

    words = PlainTextField(rows=8, max_length=boards.LETTERS, required=False)
    seen = SeenField()
    mark_optional = False

    def __init__(self, *args, report, section, standing_words, user, **kwargs):
        self.report, self.section, self.user = report, Section(section), user
        self.standing_words = standing_words
        initial = {"words": standing_words, "seen": fingerprint(standing_words)}
        super().__init__(*args, prefix=self.section.value, initial=initial, **kwargs)
        self.fields["words"].label = f"Your words on “{self.section.label}”"
        self.fields["words"].help_text = f"{HINTS[self.section]} {NO_FAMILY}"

    def clean_words(self):
        """What the section has room for."""
        words = self.cleaned_data["words"]
        if sentence := boards.words_problem(self.section, words):
            raise ValidationError(sentence)
        return words

    def is_typed(self):
        """Whether the box holds something else than what the page was made with, or what stands
        there by now.
        """
        words = self.cleaned_data.get("words", "")
        return words != self.standing_words and fingerprint(words) != self._sent()

    def _sent(self):
        return self.data.get(self.add_prefix("seen"), "")

    def standing(self):
        """The words as they stand; none where this box was left alone, which is no clash."""
        if hasattr(self, "cleaned_data") and not self.is_typed():
            return ""
        return self.standing_words

    def meanwhile(self):
        """What somebody else wrote here."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = fingerprint(self.standing_words)
        sentence = (
            f"Someone else has written on “{self.section.label}” meanwhile: "
            f"“{self.standing_words}” Yours are in the box: save again to replace theirs."
        )
        return {"words": sentence}

    def hold(self):
        reporting.held(self.report)
        written = Narrative.objects.filter(report=self.report, section=self.section).first()
        self.standing_words = written.words if written else ""

    def write(self):
        """Keep the words."""
        words = self.cleaned_data["words"]
        try:
            return reporting.write_narrative(
                report=self.report, section=self.section, by=self.user, words=words
            )
        except ValidationError as error:
            raise ValidationError({"words": error.messages}) from None

    def save(self):
        """True when nothing was typed here or it is kept; otherwise the form says why not."""
        return not self.is_typed() or super().save() is not None


class FinishForm(MeanwhileMixin, PortalForm):
    """Finish a report, as it was read. ``as_read``: a text that stands for all that it says."""

    seen = SeenField()

    def __init__(self, *args, report, user, as_read, **kwargs):
        self.report, self.user, self.as_read = report, user, as_read
        super().__init__(*args, initial={"seen": fingerprint(as_read(report))}, **kwargs)

    def standing(self):
        """The whole report; nothing when it is finished already, which is no clash."""
        return "" if self.report.finished_at else self.as_read(self.report)

    def meanwhile(self):
        """That it is no longer what was read."""
        return (
            "Someone else has changed the report while you read it. Read it again below, and "
            "finish it then."
        )

    def hold(self):
        standing = reporting.held(self.report)
        if standing is None:
            raise ValidationError("Somebody has removed this report meanwhile.")
        self.report = standing

    def write(self):
        """Finish it."""
        return reporting.finish_report(report=self.report, by=self.user)
