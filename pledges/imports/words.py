"""What a row that can be written hands to the verbs of the register (pledges/actions.py)."""

import uuid

from pledges.imports.rules import day_of, due_reason, rating_of, status_of, told_text
from pledges.models import ActionStatus
from pledges.statuses import rating_that_stands

WORDS = {"measure", "what"}
TOLD = {"status", "rating", "due_on", "difference", "where_seen"}


def new_words(row):
    """Of a row that is a new action: all but its organisation and domains."""
    after, found = row.after, row.found
    owner = found.get("owner")
    return {
        "what": after["what"],
        "measure": after["measure"],
        "owner": owner,
        "owner_words": "" if owner else after["owner"],
        "starts_on": day_of(after["starts_on"]),
        "due_on": day_of(after["due_on"]),
        "blocked_by": found.get("blocked_by"),
    }


def changed_words(row):
    """Of a row that changes an action: the words that are not told by an update."""
    changed, after, found = set(row.changed), row.after, row.found
    words = {name: after[name] for name in changed & WORDS}
    if "starts_on" in changed:
        words["starts_on"] = day_of(after["starts_on"])
    if "blocked_by" in changed:
        words["blocked_by"] = found.get("blocked_by")
    if "owner" in changed:
        owner = found.get("owner")
        words |= {"owner": owner, "owner_words": "" if owner else after["owner"]}
    return words


def is_told(row):
    """Whether anything of a row changes by an update."""
    if row.action is None:
        return status_of(row.after["status"]) != ActionStatus.NOT_STARTED
    return bool(TOLD & set(row.changed))


def update_words(row, due_before):
    """The update of a row, on an action that was due on that day."""
    after = row.after
    status, due_on = status_of(after["status"]), day_of(after["due_on"])
    return {
        "request_key": uuid.uuid4(),
        "text": told_text(row.before, after),
        "status": status,
        "rating": rating_that_stands(status, rating_of(after["rating"])),
        "due_on": due_on,
        "due_reason": due_reason(due_before, due_on),
        "difference": after["difference"],
        "where_seen": after["where_seen"],
        "on": day_of(after["completed_on"]) if status == ActionStatus.COMPLETE else None,
    }
