"""Who may write what of the practice library. Every no is a sentence."""

from partnerships.permissions import may, refusal_for
from pledges.models import Action
from pledges.permissions import no_plan_refusal, plans_of, sign_refusal
from pledges.permissions import write_refusal as write_plan_refusal
from rpcportal.kit.roles import Permission

STARTER = (
    "This statement came with the portal, and every partnership reads it. Use it for your own "
    "partnership first; then change your copy."
)


def write_refusal(user, partnership, statement=None):
    """Why ``user`` may not write evidence statements, or this one; or an empty sentence."""
    if refused := refusal_for(user, Permission.EVIDENCE, partnership.pk):
        return refused
    return STARTER if statement and statement.partnership_id is None else ""


def show_refusal(user, partnership, statement):
    """Why ``user`` may not say whether the public sees this one, or an empty sentence."""
    if refused := refusal_for(user, Permission.PUBLISH, partnership.pk):
        return refused
    return STARTER if statement.partnership_id is None else ""


# What a starter of the library says to whoever wants to change it, by the kind of thing.
STARTERS = {
    "practicemodel": "This practice model came with the portal, and every partnership reads it. "
    "Take it on first; then change your copy.",
    "modelpart": "This part belongs to a practice model that came with the portal. Take the model "
    "on first; then change your copy.",
    "standard": "This standard came with the portal, and every partnership reads it. Take its "
    "practice model on first; then change your copy.",
}
OTHER_STARTER = (
    "This came with the portal, and every partnership reads it. Use it for your own partnership "
    "first; then change your copy."
)


def library_refusal(user, partnership, thing=None):
    """Why ``user`` may not write the practice library, or this thing of it; or an empty sentence.

    ``thing``: what has a partnership of its own or none, or a part of a practice model. Without
    a partnership it came with the portal.
    """
    if partnership and (refused := refusal_for(user, Permission.LIBRARY, partnership.pk)):
        return refused
    if thing is None or getattr(thing, "model", thing).partnership_id is not None:
        return ""
    return STARTERS.get(thing._meta.model_name, OTHER_STARTER)


def approve_refusal(user, partnership, thing=None):
    """Why ``user`` may not record that standards were approved; or an empty sentence.

    ``thing``: the standard, or the practice model whose standards they are.
    """
    if partnership and (refused := refusal_for(user, Permission.APPROVE, partnership.pk)):
        return refused
    if thing is None or thing.partnership_id is not None:
        return ""
    return STARTERS.get(thing._meta.model_name, OTHER_STARTER)


# --- Audits -----------------------------------------------------------------------------------

OWN_PRACTICE = (
    "You can audit the practice of your own organisation, and this audit looks at "
    "{organisation}. A coordinator or facilitator can work on it too."
)
SEVERAL = (
    "You can audit the practice of your own organisation, and this audit looks at several. A "
    "coordinator or facilitator can work on it."
)
OF_NO_ORGANISATION = (
    "You do not belong to an organisation of this partnership yet, so there is no practice to "
    "audit. A coordinator can say which one is yours."
)


def audit_refusal(user, partnership, organisation):
    """Why ``user`` may not work on an audit of an organisation, None for several; or empty."""
    if refused := refusal_for(user, Permission.AUDIT, partnership.pk):
        return refused
    if may(user, Permission.WRITE_ALL, partnership.pk):
        return ""
    if organisation is None:
        return SEVERAL
    if plans_of(user, partnership).filter(pk=organisation.pk).exists():
        return ""
    return OWN_PRACTICE.format(organisation=organisation)


def start_audit_refusal(user, partnership):
    """Why ``user`` may not start an audit, or an empty sentence."""
    if refused := refusal_for(user, Permission.AUDIT, partnership.pk):
        return refused
    if audits_several(user, partnership) or plans_of(user, partnership).exists():
        return ""
    return OF_NO_ORGANISATION


def audits_several(user, partnership):
    """Whether ``user`` may audit any organisation, and several together."""
    both = Permission.AUDIT, Permission.WRITE_ALL
    return all(may(user, each, partnership.pk) for each in both)


# --- What serves a standard --------------------------------------------------------------------


def serve_refusal(user, thing):
    """Why ``user`` may not say which standards an action or a pledge serves; or an empty sentence.

    Those may who write the library, and those who may write the action or sign the pledge.
    """
    organisation = thing.organisation
    if may(user, Permission.LIBRARY, organisation.partnership_id):
        return ""
    is_action = isinstance(thing, Action)
    return (write_plan_refusal if is_action else sign_refusal)(user, organisation)


def link_refusal(user, partnership, standard):
    """Why ``user`` may not say what serves a standard, whatever it is; or an empty sentence."""
    if standard.partnership_id is None:
        return STARTERS["standard"]
    if may(user, Permission.LIBRARY, partnership.pk):
        return ""
    return no_plan_refusal(user, partnership)


# --- The training map --------------------------------------------------------------------------


def needs_refusal(user, partnership):
    """Why ``user`` may not say who needs which course, or an empty sentence."""
    return refusal_for(user, Permission.FIGURES, partnership.pk)
