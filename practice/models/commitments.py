"""Who has read a standard and commits to it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from practice.models.standards import StandardVersion
from practice.querysets import CommitmentQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


@tracked(within="partnership")
class Commitment(models.Model):
    """“I have read this and commit to it”: of a person, or of a person for an organisation.

    It is to one version and stays for ever; the next version asks again.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        StandardVersion, on_delete=models.PROTECT, related_name="commitments"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        help_text="For which the person commits; nothing for oneself.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "version",
                "user",
                condition=Q(organisation__isnull=True),
                name="person_commits_once",
            ),
            models.UniqueConstraint(
                "version",
                "organisation",
                condition=Q(organisation__isnull=False),
                name="organisation_commits_once",
            ),
        ]
        triggers = [
            OfOnePartnership("organisation"),
            pgtrigger.Trigger(
                name="version_of_one_partnership",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NEW.partnership_id IS DISTINCT FROM (
                        SELECT s.partnership_id FROM practice_standardversion v
                        JOIN practice_standard s ON s.id = v.standard_id
                        WHERE v.id = NEW.version_id
                    ) THEN
                        RAISE EXCEPTION 'The standard belongs to another partnership.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'of_one_partnership';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="commitment_stays", operation=pgtrigger.Update),
        ]

    def __str__(self):
        return f"{self.organisation or self.user} commits to {self.version}"
