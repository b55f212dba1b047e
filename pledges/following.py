"""Following: who hears how an action, an organisation's plan or a domain goes.

Everybody may who may read, and nobody sees what another person follows. It comes with the one
e-mail that reminds (pledges/reminding.py); pledges/moving.py says what moved.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerships.permissions import check_may
from pledges.domains import domains_of
from pledges.followed import path_of
from pledges.models import Follow
from rpcportal.kit.roles import Permission

ELSEWHERE = "That does not belong to {partnership}, and so cannot be followed there."
THINGS = ("action", "organisation", "domain")


@transaction.atomic
def follow(*, by, partnership, **thing):
    """Hear of ``thing``: an ``action``, an ``organisation`` or a ``domain``. Twice is once."""
    check_may(by, Permission.VIEW, partnership.pk)
    ((name, value),) = thing.items()
    if not _belongs(name, value, partnership):
        raise PermissionDenied(ELSEWHERE.format(partnership=partnership))
    which = {"user": by, "partnership": partnership, **_columns(**thing)}
    standing = Follow.objects.visible_to(by).values("pk")
    # What one followed before one left and came again is followed from now on.
    Follow.objects.filter(**which).exclude(pk__in=standing).delete()
    return Follow.objects.get_or_create(**which)[0]


@transaction.atomic
def unfollow(*, by, partnership, **thing):
    """Hear no more of it. Twice is once."""
    Follow.objects.filter(user=by, partnership=partnership, **_columns(**thing)).delete()


def _columns(**thing):
    return dict.fromkeys(THINGS) | thing


def _belongs(name, value, partnership):
    if name == "domain":
        return domains_of(partnership).filter(pk=value.pk).exists()
    return value.partnership_id == partnership.pk


@dataclass(frozen=True)
class FollowButton:
    """What the page of a thing needs for its button."""

    path: str
    thing: str
    is_followed: bool

    @classmethod
    def of_action(cls, action, user):
        """On the page of an action."""
        partnership = action.partnership
        path = path_of(partnership, action=action)
        return cls._of(path, "this action", user, partnership, action=action)

    @classmethod
    def of_organisation(cls, organisation, user):
        """On the page of an organisation's pledge."""
        partnership = organisation.partnership
        path = path_of(partnership, organisation=organisation)
        return cls._of(path, str(organisation), user, partnership, organisation=organisation)

    @classmethod
    def of_domain(cls, domain, user, partnership):
        """Where the register is filtered by a domain."""
        path = path_of(partnership, domain=domain)
        return cls._of(path, f"domain {domain.number}", user, partnership, domain=domain)

    @classmethod
    def _of(cls, path, words, user, partnership, **thing):
        found = Follow.objects.visible_to(user).filter(partnership=partnership, **thing)
        return cls(path, words, found.exists())
