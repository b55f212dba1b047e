"""Lists of training: courses, sessions, and how many from where."""

import django_tables2 as tables

from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable

LINK = {"a": {"class": "govuk-link"}}


class ShareTable(PortalTable):
    """People at sessions, by setting or by organisation."""

    things = "lines"
    row_header = "name"
    empty_text = "No numbers yet."
    caption_size = "s"
    name = tables.Column(orderable=False)
    people = tables.Column(verbose_name="People", orderable=False, attrs=NUMBERS_RIGHT)

    def __init__(self, *args, heading, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns["name"].column.verbose_name = heading

    def render_people(self, value):
        return f"{value:,}"


class CourseTable(PortalTable):
    """Courses."""

    caption = "Courses"
    things = "courses"
    row_header = "name"
    stacks = True
    empty_text = "No course has been added yet."
    name = tables.Column(verbose_name="Course", linkify=True, attrs=LINK)
    provider = tables.Column(verbose_name="Given by", order_by=["provider", "pk"], empty_values=())
    sessions_held = tables.Column(
        verbose_name="Sessions", order_by=["sessions_held", "pk"], attrs=NUMBERS_RIGHT
    )
    people = tables.Column(verbose_name="People", order_by=["people", "pk"], attrs=NUMBERS_RIGHT)

    def render_name(self, record):
        if record.ended_on:
            return f"{record.name} (until {record.ended_on:%-d %B %Y})"
        return record.name

    def render_provider(self, record):
        return record.provider or "–"

    def render_people(self, value):
        return f"{value:,}"


class SessionTable(PortalTable):
    """Sessions of one course or of all."""

    caption = "Sessions"
    things = "sessions"
    row_header = "held_on"
    stacks = True
    empty_text = "No session has been recorded yet."
    held_on = DayColumn(
        verbose_name="Held on",
        order_by=["held_on", "pk"],
        linkify=("training_session", [tables.A("course__partnership__slug"), tables.A("pk")]),
        attrs=LINK,
    )
    course = tables.Column(order_by=["course__name", "-held_on", "pk"])
    place = tables.Column(order_by=["place", "pk"], empty_values=())
    people = tables.Column(verbose_name="People", order_by=["people", "pk"], attrs=NUMBERS_RIGHT)

    def render_place(self, record):
        return record.place or "–"

    def render_people(self, value):
        return f"{value:,}"
