"""Commitments and reflections, as rows. Each call makes new ones."""

from dataclasses import dataclass

from practice.models import Commitment, Pane, Reflection


def make_commitment(version, user, organisation=None, **values):
    """That a person, or a person for an organisation, committed to a version."""
    return Commitment.objects.create(
        partnership=version.standard.partnership,
        version=version,
        user=user,
        organisation=organisation,
        **values,
    )


def make_reflection(question_set, user, *, partnership=None, words="We talk.", number=7, **values):
    """What somebody answered to every question of a set; private without an organisation."""
    reflection = Reflection.objects.create(
        partnership=partnership or question_set.partnership,
        set=question_set,
        user=user,
        **values,
    )
    said = {"text": {"words": words}, "scale": {"number": number}, "pane": {"pane": Pane.WITH}}
    for each in question_set.questions.all():
        reflection.answers.create(
            position=each.position, question=each.words, kind=each.kind, **said[each.kind]
        )
    return reflection


@dataclass(frozen=True)
class ReflectingOfArea:
    """What the walks need: the coordinator has committed for the organisation; what they have
    answered alone is shared with a team, and nobody has committed for themselves.
    """

    commitment: Commitment
    reflection: Reflection


def reflecting_of(area, organisation, team, library, song=""):
    """One of each."""
    commitment = make_commitment(library.version, area.coordinator, organisation)
    words = f"{song}nobody else reads this"
    reflection = make_reflection(
        library.question_set, area.coordinator, words=words, organisation=team
    )
    return ReflectingOfArea(commitment=commitment, reflection=reflection)
