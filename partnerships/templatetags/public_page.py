"""What the page for everybody prints of several rooms, or in a form of its own."""

import re

from django import template
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

register = template.Library()

HEADING = re.compile(r"<(/?)h([234])\b")
LONGEST_DESCRIPTION = 200  # characters, of which search engines show fewer
USUAL = "Organisations that work together so that conflict between parents harms fewer children."


@register.simple_tag
def newest_of(*moments):
    """The newest of the moments at which each part was written; None for parts without one."""
    return max(filter(None, moments), default=None)


@register.simple_tag
def description_of(shown):
    """One or two sentences for search engines: the vision, or else how the page begins."""
    words = " ".join((shown.vision or strip_tags(shown.introduction) or USUAL).split())
    return Truncator(words).chars(LONGEST_DESCRIPTION)


@register.filter
def lower_headings(html):
    """Rich text (rpcportal.kit.rich_text) under a heading of the page: its own go a step down."""
    escaped = conditional_escape(html)
    lowered = HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 1, 4)}", escaped)
    return mark_safe(lowered)


@register.filter
def dialled(number):
    """A telephone number as a link needs it: the figures, and the plus before them."""
    return re.sub(r"[^0-9+]", "", number)
