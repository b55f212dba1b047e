"""Lists of launches and of what was written there."""

from django.db.models import Count, Q, QuerySet

from pledges.querysets.base import JoinedByPhones

WAITING = "waiting"
CONFIRMED = "confirmed"
SET_ASIDE = "set_aside"


class LaunchQuerySet(JoinedByPhones):
    """Launches."""

    def with_names(self):
        """With all that the page of one launch names."""
        return self.with_door().select_related("manifesto", "created_by")

    def with_counts(self):
        """With ``note_count`` and ``waiting_count``: how many notes, and how many to confirm."""
        return self.annotate(
            note_count=Count("notes"),
            waiting_count=Count("notes", filter=Q(notes__status=WAITING)),
        )


class LaunchNoteQuerySet(QuerySet):
    """Notes that phones left at a launch."""

    def visible_to(self, user):
        """Those of launches of the partnerships that ``user`` is a member of."""
        return self.filter(launch__partnership__memberships__user_id=user.pk)

    def with_names(self):
        """With everything that each names."""
        return self.select_related(
            "launch__partnership",
            "launch__manifesto",
            "organisation",
            "participant",
            "settled_by",
            "signing",
            "action__partnership",
        )

    def with_organisations(self):
        """With the organisation that each names."""
        return self.select_related("organisation")

    def waiting(self):
        """Those that nobody has confirmed or set aside, in the order in which they came."""
        return self.filter(status=WAITING).order_by("written_at", "pk")

    def on_the_wall(self):
        """Those that everybody in the room may read, newest first."""
        shown = self.not_set_aside().filter(hidden_at__isnull=True)
        return shown.order_by("-written_at", "-pk")

    def not_set_aside(self):
        """Those that count: a trial and a joke are set aside."""
        return self.exclude(status=SET_ASIDE)

    def of_phone(self, participant):
        """The one note that a phone left, with its launch, or None."""
        names = ("organisation", "launch__partnership", "launch__occasion", "launch__manifesto")
        return self.select_related(*names).filter(participant=participant).first()

    def of_launches_before(self, day):
        """Those of launches that were held before a day."""
        return self.filter(launch__held_on__lt=day)

    def not_in_the_register(self):
        """Those that nobody has confirmed."""
        return self.exclude(status=CONFIRMED)

    def with_somebody_named(self):
        """Those that still say who wrote them."""
        return self.exclude(name="", role="", email="")
