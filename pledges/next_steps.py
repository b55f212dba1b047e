"""What a person does next on the register: at most two steps."""

from django.urls import reverse
from django.utils import timezone

from planning.next_steps import Step
from pledges import inbox, permissions
from pledges.models import Action


def next_steps(user, partnership, today=None):
    """What is overdue of one's own, and the priority actions that wait."""
    return [
        step
        for step in (_overdue(user, partnership, today), _waiting(user, partnership))
        if step is not None
    ]


def _overdue(user, partnership, today):
    today = today or timezone.localdate()
    number = Action.objects.of(partnership).of_person(user).overdue(today).count()
    if not number:
        return None
    actions = "1 action of yours is" if number == 1 else f"{number} actions of yours are"
    return Step(
        "Say how your actions stand",
        f"{actions} overdue. Two sentences are enough, and the day can be moved.",
        "See what is overdue",
        f"{reverse('register', args=[partnership.slug])}?show=mine&due=overdue",
    )


def _waiting(user, partnership):
    if permissions.no_plan_refusal(user, partnership):
        return None
    number = inbox.waiting(partnership).count()
    if not number:
        return None
    actions = "1 priority action waits" if number == 1 else f"{number} priority actions wait"
    return Step(
        "Take a priority action on",
        f"{actions} for an organisation to take on.",
        "See what waits",
        reverse("priority_actions", args=[partnership.slug]),
    )
