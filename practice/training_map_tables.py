"""The lists of the training map."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from practice.training_map import count
from rpcportal.kit.tables import NUMBERS_RIGHT, PortalTable

LINK = {"a": {"class": "govuk-link"}}
NOT_SAID = "Not said"


def _list(items):
    """Texts or HTML, one below the other."""
    inside = format_html_join("", "<li>{}</li>", ((each,) for each in items))
    whole = '<ul class="govuk-list govuk-!-margin-bottom-0">{}</ul>'
    return format_html(whole, inside) if inside else "–"


def _course(cell):
    """“Noticing conflict, again after 24 months”."""
    name = f"{cell.course}{_ended(cell.course)}"
    return f"{name}, {cell.again}" if cell.again else name


def _ended(course):
    return f" (held until {course.ended_on:%-d %B %Y})" if course.ended_on else ""


class RolesTable(PortalTable):
    """Every role with what it needs. ``page_of(row)`` leads to the page of one."""

    caption = "By role"
    things = "roles"
    row_header = "role"
    stacks = True
    empty_text = "No role is known yet: no measure names one, and no course is needed."
    role = tables.Column(linkify=lambda table, record: table.page_of(record), attrs=LINK)
    people = tables.Column(
        verbose_name="People in it", empty_values=(), orderable=False, attrs=NUMBERS_RIGHT
    )
    required = tables.Column(empty_values=(), orderable=False)
    recommended = tables.Column(empty_values=(), orderable=False)

    def __init__(self, *args, page_of, **kwargs):
        self.page_of = page_of
        super().__init__(*args, **kwargs)

    def render_role(self, value):
        return capfirst(value)

    def render_people(self, value):
        return NOT_SAID if value is None else f"{value:,}"

    def render_required(self, value):
        return _list(map(_course, value))

    def render_recommended(self, value):
        return _list(map(_course, value))


class CoursesTable(PortalTable):
    """Every course that somebody needs, beside how many were trained."""

    caption = "By course"
    things = "courses"
    row_header = "course"
    stacks = True
    empty_text = "No role needs a course yet."
    course = tables.Column(linkify=lambda record: record.course.get_absolute_url(), attrs=LINK)
    roles = tables.Column(verbose_name="Who needs it", empty_values=(), orderable=False)
    people = tables.Column(
        verbose_name="People for whom it is required",
        empty_values=(),
        orderable=False,
        attrs=NUMBERS_RIGHT,
    )
    trained = tables.Column(
        verbose_name="Trained on it altogether", empty_values=(), orderable=False
    )

    def render_course(self, record):
        return f"{record.course}{_ended(record.course)}"

    def render_roles(self, record):
        lines = []
        for words, roles in (
            ("Required", record.required_of),
            ("Recommended", record.recommended_to),
        ):
            if roles:
                lines.append(f"{words}: {', '.join(roles)}")
        return _list(lines)

    def render_people(self, record):
        if not record.required_of:
            return "–"
        if len(record.unknown) == len(record.required_of):
            return NOT_SAID
        more = mark_safe("<br>and those of roles not counted") if record.unknown else ""
        return format_html("{}{}", f"{record.people:,}", more)

    def render_trained(self, record):
        return f"{record.trained:,} in the last {count(record.months, 'month')}"


class RoleNeedsTable(PortalTable):
    """The courses of one role."""

    caption = "Courses"
    things = "courses"
    row_header = "course"
    stacks = True
    empty_text = "No course is named for this role yet."
    course = tables.Column(
        linkify=lambda record: record.course.get_absolute_url(), attrs=LINK, orderable=False
    )
    need = tables.Column(accessor="need__get_need_display", orderable=False)
    again = tables.Column(empty_values=(), orderable=False)
    trained = tables.Column(verbose_name="Trained on it altogether", orderable=False)
    change = tables.Column(verbose_name="Change", empty_values=(), orderable=False)

    def render_course(self, record):
        return f"{record.course}{_ended(record.course)}"

    def render_again(self, record):
        months = record.need.again_after_months
        return f"After {count(months, 'month')}" if months else "Once is enough"

    def render_trained(self, record):
        return f"{record.trained:,} in the last {count(record.months, 'month')}"

    def render_change(self, record):
        need = record.need
        return format_html(
            '<a class="govuk-link" href="{}">Change'
            '<span class="govuk-visually-hidden"> {}</span></a>',
            reverse("change_course_need", args=[need.partnership.slug, need.pk]),
            need.course,
        )
