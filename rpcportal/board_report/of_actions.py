"""Figures of actions, their dates and the pledges, for gathering.py."""

from django.db.models import Count, F, Q

from partnerships.models import Organisation
from pledges.models import (
    OPEN_STATUSES,
    ActionStatus,
    Pledge,
    PledgeStatus,
    Rating,
    Signing,
    Update,
)
from pledges.models.pledges import STANDING
from rpcportal.board_report.period import day, listed, said

IS_OPEN = Q(status__in=OPEN_STATUSES)
WAITS = IS_OPEN & Q(blocked_by__status__in=OPEN_STATUSES)


def counts(period):
    """How many actions are how."""
    within = Q(completed_on__range=period.days)
    asked = {
        "open": IS_OPEN,
        "not_started": Q(status=ActionStatus.NOT_STARTED),
        "in_progress": Q(status=ActionStatus.IN_PROGRESS),
        "added": Q(created_at__gte=period.moments[0], created_at__lt=period.moments[1]),
        "completed": Q(status=ActionStatus.COMPLETE) & within,
        "overdue": period.is_overdue,
        "waiting": WAITS,
        **{rating.value: Q(rating=rating) for rating in Rating},
    }
    return period.actions().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in asked.items()}
    )


def _line(action):
    return {
        "number": action.number,
        "what": said(action.what, 200),
        "organisation": said(action.organisation.name, 150),
    }


def completed(period):
    """Actions completed in the period, the newest first, with what difference each made."""
    rows = period.actions().filter(status=ActionStatus.COMPLETE, completed_on__range=period.days)
    rows = rows.select_related("organisation").order_by("-completed_on", "number")

    def one(action):
        return {
            **_line(action),
            "completed_on": day(action.completed_on),
            "difference": said(action.difference),
            "where": said(action.where_seen),
        }

    return listed(rows, one)


def rated(period):
    """Red and amber actions, red first, with the reason."""
    rows = period.actions().filter(rating__in=(Rating.RED, Rating.AMBER))
    rows = rows.select_related("organisation")

    def one(action):
        return {
            **_line(action),
            "rating": action.rating,
            "rated_on": day(action.rated_on),
            "reason": said(action.rating_reason),
            "due_on": day(action.due_on),
        }

    return listed(rows.order_by("-rating", F("due_on").asc(nulls_last=True), "number"), one)


def overdue(period):
    """Actions overdue at the end of the period, the longest first."""
    rows = period.actions().filter(period.is_overdue).select_related("organisation")

    def one(action):
        return {
            **_line(action),
            "due_on": day(action.due_then),
            "days": (period.end - action.due_then).days,
            "completed_on": day(action.completed_on),
        }

    return listed(rows.order_by("due_then", "number"), one)


def waiting(period):
    """Open actions that wait for another open one."""
    rows = period.actions().filter(WAITS)
    rows = rows.select_related("organisation", "blocked_by__organisation")

    def one(action):
        return {**_line(action), "for": _line(action.blocked_by)}

    return listed(rows.order_by("number"), one)


def moved_dates(period):
    """Days that were moved in the period: from one day to another, or to none."""
    since, until = period.moments
    rows = Update.objects.filter(
        action__partnership=period.partnership,
        written_at__gte=since,
        written_at__lt=until,
        due_before__isnull=False,
    ).filter(Q(due_after__isnull=True) | ~Q(due_after=F("due_before")))

    def one(update):
        after = update.due_after
        return {
            **_line(update.action),
            "before": day(update.due_before),
            "after": day(after),
            "days": (after - update.due_before).days if after else None,
            "reason": said(update.due_reason),
        }

    rows = rows.select_related("action__organisation")
    return listed(rows.order_by("action__number", "written_at", "pk"), one)


def pledges(period):
    """How many pledges stand, and what happened to them in the period."""
    standing = Pledge.objects.of(period.partnership)
    found = standing.aggregate(
        standing=Count("pk", filter=Q(status__in=STANDING)),
        lapsed=Count("pk", filter=Q(lapsed_on__range=period.days)),
    )
    signed = Signing.objects.filter(
        pledge__partnership=period.partnership, signed_on__range=period.days
    )
    organisations = Organisation.objects.filter(partnership=period.partnership)
    return {**found, "signed": signed.count(), "organisations": organisations.count()}


def lapsed(period):
    """Pledges that have lapsed and were not signed again."""
    rows = Pledge.objects.of(period.partnership).filter(
        status=PledgeStatus.LAPSED, lapsed_on__lte=period.end
    )

    def one(pledge):
        return {
            "organisation": said(pledge.organisation.name, 150),
            "lapsed_on": day(pledge.lapsed_on),
        }

    rows = rows.select_related("organisation").order_by("-lapsed_on", "organisation__name")
    return listed(rows, one)
