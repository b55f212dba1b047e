"""What of the practice library is public, where a partnership has published its page."""

from dataclasses import dataclass
from datetime import datetime

from practice.models import EvidenceStatement


@dataclass(frozen=True)
class PublicEvidence:
    """Statements, and when the newest of them was written; None where there is none."""

    statements: tuple[EvidenceStatement, ...]
    changed_at: datetime | None


def public_evidence(page):
    """Those that a partnership's coordinator chose for its page. One query."""
    statements = tuple(EvidenceStatement.objects.public_of(page.partnership_id))
    return PublicEvidence(statements, max((each.written_at for each in statements), default=None))
