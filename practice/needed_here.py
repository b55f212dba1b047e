"""What of the library helps here: on a domain's scoring page, and with an action.

One query, whatever the library holds: at most ``MOST`` things are read, those first that help to
reach the next level. The library has the rest, and each list leads there.
"""

from dataclasses import dataclass

from django.db.models import Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from planning.outline import outline_of
from practice.models import EntryKind, LibraryEntry
from practice.querysets.entries import OWN_FIRST

MOST = 40
MOST_IN_GROUP = 6
READ = ("kind", "page", "title", "note", "levels")
PAGES = {
    EntryKind.STANDARD: "standard",
    EntryKind.RESOURCE: "resource",
    EntryKind.STATEMENT: "evidence_statement",
}
ONE_OF = {
    EntryKind.STANDARD: "Standard",
    EntryKind.RESOURCE: "Resource",
    EntryKind.STATEMENT: "Evidence",
}
EVERY_LEVEL = "At every level"
HIGHER = "For higher levels"
REACHED = "For levels that are reached"


@dataclass(frozen=True)
class Helping:
    """One thing of the library, with the address of its page."""

    title: str
    href: str
    what: str
    note: str


@dataclass(frozen=True)
class Group:
    """Things that help in the same way. ``cut``: there are more of them."""

    heading: str
    things: tuple[Helping, ...]
    cut: bool = False


@dataclass(frozen=True)
class Needed:
    """What helps here. ``more``: where in the library all of it is."""

    groups: tuple[Group, ...]
    more: str

    @property
    def is_cut(self):
        """Whether something that helps is not in any group."""
        return any(group.cut for group in self.groups)


def next_level(level, top):
    """The whole level to reach next; at the top, the top. None while nothing is scored."""
    return None if level is None else min(int(level) + 1, top)


def on_domain(entry):
    """What helps in the domain of an entry, by the levels that it helps to reach."""
    assessment, domain = entry.assessment, entry.domain_id
    partnership, top = assessment.partnership, outline_of(assessment.framework).top
    found = LibraryEntry.objects.bearing_on(partnership, [domain])
    found = found.helping_first(domain, next_level(entry.level, top))
    groups = {}
    for each in found.only(*READ)[:MOST]:
        levels = each.levels.get(str(domain)) or []
        where = place(levels, entry.level, top)
        groups.setdefault(where, []).append(_helping(each, partnership))
    return Needed(
        tuple(_group(where[1], groups[where]) for where in sorted(groups)),
        _more(partnership, domain) if groups else "",
    )


def place(levels, level, top):
    """In which group something stands that helps to reach ``levels``: its rank, its heading.

    While nothing is scored, under the lowest level that it helps to reach.
    """
    wanted = next_level(level, top)
    if not levels:
        return (1 if wanted else top + 1), EVERY_LEVEL
    if wanted is None:
        return min(levels), f"To reach level {min(levels)}"
    if wanted in levels:
        return 0, f"To {'keep' if level == top else 'reach'} level {wanted}"
    return (2, HIGHER) if max(levels) > wanted else (3, REACHED)


def for_domains(partnership, domains):
    """What helps in any of these domains, by what it is; nothing, and no query, for none."""
    if not domains:
        return Needed((), "")
    found = LibraryEntry.objects.bearing_on(partnership, domains).in_kinds()
    # Some of each kind, however many standards come first.
    place = Window(RowNumber(), partition_by="kind", order_by=(*OWN_FIRST, "title", "pk"))
    found = found.annotate(place=place).filter(place__lte=MOST_IN_GROUP + 1)
    groups = {}
    for entry in found.only(*READ)[:MOST]:
        groups.setdefault(entry.get_kind_display(), []).append(_helping(entry, partnership))
    groups = tuple(_group(heading, things) for heading, things in groups.items())
    return Needed(groups, _more(partnership, domains[0]) if groups and len(domains) == 1 else "")


def _group(heading, things):
    return Group(heading, tuple(things[:MOST_IN_GROUP]), cut=len(things) > MOST_IN_GROUP)


def _more(partnership, domain):
    return reverse("bearing_on_domain", args=[partnership.slug, domain])


def _helping(entry, partnership):
    return Helping(
        title=entry.title,
        href=reverse(PAGES[entry.kind], args=[partnership.slug, entry.page]),
        what=ONE_OF[entry.kind],
        note=entry.note,
    )
