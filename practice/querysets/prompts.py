"""Lists of prompts."""

from django.db.models import Count, Q

from pledges.querysets.base import JoinedByPhones


class PromptQuerySet(JoinedByPhones):
    """Prompts."""

    def with_counts(self):
        """With ``answer_count``: how many answers stand on the screen."""
        shown = Q(answers__hidden_at__isnull=True)
        return self.annotate(answer_count=Count("answers", filter=shown))
