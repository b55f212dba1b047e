"""The history of a peer review, as its page shows it."""

from partnerships import history
from partnerships.events import Source
from partnerships.telling import Told
from pledges.models import PeerReview, ReviewAction

REVIEW_LABELS = {
    "reviewer": "Who looked",
    "reviewer_words": "Who looked, from elsewhere",
    "subject": "Whose work was looked at",
    "subject_words": "Whose work was looked at, from elsewhere",
    "held_on": "Day",
    "looked_at": "What was looked at",
    "strengths": "Strengths",
    "findings": "Findings",
}
REVIEW, TIE = range(2)


def review_sources(review):
    """The events of a review and of the actions that came of it."""
    ties = ReviewAction.pgh_event_model
    return {
        REVIEW: Source(PeerReview.pgh_event_model, "pgh_obj", [review.pk], REVIEW_LABELS),
        TIE: Source(ties, "review", [review.pk], {"action": "Action that came of it"}),
    }


def review_history(review, older_than=None):
    """The Page of a review, and its changes as Told."""
    page = history.page_of(review_sources(review), older_than=older_than)
    return page, [_told(change) for change in page.changes]


def _told(change):
    heading = "An action that came of it" if change.source == TIE else ""
    return Told(change, heading, [(field, None) for field in change.fields])
