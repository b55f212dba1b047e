"""The demo's links between standards and what serves them, and its training map:
fixtures/demo/serving.yaml.

Standards are named by some of their words, actions by their first ones, courses by their name. What
is not there is passed over: a partnership that has no standard of its own links none.
"""

import yaml
from django.conf import settings
from django.utils import timezone

from pledges.models import Action, Course, Pledge
from practice.course_needs import add_need
from practice.models import Need, StandardVersion
from practice.serving import serve

FILE = settings.BASE_DIR / "fixtures" / "demo" / "serving.yaml"


def load(partnership, coordinator, today=None):
    """Link standards, and fill the training map, of the demo partnership."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    in_force = StandardVersion.objects.in_force(today or timezone.localdate())
    own = in_force.filter(standard__partnership=partnership).order_by("standard")
    for each in content["standards"]:
        if version := own.filter(statement__icontains=each["holds"]).first():
            things = _things(partnership, each)
            serve(standards=[version.standard], things=things, by=coordinator)
    for each in content["roles"]:
        _role(partnership, coordinator, each)


def _things(partnership, content):
    actions = [
        action
        for words in content.get("actions", [])
        for action in Action.objects.of(partnership).filter(what__startswith=words)
    ]
    pledges = Pledge.objects.of(partnership).filter(
        organisation__name__in=content.get("pledges", [])
    )
    return [*actions, *pledges.select_related("organisation")]


def _role(partnership, coordinator, content):
    courses = {each.name: each for each in Course.objects.of(partnership)}
    for need in Need.values:
        for name, months in content.get(need, {}).items():
            if name in courses:
                add_need(
                    partnership=partnership,
                    by=coordinator,
                    role=content["role"],
                    course=courses[name],
                    need=need,
                    again_after_months=months,
                    people=content.get("people"),
                )
