"""What an action's dates and words say: overdue, due soon, and what a status asks for.

Pure rules over values: no database, no request.
"""

from datetime import timedelta

SOON = timedelta(days=14)

OPEN = ("not_started", "in_progress")
CLOSED = ("complete", "withdrawn")


def is_overdue(status, due_on, today):
    """Whether it should be done by now and is not."""
    return status in OPEN and due_on is not None and due_on < today


def is_due_soon(status, due_on, today):
    """Whether it is due today or within two weeks."""
    return status in OPEN and due_on is not None and today <= due_on <= today + SOON


def rating_that_stands(status, rating):
    """Only what is in progress has a rating."""
    return rating if status == "in_progress" else ""


def problems(
    *, status, status_before, rating, rating_before, text, due_on, due_before, due_reason,
    starts_on, difference,
):  # fmt: skip
    """What an update lacks: field -> sentence. ``rating`` is the one that was asked for.

    An update says something or changes something. A rating of red or amber says why, and so
    does withdrawing, reopening, and a day that is moved once there was one. Completing says
    what difference it made (facts.md, 3.3).
    """
    found = {}
    before, after = (status_before, rating_before), (status, rating)
    sentence = _wants_words(before, after, is_moved=due_on != due_before)
    if sentence and not text:
        found["text"] = sentence
    if rating not in {"", rating_before} and status != "in_progress":
        found["rating"] = "Only what is in progress is rated: choose “Not rated”."
    if status == "complete" and not difference:
        found["difference"] = "Say what difference it made. “None that we can see” is an answer."
    if due_before and due_on != due_before and not due_reason:
        found["due_reason"] = "Say why the day was moved."
    if due_reason and due_on == due_before:
        found["due_on"] = "You say why the day was moved: move it, or empty that box."
    if due_on and starts_on and due_on < starts_on:
        found["due_on"] = f"It starts on {starts_on:%-d %B %Y}: it cannot be due before."
    return found


def _wants_words(before, after, *, is_moved):
    """Why an update needs words beside what it changes; an empty sentence where it does not."""
    (status_before, rating_before), (status, rating) = before, after
    if status != status_before and status == "withdrawn":
        return "Say why it is withdrawn."
    if status != status_before and status_before in CLOSED:
        return "Say why it is taken up again."
    rating = rating_that_stands(status, rating)
    if rating in {"amber", "red"} and rating != rating_before:
        return "Say why it is rated so."
    if (status, rating) == before and not is_moved:
        return "Say what is new, or change the status, the rating or the day."
    return ""
