"""Verbs on the training map: who needs which course."""

from django.core.exceptions import ValidationError
from django.db import transaction

from partnerships.permissions import check
from pledges.training import held, hold
from practice import permissions
from practice.models import CourseNeed
from rpcportal.kit.quoting import quoted

STANDS_ALREADY = "{role} needs {course} already. Open that line of the training map to change it"


@transaction.atomic
def add_need(*, partnership, by, role, course, need, again_after_months, people):
    """Say that people in a role need a course; returns it. The very same twice is one.

    How many work in the role is said once: it stands with every course that the role needs.
    Raises PermissionDenied and ValidationError.
    """
    check(permissions.needs_refusal, by, partnership)
    hold(partnership)
    role = as_written(partnership, role)
    words = {"need": need, "again_after_months": again_after_months}
    standing = _of_role(partnership, role).filter(course=course).first()
    if standing and (_words_of(standing) != words or people not in (None, standing.people)):
        name = {"role": quoted(standing.role), "course": quoted(course.name)}
        raise ValidationError({"course": STANDS_ALREADY.format(**name)})
    if standing:
        return standing
    if people is None:
        people = people_in(partnership, role)
    _set_people(partnership, role, people)
    return CourseNeed.objects.create(
        partnership=partnership, role=role, course=course, people=people, **words
    )


@transaction.atomic
def change_need(*, need, by, how_much, again_after_months, people):
    """Write a need anew; returns it. ``how_much``: required or recommended."""
    check(permissions.needs_refusal, by, need.partnership)
    hold(need.partnership)
    standing = held_need(need)
    words = {"need": how_much, "again_after_months": again_after_months}
    if _words_of(standing) != words:
        standing.need, standing.again_after_months = how_much, again_after_months
        standing.save()
    _set_people(need.partnership, standing.role, people)
    return held_need(standing)


@transaction.atomic
def remove_need(*, need, by):
    """Take a need off the map; the history keeps it. Twice is once."""
    check(permissions.needs_refusal, by, need.partnership)
    CourseNeed.objects.filter(pk=need.pk).delete()


def held_need(need):
    """The need as it stands, held against everyone else."""
    return held(CourseNeed.objects.select_related("partnership", "course"), need)


def as_written(partnership, role):
    """A role as the map spells it already, whichever letters are capitals; else as typed."""
    return _of_role(partnership, role).values_list("role", flat=True).first() or role


def people_in(partnership, role):
    """How many work in a role, if anybody has said so."""
    known = _of_role(partnership, role).exclude(people=None).values_list("people", flat=True)
    return known.first()


def _of_role(partnership, role):
    return CourseNeed.objects.of(partnership).of_role(role)


def _words_of(need):
    return {"need": need.need, "again_after_months": need.again_after_months}


def _set_people(partnership, role, people):
    """One number a role, saved row by row where it differs: the history tells of changes alone."""
    for each in _of_role(partnership, role).select_for_update(of=("self",)):
        if each.people != people:
            each.people = people
            each.save(update_fields=["people"])
