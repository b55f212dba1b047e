"""Priority actions of agreed sheets that nobody has taken on yet.

A sheet that was reopened and agreed again has copies of its priority actions, under the same
keys: what was taken on, or answered, from an earlier version does not come back.
"""

from django.db.models import Exists, OuterRef

from planning.models import PriorityAction
from pledges.models import Action, Answer


def waiting(partnership):
    """Those that wait, the newest sheet's first, with the numbers of their domains."""
    same_key = {"partnership": partnership, "priority_action__key": OuterRef("key")}
    agreed = PriorityAction.objects.agreed_of(partnership).prefetch_related("domains")
    return agreed.exclude(Exists(Action.objects.filter(**same_key))).exclude(
        Exists(Answer.objects.filter(**same_key))
    )


def answered(partnership):
    """The answers of those that nobody takes on, newest first."""
    answers = Answer.objects.of(partnership).select_related("priority_action", "answered_by")
    return answers.order_by("-answered_at")


def first_words(priority_action, partnership):
    """What the form of an action begins with, when it comes from a priority action."""
    owner = partnership.memberships.filter(user__name__iexact=priority_action.owner).first()
    words = {
        "what": priority_action.what[:500],
        "measure": priority_action.measure,
        "due_on": priority_action.due,
        "domains": list(priority_action.domains.all()),
    }
    if owner and priority_action.owner:
        return words | {"owner": owner.user_id}
    return words | {"owner_words": priority_action.owner}


def is_agreed(priority_action, partnership):
    """Whether it stands on one of the partnership's agreed sheets."""
    agreed = PriorityAction.objects.agreed_of(partnership)
    return agreed.filter(pk=priority_action.pk).exists()
