"""Lists of audits."""

from pledges.querysets.base import WithinPartnership


class AuditQuerySet(WithinPartnership):
    """Audits."""
