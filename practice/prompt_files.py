"""Answers, and what became of them, as files. Nobody's name is in them: none is known."""

from practice.prompting import you_said_in
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

ANSWER_COLUMNS = (
    "Question",
    "Asked on",
    "Workshop or event",
    "Answer",
    "On the screen",
    "You said",
)
SAID_COLUMNS = (
    *("Question", "Asked on", "Workshop or event"),
    *("You said", "Answers", "We did", "On"),
)


def answers_workbook(prompt, answers):
    """These answers to one question, for Excel."""
    return workbook([Sheet("Answers", ANSWER_COLUMNS, _answer_rows(prompt, answers))])


def answers_csv(prompt, answers):
    """These answers to one question as comma-separated values."""
    return csv_lines(ANSWER_COLUMNS, _answer_rows(prompt, answers))


def said_workbook(partnership):
    """“You said, we did” of all questions, for Excel."""
    return workbook([Sheet("You said, we did", SAID_COLUMNS, _said_rows(partnership))])


def said_csv(partnership):
    """“You said, we did” of all questions as comma-separated values."""
    return csv_lines(SAID_COLUMNS, _said_rows(partnership))


def _answer_rows(prompt, answers):
    # In no order of time: who was seen typing at a moment must not be found by it.
    for each in answers.order_by("words", "pk"):
        yield (
            prompt.question,
            prompt.asked_on,
            prompt.where,
            each.words,
            "Hidden" if each.hidden_at else "Shown",
            each.you_said.said if each.you_said else "",
        )


def _said_rows(partnership):
    for each in you_said_in(partnership):
        prompt = each.prompt
        yield (
            prompt.question,
            prompt.asked_on,
            prompt.where,
            each.said,
            each.answer_count,
            each.did,
            each.did_on,
        )
