"""The due dates of one's own open actions, for any calendar (iCalendar, RFC 5545)."""

import uuid
from datetime import timedelta

from icalendar import Calendar, Event

from partnerships.mail import base_address
from pledges.models import Action, ReminderChoice


def calendar_of(user):
    """A calendar with a whole-day event for each open action of ``user`` that has a day."""
    calendar = Calendar()
    calendar.add("prodid", "-//RPC Portal//Actions//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "My RPC actions")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    actions = Action.objects.visible_to(user).of_person(user).open().with_names()
    for action in actions.exclude(due_on=None).by_due():
        calendar.add_component(_event(action))
    return calendar.to_ical()


def _event(action):
    event = Event()
    # The same for ever, so that a calendar moves the event with the day.
    event.add("uid", f"action-{action.pk}@rpc-portal")
    event.add("dtstamp", action.updated_at)
    event.add("dtstart", action.due_on)
    event.add("dtend", action.due_on + timedelta(days=1))
    event.add("summary", f"Due: {action.what}")
    event.add("description", f"{action.organisation}, action {action.number}")
    event.add("url", base_address() + action.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    return event


def new_address(user):
    """Make a calendar address for ``user``; the one before stops working. Returns its key."""
    key = uuid.uuid4()
    ReminderChoice.objects.update_or_create(user=user, defaults={"calendar_key": key})
    return key


def owner_of(key):
    """Whose calendar has this key, or None; nobody's whose account is not in use."""
    rows = ReminderChoice.objects.select_related("user")
    choice = rows.filter(calendar_key=key, user__is_active=True).first()
    return choice and choice.user


def key_of(user):
    """The key of their calendar, or None."""
    return ReminderChoice.objects.filter(user=user).values_list("calendar_key", flat=True).first()
