"""Lists of commitments."""

from pledges.querysets.base import WithinPartnership


class CommitmentQuerySet(WithinPartnership):
    """Commitments."""
