"""Who may write which evidence statement. Every no is a sentence."""

from partnerships.permissions import refusal_for
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
