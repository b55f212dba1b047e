"""Every list of the practice library. ``visible_to`` comes first, everywhere."""

from functools import reduce
from operator import and_

from django.db.models import F, Q, QuerySet

SEARCHED = ("claim", "figure", "population", "year", "source")


class EvidenceStatementQuerySet(QuerySet):
    """Evidence statements."""

    def visible_to(self, user):
        """Starter content, and those of the partnerships that ``user`` is a member of."""
        return self.filter(
            Q(partnership__isnull=True) | Q(partnership__memberships__user_id=user.pk)
        )

    def of(self, partnership):
        """Starter content, and those of one partnership."""
        return self.filter(Q(partnership__isnull=True) | Q(partnership=partnership))

    def public_of(self, partnership):
        """Those that the partnership's public page shows."""
        return self.filter(partnership=partnership, is_public=True)

    def starters(self):
        """Starter content."""
        return self.filter(partnership__isnull=True)

    def own_first(self):
        """Those of the partnership before starter content."""
        return self.order_by(F("partnership").asc(nulls_last=True), "claim", "pk")

    def holding_words(self, text):
        """Those in which each of these words stands somewhere."""
        words = text.split()[:20]
        return self.filter(reduce(and_, map(_holds, words), Q()))


def _holds(word):
    return reduce(lambda found, name: found | Q(**{f"{name}__icontains": word}), SEARCHED, Q())
