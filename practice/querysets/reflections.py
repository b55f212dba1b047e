"""Lists of question sets and of reflections."""

from django.db.models import Q, QuerySet

from practice.querysets.base import LibraryQuerySet


class QuestionSetQuerySet(LibraryQuerySet):
    """Sets of questions."""


class ReflectionQuerySet(QuerySet):
    """What people answered."""

    def visible_to(self, user):
        """One's own, as long as one is a member, and those shared with a team of one's own."""
        mine = Q(user=user)
        shared = Q(
            organisation__affiliations__membership__user=user,
        )
        return self.filter(mine | shared, partnership__memberships__user=user).distinct()
