"""The lists of questions, of their answers, and of what was said and done."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from partnerships.doors import door_tag
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable, cell_button

LINK = {"a": {"class": "govuk-link"}}
LONGEST_ALOUD = 60  # of an answer, in what is said of a button


class PromptTable(PortalTable):
    """The questions of a partnership."""

    caption = "Questions"
    things = "questions"
    stacks = True
    row_header = "question"
    empty_text = "No question has been asked yet."
    question = tables.Column(linkify=True, order_by=["question", "pk"], attrs=LINK)
    asked_on = DayColumn(verbose_name="Day", order_by=["asked_on", "pk"])
    where = tables.Column(verbose_name="Workshop or event", order_by=["where", "pk"])
    stands = tables.Column(verbose_name="Where it stands", empty_values=(), orderable=False)
    answer_count = tables.Column(verbose_name="Answers", attrs=NUMBERS_RIGHT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="questions-", **kwargs)

    def render_stands(self, record):
        return door_tag(record)


class YouSaidTable(PortalTable):
    """What was said and done, of all questions."""

    caption = "What was said, and what was done"
    things = "lines"
    stacks = True
    row_header = "said"
    widest_fitting = 2
    empty_text = (
        "Nothing yet. When a question is closed, say on its page what the answers had in common, "
        "and later what was done."
    )
    said = tables.Column(verbose_name="You said", order_by=["said", "pk"])
    did = tables.Column(verbose_name="We did", empty_values=(), orderable=False)
    prompt = tables.Column(verbose_name="We asked", linkify=True, attrs=LINK, orderable=False)

    def render_did(self, record):
        if not record.did:
            return "Not yet"
        return format_html(
            '<span class="rpc-prewrap">{}</span><br><span class="rpc-quiet">{}</span>',
            record.did,
            f"{record.did_on:%-d %B %Y}",
        )


class AnswerTable(PortalTable):
    """The answers to one question, newest first, with buttons for those who run it."""

    caption = "Answers"
    things = "answers"
    stacks = True
    row_header = "words"
    widest_fitting = 3
    empty_text = "Nobody has answered yet."
    words = tables.Column(verbose_name="Answer", order_by=["words", "pk"])
    you_said = tables.Column(
        verbose_name="You said", accessor="you_said__said", default="–", orderable=False
    )
    hidden_at = tables.Column(verbose_name="On the screen", empty_values=(), orderable=False)

    def __init__(self, *args, prompt, token, **kwargs):
        """``token``: of the page, for those who may press a button; empty for the others."""
        self.prompt, self.token = prompt, token
        super().__init__(*args, **kwargs)

    def render_words(self, value):
        return " ".join(value.split())

    def render_hidden_at(self, value, record):
        stands, button = ("Hidden", "Show it again") if value else ("Shown", "Hide it")
        if not self.token:
            return stands
        prompt = self.prompt
        pressed = cell_button(
            reverse("hide_answer", args=[prompt.partnership.slug, prompt.pk, record.pk]),
            self.token,
            name="hidden",
            value="no" if value else "yes",
            text=button,
            about=record.words[:LONGEST_ALOUD],
        )
        return format_html("{}{}", stands, pressed)
