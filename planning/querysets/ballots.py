"""Lists of ballots and of what was said with a vote."""

from django.db.models import QuerySet


class BallotQuerySet(QuerySet):
    """Ballots, of a domain's level or of how the workshop was."""

    def of_levels(self):
        """Those on a domain's progress level."""
        return self.filter(kind="level")

    def ratings(self):
        """Those on how the workshop was."""
        return self.filter(kind="rating")

    def open(self):
        """Those that take votes; a workshop has one at most."""
        return self.filter(state="open")

    def revealed(self):
        """Those whose spread everybody may see."""
        return self.filter(state="revealed")

    def in_the_room(self, workshop):
        """Those of one workshop that its phones vote in; not what was scored beforehand."""
        return self.filter(workshop=workshop, round__gt=0).select_related("entry")

    def standing(self):
        """Without those that were called off."""
        return self.exclude(state="called_off")

    def in_order(self):
        """By domain, and the rounds of one in their order."""
        return self.order_by("entry__domain__number", "round", "pk")

    def of_workshops(self):
        """By workshop, the newest first, and within one by round: what came beforehand first."""
        return self.order_by("-workshop__held_on", "-workshop", "round", "pk")

    def forgotten(self, before):
        """Those that were opened before a moment and never closed; what people score beforehand
        has a time of its own.
        """
        return self.open().filter(opened_at__lt=before, round__gt=0)

    def with_spread(self):
        """With all that planning/spread_charts.py reads of each."""
        return self.select_related(
            "workshop__assessment__framework", "entry__domain"
        ).prefetch_related("tallies", "remarks")


class RemarkQuerySet(QuerySet):
    """What was said with a vote, of nobody."""

    def of_workshop(self, workshop):
        """Those of one workshop, each with its ballot."""
        return self.filter(ballot__workshop=workshop).select_related("ballot__workshop")

    def shown(self):
        """Without those that were taken off the screen."""
        return self.filter(hidden_at__isnull=True)
