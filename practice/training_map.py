"""The training map: which role needs which course, and how many were trained.

Attendance is counted by setting and never by role, so beside the people of a role stands how many
were trained on the course altogether.
"""

from dataclasses import dataclass

from django.db.models import F, Func, Q, Sum

from pledges.models import Attendance, Course
from pledges.rating import months_later
from practice.models import CourseNeed, Need, StandardMeasure, StandardVersion

A_YEAR = 12  # months: the time that counts where nothing says after how many to come again
COLUMNS = (
    "Role",
    "People in the role",
    "Course",
    "Need",
    "Again after months",
    "Months counted",
    "Trained on this course altogether in these months",
)


@dataclass(frozen=True)
class Cell:
    """That a role needs a course. ``trained``: people at its sessions in the last ``months``."""

    need: CourseNeed
    months: int
    trained: int

    @property
    def course(self):
        return self.need.course

    @property
    def again(self):
        """“again after 24 months”; empty where once is enough."""
        months = self.need.again_after_months
        return f"again after {count(months, 'month')}" if months else ""


@dataclass(frozen=True)
class RoleRow:
    """A role with what it needs. ``people``: how many work in it, None where nobody said."""

    role: str
    people: int | None
    required: tuple[Cell, ...]
    recommended: tuple[Cell, ...]

    @property
    def cells(self):
        """All that it needs, what is required first."""
        return (*self.required, *self.recommended)


@dataclass(frozen=True)
class CourseRow:
    """A course beside those who need it. ``people``: those of the roles for which it is required,
    as far as their number is known (``unknown``: the roles of which it is not).
    """

    course: Course
    cells: tuple[Cell, ...]
    required_of: tuple[str, ...]
    recommended_to: tuple[str, ...]
    people: int
    unknown: tuple[str, ...]
    months: int
    trained: int

    @property
    def in_months(self):
        """“24 months”."""
        return count(self.months, "month")


def count(number, word):
    """“1 month”, “24 months”, “1,200 people”."""
    plural = {"person": "people"}.get(word, f"{word}s")
    return f"{number:,} {word if number == 1 else plural}"


def role_rows(partnership, today):
    """Every role that a measure names or that needs a course, by name. Three queries."""
    named = {role.casefold(): role for role in roles_of_measures(partnership, today)}
    found = {}
    for cell in cells(CourseNeed.objects.of(partnership), today):
        named.setdefault(cell.need.role.casefold(), cell.need.role)
        found.setdefault(cell.need.role.casefold(), []).append(cell)
    return [_row(named[key], found.get(key, [])) for key in sorted(named)]


def role_row(partnership, role, today):
    """One role with what it needs."""
    mine = cells(CourseNeed.objects.of(partnership).of_role(role), today)
    return _row(mine[0].need.role if mine else role, mine)


def _row(role, mine):
    people = [each.need.people for each in mine if each.need.people is not None]
    return RoleRow(
        role=role,
        people=people[0] if people else None,
        required=tuple(each for each in mine if each.need.need == Need.REQUIRED),
        recommended=tuple(each for each in mine if each.need.need == Need.RECOMMENDED),
    )


def course_rows(rows):
    """The courses of some RoleRows, by name. No query."""
    by_course = {}
    for row in rows:
        for cell in row.cells:
            by_course.setdefault(cell.course.pk, []).append(cell)
    found = [_course_row(mine) for mine in by_course.values()]
    return sorted(found, key=lambda each: (each.course.name.casefold(), each.course.pk))


def _course_row(mine):
    """Of several times after which roles come again, the longest counts: nobody is left out."""
    required = [each.need for each in mine if each.need.need == Need.REQUIRED]
    longest = max(mine, key=lambda each: each.months)
    return CourseRow(
        course=mine[0].course,
        cells=tuple(mine),
        required_of=tuple(each.role for each in required),
        recommended_to=tuple(each.need.role for each in mine if each.need.need == Need.RECOMMENDED),
        people=sum(each.people or 0 for each in required),
        unknown=tuple(each.role for each in required if each.people is None),
        months=longest.months,
        trained=longest.trained,
    )


def course_row(course, today):
    """Who needs one course, or None for nobody."""
    mine = cells(CourseNeed.objects.of_course(course), today)
    return _course_row(mine) if mine else None


def cells(needs, today):
    """Needs, each with how many were trained. Two queries."""
    needs = list(needs.with_names())
    months = {each.again_after_months or A_YEAR for each in needs}
    trained = _trained({each.course_id for each in needs}, months, today)
    return [_cell(each, trained.get(each.course_id, {})) for each in needs]


def _cell(need, trained):
    months = need.again_after_months or A_YEAR
    return Cell(need, months, trained.get(f"within_{months}") or 0)


def _trained(courses, months, today):
    """Course -> people at its sessions within each number of months until today."""
    if not courses:
        return {}
    sums = {
        f"within_{each}": Sum("people", filter=Q(session__held_on__gt=months_later(today, -each)))
        for each in months
    }
    rows = Attendance.objects.filter(
        session__course__in=courses, session__held_on__lte=today
    ).order_by()
    return {
        row.pop("session__course"): row for row in rows.values("session__course").annotate(**sums)
    }


def roles_of_measures(partnership, today):
    """The roles that the measures in force name, by name: those of the partnership's own standards
    or, while it has none, of those that came with the portal. One query.
    """
    in_force = StandardVersion.objects.in_force(today).filter(
        Q(standard__partnership=partnership) | Q(standard__partnership=None)
    )
    rows = StandardMeasure.objects.filter(version__in=in_force).annotate(
        role=Func(F("roles"), function="unnest"), owner=F("version__standard__partnership")
    )
    pairs = set(rows.order_by().values_list("role", "owner"))
    own = {role for role, owner in pairs if owner is not None}
    return sorted(own or {role for role, _ in pairs}, key=str.casefold)


def known_roles(partnership, today):
    """Every role that the page suggests."""
    return [row.role for row in role_rows(partnership, today)]


def file_rows(rows):
    """The lines of the file: a role and a course each; a role that needs none has one line."""
    for row in rows:
        if not row.cells:
            yield (row.role, row.people, "", "", None, None, None)
        for cell in row.cells:
            yield (
                row.role,
                row.people,
                cell.course.name,
                cell.need.get_need_display(),
                cell.need.again_after_months,
                cell.months,
                cell.trained,
            )
