"""Forms of reflection: answering questions, and writing them."""

import uuid

from django import forms

from practice import reflecting
from practice.models import Pane, QuestionKind
from practice.reflecting import Answer, says
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.growing import GrowingMixin
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NO_FAMILY = "About your practice: write nothing about a family, and no names."
ALONE = "Me alone: nobody else sees it, until I share it"
PASSED_OVER = "I pass this question over"
LONGEST_ANSWER = 5_000


def field_for(question, kind, help_words):
    """The box for one question; any may be passed over."""
    if kind == QuestionKind.SCALE:
        words = f"{help_words} A whole number from 0 to 10.".strip()
        return forms.IntegerField(
            label=question, help_text=words, min_value=0, max_value=10, required=False
        )
    if kind == QuestionKind.PANE:
        return forms.ChoiceField(
            label=question,
            help_text=help_words,
            choices=[*Pane.choices, ("", PASSED_OVER)],
            widget=forms.RadioSelect,
            required=False,
        )
    return PlainTextField(
        label=question,
        help_text=f"{help_words} {NO_FAMILY}".strip(),
        rows=4,
        max_length=LONGEST_ANSWER,
        required=False,
    )


class AnswersForm(PortalForm):
    """A box for each question; ``questions``: (words, kind, help) in their order."""

    mark_optional = False

    def ask(self, questions):
        """Make the boxes: before the form is set up."""
        self.questions = list(questions)
        for number, question in enumerate(self.questions, start=1):
            self.base_fields[f"q{number}"] = field_for(*question)

    def answers(self):
        """What was answered, as reflecting.Answers; also what was passed over."""
        return [
            self._answer(number, words, kind)
            for number, (words, kind, _) in enumerate(self.questions, start=1)
        ]

    def _answer(self, number, words, kind):
        value = self.cleaned_data.get(f"q{number}")
        name = {QuestionKind.SCALE: "number", QuestionKind.PANE: "pane"}.get(kind, "words")
        empty = None if name == "number" else ""
        return Answer(number, words, kind, **{name: empty if value is None else value})

    @property
    def boxes(self):
        """The boxes of the questions, for the page."""
        return [self[f"q{number}"] for number in range(1, len(self.questions) + 1)]


class AnswerForm(AnswersForm):
    """A new reflection."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    whose = forms.ChoiceField(label="Who answers?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, partnership, question_set, user, **kwargs):
        self.partnership, self.question_set, self.user = partnership, question_set, user
        self.teams = {str(each.pk): each for each in reflecting.own_teams(partnership, user)}
        self.base_fields = {**type(self).base_fields}
        self.ask(says(question_set)[2])
        super().__init__(*args, initial={"request_key": uuid.uuid4(), "whose": ""}, **kwargs)
        teams = [(pk, f"My team at {each.name}: its members can read it")
                 for pk, each in self.teams.items()]  # fmt: skip
        self.fields["whose"].choices = [("", ALONE), *teams]

    def save(self):
        """Keep it; raises ValidationError with a sentence."""
        return reflecting.write_reflection(
            partnership=self.partnership,
            question_set=self.question_set,
            answers=self.answers(),
            organisation=self.teams.get(self.cleaned_data["whose"]),
            request_key=self.cleaned_data["request_key"],
            by=self.user,
        )


class ChangeAnswersForm(MeanwhileMixin, AnswersForm):
    """A reflection that its writer may have open twice. It asks what was asked then."""

    seen = SeenField()

    def __init__(self, *args, reflection, user, **kwargs):
        self.reflection, self.user = reflection, user
        stored = reflecting.answers_of(reflection)
        self.base_fields = {**type(self).base_fields}
        # The help of a question that is still asked like that: what 0 and 10 stand for.
        helps = {(each.words, each.kind): each.help for each in reflection.set.questions.all()}
        asked = [(each.question, each.kind) for each in stored]
        self.ask([(*each, helps.get(each, "")) for each in asked])
        initial = {f"q{number}": _value(each) for number, each in enumerate(stored, start=1)}
        initial["seen"] = fingerprint(self.standing())
        super().__init__(*args, initial=initial, **kwargs)

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored = reflecting.answers_of(self.reflection)
        if getattr(self, "cleaned_data", None) and self.is_bound and self._same_as(stored):
            return ""
        return repr(stored)

    def _same_as(self, stored):
        return [each.number for each in stored] == [each.number for each in self.answers()] and [
            (each.words, each.pane) for each in stored
        ] == [(each.words, each.pane) for each in self.answers()]

    def hold(self):
        self.reflection = reflecting.held(self.reflection)

    def meanwhile(self):
        """What the other window wrote."""
        return (
            "You changed this reflection in another window meanwhile. What you typed here is "
            "below: save again to replace what you wrote there."
        )

    def write(self):
        """Save it."""
        return reflecting.change_reflection(
            reflection=self.reflection, answers=self.answers(), by=self.user
        )


def _value(answer):
    return answer.number if answer.kind == QuestionKind.SCALE else answer.pane or answer.words


# --- Writing questions --------------------------------------------------------------------------


class QuestionRow(PortalForm):
    """One question. A row without words is left out."""

    mark_optional = False
    words = PlainTextField(label="Question", max_length=300, required=False)
    kind = forms.ChoiceField(label="How is it answered?", choices=QuestionKind.choices)
    help = PlainTextField(label="Help with it (optional)", max_length=300, required=False)
    place = forms.IntegerField(
        label="Place in the order", min_value=1, max_value=99, required=False
    )


class QuestionSetForm(GrowingMixin, MeanwhileMixin, PortalForm):
    """A set and its questions, in several rows. ``question_set`` is None for a new one, which
    may begin with the questions of another, ``begins_as``.
    """

    name = PlainTextField(label="What are these questions called?", max_length=120)
    about = PlainTextField(
        label="What are they for?",
        help_text="When to use them, alone or in a team.",
        rows=3,
        max_length=2000,
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {"name": "what these questions are called"}

    def __init__(self, data=None, *, partnership, user, question_set=None, begins_as=None):
        self.partnership, self.user, self.question_set = partnership, user, question_set
        name, about, self.stored = (
            says(question_set or begins_as) if (question_set or begins_as) else ("", "", [])
        )
        initial = {"name": name, "about": about, "request_key": uuid.uuid4()}
        if question_set:
            initial["seen"] = fingerprint(self.standing())
        super().__init__(data, initial=initial)
        self.fields["request_key"].required = question_set is None
        self.rows = self.make_rows(max(len(self.stored), self.first_rows))

    def make_row(self, number, **how):
        """A question's row."""
        initial = {"kind": QuestionKind.TEXT, "place": number}
        if number <= len(self.stored) and not self.sent:
            initial |= dict(zip(("words", "kind", "help"), self.stored[number - 1], strict=True))
        return QuestionRow(initial=initial, **how)

    def clean(self):
        """One question at least, and none twice."""
        cleaned = super().clean()
        if not all(row.is_valid() for row in self.rows):
            return cleaned
        seen = {}
        for number, row in enumerate(self.rows, start=1):
            words = row.cleaned_data["words"]
            first = seen.setdefault(words, number) if words else number
            if first != number:
                row.add_error("words", f"Question {number} is the same as question {first}")
        if not seen:
            self.rows[0].add_error("words", reflecting.NO_QUESTION)
        return cleaned

    def questions(self):
        """(words, kind, help) of the rows with words, in the order of their places."""
        written = [row.cleaned_data for row in self.rows if row.cleaned_data["words"]]
        written.sort(key=lambda each: each["place"] or 99)
        return [(each["words"], each["kind"], each["help"]) for each in written]

    def standing(self):
        """The set as it stands."""
        return repr(says(self.question_set)) if self.question_set else ""

    def hold(self):
        if self.question_set:
            self.question_set = reflecting.held_set(self.question_set)

    def meanwhile(self):
        """What somebody else made of it."""
        name, about, questions = says(self.question_set)
        told = "; ".join(words for words, _, _ in questions)
        return (
            f"Someone else has changed these questions meanwhile. They are now “{name}”. {about} "
            f"{told}. Yours are below: save again to replace theirs."
        )

    def write(self):
        """Save the set."""
        words = {name: self.cleaned_data[name] for name in ("name", "about")}
        words |= {"questions": self.questions(), "by": self.user}
        if self.question_set:
            return reflecting.change_question_set(question_set=self.question_set, **words)
        return reflecting.add_question_set(
            partnership=self.partnership, request_key=self.cleaned_data["request_key"], **words
        )
