"""Forms about questions to a room: ask one, and say what became of its answers."""

import uuid

from django import forms
from django.utils import timezone

from pledges.forms import RequestKeyField
from practice import prompting
from practice.models import PromptAnswer
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint


class QuestionForm(PortalForm):
    """A question, and where it is asked."""

    question = PlainTextField(
        label="Question",
        help_text="In large letters on the screen. For example: How should people feel when they "
        "work with us?",
        rows=2,
        max_length=300,
    )
    help = PlainTextField(
        label="A line of help",
        help_text="Below the question, on the screen and on the phones.",
        max_length=300,
        required=False,
    )
    asked_on = DayField(label="Day")
    where = PlainTextField(label="Workshop or event", max_length=150, required=False)
    asks_for = {"question": "the question", "asked_on": "the day"}

    def clean_question(self):
        """One paragraph, however it was typed."""
        return " ".join(self.cleaned_data["question"].split())


class AskForm(QuestionForm):
    """A new question."""

    request_key = RequestKeyField()

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        initial = {"request_key": uuid.uuid4(), "asked_on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Write it down; sent twice, it is one."""
        return prompting.ask(partnership=self.partnership, by=self.user, **self.cleaned_data)


class ChangeQuestionForm(MeanwhileMixin, QuestionForm):
    """A question that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, prompt, user, **kwargs):
        self.prompt, self.user = prompt, user
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**self.stored(), "seen": seen}, **kwargs)

    def stored(self):
        """Its words, by the names of the boxes."""
        return {name: getattr(self.prompt, name) for name in prompting.WORDS}

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored, typed = self.stored(), getattr(self, "cleaned_data", None)
        if typed and all(typed.get(name) == value for name, value in stored.items()):
            return ""
        return repr(sorted(stored.items()))

    def meanwhile(self):
        prompt = self.prompt
        told = ", ".join(filter(None, [f"{prompt.asked_on:%-d %B %Y}", prompt.where]))
        return (
            f"Someone else has changed this question meanwhile. It is now: “{prompt.question}” "
            f"“{prompt.help}” {told}. Yours is below: save again to replace theirs."
        )

    def hold(self):
        self.prompt = prompting.locked(self.prompt)

    def write(self):
        """Save it."""
        return prompting.change_prompt(prompt=self.prompt, by=self.user, **self.cleaned_data)


class AnswersField(forms.ModelMultipleChoiceField):
    """Answers to be ticked, in their own words."""

    def label_from_instance(self, answer):
        return " ".join(answer.words.split())


class YouSaidForm(PortalForm):
    """What several answers had in common, and what was done about it."""

    said = PlainTextField(
        label="You said",
        help_text="One sentence that the people who answered would recognise as theirs. Please "
        "name no child and no family.",
        max_length=300,
    )
    answers = AnswersField(
        queryset=PromptAnswer.objects.none(),
        label="Answers that belong to it",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    did = PlainTextField(
        label="We did",
        help_text="What has changed because of it. You can come back and write it when it has.",
        rows=3,
        max_length=2000,
        required=False,
    )
    did_on = DayField(label="Done on", required=False)
    asks_for = {"said": "what people said"}

    def _offer(self, answers):
        """Let these be ticked."""
        self.fields["answers"].queryset = answers
        if not answers.exists():
            del self.fields["answers"]

    def _said(self):
        return {"answers": (), **self.cleaned_data}


class AddYouSaidForm(YouSaidForm):
    """A new one. The same click twice is one by its words."""

    def __init__(self, *args, prompt, user, **kwargs):
        self.prompt, self.user = prompt, user
        super().__init__(*args, **kwargs)
        # What was free when the page was made may not be by now; the verb says so in a sentence.
        taken_too = prompt.answers.filter(hidden_at__isnull=True)
        self._offer(taken_too if self.is_bound else prompting.answers_for(prompt))

    def save(self):
        """Add it."""
        return prompting.add_you_said(prompt=self.prompt, by=self.user, **self._said())


class ChangeYouSaidForm(MeanwhileMixin, YouSaidForm):
    """One that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, you_said, user, **kwargs):
        self.you_said, self.user = you_said, user
        self.ticked = self._ticked()
        stored = self.stored()
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**stored, "seen": seen}, **kwargs)
        self._offer(prompting.answers_for(you_said.prompt, you_said))

    def _ticked(self):
        return sorted(
            self.you_said.answers.filter(hidden_at__isnull=True).values_list("pk", flat=True)
        )

    def stored(self):
        """What stands there, by the names of the boxes."""
        one = self.you_said
        return {"said": one.said, "did": one.did, "did_on": one.did_on, "answers": self.ticked}

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored, typed = self.stored(), getattr(self, "cleaned_data", None)
        if typed:
            answers = sorted(each.pk for each in typed.get("answers", ()))
            if {**typed, "answers": answers}.items() >= stored.items():
                return ""
        return repr(sorted(stored.items()))

    def meanwhile(self):
        one = self.you_said
        return (
            f"Someone else has changed this meanwhile. You said: “{one.said}” We did: "
            f"“{one.did}” Answers: {len(self.ticked)}. Yours is below: save again to replace "
            "theirs."
        )

    def hold(self):
        prompting.locked(self.you_said.prompt)
        self.you_said = prompting.held(self.you_said)
        self.ticked = self._ticked()

    def write(self):
        """Save it."""
        return prompting.change_you_said(you_said=self.you_said, by=self.user, **self._said())
