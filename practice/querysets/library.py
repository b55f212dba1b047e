"""Lists of practice models, standards, resources and words."""

from django.db.models import QuerySet

from practice.querysets.base import LibraryQuerySet


class PracticeModelQuerySet(LibraryQuerySet):
    """Practice models."""


class ModelPartQuerySet(QuerySet):
    """Parts of practice models."""

    def of_kind(self, kind):
        """Those of one kind, in their order."""
        return self.filter(kind=kind).order_by("position", "pk")


class StandardQuerySet(LibraryQuerySet):
    """Practice standards."""


class StandardVersionQuerySet(QuerySet):
    """Versions of practice standards."""

    def in_force(self, on):
        """Of each standard that is not withdrawn, the one that people work to on that day."""
        approved = self.model._default_manager.filter(state="approved", effective_on__lte=on)
        newest = approved.order_by("standard_id", "-number").distinct("standard_id")
        return self.filter(pk__in=newest.values("pk")).exclude(standard__withdrawn_on__lte=on)


class StandardMeasureQuerySet(QuerySet):
    """Measures of versions."""


class ResourceQuerySet(LibraryQuerySet):
    """Resources."""


class DefinitionQuerySet(LibraryQuerySet):
    """Definitions."""


class PreferredWordQuerySet(LibraryQuerySet):
    """Entries of the language guide."""
