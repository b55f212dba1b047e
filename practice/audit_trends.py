"""What one audit after another found, of the same organisation: never one beside another."""

from dataclasses import dataclass

from practice.audit_results import Point, trends_of
from practice.models import Audit, StandardVersion, VersionState

MOST = 12  # audits shown over time; the list of audits has all of them


@dataclass(frozen=True)
class StandardTrend:
    """A standard, in its newest words, in one audit after another, the oldest first."""

    version: StandardVersion
    points: tuple[Point, ...]


def newest_practice(partnership):
    """Whose practice the newest finished audit looked at: an organisation, or None for several."""
    newest = Audit.objects.of(partnership).finished().with_names().first()
    return newest.organisation if newest else None


def by_standard(partnership, organisation):
    """The newest finished audits of one practice, as a StandardTrend for each standard."""
    finished = Audit.objects.of(partnership).finished().of_practice(organisation)
    points = _points(finished, "version__standard")
    approved = StandardVersion.objects.filter(standard__in=points, state=VersionState.APPROVED)
    newest = approved.order_by("standard_id", "-number").distinct("standard_id")
    trends = [
        StandardTrend(each, points[each.standard_id])
        for each in newest.select_related("standard__pillar")
    ]
    return sorted(trends, key=_place)


def _place(trend):
    standard = trend.version.standard
    pillar = standard.pillar
    return pillar.model_id, pillar.position, pillar.pk, standard.position, standard.pk


def by_measure(audit, report):
    """(MeasureResult, Points) for what finished audits up to the day of this one looked at, too.

    The same measure has the same key in every version of its standard.
    """
    finished = Audit.objects.of(audit.partnership).finished().of_practice(audit.organisation)
    points = _points(finished.up_to(audit).exclude(pk=audit.pk), "key")
    return [
        (each, (*points[each.measure.key], Point(audit, each.tally)))
        for each in report.measures
        if each.measure.key in points
    ]


def _points(finished, thing):
    audits = list(finished.with_names().with_progress()[:MOST])[::-1]
    these = Audit.objects.filter(pk__in=[each.pk for each in audits])
    return trends_of(audits, these.asked_of(thing), these.outcomes_of(thing))
