"""Who may do what with an assessment, given where it stands. Every no is a sentence."""

from django.core.exceptions import PermissionDenied

from partnerships.permissions import refusal_for
from planning.models import Status
from rpcportal.kit.roles import Permission


class SheetClosed(PermissionDenied):
    """The sheet was agreed meanwhile; the message says so and what can be done."""


def closed_sentence(assessment):
    """Why a closed assessment cannot change, and the way to a change."""
    if assessment.status == Status.SUPERSEDED:
        return (
            f"This is version {assessment.version}. A later version has replaced it, "
            "so it cannot change."
        )
    return (
        f"This sheet was agreed on {assessment.agreed_on:%-d %B %Y}, so it cannot change. "
        "A coordinator can reopen it as a new version."
    )


def score_refusal(user, assessment):
    """Why ``user`` may not write in the assessment, or an empty string."""
    if sentence := refusal_for(user, Permission.SCORE, assessment.partnership_id):
        return sentence
    return "" if assessment.is_open else closed_sentence(assessment)


def details_refusal(user, assessment):
    """Why ``user`` may not change date, note and illustration, or an empty string."""
    if sentence := refusal_for(user, Permission.START, assessment.partnership_id):
        return sentence
    return "" if assessment.is_open else closed_sentence(assessment)


def agree_refusal(user, assessment):
    """Why ``user`` may not record an agreement, or an empty string."""
    if sentence := refusal_for(user, Permission.AGREE, assessment.partnership_id):
        return sentence
    if assessment.is_illustrative:
        return (
            "This is an illustration, not the area's own plan, so nobody can agree it. "
            "Change it to a draft in its details first."
        )
    return "" if assessment.is_open else closed_sentence(assessment)


def assign_refusal(user, assessment):
    """Why ``user`` may not say who sees to a domain, or an empty string."""
    if sentence := refusal_for(user, Permission.ASSIGN, assessment.partnership_id):
        return sentence
    return "" if assessment.is_open else closed_sentence(assessment)


def restore_refusal(user, assessment):
    """Why ``user`` may not bring back an earlier text, or an empty string."""
    if sentence := refusal_for(user, Permission.RESTORE, assessment.partnership_id):
        return sentence
    return "" if assessment.is_open else closed_sentence(assessment)


def reopen_refusal(user, assessment):
    """Why ``user`` may not reopen the sheet, or an empty string."""
    if sentence := refusal_for(user, Permission.REOPEN, assessment.partnership_id):
        return sentence
    if assessment.status == Status.SUPERSEDED:
        return closed_sentence(assessment)
    if assessment.status != Status.AGREED:
        return "This assessment has not been agreed, so there is nothing to reopen."
    return ""
