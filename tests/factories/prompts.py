"""Questions to a room, their answers and what became of them, as rows. Each call makes new ones."""

import uuid
from dataclasses import dataclass

from django.utils import timezone

from partnerships.models import Participant
from practice.models import Prompt, PromptAnswer, YouSaid
from practice.prompting import KIND
from tests.factories.joining import join_by_qr, make_occasion, phone

QUESTION = "How should people feel when they work with us?"


def make_prompt(partnership, by, *, is_open=True, **values):
    """A question of today; ``is_open``: phones can join for an hour."""
    values = {"question": QUESTION, "asked_on": timezone.localdate(), **values}
    if is_open:
        values["occasion"] = make_occasion(partnership, by, kind=KIND)
    return Prompt.objects.create(partnership=partnership, made_by=by, **values)


def make_answer(prompt, words="Listened to", **values):
    """What one phone wrote, which wrote nothing else."""
    values.setdefault("participant", None)
    phone_there = values.pop("participant") or Participant.objects.create(occasion=prompt.occasion)
    Prompt.objects.filter(pk=prompt.pk).update(version=prompt.version + 1)
    prompt.refresh_from_db(fields=["version"])
    values = {"request_key": uuid.uuid4(), **values}
    return PromptAnswer.objects.create(
        prompt=prompt, participant=phone_there, words=words, **values
    )


def make_answers(prompt, number):
    """So many, each of a phone of its own."""
    phones = Participant.objects.bulk_create(
        Participant(occasion=prompt.occasion) for _ in range(number)
    )
    PromptAnswer.objects.bulk_create(
        PromptAnswer(prompt=prompt, participant=each, words="Safe", request_key=uuid.uuid4())
        for each in phones
    )


def make_you_said(prompt, *answers, said="We want to be listened to.", **values):
    """What these answers had in common; nothing done yet."""
    made = YouSaid.objects.create(prompt=prompt, said=said, written_by=prompt.made_by, **values)
    prompt.answers.filter(pk__in=[each.pk for each in answers]).update(you_said=made)
    return made


def prompt_phone(prompt):
    """A phone that is in."""
    client = phone()
    assert join_by_qr(client, prompt.occasion).status_code == 302
    return client


@dataclass(frozen=True)
class PromptsOfArea:
    """What the walks need: ``prompt`` is open, with an ``answer`` that belongs to nothing and
    another under ``you_said``; ``planned`` was never open.
    """

    prompt: Prompt
    planned: Prompt
    answer: PromptAnswer
    you_said: YouSaid


def prompts_of(area, song=""):
    """One of each, in an area."""
    words = {"question": f"{song}question", "help": f"{song}help", "where": f"{song}where"}
    made = make_prompt(area.partnership, area.coordinator, **words)
    other = make_answer(made, f"{song}safe")
    done = {"did": f"{song}did", "did_on": timezone.localdate()}
    return PromptsOfArea(
        prompt=made,
        planned=make_prompt(area.partnership, area.coordinator, is_open=False, **words),
        answer=make_answer(made, f"{song}words"),
        you_said=make_you_said(made, other, said=f"{song}said", **done),
    )
