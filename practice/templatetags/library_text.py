"""Texts of the practice library, as pages show them."""

from django import template

from partnerships.templatetags.public_page import lower_headings
from rpcportal.kit.rich_text import render

register = template.Library()


@register.filter
def rich(text):
    """Markdown as safe HTML under a heading of the page."""
    return lower_headings(render(text))
