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
from pledges.models.imports import PlanImport
from pledges.models.pledges import STANDING, Pledge, PledgeStatus, Signing
from pledges.models.reminders import ReminderChoice, Rhythm

__all__ = [
    "OPEN_STATUSES",
    "STANDING",
    "Action",
    "ActionStatus",
    "Answer",
    "Deputy",
    "Milestone",
    "PlanImport",
    "Pledge",
    "PledgeStatus",
    "Rating",
    "ReminderChoice",
    "Rhythm",
    "ServedDomain",
    "Signing",
    "Update",
]
