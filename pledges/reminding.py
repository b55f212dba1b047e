"""The e-mail that keeps the register alive: what is due, what is overdue, what moved.

One a week at most, or one a month, to each person who owns an action or stands in for its
owner, sees to a measure or follows something. It lists what is due within two weeks or overdue,
and stops when the day is moved; measures whose figures are late; and what moved where they
follow, each piece of news once. Rooms above add news of their own (``register``).
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partnerships.mail import base_address, post
from partnerships.models import User
from pledges import links, rhythm, statuses
from pledges.measuring import late_for, reading_refusal
from pledges.models import Action, Follow, Measure, ReminderChoice, Rhythm
from pledges.moving import Moved, moved_for
from pledges.permissions import write_refusal


@dataclass(frozen=True)
class News:
    """A part of the e-mail that a room above has to tell.

    ``subject`` goes into the e-mail's own: “2 standards changed”. ``lines`` are (words, path).
    """

    subject: str
    heading: str
    lines: list[tuple[str, str]]


NEWS = []


def register(people, news):
    """Have a room's news told with the rest, to whoever has not chosen to get no e-mail.

    ``people(today)``: those whom there may be something to tell, as numbers; ``news(user, since,
    today)``: the News of a person, or None. ``since`` is the day of the last e-mail, which told
    of the days before it; None: there was none.
    """
    NEWS.append((people, news))


@dataclass(frozen=True)
class _Content:
    """What one e-mail says."""

    overdue: list
    due: list
    late: list
    moved: Moved
    news: list[News]

    @property
    def is_empty(self):
        return not (self.overdue or self.due or self.late or self.moved.parts or self.news)


def send_reminders(now):
    """Write the reminders that it is time for; returns how many. Twice sends nothing twice."""
    today = timezone.localdate(now)
    people = {*Action.objects.people_to_remind(today + statuses.SOON)}
    people |= {*Follow.objects.followers()}
    owned = Measure.objects.current(today).filter(owner__isnull=False)
    people |= {*owned.values_list("owner", flat=True).distinct()}
    for with_news, _ in NEWS:
        people |= {*with_news(today)}
    return sum(_remind(pk, today) for pk in _whose_turn_it_is(people, today))


def _whose_turn_it_is(people, today):
    """Of these people, by number, those to whom it is time to write."""
    choices = ReminderChoice.objects.filter(user__in=people)
    known = {pk: chosen for pk, *chosen in choices.values_list("user", "rhythm", "last_sent_on")}
    usual = (Rhythm.WEEKLY, None)
    return [pk for pk in sorted(people) if rhythm.is_time(*known.get(pk, usual), today)]


@transaction.atomic
def _remind(user_pk, today):
    user = User.objects.get(pk=user_pk)
    ReminderChoice.objects.get_or_create(user=user)
    # Held: of two machines that are at it, the second one sees that it is done.
    choice = ReminderChoice.objects.select_for_update().get(user=user)
    if not user.is_active or not rhythm.is_time(choice.rhythm, choice.last_sent_on, today):
        return False
    content = _content_for(user, choice, today)
    if content.is_empty:
        return False
    choice.last_sent_on = today
    choice.save(update_fields=["last_sent_on"])
    context = {
        "user": user,
        "overdue": _lines(user, content.overdue, today),
        "due": _lines(user, content.due, today),
        "late": content.late,
        "moved": content.moved,
        "news": content.news,
        "base": base_address(),
        "monthly": choice.rhythm == Rhythm.MONTHLY,
        "choice_link": base_address() + reverse("your_reminders"),
        "following_link": base_address() + reverse("following"),
    }
    post(
        to=user.email,
        subject=_subject(content),
        body=render_to_string("pledges/mail/actions_due.txt", context),
        about=f"reminder {user.pk}",
        key=f"reminder {user.pk}, {today}",
    )
    return True


def _content_for(user, choice, today):
    overdue, due = _apart(_actions_of(user, today), today)
    late = [each for each in late_for(user, today) if not reading_refusal(user, each)]
    told = [find(user, choice.last_sent_on, today) for _, find in NEWS]
    news = [each for each in told if each is not None]
    return _Content(overdue, due, late, moved_for(user, choice.last_sent_on, today), news)


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


def _subject(content):
    parts = [f"{len(content.overdue)} overdue"] if content.overdue else []
    parts += [f"{len(content.due)} due soon"] if content.due else []
    told = [f"Your actions: {' and '.join(parts)}"] if parts else []
    if late := len(content.late):
        told.append(f"{late} late {'figure' if late == 1 else 'figures'}")
    told += [each.subject for each in content.news]
    told += ["news of what you follow"] if content.moved.parts else []
    *others, last = told
    subject = f"{', '.join(others)}, and {last}" if others else last
    return subject[0].upper() + subject[1:]
