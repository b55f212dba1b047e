"""Verbs on questions to a room: asked, opened to phones, answered, and what became of it."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from partnerships.doors import close_door, extend_door, is_open, open_door, tell_screens
from partnerships.permissions import check
from pledges.launching import launch_refusal
from practice.models import Prompt, PromptAnswer, YouSaid

KIND = "prompt"  # under which partnerships/joining.py knows our events
MOST_ANSWERS = 5  # of one phone
ANSWER_LENGTH = 280
WORDS = ("question", "help", "asked_on", "where")

SENT_BEFORE = "This page was sent before, with other words. Load it once more and send them again."
ANSWERED = (
    "There are answers to the question as it stands, so its words stay. For other words, ask a "
    "new question."
)
CLOSED = "The question has closed meanwhile, so this is not kept. Tell it to whoever asked."
ENOUGH = f"This phone has sent {MOST_ANSWERS} answers: that is the most. This one is not kept."
FUTURE = "“Done on” must be today or in the past: write down what was done once it is"
DAY_ALONE = "Say what was done on that day, or empty the day"
TAKEN = (
    "One of the answers that you ticked was taken off the screen, or belongs to another “You "
    "said” by now: load this page again and tick what is left"
)
NO_DAY = "Enter the day on which it was done"

# Coordinators and facilitators, as at a launch.
prompt_refusal = launch_refusal


def locked(prompt):
    """The prompt as it stands, held against everyone else until the transaction ends."""
    # Held first and read then: what a waiting query joins is as it was before the wait.
    Prompt.objects.select_for_update(no_key=True).get(pk=prompt.pk)
    return Prompt.objects.with_door().get(pk=prompt.pk)


# --- Asking -----------------------------------------------------------------------------------


@transaction.atomic
def ask(*, partnership, request_key, by, **words):
    """A question, not open yet; returns the prompt. Asking twice gives the same one."""
    check(prompt_refusal, by, partnership)
    asked = {**words, "partnership": partnership, "made_by": by}
    made, is_new = Prompt.objects.get_or_create(request_key=request_key, defaults=asked)
    if not is_new and any(getattr(made, name) != value for name, value in asked.items()):
        raise ValidationError(SENT_BEFORE)
    return made


@transaction.atomic
def change_prompt(*, prompt, by, **words):
    """Write it anew; ValidationError for another question where answers stand."""
    standing = locked(prompt)
    check(prompt_refusal, by, standing.partnership)
    if words["question"] != standing.question and standing.answers.exists():
        raise ValidationError({"question": ANSWERED})
    for name in WORDS:
        setattr(standing, name, words[name])
    standing.save(update_fields=WORDS)
    tell_screens(standing)
    return standing


# --- The door ---------------------------------------------------------------------------------


@transaction.atomic
def open_prompt(*, prompt, hours, by):
    """Let phones in for so many hours; returns the prompt. One that is open stays as it is.

    After it was closed, this makes a new code; the answers stay, and phones that were in stay in.
    """
    standing = locked(prompt)
    check(prompt_refusal, by, standing.partnership)
    open_door(standing, kind=KIND, hours=hours, by=by)
    return standing


@transaction.atomic
def extend_prompt(*, prompt, hours, by):
    """Keep it open for so many hours from now. Raises ValidationError when it is closed."""
    standing = locked(prompt)
    check(prompt_refusal, by, standing.partnership)
    extend_door(standing, hours=hours, by=by, called="question")
    return standing


@transaction.atomic
def close_prompt(*, prompt, by):
    """Let no more phones in, and take no more answers. Twice is once."""
    standing = locked(prompt)
    check(prompt_refusal, by, standing.partnership)
    close_door(standing, by=by)
    return standing


# --- Answers ----------------------------------------------------------------------------------


def prompt_at(participant):
    """The prompt that a phone is at, or None when its event is no prompt's."""
    return Prompt.objects.at_event(participant.occasion_id)


def answers_of(prompt, participant):
    """What one phone has sent, in the order in which it came."""
    return list(prompt.answers.filter(participant=participant))


def answers_seen_by(user, prompt):
    """The answers to a question. One that was taken off the screen, because it was rude or named
    somebody, is for those alone who can put it back.
    """
    answers = prompt.answers.select_related("you_said")
    if prompt_refusal(user, prompt.partnership):
        return answers.filter(hidden_at__isnull=True)
    return answers


@transaction.atomic
def answer(*, participant, prompt, words, request_key):
    """Keep what a phone sent; returns the answer. The same click twice is one.

    It is the phone's own deed: there is no ``by``, and nothing to permit but the door's being
    open. Raises ValidationError when it has closed, or the phone has sent enough.
    """
    # Whoever is signed in on the phone they answer with stays unnamed in the history too.
    pghistory.context(user=None)
    standing = locked(prompt)
    sent = PromptAnswer.objects.filter(request_key=request_key).first()
    if sent is None:
        _check_may_answer(standing, participant)
        said = {"prompt": standing, "participant": participant, "words": words}
        sent, is_new = PromptAnswer.objects.get_or_create(request_key=request_key, defaults=said)
        if is_new:
            tell_screens(standing)
    if (sent.prompt_id, sent.participant_id, sent.words) != (prompt.pk, participant.pk, words):
        raise ValidationError(SENT_BEFORE)
    return sent


def _check_may_answer(prompt, participant):
    if not is_open(prompt):
        raise ValidationError(CLOSED, code="closed")
    if len(answers_of(prompt, participant)) >= MOST_ANSWERS:
        raise ValidationError(ENOUGH, code="enough")


@transaction.atomic
def hide_answer(*, answer, is_hidden, by):
    """Take an answer off the screen, or put it back. Twice is once."""
    prompt = locked(answer.prompt)
    check(prompt_refusal, by, prompt.partnership)
    standing = prompt.answers.select_for_update(no_key=True).get(pk=answer.pk)
    if bool(standing.hidden_at) != is_hidden:
        standing.hidden_at = timezone.now() if is_hidden else None
        standing.save(update_fields=["hidden_at"])
        tell_screens(prompt)
    return standing


# --- You said, we did -------------------------------------------------------------------------


def you_said_in(partnership):
    """All of a partnership, newest first, each with its prompt and ``answer_count``."""
    found = YouSaid.objects.filter(prompt__partnership=partnership)
    shown = Q(answers__hidden_at__isnull=True)
    counted = found.annotate(answer_count=Count("answers", filter=shown))
    return counted.select_related("prompt__partnership").order_by("-written_at", "-pk")


def you_said_of(prompt):
    """Those of one prompt as they were written, each with its answers that can be shown."""
    answers = prompt.answers.filter(hidden_at__isnull=True)
    return prompt.you_said.prefetch_related(Prefetch("answers", answers, to_attr="shown"))


def answers_for(prompt, you_said=None):
    """The answers that can be said to belong to this “you said”, or to a new one: those on the
    screen that belong to no other.
    """
    mine = Q(you_said=you_said) if you_said else Q()
    return prompt.answers.filter(Q(you_said__isnull=True) | mine, hidden_at__isnull=True)


@transaction.atomic
def add_you_said(*, prompt, said, did, did_on, answers, by):
    """Say what several answers had in common; returns it. The same twice makes one."""
    standing = locked(prompt)
    check(prompt_refusal, by, standing.partnership)
    _check_deed(did, did_on)
    words = {"said": said, "did": did, "did_on": did_on}
    if there := standing.you_said.filter(**words, written_by=by).first():
        return there
    _check_are_free(standing, answers)
    made = YouSaid.objects.create(prompt=standing, written_by=by, **words)
    standing.answers.filter(pk__in=[each.pk for each in answers]).update(you_said=made)
    return made


@transaction.atomic
def change_you_said(*, you_said, said, did, did_on, answers, by):
    """Write it anew, with what was done since; returns it.

    ``answers``: those that belong to it from now on. One that is off the screen stays where it is.
    """
    prompt = locked(you_said.prompt)
    check(prompt_refusal, by, prompt.partnership)
    _check_deed(did, did_on)
    standing = held(you_said)
    _check_are_free(prompt, answers, standing)
    wanted = {each.pk for each in answers}
    own = answers_for(prompt, standing).filter(you_said=standing)
    own.exclude(pk__in=wanted).update(you_said=None)
    # What was checked to be free a moment ago is: whoever ties an answer holds the prompt.
    prompt.answers.filter(pk__in=wanted, you_said__isnull=True).update(you_said=standing)
    if (standing.said, standing.did, standing.did_on) != (said, did, did_on):
        standing.said, standing.did, standing.did_on = said, did, did_on
        standing.written_by, standing.written_at = by, timezone.now()
        standing.save()
    return standing


@transaction.atomic
def remove_you_said(*, you_said, by):
    """Take it out; its answers are free again, and the history keeps what it said."""
    prompt = locked(you_said.prompt)
    check(prompt_refusal, by, prompt.partnership)
    prompt.you_said.filter(pk=you_said.pk).delete()


def held(you_said):
    """As it stands, held against everyone else until the transaction ends."""
    standing = YouSaid.objects.select_for_update(of=("self",)).get(pk=you_said.pk)
    standing.prompt = you_said.prompt
    return standing


def _check_deed(did, did_on):
    if did and not did_on:
        raise ValidationError({"did_on": NO_DAY})
    if did_on and not did:
        raise ValidationError({"did": DAY_ALONE})
    if did_on and did_on > timezone.localdate():
        raise ValidationError({"did_on": FUTURE})


def _check_are_free(prompt, answers, you_said=None):
    """Each answer belongs to this prompt, and to no other “you said”."""
    wanted = {each.pk for each in answers}
    free = set(answers_for(prompt, you_said).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - free:
        raise ValidationError({"answers": TAKEN})
