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


class JoinedByPhones(WithinPartnership):
    """Rows whose ``occasion`` is the event that phones join; each opening makes another one."""

    def with_door(self):
        """With the partnership and the event that phones join."""
        return self.select_related("partnership", "occasion")

    def at_event(self, occasion_pk):
        """The one whose phones joined this event, now or before it was opened again, or None."""
        # A row knows its newest event; its history knows them all.
        history = self.model.pgh_event_model.objects.filter(occasion=occasion_pk)
        return self.with_door().filter(pk__in=history.values("pgh_obj")).first()
