"""The practice library."""

from practice.models.evidence import EvidenceStatement

__all__ = ["EvidenceStatement"]
