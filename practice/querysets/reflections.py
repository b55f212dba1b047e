"""Lists of question sets and of reflections."""

from django.db.models import F, Q, QuerySet

from practice.querysets.base import LibraryQuerySet


class QuestionSetQuerySet(LibraryQuerySet):
    """Sets of questions."""

    def with_questions(self):
        """With the questions, and whose they are."""
        return self.select_related("partnership").prefetch_related("questions")

    def offered(self, on):
        """Those that can be answered on a day."""
        return self.exclude(retired_on__lte=on)


class ReflectionQuerySet(QuerySet):
    """What people answered."""

    def visible_to(self, user):
        """One's own, as long as one is a member, and those shared with a team of one's own.

        What somebody answered alone and shared is theirs: when they have left, and cannot take
        it back any more, their team does not see it either.
        """
        mine = Q(user=user)
        stands = Q(is_of_team=True) | Q(user__memberships__partnership=F("partnership"))
        shared = Q(organisation__affiliations__membership__user=user) & stands
        return self.filter(mine | shared, partnership__memberships__user=user).distinct()

    def of(self, partnership):
        """Those of one partnership."""
        return self.filter(partnership=partnership)

    def with_names(self):
        """With everything that each names."""
        return self.select_related("set", "user", "organisation", "partnership")

    def theirs_or_their_teams(self, user):
        """Those that ``user`` answered alone, and those that a team answered together."""
        return self.filter(Q(user=user) | Q(is_of_team=True))

    def answered_alone(self):
        """Those that belong to who wrote them, shared or not."""
        return self.filter(is_of_team=False)
