"""What the projector shows of a question: the code to join with, and the answers as cards."""

from dataclasses import dataclass

from django.db.models import Count, Window

from partnerships.doors import stamp_of

MOST_CARDS = 60  # more than fit on any projector; the rest is on the page of the question
LONG_QUESTION = 110  # letters; longer ones are set smaller, or there is no room for answers


@dataclass(frozen=True)
class AnswerCard:
    """One answer, of nobody."""

    pk: int
    words: str
    is_new: bool


@dataclass(frozen=True)
class PromptWall:
    """The answers at one moment, newest first."""

    stamp: str
    newest: int  # the number of the newest answer; 0 for none
    cards: list
    total: int
    is_long: bool

    @classmethod
    def of(cls, prompt, newest_seen=None):
        """``newest_seen``: the newest answer that the page shows already; None for a fresh one."""
        shown = prompt.answers.filter(hidden_at__isnull=True).order_by("-written_at", "-pk")
        answers = list(shown.annotate(total=Window(Count("pk")))[:MOST_CARDS])
        return cls(
            stamp=stamp_of(prompt),
            newest=max((each.pk for each in answers), default=0),
            cards=[_card(each, newest_seen) for each in answers],
            total=answers[0].total if answers else 0,
            is_long=len(prompt.question) > LONG_QUESTION,
        )

    @property
    def said(self):
        """What is said aloud of it: said again only when it is another number."""
        return str(self.total)

    @property
    def earlier(self):
        """How many answers have no card any more."""
        return self.total - len(self.cards)


def _card(answer, newest_seen):
    is_new = newest_seen is not None and answer.pk > newest_seen
    # A line for each letter would fill the wall.
    return AnswerCard(answer.pk, " ".join(answer.words.split()), is_new)
