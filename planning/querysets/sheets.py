"""Lists of frameworks and of sheets."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet

from partnerships.querysets import AdministeredQuerySet

OPEN_STATUSES = ("illustrative", "draft")


class FrameworkQuerySet(AdministeredQuerySet):
    """Frameworks."""

    def visible_to(self, user):
        """All of them, for everyone who is signed in: a framework belongs to nobody."""
        return self if user.is_authenticated else self.none()

    def with_text(self):
        """With dimensions, levels, domains, descriptors and dependencies loaded."""
        return self.prefetch_related(
            "levels",
            "dimensions",
            "domains",
            Prefetch("domains__descriptors"),
            Prefetch("domains__descriptors__level"),
            Prefetch("domains__dependencies"),
        )

    def in_use(self):
        """Those that an assessment uses: nobody may change them any more."""
        return self.filter(assessments__isnull=False).distinct()


class AssessmentQuerySet(QuerySet):
    """Assessments."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def with_role(self):
        """With ``member_role``: what the user of ``visible_to``, which comes first, is there."""
        return self.annotate(member_role=F("partnership__memberships__role"))

    def of(self, partnership):
        """Those of one partnership, newest first (a list with counts loses the usual order)."""
        return self.filter(partnership=partnership).order_by("-assessed_on", "-created_at")

    def current(self):
        """Without the versions that a later one has replaced."""
        return self.exclude(status="superseded")

    def with_context(self):
        """With partnership and framework, which every page about one names."""
        return self.select_related("partnership", "framework")

    def with_list_data(self):
        """With ``domain_count`` and ``settled_count`` (scored or not applicable)."""
        settled = Q(entries__level__isnull=False) | Q(entries__not_applicable=True)
        return self.annotate(
            domain_count=Count("entries"), settled_count=Count("entries", filter=settled)
        )

    def comparable_with(self, assessment):
        """Others of the same partnership and framework, newest first, current ones only."""
        return (
            self.filter(
                partnership_id=assessment.partnership_id, framework_id=assessment.framework_id
            )
            .current()
            .exclude(pk=assessment.pk)
            .exclude(pk=assessment.previous_version_id)
        )

    def before(self, assessment, statuses):
        """The area's assessments before this one that stand in one of these, newest first."""
        return self.filter(
            partnership_id=assessment.partnership_id,
            framework_id=assessment.framework_id,
            assessed_on__lt=assessment.assessed_on,
            status__in=statuses,
        ).order_by("-assessed_on", "-created_at")


class EntryQuerySet(QuerySet):
    """Entries."""

    def open_of(self, partnership):
        """Those of a partnership's assessments that may still be changed."""
        return self.filter(
            assessment__partnership=partnership, assessment__status__in=OPEN_STATUSES
        )

    def in_order(self):
        """In the framework's order, with their domain."""
        return self.select_related("domain").order_by("domain__number")

    def with_words(self):
        """With everything the sheet prints of each, apart from the actions; in no order."""
        return self.order_by().prefetch_related("references")


class PriorityActionQuerySet(QuerySet):
    """Priority actions."""

    def open_of(self, partnership):
        """Those of a partnership's assessments that may still be changed."""
        return self.filter(
            assessment__partnership=partnership, assessment__status__in=OPEN_STATUSES
        )

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(assessment__partnership__memberships__user_id=user.pk)

    def agreed_of(self, partnership):
        """Those of a partnership's agreed sheets, the newest sheet first."""
        found = self.filter(assessment__partnership=partnership, assessment__status="agreed")
        return found.select_related("assessment").order_by("-assessment__assessed_on", "pk")

    def naming(self, name):
        """Those whose owner holds this name; none for an empty one."""
        return self.filter(owner__icontains=name) if name else self.none()

    def with_domains(self):
        """With ``domain_pks``: the keys of the domains that each serves."""
        served = self.model.domains.through.objects.filter(priorityaction_id=OuterRef("pk"))
        return self.annotate(domain_pks=ArraySubquery(served.values("domain_id")))

    def serving(self, domain):
        """Those that serve one domain."""
        return self.filter(domains=domain)
