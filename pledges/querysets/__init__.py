"""Every list of this room. ``visible_to`` comes first, everywhere."""

from pledges.querysets.base import WithinPartnership
from pledges.querysets.following import FollowQuerySet
from pledges.querysets.launches import LaunchNoteQuerySet, LaunchQuerySet
from pledges.querysets.outreach import (
    ChampionQuerySet,
    CourseQuerySet,
    PeerReviewQuerySet,
    PublicityQuerySet,
    SessionQuerySet,
    TrainingTargetQuerySet,
)
from pledges.querysets.performance import BoardReportQuerySet, MeasureQuerySet, ReadingQuerySet
from pledges.querysets.plans import (
    ActionQuerySet,
    AnswerQuerySet,
    MilestoneQuerySet,
    PlanImportQuerySet,
    PledgeQuerySet,
)

__all__ = [
    "ActionQuerySet",
    "AnswerQuerySet",
    "BoardReportQuerySet",
    "ChampionQuerySet",
    "CourseQuerySet",
    "FollowQuerySet",
    "LaunchNoteQuerySet",
    "LaunchQuerySet",
    "MeasureQuerySet",
    "MilestoneQuerySet",
    "PeerReviewQuerySet",
    "PlanImportQuerySet",
    "PledgeQuerySet",
    "PublicityQuerySet",
    "ReadingQuerySet",
    "SessionQuerySet",
    "TrainingTargetQuerySet",
    "WithinPartnership",
]
