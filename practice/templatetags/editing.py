"""What a standard's page shows of its draft and its versions."""

from django import template
from django.utils import timezone

from practice import permissions
from practice.versions import standing_of

register = template.Library()


@register.inclusion_tag("practice/_standard_draft_notice.html", takes_context=True)
def draft_notice(context, standard, partnership):
    """At the top of a standard's page: that a draft is there, for those who may write it."""
    return _editing(context, standard, partnership)


@register.inclusion_tag("practice/_standard_editing.html", takes_context=True)
def standard_editing(context, standard, partnership):
    """At the end of a standard's page: its versions, and the ways to change it."""
    return _editing(context, standard, partnership)


def _editing(context, standard, partnership):
    user = context["request"].user
    if "versions_known" not in standard.__dict__:  # both tags stand on one page
        standard.versions_known = list(standard.versions.order_by("number"))
    versions = standard.versions_known
    return {
        "csrf_token": context.get("csrf_token"),
        "standard": standard,
        "partnership": partnership,
        "number": len(versions),
        "standing": standing_of(versions, timezone.localdate(), standard.withdrawn_on),
        "refusal": permissions.library_refusal(user, partnership, standard),
        "approve_refusal": permissions.approve_refusal(user, partnership, standard),
    }
