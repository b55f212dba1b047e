"""Audits: a sample of files against the measures, what was found, and what is done about it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from pledges.models import Action
from practice.models.standard_measures import StandardMeasure
from practice.querysets import AuditQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_AUDIT = "(SELECT partnership_id FROM practice_audit WHERE id = NEW.audit_id)"


def _of_an_open_audit(name, audit):
    """What belongs to a finished audit stays as it is. ``audit``: SQL for its number over {row}."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM practice_audit
                    WHERE id = {audit.format(row="OLD")} AND finished_at IS NOT NULL)
               OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM practice_audit
                    WHERE id = {audit.format(row="NEW")} AND finished_at IS NOT NULL) THEN
                RAISE EXCEPTION 'A finished audit cannot change.'
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'finished_audit_stays';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - names of our own tables and columns
    )


@tracked(exclude=["request_key"], within="partnership")
class Audit(models.Model):
    """One look at a sample of files, against some measures. Nothing in it names a family."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="audits")
    name = models.CharField(max_length=150, help_text="For example, Family network meetings.")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audits",
        help_text="Whose practice it looks at; nothing for several.",
    )
    held_on = models.DateField()
    sample = models.TextField(
        blank=True, help_text="How the files were chosen, and from what period."
    )
    learnt = models.TextField(blank=True, help_text="What goes well, and what was learnt.")
    request_key = models.UUIDField(null=True, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) ^ Q(finished_by__isnull=False),
                name="audit_finished_by_somebody",
            )
        ]
        triggers = [OfOnePartnership("organisation")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("audit", args=[self.partnership.slug, self.pk])


@tracked(within="audit")
class AuditMeasure(models.Model):
    """A measure that the files of an audit are held against, in the version of that day."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(StandardMeasure, on_delete=models.PROTECT, related_name="audits")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["audit", "position", "pk"]
        constraints = [models.UniqueConstraint("audit", "measure", name="audited_measure_once")]
        triggers = [
            _of_an_open_audit("audited_measure_stays", "{row}.audit_id"),
            pgtrigger.Trigger(
                name="measure_of_one_partnership",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF {OF_AUDIT} IS DISTINCT FROM (
                        SELECT s.partnership_id FROM practice_standardmeasure m
                        JOIN practice_standardversion v ON v.id = m.version_id
                        JOIN practice_standard s ON s.id = v.standard_id
                        WHERE m.id = NEW.measure_id
                    ) THEN
                        RAISE EXCEPTION 'The measure belongs to another partnership.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'of_one_partnership';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - names of our own tables and columns
            ),
        ]

    def __str__(self):
        return str(self.measure)


@tracked(within="audit")
class AuditedFile(models.Model):
    """One file of the sample: a number, or a reference that only the auditor can resolve."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(help_text="1 for the first.")
    reference = models.CharField(
        max_length=40, blank=True, help_text="Never a name, a birthday or an address."
    )

    class Meta:
        ordering = ["audit", "position"]
        constraints = [
            models.UniqueConstraint("audit", "position", name="audited_file_once"),
            models.CheckConstraint(condition=Q(position__gt=0), name="audited_file_from_1"),
        ]
        triggers = [_of_an_open_audit("audited_file_stays", "{row}.audit_id")]

    def __str__(self):
        return f"File {self.position}"


class Outcome(models.TextChoices):
    """What a file shows of a measure."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT = "not", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


OF_FILE = "(SELECT audit_id FROM practice_auditedfile WHERE id = {row}.file_id)"


@tracked(within="file")
class Finding(models.Model):
    """What one file shows of one measure."""

    file = models.ForeignKey(AuditedFile, on_delete=models.CASCADE, related_name="findings")
    audit_measure = models.ForeignKey(
        AuditMeasure, on_delete=models.CASCADE, related_name="findings"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["file", "audit_measure__position"]
        constraints = [
            models.UniqueConstraint("file", "audit_measure", name="found_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="outcome_known"),
        ]
        triggers = [
            _of_an_open_audit("finding_stays", OF_FILE),
            pgtrigger.Trigger(
                name="finding_of_one_audit",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF {OF_FILE.format(row="NEW")} IS DISTINCT FROM (SELECT audit_id
                        FROM practice_auditmeasure WHERE id = NEW.audit_measure_id) THEN
                        RAISE EXCEPTION 'The measure is not one of this audit.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'finding_of_one_audit';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - names of our own tables and columns
            ),
        ]

    def __str__(self):
        return f"{self.audit_measure}: {self.get_outcome_display()}"


@tracked(within="audit_measure")
class AuditAction(models.Model):
    """That an action of the register was made of a gap. A finished audit still makes actions."""

    audit_measure = models.ForeignKey(
        AuditMeasure, on_delete=models.CASCADE, related_name="actions"
    )
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="audit_gap")

    class Meta:
        constraints = [models.UniqueConstraint("audit_measure", "action", name="audit_action_once")]
        triggers = [
            OfOnePartnership(
                "action",
                here="(SELECT a.partnership_id FROM practice_audit a JOIN practice_auditmeasure m"
                " ON m.audit_id = a.id WHERE m.id = NEW.audit_measure_id)",
            )
        ]

    def __str__(self):
        return f"{self.action} of {self.audit_measure}"
