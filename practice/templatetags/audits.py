"""What pages of other rooms show of audits."""

from django import template

from practice.models import AuditAction

register = template.Library()


@register.inclusion_tag("practice/_action_came_of_audit.html")
def came_of_an_audit(action):
    """A row of an action's page that says from which audit it came, if from one."""
    gaps = AuditAction.objects.filter(action=action).select_related(
        "audit_measure__audit__partnership", "audit_measure__measure"
    )
    return {"gap": gaps.first()}
