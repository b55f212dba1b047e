"""What a row must say, and what of it is left alone. Pure rules over texts.

A spreadsheet is held to the rules of an update (pledges/statuses.py): it cannot complete an
action without saying what difference it made.
"""

from datetime import date

from pledges import statuses
from pledges.exports import COLUMNS
from pledges.imports.cells import RATING_OF, STATUS_OF, problem
from pledges.imports.headings import plain
from pledges.models import ActionStatus

FROM_A_SPREADSHEET = "From a spreadsheet"
NEEDED = {"organisation": "Write whose plan it is", "what": "Write what will be done"}


def status_of(text):
    """The status that stands behind its words."""
    return STATUS_OF[plain(text)]


def rating_of(text):
    """The rating that stands behind its words, or an empty text."""
    return RATING_OF[plain(text)] if text else ""


def day_of(text):
    """The day that stands behind an ISO text, or None."""
    return date.fromisoformat(text) if text else None


def told_text(before, after):
    """The words of the update that an import adds: the reason, where one is due."""
    if after["rating"] and after["rating"] != before.get("rating", ""):
        return after["rating_reason"]
    status = status_of(after["status"])
    if status == ActionStatus.WITHDRAWN != status_of(before["status"]):
        return after["withdrawn_because"]
    return FROM_A_SPREADSHEET


def due_reason(before, after):
    """Why a day is moved by an import; nothing where it is not, or where there was none."""
    return FROM_A_SPREADSHEET if before and before != after else ""


def left_alone(row, before, values):
    """Take out of ``values`` what only an update can say; yields a sentence for each."""
    status = status_of(values.get("status") or before["status"])
    new_status = status != status_of(before["status"])
    rated = values.get("rating") and values["rating"] != before.get("rating", "")
    allowed = {
        "rating_reason": bool(rated) and status == ActionStatus.IN_PROGRESS,
        "withdrawn_because": new_status and status == ActionStatus.WITHDRAWN,
        "completed_on": new_status and status == ActionStatus.COMPLETE,
        "difference": status == ActionStatus.COMPLETE or values.get("difference"),
        "where_seen": status == ActionStatus.COMPLETE or values.get("where_seen"),
    }
    sentences = []
    for name, is_allowed in allowed.items():
        if not is_allowed and values.get(name, before.get(name, "")) != before.get(name, ""):
            del values[name]
            sentences.append(f"“{COLUMNS[name]}” is left as it is: {WHEN[name]}.")
    return sentences


WHEN = {
    "rating_reason": "it changes together with the rating",
    "withdrawn_because": "it is written when an action becomes withdrawn",
    "completed_on": "it is written when an action becomes complete",
    "difference": "it can be changed, and not emptied",
    "where_seen": "it can be changed, and not emptied",
}
_COLUMN_OF = {"difference": "difference", "due_on": "due_on"}


def missing(row, before, after, changed, today):
    """What the row lacks, in sentences."""
    for name, words in NEEDED.items():
        if not after[name]:
            yield problem(row, name, f"the cell is empty. {words}")
    if not changed:
        return
    status, rating = status_of(after["status"]), rating_of(after["rating"])
    if "rating" in changed and rating and status != ActionStatus.IN_PROGRESS:
        yield problem(
            row, "rating", "only what is in progress has a rating. Empty the cell, or write “In "
            "progress” under “Status”",
        )  # fmt: skip
    if "completed_on" in changed and after["completed_on"] > today.isoformat():
        yield problem(row, "completed_on", "the day is still to come. Write the day it was done")
    text, due_before = told_text(before, after), day_of(before.get("due_on", ""))
    due_on = day_of(after["due_on"])
    found = statuses.problems(
        status=status, status_before=status_of(before["status"]),
        rating=statuses.rating_that_stands(status, rating),
        rating_before=rating_of(before.get("rating", "")), text=text,
        due_on=due_on, due_before=due_before,
        due_reason=due_reason(due_before, due_on), starts_on=day_of(after["starts_on"]),
        difference=after["difference"],
    )  # fmt: skip
    of_text = "withdrawn_because" if status == ActionStatus.WITHDRAWN else "rating_reason"
    for name, sentence in found.items():
        column = _COLUMN_OF.get(name, of_text)
        yield problem(row, column, sentence[0].lower() + sentence.rstrip(".")[1:])
