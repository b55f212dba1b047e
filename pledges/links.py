"""Links in e-mails with which one person writes one update on one action, without signing in.

A link is signed, ends after a month, and is for one update: the update that it wrote bears a
number that is made of the link, and there is no second of that number. It gives nobody more
than they may do when signed in; that is asked again when it is used.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from partnerships.models import User
from pledges.models import Action, Update

LIFETIME = timedelta(days=35)  # longer than a month, which is the longest rhythm
SALT = "update on an action"
NAMESPACE = uuid.UUID("6f1c2f0e-5f0e-4c53-9b0b-0c8d3cf3a0c1")


@dataclass(frozen=True)
class Opened:
    """What a link opens: for whom, which action, and the number of the update it may write."""

    user: User
    action: Action
    request_key: uuid.UUID

    @property
    def used(self):
        """The update that it wrote, or None."""
        return Update.objects.filter(request_key=self.request_key).first()


def token_for(user, action, nonce):
    """The secret part of a link. ``nonce`` tells one e-mail's link from the next one's."""
    return signing.dumps([user.pk, action.pk, nonce], salt=SALT)


def opened(token):
    """What a token opens, or None when it is not ours, too old, or its person or action is gone."""
    try:
        user_pk, action_pk, _ = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None:
        return None
    # In the person's own scope: somebody who has left opens nothing any more.
    action = Action.objects.visible_to(user).with_everything().filter(pk=action_pk).first()
    if action is None:
        return None
    return Opened(user, action, uuid.uuid5(NAMESPACE, token))
