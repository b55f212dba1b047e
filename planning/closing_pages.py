"""What the page of a workshop's end shows, and the record on the workshop's page afterwards."""

import django_tables2 as tables

from partnerships.doors import is_open
from planning import facts, permissions
from planning.closing_forms import AttendanceForm, WhatNextForm
from planning.console_pages import room_context
from planning.dots_pages import rankings_of
from planning.models import BallotKind, Stage, Status
from planning.presenting import with_domains
from planning.room_forms import SettleForm
from planning.screens import Timer, counts_at, now_at
from planning.spread_charts import Spread
from planning.workshop_closing import absent, attendance_of
from rpcportal.kit.tables import NUMBERS_RIGHT, PortalTable


def closing_page(workshop, request, **forms):
    """The context of the page; ``forms``: one that comes back with errors, by name."""
    user, assessment = request.user, workshop.assessment
    now, counts = now_at(workshop), counts_at(workshop)
    attendance = forms.get("attendance_form") or AttendanceForm(workshop=workshop, user=user)
    ratings = workshop.ballots.ratings().standing().order_by("round")
    newest = ratings.revealed().with_spread().last()
    readiness = facts.readiness_of(assessment)
    return {
        **room_context(workshop, now, counts, Timer.of(workshop)),
        "attendance_form": attendance,
        "people": sum(each.people for each in attendance.came),
        "absent": absent(workshop, attendance.came),
        "rating_is_open": now.is_open and now.ballot.kind == BallotKind.RATING,
        "something_is_open": now.is_open or now.takes_dots,
        "rating": Spread.of(newest) if newest else None,
        "next_rating": ratings.count() + 1,
        "next_form": forms.get("next_form") or WhatNextForm(workshop=workshop, user=user),
        "is_shown": workshop.stage == Stage.CLOSING,
        "parked": _waiting(workshop, user),
        "is_agreed": assessment.status in {Status.AGREED, Status.SUPERSEDED},
        "agree_refusal": permissions.agree_refusal(user, assessment),
        "musts": with_domains(readiness.musts, assessment),
        "asks": with_domains(readiness.asks, assessment),
        "is_open": is_open(workshop),
    }


def _waiting(workshop, user):
    """The points that nobody has settled, each with its form."""
    points = list(workshop.parked_points.filter(settled_at=None).select_related("entry__domain"))
    for point in points:
        point.form = SettleForm(point=point, user=user, prefix=f"point-{point.pk}")
    return points


# --- The record -------------------------------------------------------------------------------


class AttendanceTable(PortalTable):
    """Who came to a workshop."""

    things = "organisations"
    row_header = "name"
    empty_text = "Nobody has written down who came."
    widest_fitting = 2
    name = tables.Column(verbose_name="From", accessor="group__name")
    people = tables.Column(verbose_name="People", attrs=NUMBERS_RIGHT)

    def __init__(self, came, **kwargs):
        people = sum(each.people for each in came)
        self.caption = f"Who came: {people} {'person' if people == 1 else 'people'}"
        super().__init__(came, prefix="came-", orderable=False, **kwargs)


def record_of(workshop, request):
    """What is kept of a closed workshop; None while it goes on."""
    if workshop.closed_at is None:
        return None
    came = [each for each in attendance_of(workshop) if each.people]
    rating = workshop.ballots.ratings().revealed().with_spread().order_by("round").last()
    points = workshop.parked_points.select_related("entry__domain")
    return {
        "attendance": AttendanceTable(came).show(request),
        "absent": absent(workshop, came),
        "rating": Spread.of(rating) if rating else None,
        "rankings": rankings_of(workshop),
        "parked": sorted(points, key=lambda point: point.settled_at is not None),
    }
