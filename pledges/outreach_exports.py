"""Training, champions and publicity as files for Excel and as comma-separated values."""

from django.db.models import F

from pledges.models import Attendance, Champion, Publicity
from pledges.training import NO_ORGANISATION
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

TRAINING = ("Held on", "Course", "Given by", "Place", "Organisation", "Setting", "People", "Note")
CHAMPIONS = ("Name", "What", "Organisation", "Job title", "E-mail address", "Since", "Until")
PUBLICITY = ("Day", "What", "Kind", "Organisation", "People reached", "Link", "Note")
AT_ONCE = 500  # rows that are in memory together


def training_rows(partnership):
    """A line for each organisation and setting at each session, the newest first."""
    rows = Attendance.objects.filter(session__course__partnership=partnership)
    rows = rows.select_related("session__course", "organisation")
    for each in rows.order_by("-session__held_on", "-session", "pk").iterator(chunk_size=AT_ONCE):
        session = each.session
        yield (
            session.held_on,
            session.course.name,
            session.course.provider,
            session.place,
            each.organisation.name if each.organisation_id else NO_ORGANISATION,
            each.get_setting_display(),
            each.people,
            session.note,
        )


def champion_rows(partnership):
    """A line for each champion and ambassador, also of those who ended."""
    rows = Champion.objects.of(partnership).with_names()
    for each in rows.iterator(chunk_size=AT_ONCE):
        yield (
            each.name,
            each.get_kind_display(),
            each.organisation.name if each.organisation_id else "",
            each.role,
            each.email,
            each.since,
            each.until,
        )


def publicity_rows(partnership):
    """A line for each event and publication, the newest first."""
    rows = Publicity.objects.of(partnership).with_names()
    rows = rows.order_by(F("held_on").desc(), "-pk")
    for each in rows.iterator(chunk_size=AT_ONCE):
        yield (
            each.held_on,
            each.title,
            each.get_kind_display(),
            each.organisation.name if each.organisation_id else "",
            each.reached,
            each.link,
            each.note,
        )


FILES = {
    "Training": (TRAINING, training_rows),
    "Champions": (CHAMPIONS, champion_rows),
    "Publicity": (PUBLICITY, publicity_rows),
}


def as_workbook(what, partnership):
    """One of FILES as a spreadsheet for Excel."""
    columns, rows_of = FILES[what]
    return workbook([Sheet(what, columns, rows_of(partnership))], is_long=True)


def as_csv(what, partnership):
    """One of FILES as comma-separated values, line by line."""
    columns, rows_of = FILES[what]
    return csv_lines(columns, rows_of(partnership))
