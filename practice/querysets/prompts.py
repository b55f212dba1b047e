"""Lists of prompts."""

from pledges.querysets.base import WithinPartnership


class PromptQuerySet(WithinPartnership):
    """Prompts."""
