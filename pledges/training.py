"""Training: how many were at it, how far that is on the way to a target, and what records it.

Numbers are of people at sessions: somebody who came to two is counted twice, because nobody who
was trained is named.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.permissions import check_may
from pledges.models import Attendance, Course, Session, Setting, TrainingTarget
from pledges.querysets.outreach import within
from rpcportal.kit.holding import held_row
from rpcportal.kit.roles import Permission

NO_ORGANISATION = "Elsewhere, or not said"
# A pace is told once so many days have gone by: after a week it says nothing yet.
PACE_DAYS = 28
FARTHEST_YEARS = 10
FUTURE = "“Held on” must be today or in the past: record a session when it has been held"
ENDED = "“{course}” is no longer held from {day}: choose an earlier day, or another course"
NOBODY_THERE = "Write how many people were there, from where, in one row at least"


# --- How many ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """So many people from one setting or organisation."""

    name: str
    people: int


@dataclass(frozen=True)
class Trained:
    """People at sessions of a period; the shares are those with most people first."""

    total: int
    sessions: int
    by_setting: tuple[Share, ...]
    by_organisation: tuple[Share, ...]

    @property
    def in_words(self):
        """“412 people at 12 sessions”."""
        people = "1 person" if self.total == 1 else f"{self.total:,} people"
        return f"{people} at {self.sessions:,} session{'' if self.sessions == 1 else 's'}"


def trained(partnership, from_on=None, to_on=None, course=None):
    """Trained of a partnership from one day to another; None leaves a side open."""
    asked = within("session__held_on", from_on, to_on)
    rows = Attendance.objects.filter(asked, session__course__partnership=partnership)
    sessions = Session.objects.of(partnership).filter(within("held_on", from_on, to_on))
    if course is not None:
        rows, sessions = rows.filter(session__course=course), sessions.filter(course=course)
    settings = _sums(rows, "setting")
    organisations = _sums(rows, "organisation__name")
    return Trained(
        total=sum(people for _, people in settings),
        sessions=sessions.count(),
        by_setting=tuple(Share(Setting(key).label, people) for key, people in settings),
        by_organisation=tuple(Share(name or NO_ORGANISATION, each) for name, each in organisations),
    )


def _sums(rows, name):
    """Pairs of a value and its people, most people first."""
    sums = rows.order_by().values(name).annotate(all_people=Sum("people"))
    return sums.order_by("-all_people", name).values_list(name, "all_people")


@dataclass(frozen=True)
class Progress:
    """How far a target is. ``reached_on``: the day on which it is reached at this pace, or None
    where nothing can be said. ``percent`` is at most 100.
    """

    target: TrainingTarget
    trained: int
    left: int
    percent: int
    sentence: str
    reached_on: date | None = None


def targets_of(partnership, today):
    """The Progress of every target, the earliest day first: one query."""
    targets = TrainingTarget.objects.of(partnership).select_related("course", "partnership")
    return [target_progress(each, today) for each in targets.with_trained(today)]


def target_progress(target, today):
    """The Progress of one target."""
    if not hasattr(target, "trained"):
        target = TrainingTarget.objects.with_trained(today).get(pk=target.pk)
    reached_on = day_at_this_pace(
        target.people, target.trained, target.from_on, min(today, target.by_on)
    )
    left = max(target.people - target.trained, 0)
    return Progress(
        target=target,
        trained=target.trained,
        left=left,
        percent=min(target.trained * 100 // target.people, 100),
        sentence=_sentence(target, left, reached_on if today <= target.by_on else None, today),
        reached_on=reached_on if left and today <= target.by_on else None,
    )


def day_at_this_pace(people, trained, from_on, today):
    """The day on which so many are trained if it goes on as since ``from_on``; None where it
    cannot be said: nobody yet, too few days, or more than ten years away.
    """
    days = (today - from_on).days + 1
    if not trained or days < PACE_DAYS:
        return None
    left = max(people - trained, 0)
    needed = math.ceil(left * days / trained)
    return today + timedelta(days=needed) if needed < FARTHEST_YEARS * 365 else None


def _sentence(target, left, reached_on, today):
    """“412 of 600 people by 31 March 2027; 188 to go. At this pace in June 2027, …”."""
    sum_up = f"{target.trained:,} of {target.people:,} people by {_day(target.by_on)}"
    if not left:
        return f"{sum_up}: reached."
    if today < target.from_on:
        return f"{sum_up}. Counting begins on {_day(target.from_on)}."
    if today > target.by_on:
        return f"{sum_up}: {left:,} short. The day has passed."
    sum_up = f"{sum_up}; {left:,} to go."
    if reached_on is None:
        return f"{sum_up} {_no_pace(target, today)}".strip()
    if reached_on <= target.by_on:
        return f"{sum_up} At this pace it is reached in {reached_on:%B %Y}, in time."
    return f"{sum_up} At this pace it is reached in {reached_on:%B %Y}, after the day."


def _no_pace(target, today):
    if not target.trained or (today - target.from_on).days + 1 < PACE_DAYS:
        return "It is too early to say when it will be reached."
    return "At this pace it is not reached within ten years."


def _day(day):
    return f"{day:%-d %B %Y}"


# --- Holding on -------------------------------------------------------------------------------


def hold(partnership):
    """Held, so that of the same click twice the second one sees the first."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def held(rows, thing):
    """Out of ``rows``, the thing as it stands, held against everyone else."""
    standing = held_row(rows, thing.pk)
    if standing is None:
        raise ValidationError("Somebody has removed this meanwhile, so nothing was saved.")
    return standing


def same(made, of_what, asked):
    """What a page has made already, if it is the one that was asked for."""
    if of_what != asked:
        raise ValidationError("This page was sent before, for something else. Open it once more.")
    return made


# --- Who may ----------------------------------------------------------------------------------


# --- Courses and targets ----------------------------------------------------------------------


@transaction.atomic
def add_course(*, partnership, by, name, provider="", about="", ended_on=None, request_key=None):
    """A course that can be held; returns it. The same click twice is one course."""
    check_may(by, Permission.FIGURES, partnership.pk)
    hold(partnership)
    made = request_key and Course.objects.filter(request_key=request_key).first()
    if made:
        return same(made, (made.partnership_id, made.created_by_id), (partnership.pk, by.pk))
    return Course.objects.create(
        partnership=partnership,
        name=name,
        provider=provider,
        about=about,
        ended_on=ended_on,
        request_key=request_key,
        created_by=by,
    )


def held_course(course):
    """The course as it stands, held against everyone else."""
    return held(Course.objects.select_related("partnership"), course)


@transaction.atomic
def change_course(*, course, by, name, provider, about, ended_on):
    """Write a course anew."""
    standing = held_course(course)
    check_may(by, Permission.FIGURES, standing.partnership_id)
    standing.name, standing.provider = name, provider
    standing.about, standing.ended_on = about, ended_on
    standing.save()
    return standing


@transaction.atomic
def add_target(*, partnership, by, words, people, from_on, by_on, course=None):
    """How many are to be trained by when; returns it. The very same twice is one."""
    check_may(by, Permission.FIGURES, partnership.pk)
    hold(partnership)
    target, _ = TrainingTarget.objects.get_or_create(
        partnership=partnership,
        words=words,
        people=people,
        from_on=from_on,
        by_on=by_on,
        course=course,
    )
    return target


def held_target(target):
    """The target as it stands, held against everyone else."""
    return held(TrainingTarget.objects.select_related("partnership"), target)


@transaction.atomic
def change_target(*, target, by, words, people, from_on, by_on, course):
    """Write a target anew; the history keeps the earlier one."""
    standing = held_target(target)
    check_may(by, Permission.FIGURES, standing.partnership_id)
    standing.words, standing.people, standing.course = words, people, course
    standing.from_on, standing.by_on = from_on, by_on
    standing.save()
    return standing


@transaction.atomic
def remove_target(*, target, by):
    """Take a target off the page; the history keeps it."""
    check_may(by, Permission.FIGURES, target.partnership_id)
    TrainingTarget.objects.filter(pk=target.pk).delete()


# --- Sessions ---------------------------------------------------------------------------------


@transaction.atomic
def record_session(*, course, by, held_on, rows, place="", note="", request_key=None):
    """That a course was held, and how many were there; returns the session.

    ``rows``: (organisation or None, setting, people), each organisation and setting once. The
    same click twice is one session. Raises PermissionDenied and ValidationError.
    """
    check_may(by, Permission.LOG, course.partnership_id)
    held_course(course)
    made = request_key and Session.objects.filter(request_key=request_key).first()
    if made:
        partnership = made.course.partnership_id
        return same(made, (partnership, made.recorded_by_id), (course.partnership_id, by.pk))
    _check_session(course, held_on, rows)
    session = Session.objects.create(
        course=course,
        held_on=held_on,
        place=place,
        note=note,
        request_key=request_key,
        recorded_by=by,
    )
    _set_rows(session, rows)
    return session


def held_session(session):
    """The session as it stands with its rows, held against everyone else."""
    return held(Session.objects.with_everything(), session)


@transaction.atomic
def change_session(*, session, by, course, held_on, rows, place, note):
    """Put right what was recorded of a session; the history keeps what stood there."""
    standing = held_session(session)
    check_may(by, Permission.LOG, standing.course.partnership_id)
    check_may(by, Permission.LOG, course.partnership_id)
    _check_session(course, held_on, rows, standing)
    standing.course, standing.held_on = course, held_on
    standing.place, standing.note = place, note
    standing.save()
    _set_rows(standing, rows)
    return standing


@transaction.atomic
def remove_session(*, session, by):
    """Take a session off, with its numbers; the history keeps them. Twice is once."""
    check_may(by, Permission.LOG, session.course.partnership_id)
    Session.objects.filter(pk=session.pk).delete()


def _check_session(course, held_on, rows, standing=None):
    """``standing``: the session as it was recorded; its course and day may stay what they are."""
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": FUTURE})
    is_new = standing is None or (standing.course_id, standing.held_on) != (course.pk, held_on)
    if is_new and course.ended_on and held_on >= course.ended_on:
        raise ValidationError({"held_on": ENDED.format(course=course, day=_day(course.ended_on))})
    if not rows:
        raise ValidationError(NOBODY_THERE)


def _set_rows(session, rows):
    """Rows one by one where they differ, so that the history tells of changes alone."""
    wanted = {(each and each.pk, setting): (each, people) for each, setting, people in rows}
    for standing in Attendance.objects.filter(session=session):
        organisation, people = wanted.pop(
            (standing.organisation_id, standing.setting), (None, None)
        )
        if people is None:
            standing.delete()
        elif people != standing.people:
            standing.people = people
            standing.save()
    for (_, setting), (organisation, people) in wanted.items():
        Attendance.objects.create(
            session=session, organisation=organisation, setting=setting, people=people
        )
