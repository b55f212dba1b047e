"""Lists of what the search looks at."""

from collections import defaultdict

from django.apps import apps
from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    BooleanField,
    Case,
    F,
    Field,
    Func,
    IntegerField,
    JSONField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Left

from practice.querysets.base import LibraryQuerySet

# In this order lists show what they cannot order otherwise.
FIRST = ("standard", "measure", "resource", "statement", "definition", "word", "part")
COPIED = {"resource": "Resource", "definition": "Definition", "word": "PreferredWord"}
MODEL = "model"
BEARING = ("standard", "resource", "statement")  # the kinds that bear on domains by themselves
OWN_FIRST = (F("partnership").asc(nulls_last=True),)


class LibraryEntryQuerySet(LibraryQuerySet):
    """Entries of the library."""

    def shown_in(self, partnership, also=None):
        """What a partnership's library shows: its own, and starters that it has no copy of."""
        own = Q(partnership=partnership)
        starters = Q(partnership__isnull=True) & ~self._in_whose_place_one_stands(partnership)
        return self.filter(own | starters).filter(also or Q())

    def halves_shown_in(self, partnership, also=None):
        """The same in two: its own, and the starters. No index holds both, so that asking for
        each by itself is many times quicker where a partnership has tens of thousands of things.

        What own things stand in the place of is asked for here, once, however often the halves
        are asked. One query.
        """
        starters, replaced = self.starters(), self._replaced_in(partnership)
        if models := replaced.pop(MODEL, None):
            starters = starters.exclude(model__in=models)
        for kind, items in replaced.items():
            starters = starters.exclude(kind=kind, item__in=items)
        return [half.filter(also or Q()).order_by() for half in (self.own(partnership), starters)]

    def _replaced_in(self, partnership):
        """Kind -> the items of the starters in whose place something of one's own stands; and
        MODEL -> the starter models that are taken on.
        """
        models = apps.get_model("practice", "PracticeModel").objects.own(partnership)
        copies = self.own(partnership).filter(copied_from__isnull=False).order_by()
        taken_on = models.filter(copied_from__isnull=False).order_by()
        rows = copies.values_list("kind", "copied_from").union(
            taken_on.values_list(Value(MODEL), "copied_from"), all=True
        )
        replaced = defaultdict(list)
        for kind, item in rows:
            replaced[kind].append(item)
        return replaced

    def _in_whose_place_one_stands(self, partnership):
        """Of a model that is taken on all goes; of the rest what is copied."""
        models = apps.get_model("practice", "PracticeModel").objects
        found = Q(model__in=_copied(models, partnership))
        for kind, name in COPIED.items():
            things = apps.get_model("practice", name).objects
            found |= Q(kind=kind, item__in=_copied(things, partnership))
        copies = self.model._default_manager.filter(
            partnership=partnership, kind="statement", copied_from__isnull=False
        )
        return found | Q(kind="statement", item__in=copies.values("copied_from"))

    def bearing_on(self, partnership, domains):
        """What of a partnership's library bears on one of these domains (their numbers among all
        rows), for those who score it. Measures do so by their standards, and are left out.
        """
        also = Q(domains__overlap=list(domains), kind__in=BEARING)
        return self.shown_in(partnership, also).defer("words", "text")

    def helping_first(self, domain, level):
        """What helps to reach a level of a domain first; then what helps at every level, and what
        helps further up. Without a level, from the bottom upwards.
        """
        levels = _joined(F("levels"), Value(str(domain)), sign="->", result=JSONField())
        lowest, highest = (
            Cast(_joined(levels, Value(at), sign="->>", result=TextField()), IntegerField())
            for at in (0, -1)
        )
        if level is None:
            place = Coalesce(lowest, Value(9))
        else:
            place = Case(
                When(
                    _joined(levels, _json(level), sign="@>", result=BooleanField()), then=Value(0)
                ),
                When(lowest__isnull=True, then=Value(1)),
                When(highest__gt=level, then=Value(2)),
                default=Value(3),
            )
        found = self.annotate(lowest=lowest, highest=highest)
        return found.order_by(place, *OWN_FIRST, by_kind(), "title", "pk")

    def helping_to_reach(self, domain, level):
        """Those that help to reach a level of a domain, or every level of it."""
        levels = _joined(F("levels"), Value(str(domain)), sign="->", result=JSONField())
        found = self.annotate(of_domain=levels)
        helps = Q(_joined(levels, _json(level), sign="@>", result=BooleanField()))
        return found.filter(helps | Q(of_domain=[]))

    def in_kinds(self):
        """Standards first, then the other kinds one after the other."""
        return self.order_by(by_kind(), *OWN_FIRST, "title", "pk")

    def in_lists(self):
        """As ``in_kinds``, by an index (``library_entry_order``): of one half of the library."""
        return self.order_by(by_kind(), first_of_title(), "pk")

    def of_kind(self, kind):
        """Those of one kind, said as that index has it."""
        return self.alias(place=by_kind()).filter(place=FIRST.index(kind))

    def in_order(self):
        """Own before starters, standards before the rest, then by their words."""
        return self.order_by(*OWN_FIRST, by_kind(), "title", "pk")


def _copied(things, partnership):
    return things.filter(partnership=partnership, copied_from__isnull=False).values("copied_from")


def by_kind():
    """The place of an entry's kind among the others."""
    cases = [When(kind=kind, then=Value(place)) for place, kind in enumerate(FIRST)]
    return Case(*cases)


def first_of_title():
    """So much of a title as an index can hold, whatever somebody wrote."""
    return Left("title", 200)


def _joined(one, other, *, sign, result):
    return Func(
        one, other, template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=result
    )


def _json(level):
    return Value([level], output_field=JSONField())


def read_query(query):
    """A question that PostgreSQL has read already, as it wrote it down."""
    return Cast(Value(query), SearchQueryField())


def holding(query, *, name="words"):
    """A condition: entries that answer a question; with ``named``, by their titles alone."""
    return Q(_joined(F(name), query, sign="@@", result=BooleanField()))


class RegConfig(Field):
    """The name of a text search configuration."""

    def db_type(self, connection):
        return "regconfig"
