"""Every list of the planning tool.

Of what can be asked for by number, ``visible_to`` comes first; entries and actions are only
ever reached through an assessment that is visible.
"""

from planning.querysets.ballots import BallotQuerySet, RemarkQuerySet
from planning.querysets.sheets import (
    AssessmentQuerySet,
    EntryQuerySet,
    FrameworkQuerySet,
    PriorityActionQuerySet,
)
from planning.querysets.workshops import DotRoundQuerySet, WorkshopQuerySet

__all__ = [
    "AssessmentQuerySet",
    "BallotQuerySet",
    "DotRoundQuerySet",
    "EntryQuerySet",
    "FrameworkQuerySet",
    "PriorityActionQuerySet",
    "RemarkQuerySet",
    "WorkshopQuerySet",
]
