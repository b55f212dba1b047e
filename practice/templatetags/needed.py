"""What of the library helps here: on a domain's scoring page, with an action, with a course."""

from django import template
from django.utils import timezone

from practice import needed_here, training_map

register = template.Library()


@register.inclusion_tag("practice/_needed.html")
def helps_domain(entry):
    """What helps in a domain, by the levels that it helps to reach. One query."""
    return {"needed": needed_here.on_domain(entry), "summary": "What helps here"}


@register.inclusion_tag("practice/_needed.html")
def helps_action(action):
    """What helps with an action that serves domains. One query; none where it serves none."""
    domains = [domain.pk for domain in action.domains.all()]
    needed = needed_here.for_domains(action.partnership, domains)
    return {"needed": needed, "summary": "What helps with this"}


@register.inclusion_tag("practice/_who_needs.html", takes_context=True)
def who_needs(context, course):
    """On a course's page: the roles that need it, and how many were trained. Two queries."""
    row = training_map.course_row(course, timezone.localdate())
    return {"row": row, "partnership": context["partnership"]}
