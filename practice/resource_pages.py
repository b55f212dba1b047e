"""What the page of a resource shows beside its own words, and how its file is read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BinaryField, F, Func, Q, Value
from django.utils.safestring import SafeString

from practice.bearing import bearings_of
from practice.models import Resource, ResourceFile, StandardVersion
from practice.resources import copy_of
from rpcportal.kit.rich_text import render

PIECE = 1024 * 1024  # bytes read at once


@dataclass(frozen=True)
class Helped:
    """A standard that the resource helps with, and the address of its page."""

    statement: str
    href: str


@dataclass(frozen=True)
class ResourcePage:
    """``review_due``: the day from which it should have been looked at again, or None."""

    what: SafeString
    bearings: tuple
    helps: tuple[Helped, ...]
    review_due: date | None
    copy: Resource | None


def page_of(partnership, resource, today):
    """The ResourcePage of a resource that a partnership's library holds."""
    day = resource.review_on
    return ResourcePage(
        what=render(resource.what),
        bearings=bearing_words(resource),
        helps=_helped(partnership, resource, today),
        review_due=day if day and day <= today else None,
        copy=copy_of(partnership, resource) if resource.is_starter else None,
    )


def bearing_words(thing):
    """(domain, which levels) of everything that the thing bears on."""
    return tuple((each.domain, levels_words(each.levels)) for each in bearings_of(thing))


def levels_words(levels):
    """“every level”, “level 2”, “levels 2 and 3”: which levels something helps to reach."""
    if not levels:
        return "every level"
    *others, last = map(str, levels)
    return f"levels {', '.join(others)} and {last}" if others else f"level {last}"


def _helped(partnership, resource, today):
    """The standards in force that the partnership's library shows: once it has taken a practice
    model on, its own and not the ones that came with the portal.
    """
    whose = Q(standard__partnership=partnership) | Q(standard__partnership__isnull=True)
    versions = (
        StandardVersion.objects.in_force(today)
        .filter(whose, standard__tool_links__resource=resource)
        .exclude(standard__pillar__model__copies__partnership=partnership)
        .select_related("standard")
        .order_by("standard__position", "pk")
    )
    return tuple(Helped(each.statement, each.standard.page_in(partnership)) for each in versions)


def pieces_of(file):
    """The bytes of a ResourceFile, a piece at a time, so that it is never whole in memory. A file
    that is replaced meanwhile ends here: the new one is another row.
    """
    for start in range(1, file.size + 1, PIECE):
        bounds = (Value(start), Value(PIECE))
        piece = Func(F("content"), *bounds, function="substring", output_field=BinaryField())
        found = ResourceFile.objects.filter(pk=file.pk).values_list(piece).first()
        if found is None:
            return
        yield bytes(found[0])
