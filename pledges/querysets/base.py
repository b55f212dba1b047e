"""What every list of this room has in common."""

from django.db.models import QuerySet


class WithinPartnership(QuerySet):
    """Rows that belong to a partnership."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def of(self, partnership):
        """Those of one partnership."""
        return self.filter(partnership=partnership)
