"""Bringing an earlier text of an action or a pledge back.

It is a change like any other, and the history says from when it came. Words that somebody
wrote there since the page was read stay until it is asked for once more.
"""

import pghistory
from django.db import transaction

from partnerships.models import Organisation
from partnerships.permissions import check, refusal_for
from pledges import actions, permissions, pledging
from pledges.history import RESTORABLE
from pledges.models import Action, Pledge
from rpcportal.kit.meanwhile import fingerprint
from rpcportal.kit.roles import Permission

SIGNED = (
    "What {organisation} has signed stays as it was signed. Its words change when it signs again."
)


class NotThere(Exception):
    """The history knows of no such text here."""


class WrittenMeanwhile(Exception):
    """Somebody wrote there since the page was read; the message says so."""

    def __init__(self):
        super().__init__(
            "Someone else has written there meanwhile, so nothing was brought back. Their words "
            "are at the top of this page. Press the button again if the earlier text should "
            "stand all the same."
        )


def action_refusal(user, action):
    """Why ``user`` may not bring back an action's text, or an empty sentence."""
    lacking = refusal_for(user, Permission.RESTORE, action.partnership_id)
    return lacking or permissions.write_refusal(user, action.organisation)


def pledge_refusal(user, pledge):
    """Why ``user`` may not bring back a pledge's words, or an empty sentence."""
    if lacking := refusal_for(user, Permission.RESTORE, pledge.partnership_id):
        return lacking
    if pledge.status not in pledging.UNSIGNED:
        return SIGNED.format(organisation=pledge.organisation)
    return pledging.draft_refusal(user, pledge.organisation)


@transaction.atomic
def restore_in_action(*, action, event, field, by, standing=""):
    """Bring back what ``field`` of an action was in an event, by its number.

    ``standing``: the fingerprint of what stood there while the page was read, if that is known.
    Raises PermissionDenied; NotThere for what is no text of this action's history; and
    WrittenMeanwhile.
    """
    row = actions.held(action)
    check(action_refusal, by, row)
    kept = _kept(Action, row, event, field, "action")
    _check_unchanged(row, field, standing)
    with pghistory.context(restored_from=kept.pgh_id):
        actions.change_action(
            action=row,
            by=by,
            organisation=row.organisation,
            domains=row.domains.all(),
            deputies=row.deputies.all(),
            **{field: getattr(kept, field)},
        )


@transaction.atomic
def restore_in_pledge(*, pledge, event, field, by, standing=""):
    """Bring back the words of a pledge that nobody has signed yet. As ``restore_in_action``."""
    # Held as pledges/pledging.py does.
    Organisation.objects.select_for_update(no_key=True).get(pk=pledge.organisation_id)
    row = Pledge.objects.select_related("organisation", "lead").get(pk=pledge.pk)
    check(pledge_refusal, by, row)
    kept = _kept(Pledge, row, event, field, "pledge")
    _check_unchanged(row, field, standing)
    with pghistory.context(restored_from=kept.pgh_id):
        pledging.draft_words(
            organisation=row.organisation,
            by=by,
            champion=row.champion,
            lead=row.lead,
            review_on=row.review_on,
            **{field: getattr(kept, field)},
        )


def _kept(model, row, number, field, kind):
    events = model.pgh_event_model.objects.filter(pgh_obj=row.pk, pgh_id=number)
    kept = events.first() if field in RESTORABLE[kind] else None
    if kept is None or not getattr(kept, field):
        raise NotThere
    return kept


def _check_unchanged(row, field, standing):
    if standing and standing != fingerprint(getattr(row, field)):
        raise WrittenMeanwhile
