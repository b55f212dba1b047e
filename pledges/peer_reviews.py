"""Verbs on peer reviews: who looked at whose work, what was found, what came of it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.permissions import check_may
from pledges.actions import add_action
from pledges.models import Action, PeerReview, ReviewAction
from pledges.training import held, hold, same
from rpcportal.kit.roles import Permission

WORDS = ("reviewer", "reviewer_words", "subject", "subject_words", "held_on")
TEXTS = ("looked_at", "strengths", "findings")


@transaction.atomic
def add_review(*, partnership, by, request_key=None, **words):
    """Record a peer review, held or planned; returns it. The same click twice is one.

    ``words``: those of WORDS and TEXTS. Raises PermissionDenied and ValidationError.
    """
    check_may(by, Permission.LOG, partnership.pk)
    hold(partnership)
    made = request_key and PeerReview.objects.filter(request_key=request_key).first()
    if made:
        return same(made, (made.partnership_id, made.recorded_by_id), (partnership.pk, by.pk))
    _check_sides(words)
    return PeerReview.objects.create(
        partnership=partnership, request_key=request_key, recorded_by=by, **words
    )


def held_review(review):
    """As it stands, held against everyone else."""
    return held(PeerReview.objects.with_names(), review)


@transaction.atomic
def change_review(*, review, by, **words):
    """Write a review anew."""
    standing = held_review(review)
    check_may(by, Permission.LOG, standing.partnership_id)
    _check_sides(words)
    for name, value in words.items():
        setattr(standing, name, value)
    standing.save()
    return standing


@transaction.atomic
def remove_review(*, review, by):
    """Take a review off; its actions stay in the register. Twice is once."""
    check_may(by, Permission.LOG, review.partnership_id)
    PeerReview.objects.filter(pk=review.pk).delete()


def _check_sides(words):
    """Each side is named once; and nobody reviews themselves."""
    for side, who in (("reviewer", "who looked"), ("subject", "whose work was looked at")):
        if side not in words:
            continue
        if words[side] and words[f"{side}_words"]:
            raise ValidationError(
                {f"{side}_words": "Choose an organisation or write a name, not both. Empty this."}
            )
        if not words[side] and not words[f"{side}_words"]:
            raise ValidationError({side: f"Say {who}: choose an organisation or write a name"})
    if words.get("reviewer") and words["reviewer"] == words.get("subject"):
        raise ValidationError({"subject": "An organisation cannot review itself: choose another"})


# --- What came of it --------------------------------------------------------------------------


@transaction.atomic
def tie_actions(*, review, by, actions):
    """Say that these actions of the register came of a review. Twice is once."""
    check_may(by, Permission.LOG, review.partnership_id)
    for action in actions:
        ReviewAction.objects.get_or_create(review=review, action=action)


@transaction.atomic
def write_action(*, review, by, organisation, what, request_key):
    """Write an action that came of a review into an organisation's plan; returns it."""
    action = add_action(organisation=organisation, by=by, what=what, request_key=request_key)
    tie_actions(review=review, by=by, actions=[action])
    return action


@transaction.atomic
def untie_action(*, review, action, by):
    """Say that an action did not come of a review after all; the action stays. Twice is once."""
    check_may(by, Permission.LOG, review.partnership_id)
    for each in ReviewAction.objects.filter(review=review, action=action):
        each.delete()


def actions_numbered(partnership, numbers):
    """The actions of a partnership with these numbers."""
    return Action.objects.of(partnership).numbered(numbers)
