"""Lines of action plans, as rows. Each call makes new ones.

The names keep clear of make_action in tests/factories/assessments.py, which makes a priority
action of a recording sheet.
"""

import uuid
from datetime import date
from itertools import count

from pledges.actions import add_action, tell_of
from pledges.models import Action, Milestone, Pledge
from tests.factories.people import make_organisation

_names = count(1)
DUE = date(2026, 3, 31)


def make_plan_action(organisation, *, by=None, domains=(), deputies=(), **words):
    """A line of an organisation's plan; with ``by`` through the verb, or else as a row.

    ``organisation`` may be a partnership: then it gets an organisation of its own.
    """
    if not hasattr(organisation, "partnership_id"):
        name = f"Organisation {next(_names)}"
        organisation = make_organisation(organisation, name)
    words = {"what": "Train the practitioners"} | words
    if by is not None:
        return add_action(
            organisation=organisation,
            by=by,
            request_key=words.pop("request_key", uuid.uuid4()),
            domains=domains,
            deputies=deputies,
            **words,
        )
    words.setdefault("number", _next_number(organisation.partnership_id))
    action = Action.objects.create(
        organisation=organisation, partnership_id=organisation.partnership_id, **words
    )
    action.domains.set(domains)
    action.deputies.set(deputies)
    return action


def _next_number(partnership_id):
    numbers = Action.objects.filter(partnership_id=partnership_id).order_by("-number")
    return (numbers.values_list("number", flat=True).first() or 0) + 1


def make_plan_actions(organisation, number_of_them, **words):
    """So many lines of one plan, written in one statement."""
    first = _next_number(organisation.partnership_id)
    return Action.objects.bulk_create(
        Action(
            organisation=organisation,
            partnership_id=organisation.partnership_id,
            number=number,
            **{"what": f"Do thing {number}"} | words,
        )
        for number in range(first, first + number_of_them)
    )


def make_update(action, *, by, **told):
    """An update through the verb; what is not named stays as it is."""
    standing = Action.objects.get(pk=action.pk)
    stays = {"status": standing.status, "rating": standing.rating, "due_on": standing.due_on}
    words = {"text": "Two schools have booked.", "request_key": uuid.uuid4()} | stays | told
    return tell_of(action=action, by=by, **words)


def make_milestone(action, *, what="Find a trainer", due_on=None, done_on=None):
    """A step on the way."""
    return Milestone.objects.create(action=action, what=what, due_on=due_on, done_on=done_on)


def make_plain_pledge(organisation, **values):
    """The row of an organisation's pledge, without a signing."""
    return Pledge.objects.create(
        organisation=organisation, partnership_id=organisation.partnership_id, **values
    )
