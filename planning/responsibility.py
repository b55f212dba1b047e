"""Who sees to a domain, and what of that moves when someone leaves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerships import handing_over
from partnerships.models import Membership
from planning import permissions
from planning.models import Assessment, Entry, PriorityAction
from rpcportal.kit.roles import Permission


@transaction.atomic
def assign(*, entry, user, by):
    """Make ``user`` responsible for a domain, or nobody when it is None."""
    # Held, so that a sheet that is just being agreed does not change afterwards.
    assessment = Assessment.objects.select_for_update().get(pk=entry.assessment_id)
    permissions.check(permissions.assign_refusal, by, assessment)
    if user is not None:
        member = Membership.objects.of(user, assessment.partnership_id)
        if member is None or not member.may(Permission.SCORE):
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
    return _open_entries(user, partnership).update(responsible=to)


def _open_actions(user, partnership):
    """Those that name the person as owner. The name is what is printed on the sheet."""
    if not user.name:
        return PriorityAction.objects.none()
    return PriorityAction.objects.open_of(partnership).filter(owner__iexact=user.name)


def _find_actions(user, partnership):
    return [action.what for action in _open_actions(user, partnership)]


def _move_actions(user, to, partnership, by):
    return _open_actions(user, partnership).update(owner=str(to)[:200])


def register():
    """Have planning's open work handed over with that of the other rooms."""
    handing_over.register(
        handing_over.OpenWork("Responsible for domains", _find_entries, _move_entries)
    )
    handing_over.register(
        handing_over.OpenWork("Named as owner of priority actions", _find_actions, _move_actions)
    )
