"""What a partnership does next on the planning tool: at most three steps, most urgent first."""

from dataclasses import dataclass

from django.urls import reverse

from partnerships.permissions import may
from planning.models import Status
from rpcportal.kit.roles import Permission


@dataclass(frozen=True)
class Step:
    """One thing to do: a heading, a sentence, and the link that starts it."""

    heading: str
    sentence: str
    link_text: str
    href: str


def next_steps(assessments, user, partnership):
    """The steps for this person; ``assessments`` are the partnership's, newest first."""
    drafts = [each for each in assessments if each.status == Status.DRAFT]
    agreed = [each for each in assessments if each.status == Status.AGREED]
    steps = [_draft_step(each, user) for each in drafts[:2]]
    if not drafts and may(user, Permission.START, partnership.pk):
        steps.append(_start_step(partnership, bool(agreed)))
    steps += [_print_step(each) for each in agreed[:1]]
    return steps


def workshop_steps(workshop):
    """The step of the workshop that comes next; none without one."""
    if workshop is None:
        return []
    when = f", {workshop.starts_at:%H:%M}" if workshop.starts_at else ""
    where = f", {workshop.place}" if workshop.place else ""
    return [
        Step(
            f"Next workshop: {workshop.held_on:%-d %B %Y}{when}",
            f"{workshop.name}{where}.",
            "Open the workshop",
            workshop.get_absolute_url(),
        )
    ]


def _day(assessment):
    return f"{assessment.assessed_on:%-d %B %Y}"


def _draft_step(draft, user):
    left = draft.domain_count - draft.settled_count
    if not may(user, Permission.SCORE, draft.partnership_id):
        return Step(
            f"The assessment of {_day(draft)} is being written",
            f"{draft.settled_count} of {draft.domain_count} domains are scored so far.",
            "See how it stands",
            draft.get_absolute_url(),
        )
    if left:
        domains = "1 domain is" if left == 1 else f"{left} domains are"
        return Step(
            f"Finish scoring: {_day(draft)}",
            f"{domains} not scored yet.",
            "Go on scoring",
            draft.get_absolute_url(),
        )
    if not may(user, Permission.AGREE, draft.partnership_id):
        return Step(
            f"Every domain is scored: {_day(draft)}",
            "Look over the sheet before a coordinator or facilitator records that it is agreed.",
            "Open the recording sheet",
            reverse("sheet", args=[draft.pk]),
        )
    return Step(
        f"Check the sheet and agree it: {_day(draft)}",
        "Every domain is scored. The readiness check says what is still worth a look.",
        "Check and agree",
        reverse("agree", args=[draft.pk]),
    )


def _start_step(partnership, has_scored_before):
    if has_scored_before:
        heading, sentence = "Score your area again", "See what has moved since the last time."
    else:
        heading, sentence = (
            "Score your area for the first time",
            "A level for each domain. You can stop and come back at any time.",
        )
    return Step(
        heading,
        sentence,
        "Start an assessment",
        reverse("start_assessment", args=[partnership.slug]),
    )


def _print_step(sheet):
    return Step(
        f"Print the recording sheet of {_day(sheet)}",
        f"Agreed by {sheet.agreed_name}, {sheet.agreed_role}.",
        "Open the recording sheet",
        reverse("sheet", args=[sheet.pk]),
    )
