"""Links between standards and what serves them, and the training map, as rows."""

from dataclasses import dataclass

from practice.indexing import refresh
from practice.models import Bearing, CourseNeed, StandardServed


def make_link(standard, *, action=None, pledge=None, **values):
    """That an action or a pledge serves a standard."""
    return StandardServed.objects.create(standard=standard, action=action, pledge=pledge, **values)


def make_need(course, role="team manager", **values):
    """That a role needs a course: required, unless ``need`` says otherwise."""
    return CourseNeed.objects.create(
        partnership=course.partnership, course=course, role=role, **values
    )


def make_bearing(thing, domain, levels=()):
    """That a standard, a resource or an evidence statement bears on a domain."""
    name = {"evidencestatement": "statement"}.get(thing._meta.model_name, thing._meta.model_name)
    bearing = Bearing.objects.create(
        partnership=thing.partnership, domain=domain, levels=list(levels), **{name: thing}
    )
    refresh(thing)
    return bearing


@dataclass(frozen=True)
class ServingOfArea:
    """What the walks need: the link of an action, and a need of the map."""

    link: StandardServed
    need: CourseNeed


def serving_of(standard, action, song=""):
    """One of each in an area of the world, which has a single course already."""
    course = action.partnership.courses.get()
    return ServingOfArea(
        link=make_link(standard, action=action),
        need=make_need(course, f"{song}role", again_after_months=24, people=12),
    )
