"""The history of an action, of a pledge and of a measure, as their pages show it."""

from django.utils.timezone import localtime

from partnerships import history
from partnerships.events import ADDED, CHANGED, FOUND, Source
from partnerships.models import Manifesto
from partnerships.telling import Restore, Told
from pledges.models import (
    Action,
    Deputy,
    Measure,
    MeasuredDomain,
    Milestone,
    Pledge,
    Reading,
    ServedDomain,
    Signing,
    Update,
)
from pledges.rating import plain_figure
from rpcportal.kit.meanwhile import fingerprint

ACTION_LABELS = {
    "organisation": "Organisation",
    "what": "What will be done",
    "measure": "How we will know",
    "owner": "Who sees to it",
    "owner_words": "Name or post of who sees to it",
    "starts_on": "Starts on",
    "due_on": "Due on",
    "status": "Status",
    "rating": "Rating",
    "rating_reason": "Why it is rated so",
    "rated_on": "Rated on",
    "completed_on": "Completed on",
    "difference": "What difference it made",
    "where_seen": "Where that can be seen",
    "withdrawn_because": "Withdrawn because",
    "pledge": "Part of",
    "priority_action": "Came from the priority action",
    "blocked_by": "Waits for",
}
STEP_LABELS = {"what": "Step", "due_on": "By when", "done_on": "Done on"}
UPDATE_LABELS = {"text": "What was told", "due_reason": "Why the day was moved"}
PLEDGE_LABELS = {
    "status": "Status",
    "words": "The organisation’s own words",
    "lead": "Lead contact",
    "champion": "Champion",
    "review_on": "To be reviewed on",
    "is_shown": "On the public page, if there is one",
    "withdrawn_because": "Withdrawn because",
    "lapsed_on": "Lapsed on",
}
SIGNING_LABELS = {
    "name": "Who signed",
    "role": "Their job title",
    "signed_on": "Signed on",
    "words": "The organisation’s own words on that day",
}
MEASURE_LABELS = {
    "name": "What is measured",
    "meaning": "What it tells",
    "unit": "Unit",
    "unit_words": "What is counted",
    "better": "Which way is better",
    "baseline": "Baseline",
    "baseline_on": "Day of the baseline",
    "target": "Target",
    "target_on": "Day of the target",
    "frequency": "How often it is read",
    "owner": "Who sees to it",
    "organisation": "Whose figure it is",
    "source": "Where the figure comes from",
    "ended_on": "No longer read from",
}
READING_LABELS = {
    "read_on": "Day",
    "value": "Figure",
    "source": "Where it comes from",
    "comment": "What readers should know",
    "rating": "Rated by hand",
    "rating_reason": "Why it is rated otherwise",
}
# What can be brought back from an earlier version: words, which nobody knows by heart.
RESTORABLE = {"action": ("what", "measure"), "pledge": ("words",)}

ACTION, STEP, UPDATE, DEPUTY, SERVED = range(5)
PLEDGE, SIGNING = range(2)
MEASURE, READING, MEASURED = range(3)


# --- Where the events are -------------------------------------------------------------------


def action_sources(action):
    """The events of an action and of what belongs to it.

    An update, a deputy and a domain are told with what changed in the same moment.
    """

    def within(model, labels, *, is_tie):
        return Source(model.pgh_event_model, "action", [action.pk], labels, is_tie=is_tie)

    return {
        ACTION: Source(Action.pgh_event_model, "pgh_obj", [action.pk], ACTION_LABELS),
        STEP: within(Milestone, STEP_LABELS, is_tie=False),
        UPDATE: within(Update, UPDATE_LABELS, is_tie=True),
        DEPUTY: within(Deputy, {"user": "Stands in"}, is_tie=True),
        SERVED: within(ServedDomain, {"domain": "Domain it serves"}, is_tie=True),
    }


def pledge_sources(pledge):
    """The events of a pledge and of its signings."""
    return {
        PLEDGE: Source(Pledge.pgh_event_model, "pgh_obj", [pledge.pk], PLEDGE_LABELS),
        SIGNING: Source(Signing.pgh_event_model, "pledge", [pledge.pk], SIGNING_LABELS),
    }


def measure_sources(measure):
    """The events of a measure, of its readings and of the domains that it speaks to."""
    figures = dict.fromkeys(("baseline", "target", "value"), plain_figure)
    return {
        MEASURE: Source(
            Measure.pgh_event_model, "pgh_obj", [measure.pk], MEASURE_LABELS, shown=figures
        ),
        READING: Source(
            Reading.pgh_event_model, "measure", [measure.pk], READING_LABELS, shown=figures
        ),
        MEASURED: Source(
            MeasuredDomain.pgh_event_model,
            "measure",
            [measure.pk],
            {"domain": "Domain it speaks to"},
            is_tie=True,
        ),
    }


# --- What the pages show ----------------------------------------------------------------------


def action_history(action, older_than=None):
    """The Page of an action, and its changes as Told."""
    page = history.page_of(action_sources(action), older_than=older_than)
    return page, [_told_of_action(change, action) for change in page.changes]


def _told_of_action(change, action):
    headings = {STEP: "A step on the way", UPDATE: "An update"}
    return Told(change, headings.get(change.source, ""), _with_restores(change, action, "action"))


def pledge_history(pledge, older_than=None):
    """The Page of a pledge, and its changes as Told."""
    page = history.page_of(pledge_sources(pledge), older_than=older_than)
    versions = _manifesto_numbers(pledge)
    return page, [_told_of_pledge(change, pledge, versions) for change in page.changes]


def measure_history(measure, older_than=None):
    """The Page of a measure, and its changes as Told."""
    page = history.page_of(measure_sources(measure), older_than=older_than)
    return page, [_told_of_measure(change) for change in page.changes]


def _told_of_measure(change):
    heading = f"The reading of {change.event.read_on:%-d %B %Y}" if change.source == READING else ""
    return Told(change, heading, [(field, None) for field in change.fields])


def _manifesto_numbers(pledge):
    versions = Manifesto.objects.filter(partnership=pledge.partnership_id)
    return dict(versions.values_list("pk", "number"))


def _told_of_pledge(change, pledge, versions):
    heading = ""
    if change.source == SIGNING:
        version = versions.get(change.event.manifesto_id)
        heading = f"A signing of version {version} of the words" if version else "A signing"
    return Told(change, heading, _with_restores(change, pledge, "pledge"))


def _with_restores(change, row, kind):
    """Each field with the button that brings its text back, where there is any sense in that."""
    is_own = change.source == 0 and change.kind in (ADDED, CHANGED, FOUND)
    return [(field, _restore(change, field, row, kind) if is_own else None)
            for field in change.fields]  # fmt: skip


def _restore(change, field, row, kind):
    if field.name not in RESTORABLE[kind] or not field.after:
        return None
    standing = getattr(row, field.name)
    if field.after == standing:
        return None
    return Restore(
        event=change.event.pgh_id,
        field=field.name,
        what=f"{field.label}, {localtime(change.at):%-d %B %Y %H:%M}",
        standing=fingerprint(standing),
    )
