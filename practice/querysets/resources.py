"""Lists of resources and of words."""

from functools import reduce
from operator import and_, or_

from django.db.models import F, Func, Q

from practice.querysets.base import LibraryQuerySet

RESOURCE_WORDS = ("name", "what", "audience", "methods", "length", "stage", "source", "file__name")
MOST_WORDS = 20


def _each_word(text, names):
    """That each of the words of a text stands in one of these fields."""
    found = (
        reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names))
        for word in text.split()[:MOST_WORDS]
    )
    return reduce(and_, found, Q())


class ResourceQuerySet(LibraryQuerySet):
    """Resources."""

    def to_choose_from(self, partnership):
        """One's own and the starters; of a starter that one has a copy of, the copy alone."""
        copied = self.model.objects.filter(partnership=partnership, copied_from__isnull=False)
        return self.of(partnership).exclude(pk__in=copied.values("copied_from")).order_by("name")

    def with_file(self):
        """With what its file is called, without what is in it."""
        return self.select_related("file").defer("file__content")

    def for_audience(self, words):
        """Those for whom one of these words stands."""
        return self.filter(audience__contains=[words])

    def with_method(self, words):
        """Those that belong to a method."""
        return self.filter(methods__contains=[words])

    def bearing_on(self, domain):
        """Those that bear on a domain of the planning tool, by its number in the database."""
        return self.filter(bearings__domain=domain)

    def of_kind(self, kind):
        """Those of one kind."""
        return self.filter(kind=kind)

    def holding_words(self, text):
        """Those in which each of these words stands somewhere."""
        return self.filter(_each_word(text, RESOURCE_WORDS))

    def due_for_review(self, today):
        """Those whose day of review has come."""
        return self.filter(review_on__lte=today)

    def own_audiences(self):
        """For whom they are: each once."""
        return self._each_once("audience")

    def own_methods(self):
        """The methods that they belong to: each once."""
        return self._each_once("methods")

    def _each_once(self, name):
        rows = self.order_by().annotate(each=Func(F(name), function="unnest"))
        return sorted(set(rows.values_list("each", flat=True)), key=str.casefold)


class DefinitionQuerySet(LibraryQuerySet):
    """Definitions."""

    def holding_words(self, text):
        """Those in which each of these words stands somewhere."""
        return self.filter(_each_word(text, ("term", "meaning", "is_not")))


class PreferredWordQuerySet(LibraryQuerySet):
    """Entries of the language guide."""

    def holding_words(self, text):
        """Those in which each of these words stands somewhere."""
        return self.filter(_each_word(text, ("instead_of", "prefer", "why")))
