"""Every list of the practice library. ``visible_to`` comes first, everywhere."""

from practice.querysets.audits import AuditQuerySet
from practice.querysets.commitments import CommitmentQuerySet
from practice.querysets.course_needs import CourseNeedQuerySet
from practice.querysets.entries import LibraryEntryQuerySet
from practice.querysets.evidence import EvidenceStatementQuerySet
from practice.querysets.library import (
    ModelPartQuerySet,
    PracticeModelQuerySet,
    StandardMeasureQuerySet,
    StandardQuerySet,
    StandardVersionQuerySet,
)
from practice.querysets.prompts import PromptQuerySet
from practice.querysets.reflections import QuestionSetQuerySet, ReflectionQuerySet
from practice.querysets.resources import (
    DefinitionQuerySet,
    PreferredWordQuerySet,
    ResourceQuerySet,
)

__all__ = [
    "AuditQuerySet",
    "CommitmentQuerySet",
    "CourseNeedQuerySet",
    "DefinitionQuerySet",
    "EvidenceStatementQuerySet",
    "LibraryEntryQuerySet",
    "ModelPartQuerySet",
    "PracticeModelQuerySet",
    "PreferredWordQuerySet",
    "PromptQuerySet",
    "QuestionSetQuerySet",
    "ReflectionQuerySet",
    "ResourceQuerySet",
    "StandardMeasureQuerySet",
    "StandardQuerySet",
    "StandardVersionQuerySet",
]
