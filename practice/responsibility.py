"""Who sees to standards and resources, and what of that moves when someone leaves.

What is withdrawn keeps whose it was.
"""

from django.utils import timezone

from partnerships import handing_over
from practice.models import Resource, Standard


def register():
    """Have this room's open work handed over with that of the other rooms."""
    for label, find, move in (
        ("Sees to standards", _find_standards, _move_standards),
        ("Sees to resources", _find_resources, _move_resources),
    ):
        handing_over.register(handing_over.OpenWork(label, find, move))


def _standards(user, partnership):
    standing = Standard.objects.own(partnership).standing(timezone.localdate())
    return standing.filter(owner=user)


def _find_standards(user, partnership):
    rows = _standards(user, partnership).with_statement()
    return [each.statement for each in rows]


def _move_standards(user, to, partnership, by):
    return _standards(user, partnership).update(owner=to)


def _resources(user, partnership):
    return Resource.objects.own(partnership).filter(owner=user)


def _find_resources(user, partnership):
    return [str(each) for each in _resources(user, partnership)]


def _move_resources(user, to, partnership, by):
    return _resources(user, partnership).update(owner=to)
