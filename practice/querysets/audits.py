"""Lists of audits."""

from django.db.models import Count, F, OuterRef, Prefetch, Subquery

from pledges.querysets.base import WithinPartnership


def _number(rows, of):
    """How many ``rows`` there are of each ``of``, as a subquery; None where there are none."""
    return Subquery(rows.order_by().values(of).annotate(number=Count("pk")).values("number"))


class AuditQuerySet(WithinPartnership):
    """Audits."""

    def with_names(self):
        """With whose practice it is, and who made and finished it."""
        return self.select_related("partnership", "organisation", "made_by", "finished_by")

    def with_progress(self):
        """With ``file_count``, ``measure_count`` and ``done_count``, None for nought; a file is
        done when it has been held against every measure.
        """
        files, measures, findings = self._parts()
        found = _number(findings.filter(file=OuterRef("pk")), "file")
        asked = _number(measures.filter(audit=OuterRef("audit")), "audit")
        own = files.filter(audit=OuterRef("pk"))
        done = own.annotate(found=found, asked=asked).filter(found=F("asked"))
        return self.annotate(
            file_count=_number(own, "audit"),
            measure_count=_number(measures.filter(audit=OuterRef("pk")), "audit"),
            done_count=_number(done, "audit"),
        )

    def with_measures(self):
        """With the measures that the files are held against, and their standards."""
        _, measures, _ = self._parts()
        told = measures.select_related("measure__version__standard__pillar")
        return self.with_names().prefetch_related(Prefetch("measures", told))

    def with_everything(self):
        """With its measures, its files, all that was found, and the actions made of it."""
        files, _, findings = self._parts()
        return self.with_measures().prefetch_related(
            Prefetch("files", files.prefetch_related(Prefetch("findings", findings))),
            "measures__actions__action__organisation",
        )

    def finished(self):
        """Those that cannot change any more, the newest first."""
        return self.filter(finished_at__isnull=False).order_by("-held_on", "-pk")

    def of_practice(self, organisation):
        """Those that look at one organisation; at several, with None."""
        return self.filter(organisation=organisation)

    def up_to(self, audit):
        """Those that were held on the day of ``audit`` or before, itself among them."""
        return self.filter(held_on__lte=audit.held_on)

    def asked_of(self, thing):
        """Of each audit and ``thing``, a path from a measure: how many measures were asked."""
        _, measures, _ = self._parts()
        rows = measures.filter(audit__in=self).order_by()
        return rows.values("audit", thing=F(f"measure__{thing}")).annotate(number=Count("pk"))

    def outcomes_of(self, thing):
        """Of each audit, ``thing`` and outcome: how many files showed it."""
        *_, findings = self._parts()
        rows = findings.filter(file__audit__in=self).order_by()
        named = {"audit": F("file__audit"), "thing": F(f"audit_measure__measure__{thing}")}
        return rows.values("outcome", **named).annotate(number=Count("pk"))

    def _parts(self):
        files = self.model.files.rel.related_model
        measures = self.model.measures.rel.related_model
        findings = files.findings.rel.related_model
        return (each._default_manager.all() for each in (files, measures, findings))
