"""Evidence statements on a partnership's page for everybody."""

from django import template

from practice import public

register = template.Library()


@register.simple_tag
def public_evidence(page):
    """What is public of this room: a practice.public.PublicEvidence."""
    return public.public_evidence(page)
