"""The planning tool's tables: frameworks, and assessments against them."""

from planning.models.assessment import (
    Assessment,
    DomainOfAction,
    Entry,
    EvidenceReference,
    PriorityAction,
    Status,
    UnsettledText,
)
from planning.models.framework import (
    Dependency,
    Descriptor,
    Dimension,
    Domain,
    Framework,
    ProgressLevel,
)

__all__ = [
    "Assessment",
    "Dependency",
    "Descriptor",
    "Dimension",
    "Domain",
    "DomainOfAction",
    "Entry",
    "EvidenceReference",
    "Framework",
    "PriorityAction",
    "ProgressLevel",
    "Status",
    "UnsettledText",
]
