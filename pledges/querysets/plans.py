"""Lists of pledges and actions."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Cast, Greatest, TruncDate

from pledges.querysets.base import WithinPartnership

OPEN_STATUSES = ("not_started", "in_progress")
STANDING_STATUSES = ("signed", "renewed")
UNSIGNED_STATUSES = ("invited", "draft")


class PledgeQuerySet(WithinPartnership):
    """Pledges."""

    def with_names(self):
        """With organisation, lead and partnership, and the signings, newest first."""
        return self.select_related("organisation", "lead", "partnership").prefetch_related(
            "signings__manifesto"
        )

    def of_organisation(self, organisation):
        """That of one organisation, or None."""
        return self.filter(organisation=organisation).first()

    def standing(self):
        """Those that are signed, and neither lapsed nor withdrawn."""
        return self.filter(status__in=STANDING_STATUSES)

    def ever_signed(self):
        """Those that somebody signed once, or that were withdrawn."""
        return self.exclude(status__in=UNSIGNED_STATUSES)

    def with_newest_signing(self):
        """With ``signed_by`` and ``signed_on`` of the newest signing."""
        signings = self.model.signings.rel.related_model.objects.filter(pledge=OuterRef("pk"))
        newest = signings.order_by("-signed_on", "-pk")
        return self.annotate(
            signed_by=Subquery(newest.values("name")[:1]),
            signed_on=Subquery(newest.values("signed_on")[:1]),
        )

    def with_last_word(self):
        """And with ``last_word``: the day of the newest signing, or of an update on one of the
        organisation's actions where that came later.
        """
        action = self.model.actions.rel.related_model
        updates = action.updates.rel.related_model.objects.filter(
            action__organisation=OuterRef("organisation")
        )
        newest = updates.order_by("-written_at").values("written_at")[:1]
        told_on = TruncDate(Subquery(newest))
        return self.with_newest_signing().annotate(last_word=Greatest("signed_on", told_on))


class ActionQuerySet(WithinPartnership):
    """Actions."""

    def of(self, partnership):
        """Those of one partnership, or of the one with this number."""
        # The index of words by partnership (btree_gin) compares numbers of one size alone, and
        # a bare one is of another.
        number = getattr(partnership, "pk", partnership)
        return self.filter(partnership=Cast(Value(number), BigIntegerField()))

    def with_names(self):
        """With what a line of the register names."""
        return self.select_related("organisation", "owner", "partnership")

    def with_domain_numbers(self):
        """With ``domain_numbers``: those of the domains that each serves, in order."""
        served = self.model.domains.through.objects.filter(action_id=OuterRef("pk"))
        numbers = served.order_by("domain__number").values("domain__number")
        return self.annotate(domain_numbers=ArraySubquery(numbers))

    def with_everything(self):
        """With what the page of one action shows."""
        return (
            self.with_names()
            .select_related(
                "pledge", "blocked_by__partnership", "priority_action__assessment", "created_by"
            )
            .prefetch_related(
                "milestones",
                "domains",
                "deputies",
                Prefetch(
                    "updates",
                    self.model.updates.rel.related_model.objects.select_related("written_by"),
                ),
            )
        )

    def open(self):
        """Those of which something is still to be done."""
        return self.filter(status__in=OPEN_STATUSES)

    def overdue(self, today):
        """Those that should be done by now."""
        return self.open().filter(due_on__lt=today)

    def of_person(self, user):
        """Those that ``user`` owns or stands in for."""
        deputies = self.model.deputies.through.objects.filter(action_id=OuterRef("pk"), user=user)
        return self.filter(Q(owner=user) | Exists(deputies))

    def people_to_remind(self, until):
        """The numbers of those who own, or stand in for, something open that is due by then."""
        due = self.filter(status__in=OPEN_STATUSES, due_on__lte=until)
        owners = due.filter(owner__isnull=False).values_list("owner_id", flat=True)
        deputies = self.model.deputies.through.objects.filter(action__in=due)
        return sorted({*owners, *deputies.values_list("user_id", flat=True)})

    def of_organisations_of(self, membership):
        """Those of the organisations that a member comes from."""
        return self.filter(organisation__affiliations__membership=membership)

    def serving(self, domains):
        """Those that serve one of these domains (numbers of rows)."""
        through = self.model.domains.through.objects
        served = through.filter(action_id=OuterRef("pk"), domain_id__in=domains)
        # Each action is asked by the index of its own domains. EXISTS would be turned into a
        # join that reads what serves the domain everywhere.
        asked = Subquery(served.values(there=Value(True))[:1], output_field=BooleanField())
        return self.alias(serves=asked).filter(serves=True)

    def holding_words(self, text):
        """Those in which these words stand, or whose number it is."""
        words = Q(search=SearchQuery(text, config="english", search_type="websearch"))
        if text.isdecimal() and len(text) < 10:
            words |= Q(number=int(text))
        return self.filter(words)

    def numbered(self, numbers):
        """Those with one of these numbers."""
        return self.filter(number__in=numbers)

    def saying(self, words):
        """Those that are worded in one of these ways."""
        return self.filter(what__in=words)

    def waiting(self):
        """Those that wait for another."""
        return self.filter(blocked_by__isnull=False)

    def on_a_page(self, start, end):
        """(number of the row, how many there are in all) of those from ``start`` to ``end``."""
        in_all = Window(Count("*"))
        return list(self.values_list("pk", in_all)[start:end])

    def by_urgency(self):
        """What is to be done first, by its last day; then what is complete or withdrawn."""
        is_open = ExpressionWrapper(Q(status__in=OPEN_STATUSES), BooleanField())
        return self.order_by(is_open.desc(), F("due_on").asc(nulls_last=True), "number")

    def by_due(self, *, is_descending=False):
        """What is due soonest first, or latest; what has no day is last either way."""
        if is_descending:
            return self.order_by(F("due_on").desc(nulls_last=True), "-number")
        return self.order_by(F("due_on").asc(nulls_last=True), "number")


class MilestoneQuerySet(QuerySet):
    """Steps on the way."""

    def visible_to(self, user):
        """Those of actions of the partnerships that ``user`` is a member of."""
        return self.filter(action__partnership__memberships__user_id=user.pk).select_related(
            "action__partnership"
        )


class AnswerQuerySet(WithinPartnership):
    """Answers to priority actions that nobody takes on."""


class PlanImportQuerySet(WithinPartnership):
    """Spreadsheets that wait to be imported."""

    def with_names(self):
        """With whose they are."""
        return self.select_related("partnership", "by")

    def older_than(self, moment):
        """Those that were chosen before a moment."""
        return self.filter(made_at__lt=moment)
