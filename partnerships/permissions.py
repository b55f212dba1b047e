"""Whether a person may do something in a partnership. Every no is a sentence.

``check_may`` raises it, ``may`` answers yes or no, ``refusal_for`` gives the sentence to
show where the button would be. The table itself is rpcportal/kit/roles.py.
"""

from django.core.exceptions import PermissionDenied

from partnerships.models import Membership
from rpcportal.kit import roles


def membership_of(user, partnership_id):
    """The person's membership in a partnership, or None; asked of the database once a request."""
    known = user.__dict__.setdefault("known_memberships", {})
    if partnership_id not in known:
        known[partnership_id] = Membership.objects.of(user, partnership_id)
    return known[partnership_id]


def remember_role(user, partnership_id, role):
    """Spare ``membership_of`` its query, when the role came with another (``with_role``)."""
    known = user.__dict__.setdefault("known_memberships", {})
    known[partnership_id] = Membership(user_id=user.pk, partnership_id=partnership_id, role=role)


def may(user, permission, partnership_id):
    """Whether ``user`` holds ``permission`` in the partnership."""
    membership = membership_of(user, partnership_id)
    return membership is not None and membership.may(permission)


def refusal_for(user, permission, partnership_id):
    """The sentence that refuses, or an empty one when ``user`` may."""
    return "" if may(user, permission, partnership_id) else roles.refusal(permission)


def check_may(user, permission, partnership_id):
    """Raise PermissionDenied with a sentence unless ``user`` holds ``permission``."""
    if sentence := refusal_for(user, permission, partnership_id):
        raise PermissionDenied(sentence)


def check(refusal, *values):
    """Raise PermissionDenied with the sentence of a refusal, a function, if it has one."""
    if sentence := refusal(*values):
        raise PermissionDenied(sentence)


def check_may_still(user, permission, partnership_id):
    """As ``check_may``, asked of the database anew: for a verb that has waited for a lock, while
    somebody may have changed the role.
    """
    user.__dict__.pop("known_memberships", None)
    check_may(user, permission, partnership_id)
