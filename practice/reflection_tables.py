"""The list of reflections that a person may read."""

import django_tables2 as tables

from rpcportal.kit.tables import DayColumn, PortalTable


def who_answered(reflection, reader):
    """“You alone”, “Your team at …”, or the name of a colleague who shares what they wrote."""
    if reflection.is_of_team:
        return f"Your team at {reflection.organisation}"
    return "You alone" if reflection.user_id == reader.pk else str(reflection.user)


def who_sees(reflection):
    """“Only you”, or whose members may read it."""
    return str(reflection.organisation) if reflection.organisation_id else "Only you"


class ReflectionTable(PortalTable):
    """By date, the newest first. ``reader``: whose list it is."""

    caption = "Reflections"
    things = "reflections"
    empty_text = "You have not kept a reflection yet."
    stacks = True
    row_header = "set"
    set = tables.Column(
        verbose_name="Questions",
        linkify=lambda record: record.get_absolute_url(),
        attrs={"a": {"class": "govuk-link"}},
        order_by=["set__name", "-written_at", "pk"],
    )
    written_at = DayColumn(verbose_name="When", order_by=["written_at", "pk"])
    whose = tables.Column(verbose_name="Who answered", empty_values=(), orderable=False)
    sees = tables.Column(verbose_name="Who sees it", empty_values=(), orderable=False)

    def __init__(self, *args, reader, **kwargs):
        self.reader = reader
        super().__init__(*args, **kwargs)

    def render_whose(self, record):
        return who_answered(record, self.reader)

    def render_sees(self, record):
        return who_sees(record)
