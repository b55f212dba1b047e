"""What a person may do in a partnership, for what stands on every page."""

from django import template

from partnerships.permissions import may
from rpcportal.kit.roles import Permission

register = template.Library()


@register.simple_tag(takes_context=True)
def sees_activity(context):
    """Whether the page's reader may see who did what in the page's partnership."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return False
    return may(user, Permission.SEE_ACTIVITY, context["partnership"].pk)
