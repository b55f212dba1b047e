"""What of the library bears on which domain of the planning tool, and from which level."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnerships.models import Partnership
from planning.models import Domain
from practice.models.evidence import EvidenceStatement
from practice.models.resources import Resource
from practice.models.standards import Standard
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


def _only(name):
    others = {"standard", "resource", "statement"} - {name}
    return Q(**{f"{name}__isnull": False}, **{f"{each}__isnull": True for each in others})


@tracked(within="partnership")
class Bearing(models.Model):
    """That a standard, a resource or an evidence statement bears on a domain.

    Its ``partnership`` is that of the thing, none for starter content. ``levels``: the progress
    levels (1 to 4) that it helps to reach; empty for all of them.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="bearings"
    )
    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="bearings")
    levels = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    standard = models.ForeignKey(
        Standard, on_delete=models.CASCADE, null=True, blank=True, related_name="bearings"
    )
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="bearings"
    )
    statement = models.ForeignKey(
        EvidenceStatement, on_delete=models.CASCADE, null=True, blank=True, related_name="bearings"
    )

    class Meta:
        ordering = ["domain__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                "domain",
                "standard",
                "resource",
                "statement",
                nulls_distinct=False,
                name="bearing_once",
            ),
            models.CheckConstraint(
                condition=_only("standard") | _only("resource") | _only("statement"),
                name="bearing_of_one_thing",
            ),
        ]
        triggers = [OfOnePartnership("standard", "resource", "statement")]

    def __str__(self):
        return f"{self.standard or self.resource or self.statement} bears on {self.domain}"
