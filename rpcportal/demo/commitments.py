"""The demo's commitments and a team's reflections: fixtures/demo/commitments.yaml.

They lie in the past, so their rows are written as they stand. Where no standard of the
partnership's own is in force there is nothing to commit to, and nothing is written.
"""

import uuid
from datetime import datetime, time, timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.models import User
from practice.committing import in_force_of
from practice.models import Commitment, QuestionKind, Reflection, StandardVersion
from practice.reflecting import Answer, add_question_set, write_reflection

FILE = settings.BASE_DIR / "fixtures" / "demo" / "commitments.yaml"


def load(partnership, coordinator, today=None):
    """Write the commitments and the reflections of the demo partnership."""
    today = today or timezone.localdate()
    in_force = list(in_force_of(partnership, today))
    if not in_force:
        return
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    before = _versions_before(in_force)
    for each in content["commitments"]:
        _commit(partnership, each, in_force, before, today)
    question_set = add_question_set(
        partnership=partnership,
        request_key=uuid.uuid4(),
        by=coordinator,
        name=content["question_set"]["name"],
        about=content["question_set"]["about"].strip(),
        questions=[
            (each["words"], each["kind"], each["help"])
            for each in content["question_set"]["questions"]
        ],
    )
    _reflect(partnership, content["team"], question_set, today)


def _versions_before(in_force):
    """Standard -> the version before the one in force, where there was one."""
    rows = StandardVersion.objects.filter(standard__in=[each.standard_id for each in in_force])
    numbers = {each.standard_id: each.number for each in in_force}
    return {each.standard_id: each for each in rows if each.number == numbers[each.standard_id] - 1}


def _commit(partnership, content, in_force, before, today):
    person, organisation = _person(partnership, content["person"])
    if person is None or (content.get("for_own_organisation") and organisation is None):
        return
    for version in in_force[: content.get("first")]:
        read = version if content.get("again") else before.get(version.standard_id, version)
        # Nobody commits before the day from which a version is in force.
        day = max(today - timedelta(days=content["days_ago"]), min(read.effective_on, today))
        Commitment.objects.create(
            partnership=partnership,
            version=read,
            user=person,
            organisation=organisation if content.get("for_own_organisation") else None,
            made_at=_morning(day),
        )


def _reflect(partnership, content, question_set, today):
    person, team = _person(partnership, content["person"])
    if person is None or team is None:
        return
    questions = list(question_set.questions.all())
    for each in content["reflections"]:
        reflection = write_reflection(
            partnership=partnership,
            question_set=question_set,
            organisation=team,
            request_key=uuid.uuid4(),
            by=person,
            answers=[
                _answer(question, said)
                for question, said in zip(questions, each["answers"], strict=True)
            ],
        )
        day = today - timedelta(days=each["days_ago"])
        Reflection.objects.filter(pk=reflection.pk).update(written_at=_morning(day))


def _answer(question, said):
    name = {QuestionKind.SCALE: "number", QuestionKind.PANE: "pane"}.get(question.kind, "words")
    return Answer(question.position, question.words, question.kind, **{name: said})


def _person(partnership, email):
    """(a member of the demo, the first of their organisations); None for what there is not."""
    person = User.objects.filter(email=email, memberships__partnership=partnership).first()
    if person is None:
        return None, None
    own = partnership.organisations.filter(affiliations__membership__user=person)
    return person, own.first()


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
