"""Handing over: the open work of someone who leaves goes to a named colleague.

What is open work, each room says itself (``register``, in its AppConfig). The past keeps
the name: only what is still to be done moves.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerships.models import Membership
from partnerships.permissions import membership_of, refusal_for
from rpcportal.kit.roles import Permission


@dataclass(frozen=True)
class OpenWork:
    """One kind of open work.

    ``find(user, partnership)`` lists what it is, as texts to show; ``move(user, to,
    partnership, by)`` gives it to somebody else and returns how many pieces that were.
    """

    label: str
    find: Callable
    move: Callable


OF_ANOTHER_ORGANISATION = (
    "You can hand over the work of people in your own organisation. A coordinator can hand over "
    "anybody’s."
)
KINDS = []


def register(kind):
    """Have a kind of open work handed over with the others."""
    KINDS.append(kind)


def open_work(user, partnership):
    """What is still to be done: (label, texts) for each kind that the person has any of."""
    found = ((kind.label, kind.find(user, partnership)) for kind in KINDS)
    return [(label, texts) for label, texts in found if texts]


def hand_over_refusal(by, membership):
    """Why ``by`` may not hand over this member's work, or an empty sentence."""
    if not refusal_for(by, Permission.HAND_OVER, membership.partnership_id):
        return ""
    if by.pk == membership.user_id:
        return refusal_for(by, Permission.SCORE, membership.partnership_id)
    if sentence := refusal_for(by, Permission.HAND_OVER_OWN, membership.partnership_id):
        return sentence
    own = membership_of(by, membership.partnership_id)
    colleagues = Membership.objects.sharing_an_organisation_with(own)
    if colleagues.filter(pk=membership.pk).exists():
        return ""
    return OF_ANOTHER_ORGANISATION


@transaction.atomic
def hand_over(*, membership, to, by):
    """Give the open work of ``membership`` to ``to``, a membership of the same partnership.

    Returns how many pieces of work moved. Raises PermissionDenied with a sentence.
    """
    if sentence := hand_over_refusal(by, membership):
        raise PermissionDenied(sentence)
    if to.partnership_id != membership.partnership_id or to.pk == membership.pk:
        raise PermissionDenied("Work is handed over to another person of the same partnership.")
    if not to.may(Permission.SCORE):
        raise PermissionDenied(f"{to.user} is a reader, and so cannot take on work.")
    partnership = membership.partnership
    return sum(kind.move(membership.user, to.user, partnership, by) for kind in KINDS)
