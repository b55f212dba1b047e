"""What serves a practice standard: actions of the register, and organisations' pledges.

A link says no more than that somebody sees one working towards the other.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from partnerships.models import Affiliation
from partnerships.permissions import check, may
from planning.models import PriorityAction
from pledges.models import Action, Pledge
from practice import permissions
from practice.models import Bearing, Standard, StandardServed, StandardVersion
from rpcportal.kit.roles import Permission

EVERYBODYS = None  # instead of a set of organisations
MOST_PRIORITY_ACTIONS = 10
MOST_LINKS = 60  # on a standard's page
IN_ORDER = ("standard__pillar__position", "standard__position", "standard")
NOT_IN_FORCE = (
    "A standard that you ticked is not in force any more, so nothing was saved. "
    "Tick again what should be linked."
)


# --- Verbs --------------------------------------------------------------------------------------


@transaction.atomic
def serve(*, standards, things, by):
    """Say that each of these actions and pledges serves each of these standards. Twice is once.

    Raises PermissionDenied, and ValidationError where a standard is not in force (any more).
    """
    for thing in things:
        check(permissions.serve_refusal, by, thing)
    wanted = [each.pk for each in standards]
    # Held, so that none of them goes before the links stand.
    rows = Standard.objects.filter(pk__in=wanted).order_by("pk")
    standing = list(rows.select_for_update(no_key=True))
    in_force = StandardVersion.objects.in_force(timezone.localdate())
    if in_force.filter(standard__in=standing).count() != len(set(wanted)):
        raise ValidationError(NOT_IN_FORCE)
    for standard in standing:
        for thing in things:
            StandardServed.objects.get_or_create(
                standard=standard, **_which(thing), defaults={"linked_by": by}
            )


def _which(thing):
    """The two columns of a link, one of them empty."""
    return {
        "action": thing if isinstance(thing, Action) else None,
        "pledge": thing if isinstance(thing, Pledge) else None,
    }


@transaction.atomic
def stop_serving(*, link, by):
    """Take one link away; the history keeps it. Twice is once."""
    check(permissions.serve_refusal, by, link.action or link.pledge)
    StandardServed.objects.filter(pk=link.pk).delete()


# --- Who may ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """Whose actions and pledges a person may link: numbers of organisations, or EVERYBODYS."""

    actions: frozenset[int] | None
    pledges: frozenset[int] | None

    def holds(self, thing):
        """Whether this action or pledge can be linked, and its link taken away."""
        reached = self.actions if isinstance(thing, Action) else self.pledges
        return reached is EVERYBODYS or thing.organisation_id in reached


def reach_of(user, partnership):
    """The Reach of a person in a partnership: one query at most, for their organisations."""
    if may(user, Permission.LIBRARY, partnership.pk):
        return Reach(EVERYBODYS, EVERYBODYS)
    writes, signs = (
        may(user, each, partnership.pk) for each in (Permission.WRITE_OWN, Permission.SIGN_OWN)
    )
    if not (writes or signs):
        return Reach(frozenset(), frozenset())
    rows = Affiliation.objects.filter(
        membership__user=user, organisation__partnership_id=partnership.pk
    )
    own = frozenset(rows.values_list("organisation_id", flat=True))
    return Reach(own if writes else frozenset(), own if signs else frozenset())


# --- From the standard --------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """Something that serves a standard. ``may_remove``: the reader may take the link away."""

    pk: int
    thing: object
    may_remove: bool


@dataclass(frozen=True)
class Serving:
    """What serves a standard, and which priority actions stand on the domains it supports."""

    actions: tuple[Link, ...]
    pledges: tuple[Link, ...]
    priority_actions: tuple[PriorityAction, ...]
    more_priority_actions: bool
    more_links: int


def serving(standard, partnership, reach):
    """The Serving of a standard in a partnership. Two queries; of a starter, which nothing can
    serve, one.
    """
    agreed = _priority_actions(standard, partnership)
    links = [] if standard.is_starter else _links(standard, reach)
    return Serving(
        actions=tuple(each for each in links[:MOST_LINKS] if isinstance(each.thing, Action)),
        pledges=tuple(each for each in links[:MOST_LINKS] if isinstance(each.thing, Pledge)),
        priority_actions=tuple(agreed[:MOST_PRIORITY_ACTIONS]),
        more_priority_actions=len(agreed) > MOST_PRIORITY_ACTIONS,
        more_links=max(len(links) - MOST_LINKS, 0),
    )


def _links(standard, reach):
    rows = StandardServed.objects.filter(standard=standard).select_related(
        *("action__organisation", "action__partnership"),
        *("pledge__organisation", "pledge__partnership"),
    )
    things = [(each.pk, each.action or each.pledge) for each in rows]
    return [Link(pk, thing, reach.holds(thing)) for pk, thing in sorted(things, key=_by_name)]


def _by_name(row):
    """Actions by number; pledges by organisation."""
    thing = row[1]
    return (thing.number, "") if isinstance(thing, Action) else (0, thing.organisation.name)


def _priority_actions(standard, partnership):
    """Those of the newest agreed sheet on the domains that the standard supports."""
    newest = partnership.assessments.filter(status="agreed").order_by("-assessed_on", "-created_at")
    domains = Bearing.objects.filter(standard=standard).values("domain")
    rows = PriorityAction.objects.agreed_of(partnership).filter(
        assessment=Subquery(newest.values("pk")[:1]), domains__in=domains
    )
    return list(rows.distinct()[: MOST_PRIORITY_ACTIONS + 1])


def open_actions(partnership, reach):
    """Open actions that a person may link to a standard, what is due first before the others."""
    rows = Action.objects.of(partnership).open()
    if reach.actions is not EVERYBODYS:
        rows = rows.filter(organisation__in=reach.actions)
    return rows.with_names().by_urgency()


def standing_pledges(partnership, reach):
    """Pledges that stand and that a person may link to a standard, by organisation."""
    rows = Pledge.objects.of(partnership).standing()
    if reach.pledges is not EVERYBODYS:
        rows = rows.filter(organisation__in=reach.pledges)
    return rows.select_related("organisation", "partnership").order_by("organisation__name")


def not_yet_serving(things, standard, words):
    """Of such actions or pledges, those that do not serve a standard yet and hold these words."""
    rows = things.exclude(standards_served__standard=standard)
    if not words:
        return rows
    if rows.model is Action:
        return rows.holding_words(words)
    return rows.filter(organisation__name__icontains=words)


# --- From the action or the pledge ---------------------------------------------------------------


def standards_served(thing):
    """The links of an action or a pledge, each with the ``words`` of its standard: those in force,
    or else the newest. One query.
    """
    versions = StandardVersion.objects.filter(standard=OuterRef("standard"))
    in_force = versions.filter(state="approved", effective_on__lte=timezone.localdate())
    in_force, newest = in_force.order_by("-number"), versions.order_by("-number")
    rows = StandardServed.objects.filter(**_column(thing)).select_related("standard__partnership")
    return rows.annotate(
        in_force=Subquery(in_force.values("statement")[:1]),
        newest=Subquery(newest.values("statement")[:1]),
        pillar=F("standard__pillar__name"),
    ).order_by(*IN_ORDER)


def standards_to_serve(thing):
    """The versions in force of the partnership's own standards, in the order of the library and
    without those of retired models; each with ``is_served``, by this action or pledge already.
    """
    served = StandardServed.objects.filter(standard=OuterRef("standard"), **_column(thing))
    in_force = StandardVersion.objects.in_force(timezone.localdate())
    own = in_force.filter(standard__partnership=thing.partnership_id)
    own = own.exclude(standard__pillar__model__retired_on__lte=timezone.localdate())
    return (
        own.annotate(is_served=Exists(served))
        .select_related("standard__pillar")
        .order_by("standard__pillar__model__name", *IN_ORDER)
    )


def _column(thing):
    """Of the two columns of a link, the one that holds such a thing."""
    return {name: each for name, each in _which(thing).items() if each}


def links_in(partnership):
    """Every link of a partnership, with what it links."""
    return StandardServed.objects.filter(standard__partnership=partnership).select_related(
        "standard__partnership",
        *("action__organisation", "action__partnership"),
        *("pledge__organisation", "pledge__partnership"),
    )


def words_of(standard):
    """What a standard says: in force, or else in its newest version."""
    today = timezone.localdate()
    in_force = standard.versions.filter(state="approved", effective_on__lte=today)
    return in_force.order_by("-number").first() or standard.versions.order_by("-number").first()
