"""Lists of workshops and of what belongs to one."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, F, QuerySet

from partnerships.models import Occasion

# As at_event() finds it, in one statement with the phone and the door.
POLLED = """
    SELECT workshop.id, phone.id, workshop.version, door.opened_at, door.closes_at, door.closed_at,
        entry.level, entry.not_applicable
    FROM partnerships_participant AS phone
    JOIN planning_workshop AS workshop ON workshop.id = (
        SELECT pgh_obj_id FROM planning_workshopevent
        WHERE occasion_id = phone.occasion_id LIMIT 1)
    JOIN partnerships_occasion AS door ON door.id = workshop.occasion_id
    LEFT JOIN planning_entry AS entry ON entry.id = workshop.entry_id
    WHERE phone.key = %s AND phone.occasion_id = %s
"""


@dataclass(frozen=True)
class Stands:
    """What stands on the sheet of the domain that a workshop is at."""

    level: Decimal | None
    not_applicable: bool


@dataclass(frozen=True)
class Polled:
    """What a poll needs to know of a workshop: how it looks (planning/phone_pages.phone_stamp).

    ``phone``: the number of the participant who asks. ``entry``: None where it is at no domain.
    """

    pk: int
    phone: int
    version: int
    occasion: Occasion
    entry: Stands | None


class WorkshopQuerySet(QuerySet):
    """Workshops."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(assessment__partnership__memberships__user_id=user.pk)

    def with_context(self):
        """With what every page about one names: sheet, partnership, framework, door."""
        return self.select_related(
            "assessment__partnership", "assessment__framework", "occasion", "entry__domain"
        )

    def at_event(self, occasion_pk):
        """Those whose phones joined this event, now or before it was opened again: one or none."""
        # A row knows its newest event; its history knows them all.
        history = self.model.pgh_event_model.objects.filter(occasion=occasion_pk)
        return self.filter(pk__in=history.values("pgh_obj"))

    def polled(self, key, occasion_pk):
        """What a phone's poll needs to know of the workshop that it is at, and nothing else.

        ``key``: of a participant of that event; None for anybody else's. A thousand phones ask
        every two seconds, and building the query would cost three times what it costs to run.
        """
        with connection.cursor() as cursor:
            cursor.execute(POLLED, [key, occasion_pk])
            row = cursor.fetchone()
        if row is None:
            return None
        pk, phone, version, opened_at, closes_at, closed_at, level, not_applicable = row
        door = Occasion(opened_at=opened_at, closes_at=closes_at, closed_at=closed_at)
        entry = None if not_applicable is None else Stands(level, not_applicable)
        return Polled(pk=pk, phone=phone, version=version, occasion=door, entry=entry)

    def with_role(self):
        """With ``member_role``: what the user of ``visible_to``, which comes first, is there."""
        return self.annotate(member_role=F("assessment__partnership__memberships__role"))

    def of(self, partnership):
        """Those of one partnership, newest first."""
        return self.filter(assessment__partnership=partnership).order_by("-held_on", "-pk")

    def coming(self, today):
        """Those that are still to be held, the next one first."""
        ahead = self.filter(held_on__gte=today, closed_at__isnull=True)
        return ahead.order_by("held_on", F("starts_at").asc(nulls_last=True), "pk")

    def with_open_door(self, now):
        """Those that phones can join at this moment."""
        return self.filter(occasion__closed_at__isnull=True, occasion__closes_at__gt=now)

    def with_counts(self):
        """With ``invitee_count``."""
        return self.annotate(invitee_count=Count("invitees", distinct=True))


class DotRoundQuerySet(QuerySet):
    """Rounds of dots."""

    def open(self):
        """Those that take dots; a workshop has one at most."""
        return self.filter(state="open")

    def forgotten(self, before):
        """Those that were opened before a moment and never closed."""
        return self.open().filter(opened_at__lt=before)

    def revealed(self):
        """Those whose ranking everybody may see."""
        return self.filter(state="revealed")
