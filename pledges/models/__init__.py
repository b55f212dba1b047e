"""Pledges, actions and what became of them."""

from pledges.models.actions import (
    OPEN_STATUSES,
    Action,
    ActionStatus,
    Answer,
    Deputy,
    Milestone,
    Rating,
    ServedDomain,
    Update,
)
from pledges.models.board_reports import Board, BoardReport, Narrative, Section
from pledges.models.following import Follow
from pledges.models.imports import PlanImport
from pledges.models.launches import Launch, LaunchNote, NoteStatus
from pledges.models.measures import Better, Frequency, Measure, MeasuredDomain, Reading, Unit
from pledges.models.outreach import (
    Champion,
    ChampionKind,
    PeerReview,
    Publicity,
    PublicityKind,
    ReviewAction,
)
from pledges.models.pledges import STANDING, Pledge, PledgeStatus, Signing
from pledges.models.reminders import ReminderChoice, Rhythm
from pledges.models.training import Attendance, Course, Session, Setting, TrainingTarget

__all__ = [
    "OPEN_STATUSES",
    "STANDING",
    "Action",
    "ActionStatus",
    "Answer",
    "Attendance",
    "Better",
    "Board",
    "BoardReport",
    "Champion",
    "ChampionKind",
    "Course",
    "Deputy",
    "Follow",
    "Frequency",
    "Launch",
    "LaunchNote",
    "Measure",
    "MeasuredDomain",
    "Milestone",
    "Narrative",
    "NoteStatus",
    "PeerReview",
    "PlanImport",
    "Pledge",
    "PledgeStatus",
    "Publicity",
    "PublicityKind",
    "Rating",
    "Reading",
    "ReminderChoice",
    "ReviewAction",
    "Rhythm",
    "Section",
    "ServedDomain",
    "Session",
    "Setting",
    "Signing",
    "TrainingTarget",
    "Unit",
    "Update",
]
