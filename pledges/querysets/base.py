"""What every list of this room, and of the practice library, has in common."""

from django.db.models import QuerySet


class WithinPartnership(QuerySet):
    """Rows that belong to a partnership. ``area``: the way to it."""

    area = "partnership"

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(**{f"{self.area}__memberships__user_id": user.pk})

    def of(self, partnership):
        """Those of one partnership."""
        return self.filter(**{self.area: partnership})
