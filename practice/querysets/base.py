"""What every list of the practice library begins with."""

from django.db.models import F, Q, QuerySet


class LibraryQuerySet(QuerySet):
    """Things that a partnership has of its own, beside those that came with the portal."""

    def visible_to(self, user):
        """What came with the portal, and that of the partnerships ``user`` is a member of."""
        return self.filter(
            Q(partnership__isnull=True) | Q(partnership__memberships__user_id=user.pk)
        )

    def of(self, partnership):
        """What came with the portal, and that of one partnership."""
        return self.filter(Q(partnership__isnull=True) | Q(partnership=partnership))

    def own(self, partnership):
        """That of one partnership alone."""
        return self.filter(partnership=partnership)

    def standing_in(self, partnership):
        """What its library shows: its own, and what came with the portal but for that which it
        has a copy of. Only of what has ``copied_from``.
        """
        own = self.model._default_manager.filter(partnership=partnership)
        copied = own.filter(copied_from__isnull=False).values("copied_from")
        return self.of(partnership).exclude(pk__in=copied)

    def starters(self):
        """What came with the portal."""
        return self.filter(partnership__isnull=True)

    def own_first(self):
        """That of the partnership before what came with the portal; then as always."""
        return self.order_by(F("partnership").asc(nulls_last=True), *self.model._meta.ordering)
