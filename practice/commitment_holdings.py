"""What is held about a person: commitments, reflections, and questions that they wrote."""

from partnerships.holdings import Link, link_to, own_partnerships, register
from practice.models import Commitment, QuestionSet, Reflection


def register_all():
    """Have this part told with the others."""
    register("Practice standards that you committed to", commitments)
    register("Reflections that you wrote", reflections)
    register("Questions to reflect on that you wrote", question_sets)


def commitments(user):
    """What one committed to, for oneself or for an organisation."""
    own = own_partnerships(user)
    rows = Commitment.objects.made_by(user).with_names()
    return [
        {
            "Standard": Link(
                each.version.statement,
                each.version.standard.page_in(each.partnership)
                if each.partnership_id in own
                else "",
            ),
            "Version": each.version.number,
            "For": str(each.organisation) if each.organisation_id else "Yourself",
            "When": each.made_at,
        }
        for each in rows
    ]


def reflections(user):
    """What one answered; the words too, since nobody else can give them."""
    own = own_partnerships(user)
    rows = Reflection.objects.filter(user=user).with_names().prefetch_related("answers")
    return [
        {
            "Questions": link_to(each, own, str(each.set)),
            "When": each.written_at,
            "Who sees it": _who_sees(each),
            "Your answers": "\n".join(_told(answer) for answer in each.answers.all()),
        }
        for each in rows
    ]


def _who_sees(reflection):
    return str(reflection.organisation) if reflection.organisation_id else "Only you"


def _told(answer):
    said = answer.words or answer.get_pane_display()
    if answer.number is not None:
        said = f"{answer.number} of 10"
    return f"{answer.question} {said or 'Passed over'}"


def question_sets(user):
    """The sets that one wrote, or changed last."""
    own = own_partnerships(user)
    rows = QuestionSet.objects.filter(written_by=user).select_related("partnership")
    return [
        {
            "Questions": link_to(each, own),
            "When": each.written_at,
        }
        for each in rows.order_by("-written_at", "-pk")
    ]
