"""How levels, changes and means are written."""

from django import template

from planning import presenting
from planning.levels import format_level
from planning.scoring import rounded

register = template.Library()


@register.filter
def level(value):
    """A level as “2/3”; nothing for None."""
    return "" if value is None else format_level(value)


@register.filter
def level_or_state(score):
    """A score's level, or “Not yet scored”, “Not applicable”."""
    return score.state.value.capitalize() if score.level is None else format_level(score.level)


@register.filter
def change_words(change):
    """A change as “Up half a step”."""
    return presenting.change_words(change)


@register.filter
def mean(value):
    """A mean rounded to two places; nothing for None."""
    return "" if value is None else str(rounded(value))
