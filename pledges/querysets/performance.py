"""Lists of the performance framework and of board reports."""

from django.db.models import Prefetch, Q, QuerySet

from pledges.querysets.base import WithinPartnership


class MeasureQuerySet(WithinPartnership):
    """Measures."""

    def with_names(self):
        """With what a line of the list names."""
        return self.select_related("organisation", "owner", "partnership")

    def with_newest(self):
        """With ``newest``: a list of the newest reading, or an empty one."""
        readings = self.model.readings.rel.related_model.objects.newest_of_each()
        return self.prefetch_related(Prefetch("readings", readings, to_attr="newest"))

    def with_everything(self):
        """With what the page of one measure names, but for its readings."""
        return self.with_names().with_newest().prefetch_related("domains")

    def current(self, today):
        """Those that are read still."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today))

    def ended(self, today):
        """Those that are read no more."""
        return self.filter(ended_on__lte=today)

    def owned_by(self, user):
        """Those whose figures this person sees to, in the partnerships that they belong to."""
        return self.visible_to(user).filter(owner=user)


class ReadingQuerySet(QuerySet):
    """Readings of measures."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(measure__partnership__memberships__user_id=user.pk)

    def of(self, measure):
        """Those of one measure."""
        return self.filter(measure=measure)

    def of_partnership(self, partnership):
        """Those of all its measures."""
        return self.filter(measure__partnership=partnership)

    def newest_of_each(self):
        """The newest reading of each measure."""
        return self.order_by("measure_id", "-read_on").distinct("measure_id")

    def with_names(self):
        """With who recorded them, and of what."""
        return self.select_related(
            "recorded_by", "measure__partnership", "measure__organisation", "measure__owner"
        )


class BoardReportQuerySet(WithinPartnership):
    """Board reports."""

    def with_everything(self):
        """With what a report's own page, PDF and Word file show."""
        return self.select_related("partnership", "made_by", "finished_by").prefetch_related(
            Prefetch(
                "narratives",
                self.model.narratives.rel.related_model.objects.select_related("written_by"),
            )
        )

    def for_list(self):
        """What a list of them shows: without the figures, which can be long."""
        return self.select_related("partnership").defer("figures")
