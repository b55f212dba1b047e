"""Verbs on a workshop's plan: plan one on an open sheet, change what was planned.

Who is invited stands in planning/inviting.py, the agenda in planning/agenda.py.
"""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.doors import tell_screens
from partnerships.permissions import check
from planning import permissions
from planning.balloting import held_workshop, workshop_refusal
from planning.models import Workshop

WORDS = ("name", "held_on", "starts_at", "place", "to_read", "prework_closes_at")

SENT_BEFORE = "This page was sent before, for something else. Open it once more."
CLOSED = "This workshop is closed, so its plan stays as it is."
PAST = "Scoring beforehand must end in the future"
TOO_LATE = "Scoring beforehand must end before the workshop begins"
COUNTED = (
    "What was scored beforehand is counted already, so when it ends can no longer be changed: it "
    "was {when}"
)
BEGUN = (
    "Somebody has begun to score beforehand. Let it end at an earlier time instead, so that what "
    "they wrote is counted"
)


def plan_refusal(user, assessment):
    """Why ``user`` may not plan a workshop on this assessment, or an empty sentence."""
    if sentence := workshop_refusal(user, assessment.partnership):
        return sentence
    return "" if assessment.is_open else permissions.closed_sentence(assessment)


def change_refusal(user, workshop):
    """Why ``user`` may not change plan, agenda and invitations, or an empty sentence."""
    if sentence := workshop_refusal(user, workshop.partnership):
        return sentence
    if workshop.closed_at:
        return CLOSED
    return plan_refusal(user, workshop.assessment)


def held_to_change(workshop, by):
    """The workshop as it stands, held, for somebody who may change its plan now."""
    standing = held_workshop(workshop, by)
    check(change_refusal, by, standing)
    return standing


def in_words(moment):
    """A moment as people write it: “17:00 on 3 March 2027”."""
    return f"{timezone.localtime(moment):%H:%M on %-d %B %Y}"


def when_and_where(workshop):
    """A workshop's day, hour and place: “3 March 2027, 09:30, Town hall”."""
    parts = [f"{workshop.held_on:%-d %B %Y}"]
    if workshop.starts_at:
        parts.append(f"{workshop.starts_at:%H:%M}")
    return ", ".join([*parts, workshop.place] if workshop.place else parts)


@transaction.atomic
def plan_workshop(*, assessment, request_key, by, **words):
    """A workshop, not open yet; returns it. Asking twice gives the same one.

    ``words``: a value for each of WORDS. Raises PermissionDenied, and ValidationError with
    field -> sentence.
    """
    check(plan_refusal, by, assessment)
    asked = {**words, "assessment": assessment, "created_by": by}
    if Workshop.objects.filter(request_key=request_key).exists():
        is_new, made = False, Workshop.objects.get(request_key=request_key)
    else:
        _check_prework(None, words)
        made, is_new = Workshop.objects.get_or_create(request_key=request_key, defaults=asked)
    if not is_new and any(getattr(made, name) != value for name, value in asked.items()):
        raise ValidationError(SENT_BEFORE)
    return made


@transaction.atomic
def change_workshop(*, workshop, by, **words):
    """Plan it otherwise; returns it. ``words`` and what is raised as for ``plan_workshop``."""
    standing = held_to_change(workshop, by)
    if words["prework_closes_at"] != standing.prework_closes_at:
        _check_prework(standing, words)
    for name in WORDS:
        setattr(standing, name, words[name])
    standing.save(update_fields=WORDS)
    tell_screens(standing)
    return standing


def begins_at(words):
    """When the workshop begins; without a time, when its day ends."""
    start = words["starts_at"] or time.max
    return timezone.make_aware(datetime.combine(words["held_on"], start))


def _check_prework(standing, words):
    """When scoring beforehand ends is in the future, before the workshop, and loses no words."""
    closes_at = words["prework_closes_at"]
    if standing and standing.prework_counted_at:
        when = in_words(standing.prework_closes_at)
        raise ValidationError({"prework_on": COUNTED.format(when=when)})
    if closes_at is None:
        if standing and standing.papers.exists():
            raise ValidationError({"prework_on": BEGUN})
    elif closes_at <= timezone.now():
        raise ValidationError({"prework_on": PAST})
    elif closes_at > begins_at(words):
        raise ValidationError({"prework_on": TOO_LATE})
