"""Lists of practice models, standards, resources and words."""

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery

from practice.querysets.base import LibraryQuerySet


class PracticeModelQuerySet(LibraryQuerySet):
    """Practice models."""

    def copy_of(self, model, partnership):
        """What a partnership has of its own of a model that came with the portal, or None."""
        return self.filter(partnership=partnership, copied_from=model).first()

    def retired(self, today):
        """Those by which nobody works any more."""
        return self.filter(retired_on__lte=today).select_related("partnership")


class ModelPartQuerySet(QuerySet):
    """Parts of practice models."""

    def of(self, partnership):
        """Those of the models that a partnership's library holds."""
        return self.filter(
            Q(model__partnership__isnull=True) | Q(model__partnership=partnership)
        ).select_related("model__partnership")

    def pillars(self):
        """Those under which standards stand."""
        return self.of_kind("pillar")

    def of_kind(self, kind):
        """Those of one kind, in their order."""
        return self.filter(kind=kind).order_by("position", "pk")


class StandardQuerySet(LibraryQuerySet):
    """Practice standards."""

    def with_versions(self):
        """With all versions, their measures and their pillar."""
        return self.select_related("pillar").prefetch_related("versions__measures")

    def under(self, pillar):
        """Those of a pillar."""
        return self.filter(pillar=pillar)

    def in_order(self):
        """As the pages of their models show them."""
        return self.order_by("pillar__model", "pillar__position", "position", "pk")

    def with_statement(self):
        """With ``statement``: what its newest version says, approved or not."""
        return self.annotate(
            statement=Subquery(
                self.model.versions.rel.related_model._default_manager.filter(
                    standard=OuterRef("pk")
                )
                .order_by("-number")
                .values("statement")[:1]
            )
        )

    def standing(self, today):
        """Those that are not withdrawn."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today))


class StandardVersionQuerySet(QuerySet):
    """Versions of practice standards."""

    def in_force(self, on):
        """Of each standard that is not withdrawn, nor its model retired, the version that people
        work to on that day.
        """
        approved = self.model._default_manager.filter(state="approved", effective_on__lte=on)
        newest = approved.order_by("standard_id", "-number").distinct("standard_id")
        over = Q(standard__withdrawn_on__lte=on) | Q(standard__pillar__model__retired_on__lte=on)
        return self.filter(pk__in=newest.values("pk")).exclude(over)

    def drafts(self):
        """Those that are being written."""
        return self.filter(state="draft")

    def with_everything(self):
        """With the sources and measures of each, and who wrote and recorded it."""
        people = self.select_related("written_by", "approved_recorded_by")
        return people.prefetch_related("sources", "measures")


class StandardMeasureQuerySet(QuerySet):
    """Measures of versions."""

    def roles_known(self, partnership):
        """The names of the roles that measures of a partnership's library make responsible."""
        of = Q(version__standard__partnership=partnership)
        starters = Q(version__standard__partnership__isnull=True)
        named = self.filter(of | starters).annotate(role=Func(F("roles"), function="unnest"))
        return named.order_by("role").values_list("role", flat=True).distinct()
