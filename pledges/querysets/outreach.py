"""Lists of training, champions, peer reviews, events and publicity."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear, Least

from pledges.querysets.base import WithinPartnership


def within(name, from_on, to_on):
    """A condition that a day lies between two days, both counted; None leaves a side open."""
    asked = Q()
    if from_on:
        asked &= Q(**{f"{name}__gte": from_on})
    if to_on:
        asked &= Q(**{f"{name}__lte": to_on})
    return asked


class CourseQuerySet(WithinPartnership):
    """Courses."""

    def with_numbers(self):
        """With ``sessions_held`` and ``people`` (at sessions) of each."""
        session = self.model.sessions.rel.related_model
        held = session.objects.filter(course=OuterRef("pk")).order_by().values("course")
        people = held.annotate(total=Sum("attendances__people")).values("total")
        return self.select_related("partnership").annotate(
            sessions_held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
            people=Coalesce(Subquery(people), 0),
        )


class SessionQuerySet(QuerySet):
    """Times that a course is held."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(course__partnership__memberships__user_id=user.pk)

    def of(self, partnership):
        """Those of one partnership."""
        return self.filter(course__partnership=partnership)

    def of_course(self, course):
        """Those of one course."""
        return self.filter(course=course)

    def of_year(self, year):
        """Those of one year; all of them for None."""
        return self.filter(held_on__year=year) if year else self

    def with_people(self):
        """With the course, and ``people``: how many were there; the newest first."""
        rows = self.select_related("course__partnership")
        return rows.annotate(people=Coalesce(Sum("attendances__people"), 0)).order_by(
            "-held_on", "-pk"
        )

    def with_everything(self):
        """With what the page of one session shows."""
        rows = self.model.attendances.rel.related_model.objects.select_related("organisation")
        return self.select_related("course__partnership", "recorded_by").prefetch_related(
            Prefetch("attendances", rows)
        )

    def years(self):
        """The years in which any was held, newest first."""
        years = self.order_by().annotate(year=ExtractYear("held_on"))
        return list(years.values_list("year", flat=True).distinct().order_by("-year"))


class TrainingTargetQuerySet(WithinPartnership):
    """How many people are to be trained."""

    def with_trained(self, today):
        """With ``trained``: the people at sessions from the first to the last day of the target,
        as far as they lie before ``today`` or on it.
        """
        course = self.model._meta.get_field("course").related_model
        held = course.sessions.rel.related_model.objects.filter(
            course__partnership=OuterRef("partnership"),
            course=Coalesce(OuterRef("course"), F("course")),  # no course: all of them
            held_on__gte=OuterRef("from_on"),
            held_on__lte=Least(OuterRef("by_on"), today),
        )
        sums = held.order_by().values("course__partnership")
        people = sums.annotate(total=Sum("attendances__people")).values("total")
        return self.annotate(trained=Coalesce(Subquery(people), 0))


class ChampionQuerySet(WithinPartnership):
    """Champions and family ambassadors."""

    def with_names(self):
        """With the organisation and the partnership, by organisation and name."""
        return self.select_related("organisation", "partnership").order_by(
            F("organisation__name").asc(nulls_last=True), "kind", "name", "pk"
        )

    def serving(self, day):
        """Those who are it on that day; the last day counts."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))

    def not_serving(self, day):
        """Those who no longer are it, or are not yet; the newest first."""
        others = self.filter(Q(since__gt=day) | Q(until__lt=day))
        return others.order_by(F("until").desc(nulls_first=True), "-since", "pk")

    def of_kind(self, kind):
        """Champions, or family ambassadors."""
        return self.filter(kind=kind)

    def named_still(self):
        """Those of whom anything personal is kept."""
        return self.exclude(name="", email="", role="")

    def ended_by(self, day):
        """Those whose last day was then or earlier."""
        return self.filter(until__lte=day)


class PeerReviewQuerySet(WithinPartnership):
    """Peer reviews."""

    def with_names(self):
        """With who looked at whom."""
        return self.select_related("reviewer", "subject", "partnership")

    def with_actions(self):
        """And with the actions that came of each, by number."""
        actions = self.model._meta.get_field("actions").related_model.objects
        rows = actions.select_related("organisation", "partnership").order_by("number")
        return self.with_names().prefetch_related(Prefetch("actions", rows))

    def with_action_count(self):
        """With ``action_count``, the newest first."""
        return self.annotate(action_count=Count("actions")).order_by("-held_on", "-pk")

    def between(self, from_on, to_on):
        """Those held from one day to another."""
        return self.filter(within("held_on", from_on, to_on))


class PublicityQuerySet(WithinPartnership):
    """Events and publicity."""

    def with_names(self):
        """With organisation and partnership."""
        return self.select_related("organisation", "partnership")

    def between(self, from_on, to_on):
        """Those from one day to another."""
        return self.filter(within("held_on", from_on, to_on))

    def of_year(self, year):
        """Those of one year; all of them for None."""
        return self.filter(held_on__year=year) if year else self

    def by_year(self):
        """``year``, ``number``, ``people`` and ``not_counted`` of each year, newest first."""
        years = self.order_by().annotate(year=ExtractYear("held_on")).values("year")
        return years.annotate(
            number=Count("pk"),
            people=Coalesce(Sum("reached"), 0),
            not_counted=Count("pk", filter=Q(reached__isnull=True)),
        ).order_by("-year")
