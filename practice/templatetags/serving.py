"""What serves a standard, and which standards an action or a pledge serves."""

from django import template
from django.urls import reverse

from pledges.models import Action
from pledges.register import status_tag as action_tag
from pledges.tables import status_tag as pledge_tag
from practice import permissions, serving

register = template.Library()


@register.inclusion_tag("practice/_standard_serving.html", takes_context=True)
def standard_serving(context, standard):
    """On a standard's page: what serves it, and the priority actions on its domains."""
    partnership, user = context["partnership"], context["request"].user
    reach = serving.reach_of(user, partnership)
    found = serving.serving(standard, partnership, reach)
    return {
        "partnership": partnership,
        "standard": standard,
        "actions": [(each, action_tag(each.thing.status)) for each in found.actions],
        "pledges": [(each, pledge_tag(each.thing.status)) for each in found.pledges],
        "found": found,
        "refusal": permissions.link_refusal(user, partnership, standard),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("practice/_standards_served.html", takes_context=True)
def standards_served(context, thing):
    """On the page of an action or a pledge: the standards that it serves."""
    user = context["request"].user
    may_link = not permissions.serve_refusal(user, thing)
    return {
        "partnership": thing.partnership,
        "links": serving.standards_served(thing),
        "may_link": may_link,
        "is_action": isinstance(thing, Action),
        "href": _choose(thing) if may_link else "",
        "csrf_token": context.get("csrf_token"),
    }


def _choose(thing):
    slug = thing.partnership.slug
    if isinstance(thing, Action):
        return reverse("action_standards", args=[slug, thing.number])
    return reverse("pledge_standards", args=[slug, thing.organisation_id])
