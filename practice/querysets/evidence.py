"""Lists of evidence statements."""

from functools import reduce
from operator import and_

from django.db.models import Q

from practice.querysets.base import LibraryQuerySet

SEARCHED = ("claim", "figure", "population", "year", "source")


class EvidenceStatementQuerySet(LibraryQuerySet):
    """Evidence statements."""

    def public_of(self, partnership):
        """Those that the partnership's public page shows."""
        return self.filter(partnership=partnership, is_public=True)

    def holding_words(self, text):
        """Those in which each of these words stands somewhere."""
        words = text.split()[:20]
        return self.filter(reduce(and_, map(_holds, words), Q()))


def _holds(word):
    return reduce(lambda found, name: found | Q(**{f"{name}__icontains": word}), SEARCHED, Q())
