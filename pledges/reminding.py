"""The e-mail that keeps the register alive: what is due, what is overdue, what waits.

One a week at most, or one a month, to each person who owns an action or stands in for its
owner. It lists what is due within two weeks or overdue, and stops when the day is moved.
"""

from collections import defaultdict

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partnerships.mail import base_address, post
from partnerships.models import User
from pledges import links, rhythm, statuses
from pledges.models import Action, ReminderChoice, Rhythm
from pledges.permissions import write_refusal


def send_reminders(now):
    """Write the reminders that it is time for; returns how many. Twice sends nothing twice."""
    today = timezone.localdate(now)
    people = Action.objects.people_to_remind(today + statuses.SOON)
    return sum(_remind(pk, today) for pk in people)


@transaction.atomic
def _remind(user_pk, today):
    user = User.objects.get(pk=user_pk)
    ReminderChoice.objects.get_or_create(user=user)
    # Held: of two machines that are at it, the second one sees that it is done.
    choice = ReminderChoice.objects.select_for_update().get(user=user)
    if not user.is_active or not rhythm.is_time(choice.rhythm, choice.last_sent_on, today):
        return False
    actions = _actions_of(user, today)
    if not actions:
        return False
    choice.last_sent_on = today
    choice.save(update_fields=["last_sent_on"])
    overdue, due = _apart(actions, today)
    context = {
        "user": user,
        "overdue": _lines(user, overdue, today),
        "due": _lines(user, due, today),
        "choice": choice,
        "monthly": choice.rhythm == Rhythm.MONTHLY,
        "choice_link": base_address() + reverse("your_reminders"),
    }
    post(
        to=user.email,
        subject=_subject(len(overdue), len(due)),
        body=render_to_string("pledges/mail/actions_due.txt", context),
        about=f"reminder {user.pk}",
        key=f"reminder {user.pk}, {today}",
    )
    return True


def _actions_of(user, today):
    """Those that a person can say something about; whoever may not write is not asked to."""
    found = Action.objects.visible_to(user).of_person(user).open()
    found = found.filter(due_on__lte=today + statuses.SOON).with_names().by_due()
    return [each for each in found if not write_refusal(user, each.organisation)]


def _apart(actions, today):
    parts = defaultdict(list)
    for action in actions:
        parts[statuses.is_overdue(action.status, action.due_on, today)].append(action)
    return parts[True], parts[False]


def _lines(user, actions, today):
    return [
        {
            "action": action,
            "link": base_address()
            + reverse("update_by_link", args=[links.token_for(user, action, str(today))]),
        }
        for action in actions
    ]


def _subject(overdue, due):
    parts = [f"{overdue} overdue"] if overdue else []
    parts += [f"{due} due soon"] if due else []
    return f"Your actions: {' and '.join(parts)}"
