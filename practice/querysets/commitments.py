"""Lists of commitments."""

from django.db.models import Max

from pledges.querysets.base import WithinPartnership


class CommitmentQuerySet(WithinPartnership):
    """Commitments."""

    def whose(self, user, organisation=None):
        """Those of an organisation; without one, those of a person for themselves."""
        if organisation is not None:
            return self.filter(organisation=organisation)
        return self.filter(organisation__isnull=True, user=user)

    def of_people(self):
        """Those that people made for themselves."""
        return self.filter(organisation__isnull=True)

    def of_organisations(self):
        """Those that somebody made for an organisation."""
        return self.filter(organisation__isnull=False)

    def made_by(self, user):
        """Those that a person made, for themselves and for an organisation."""
        return self.filter(user=user)

    def last_to_each_standard(self):
        """Number of the standard -> number of its version that was committed to last."""
        rows = self.order_by().values_list("version__standard")
        return dict(rows.annotate(number=Max("version__number")))

    def with_names(self):
        """With everything that each names."""
        return self.select_related("version__standard", "user", "organisation", "partnership")
