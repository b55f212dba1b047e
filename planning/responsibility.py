"""Who sees to a domain, and what of that moves when someone leaves."""

import re

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerships import handing_over
from partnerships.models import Membership
from partnerships.permissions import check
from planning import permissions
from planning.actions import closing_noticed
from planning.models import Assessment, Entry, PriorityAction
from rpcportal.kit.roles import Permission


@transaction.atomic
def assign(*, entry, user, by):
    """Make ``user`` responsible for a domain, or nobody when it is None."""
    # Held, so that a sheet that is just being agreed does not change afterwards.
    assessment = Assessment.objects.select_for_update().get(pk=entry.assessment_id)
    check(permissions.assign_refusal, by, assessment)
    if user is not None:
        writers = Membership.objects.who_may(Permission.SCORE)
        if writers.of(user, assessment.partnership_id) is None:
            raise PermissionDenied("Only someone who writes in this partnership can see to it.")
    entry.responsible = user
    entry.save(update_fields=["responsible"])


def _open_entries(user, partnership):
    return Entry.objects.open_of(partnership).filter(responsible=user)


def _find_entries(user, partnership):
    entries = _open_entries(user, partnership).select_related("domain", "assessment__partnership")
    return [
        f"{entry.domain.number}. {entry.domain.name}: {entry.assessment}"
        for entry in entries.order_by("-assessment__assessed_on", "domain__number")
    ]


def _move_entries(user, to, partnership, by):
    with closing_noticed():
        return _open_entries(user, partnership).update(responsible=to)


def _naming(user, actions):
    """Those whose owner names the person, alone or as “Ada Marsh, Housing”. The words are what
    is printed on the sheet.
    """
    return [action for action in actions.naming(user.name) if _name(user).search(action.owner)]


def _name(user):
    """Finds a person's name as whole words."""
    return re.compile(rf"(?<!\w){re.escape(user.name)}(?!\w)", re.IGNORECASE)


def _find_actions(user, partnership):
    actions = _naming(user, PriorityAction.objects.open_of(partnership))
    return [f"{each.what} (owner: {each.owner})" for each in actions]


def _move_actions(user, to, partnership, by):
    """The new name stands where the old one stood. A page that is open with the old name in
    its box started from that, so it does not bring it back.
    """
    with closing_noticed():
        held = PriorityAction.objects.open_of(partnership).select_for_update(of=("self",))
        actions = _naming(user, held)
        if actions and not to.name:
            raise PermissionDenied(
                "A sheet prints its owners, and this colleague has not given a name yet. "
                "They can under “Your account”."
            )
        for action in actions:
            action.owner = _name(user).sub(lambda _: to.name, action.owner)[:200]
            action.writers["owner"] = ""
            action.save(update_fields=["owner", "writers"])
        return len(actions)


def register():
    """Have planning's open work handed over with that of the other rooms."""
    handing_over.register(
        handing_over.OpenWork("Responsible for domains", _find_entries, _move_entries)
    )
    handing_over.register(
        handing_over.OpenWork("Named as owner of priority actions", _find_actions, _move_actions)
    )
