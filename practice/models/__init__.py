"""The practice library."""

from practice.models.audits import (
    Audit,
    AuditAction,
    AuditedFile,
    AuditMeasure,
    Finding,
    Outcome,
)
from practice.models.bearings import Bearing
from practice.models.commitments import Commitment
from practice.models.course_needs import CourseNeed, Need
from practice.models.entries import EntryKind, LibraryEntry, LibraryWord
from practice.models.evidence import EvidenceStatement
from practice.models.practice_models import Guiding, ModelPart, PartKind, PracticeModel
from practice.models.prompts import Prompt, PromptAnswer, YouSaid
from practice.models.reflections import (
    Pane,
    Question,
    QuestionKind,
    QuestionSet,
    Reflection,
    ReflectionAnswer,
)
from practice.models.resources import Resource, ResourceFile, ResourceKind
from practice.models.standard_measures import LimitUnit, Scope, StandardMeasure
from practice.models.standards import (
    RelatedStandard,
    SourceKind,
    Standard,
    StandardServed,
    StandardSource,
    StandardTool,
    StandardVersion,
    VersionState,
)
from practice.models.words import Definition, PreferredWord

__all__ = [
    "Audit",
    "AuditAction",
    "AuditMeasure",
    "AuditedFile",
    "Bearing",
    "Commitment",
    "CourseNeed",
    "Definition",
    "EntryKind",
    "EvidenceStatement",
    "Finding",
    "Guiding",
    "LibraryEntry",
    "LibraryWord",
    "LimitUnit",
    "ModelPart",
    "Need",
    "Outcome",
    "Pane",
    "PartKind",
    "PracticeModel",
    "PreferredWord",
    "Prompt",
    "PromptAnswer",
    "Question",
    "QuestionKind",
    "QuestionSet",
    "Reflection",
    "ReflectionAnswer",
    "RelatedStandard",
    "Resource",
    "ResourceFile",
    "ResourceKind",
    "Scope",
    "SourceKind",
    "Standard",
    "StandardMeasure",
    "StandardServed",
    "StandardSource",
    "StandardTool",
    "StandardVersion",
    "VersionState",
    "YouSaid",
]
