"""Pledges and actions on a partnership's page for everybody."""

from django import template

from pledges import public

register = template.Library()


@register.simple_tag
def public_register(page):
    """What is public of this room: a pledges.public.PublicRegister."""
    return public.public_register(page)
