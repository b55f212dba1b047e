"""The register as a file: the columns that go out and, in the same words, come in again."""

from django.utils import timezone

from pledges.models import Action, ActionStatus
from pledges.register import rating_words
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

COLUMNS = {
    "number": "No.",
    "organisation": "Organisation",
    "what": "Action",
    "measure": "How we will know",
    "owner": "Owner",
    "starts_on": "Starts",
    "due_on": "Due",
    "status": "Status",
    "rating": "Rating",
    "rating_reason": "Reason for the rating",
    "domains": "Domains",
    "completed_on": "Completed",
    "difference": "What difference it made",
    "where_seen": "Where that can be seen",
    "withdrawn_because": "Withdrawn because",
    "blocked_by": "Waits for (No.)",
    "updated_at": "Last news",
}
AT_ONCE = 500  # rows that are in memory together
AT_FIRST = 25  # in the first part, so that it comes soon


def with_columns(actions):
    """A queryset of actions with everything that a line of the file names."""
    return actions.with_names().with_domain_numbers().select_related("blocked_by")


def values_of(action):
    """Column -> value of one action, out of ``with_columns``."""
    return {
        "number": action.number,
        "organisation": action.organisation.name,
        "what": action.what,
        "measure": action.measure,
        "owner": action.owner_name,
        "starts_on": action.starts_on,
        "due_on": action.due_on,
        "status": ActionStatus(action.status).label,
        "rating": rating_words(action.rating) if action.rating else "",
        "rating_reason": action.rating_reason,
        "domains": ", ".join(map(str, dict.fromkeys(action.domain_numbers))),
        "completed_on": action.completed_on,
        "difference": action.difference,
        "where_seen": action.where_seen,
        "withdrawn_because": action.withdrawn_because,
        "blocked_by": action.blocked_by.number if action.blocked_by_id else None,
        "updated_at": timezone.localdate(action.updated_at),
    }


def rows_of(actions):
    """The lines of the file, a few in memory at a time.

    First which actions, in their order, out of a narrow index; then their rows, part by part. So
    the first lines come at once, however many there are. What is deleted meanwhile is left out.
    """
    pks = list(actions.values_list("pk", flat=True))
    start, size = 0, AT_FIRST
    while start < len(pks):
        yield from _lines(pks[start : start + size])
        start, size = start + size, AT_ONCE


def _lines(pks):
    whole = {each.pk: each for each in with_columns(Action.objects.filter(pk__in=pks))}
    for pk in pks:
        if pk in whole:
            yield tuple(values_of(whole[pk]).values())


def register_workbook(actions):
    """Actions as a spreadsheet for Excel."""
    sheet = Sheet("Actions", tuple(COLUMNS.values()), rows_of(actions))
    return workbook([sheet], is_long=True)


def register_csv(actions):
    """Actions as comma-separated values, line by line."""
    return csv_lines(COLUMNS.values(), rows_of(actions))
