"""Verbs on reflections, which are private, and on the questions that they answer.

A reflection is its writer's alone until they share it, and nobody else reads, exports or is told
of it: not a coordinator, not the activity. So it leaves no history, and removing it is for good.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Organisation
from partnerships.permissions import check, refusal_for
from practice.models import Question, QuestionSet, Reflection, ReflectionAnswer
from practice.permissions import library_refusal
from rpcportal.kit.roles import Permission

WRITER_ALONE = "Only the person who wrote a reflection can change, share or remove it."
OWN_TEAM = "You can reflect with a team, or share with one, that is an organisation of your own."
OF_TEAM = "Your team answered this together: it stays with the team until you remove it."
RETIRED = "These questions are retired. What was answered before stays; nothing new is begun."
NOTHING = "Answer at least one question: there is nothing to keep yet"
NO_QUESTION = "Write at least one question"
SENT_BEFORE = (
    "What you sent from this page before is kept already. Open it from the list to change it; "
    "what you have written now is below."
)


@dataclass(frozen=True)
class Answer:
    """The answer to one question, beside its words. ``kind``: a QuestionKind."""

    position: int
    question: str
    kind: str
    words: str = ""
    number: int | None = None
    pane: str = ""

    @property
    def is_empty(self):
        """Whether the question was passed over."""
        return not self.words and self.number is None and not self.pane


def answers_of(reflection):
    """What a reflection holds, as Answers in their order."""
    names = Answer.__dataclass_fields__
    rows = reflection.answers.all()
    return [Answer(**{name: getattr(each, name) for name in names}) for each in rows]


# --- Reflections --------------------------------------------------------------------------------


def own_teams(partnership, user):
    """The organisations with which a person can reflect or share, by name."""
    return Organisation.objects.filter(
        partnership=partnership, affiliations__membership__user=user
    ).distinct()


def reflect_refusal(user, partnership, question_set):
    """Why ``user`` cannot answer these questions, or an empty sentence."""
    if refused := refusal_for(user, Permission.VIEW, partnership.pk):
        return refused
    retired = question_set.retired_on
    return RETIRED if retired is not None and retired <= timezone.localdate() else ""


def writer_refusal(user, reflection):
    """Why ``user`` may not change a reflection, or an empty sentence."""
    if refused := refusal_for(user, Permission.VIEW, reflection.partnership_id):
        return refused
    return "" if reflection.user_id == user.pk else WRITER_ALONE


def _check_team(user, partnership, organisation):
    if organisation and not own_teams(partnership, user).filter(pk=organisation.pk).exists():
        raise PermissionDenied(OWN_TEAM)


@transaction.atomic
def write_reflection(*, partnership, question_set, answers, request_key, by, organisation=None):
    """Keep what somebody answered, alone or for a team; returns it. The same click twice is one.

    Raises PermissionDenied, and ValidationError with a sentence.
    """
    check(reflect_refusal, by, partnership, question_set)
    _check_team(by, partnership, organisation)
    _check_answers(answers)
    reflection, is_new = Reflection.objects.get_or_create(
        request_key=request_key,
        defaults={
            "user": by,
            "partnership": partnership,
            "set": question_set,
            "organisation": organisation,
            "is_of_team": organisation is not None,
        },
    )
    if is_new:
        _write_answers(reflection, answers)
    elif not _is_same(reflection, by, organisation, answers):
        raise ValidationError(SENT_BEFORE)
    return reflection


def _is_same(reflection, by, organisation, answers):
    """Whether it is what ``by`` sends once more: also for the same eyes, alone or a team's."""
    team = reflection.organisation_id if reflection.is_of_team else None
    whose = (by.pk, organisation.pk if organisation else None)
    return (reflection.user_id, team) == whose and answers_of(reflection) == answers


def _check_answers(answers):
    if all(each.is_empty for each in answers):
        raise ValidationError(NOTHING)


def _write_answers(reflection, answers):
    ReflectionAnswer.objects.bulk_create(
        ReflectionAnswer(reflection=reflection, **vars(each)) for each in answers
    )


def held(reflection):
    """It as it stands, held against its writer's other browsers until the transaction ends."""
    return Reflection.objects.select_for_update(of=("self",)).get(pk=reflection.pk)


@transaction.atomic
def change_reflection(*, reflection, answers, by):
    """Write the answers anew; returns it. What stood there before is kept nowhere."""
    check(writer_refusal, by, reflection)
    _check_answers(answers)
    standing = held(reflection)
    standing.answers.all().delete()
    _write_answers(standing, answers)
    return standing


@transaction.atomic
def share_reflection(*, reflection, organisation, by):
    """Let the members of a team read it; without one, take it back. Returns it."""
    check(writer_refusal, by, reflection)
    _check_team(by, reflection.partnership, organisation)
    standing = held(reflection)
    if standing.is_of_team:
        raise PermissionDenied(OF_TEAM)
    standing.organisation = organisation
    standing.save(update_fields=["organisation"])
    return standing


@transaction.atomic
def remove_reflection(*, reflection, by):
    """Remove it with its answers, for good."""
    check(writer_refusal, by, reflection)
    Reflection.objects.filter(pk=reflection.pk).delete()


def forget_reflections_of(person):
    """For who is forgotten: what they answered alone goes; what a team answered is the team's."""
    Reflection.objects.filter(user=person).answered_alone().delete()


# --- Questions ----------------------------------------------------------------------------------


@transaction.atomic
def add_question_set(*, partnership, request_key, name, about, questions, by):
    """Write questions of the partnership's own; returns the set. The same click twice makes one.

    ``questions``: (words, kind, help) in their order.
    """
    check(library_refusal, by, partnership)
    _check_questions(questions)
    question_set, is_new = QuestionSet.objects.get_or_create(
        request_key=request_key,
        defaults={"partnership": partnership, "name": name, "about": about, "written_by": by},
    )
    if is_new:
        _write_questions(question_set, questions)
    elif question_set.partnership_id != partnership.pk or says(question_set) != (
        name,
        about,
        list(questions),
    ):
        raise ValidationError(SENT_BEFORE)
    return question_set


@transaction.atomic
def change_question_set(*, question_set, name, about, questions, by):
    """Write a set anew; returns it. What was answered before keeps the words it answered."""
    check(library_refusal, by, question_set.partnership, question_set)
    _check_questions(questions)
    standing = held_set(question_set)
    if says(standing) == (name, about, list(questions)):
        return standing
    standing.name, standing.about = name, about
    standing.written_by, standing.written_at = by, timezone.now()
    standing.save()
    _write_questions(standing, questions)
    return standing


def _check_questions(questions):
    if not questions:
        raise ValidationError(NO_QUESTION)


def _write_questions(question_set, questions):
    """Those whose words stay keep their row; the others come and go."""
    there = {}
    for each in question_set.questions.all():
        there.setdefault(each.words, each)
    kept = set()
    for position, (words, kind, help_words) in enumerate(questions, start=1):
        row = there.pop(words, None) or Question(set=question_set, words=words)
        values = {"position": position, "kind": kind, "help": help_words}
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        kept.add(row.pk)
    question_set.questions.exclude(pk__in=kept).delete()


def says(question_set):
    """(name, about, [(words, kind, help)]): everything that a set says."""
    questions = [(each.words, each.kind, each.help) for each in question_set.questions.all()]
    return question_set.name, question_set.about, questions


def held_set(question_set):
    """The set as it stands, held against everyone else until the transaction ends."""
    return QuestionSet.objects.select_for_update(of=("self",)).get(pk=question_set.pk)


@transaction.atomic
def retire_question_set(*, question_set, is_retired, by):
    """Offer a set no longer, or again; returns it."""
    check(library_refusal, by, question_set.partnership, question_set)
    standing = held_set(question_set)
    if is_retired != (standing.retired_on is not None):
        standing.retired_on = timezone.localdate() if is_retired else None
        standing.save(update_fields=["retired_on"])
    return standing
