"""Who sees to actions, pledges and measures, and what of that moves when someone leaves.

What is complete, withdrawn or ended keeps whose it was.
"""

from django.db.models import Q
from django.utils import timezone

from partnerships import handing_over
from pledges.models import Action, Deputy, Measure, Pledge, PledgeStatus


def register():
    """Have this room's open work handed over with that of the other rooms."""
    for label, find, move in (
        ("Sees to actions", _find_actions, _move_actions),
        ("Stands in on actions", _find_deputies, _move_deputies),
        ("Lead contact of pledges", _find_pledges, _move_pledges),
        ("Sees to measures", _find_measures, _move_measures),
    ):
        handing_over.register(handing_over.OpenWork(label, find, move))


def _open_actions(user, partnership):
    return Action.objects.of(partnership).open().filter(owner=user)


def _find_actions(user, partnership):
    return [str(action) for action in _open_actions(user, partnership).by_due()]


def _move_actions(user, to, partnership, by):
    """Whoever stood in on it and owns it now no longer stands in."""
    held = _open_actions(user, partnership).select_for_update().order_by("pk")
    moved = [action.pk for action in held]
    Deputy.objects.filter(action__in=moved, user=to).delete()
    return Action.objects.filter(pk__in=moved).update(owner=to)


def _open_deputies(user, partnership):
    actions = Action.objects.of(partnership).open()
    return Deputy.objects.filter(user=user, action__in=actions)


def _find_deputies(user, partnership):
    rows = _open_deputies(user, partnership).select_related("action")
    return [str(each.action) for each in rows.order_by("action__number")]


def _move_deputies(user, to, partnership, by):
    """Nobody stands in twice, or for themselves: there the place is left empty."""
    actions = Action.objects.of(partnership).open().filter(pk__in=_ties(user))
    held = [action.pk for action in actions.select_for_update().order_by("pk")]
    mine = Deputy.objects.filter(user=user, action__in=held)
    double = Q(action__owner=to) | Q(action__in=_ties(to))
    mine.filter(double).delete()
    mine.update(user=to)
    return len(held)


def _ties(user):
    return Deputy.objects.filter(user=user).values("action_id")


def _led(user, partnership):
    """A lapsed pledge still wants somebody to renew it; a withdrawn one is over."""
    pledges = Pledge.objects.of(partnership).filter(lead=user)
    return pledges.exclude(status=PledgeStatus.WITHDRAWN)


def _find_pledges(user, partnership):
    return [str(pledge) for pledge in _led(user, partnership).with_names()]


def _move_pledges(user, to, partnership, by):
    return _led(user, partnership).update(lead=to)


def _read_measures(user, partnership):
    """Those that are read still."""
    return Measure.objects.of(partnership).current(timezone.localdate()).filter(owner=user)


def _find_measures(user, partnership):
    return [str(measure) for measure in _read_measures(user, partnership).order_by("name", "pk")]


def _move_measures(user, to, partnership, by):
    return _read_measures(user, partnership).update(owner=to)
