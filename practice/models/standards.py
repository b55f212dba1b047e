"""Practice standards in versions, and what bears on the planning tool's domains."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from pledges.models import Action, Pledge
from practice.models.practice_models import ModelPart
from practice.models.resources import Resource
from practice.querysets import StandardQuerySet, StandardVersionQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_STANDARD = "(SELECT partnership_id FROM practice_standard WHERE id = NEW.standard_id)"


@tracked(exclude=["request_key"], within="partnership")
class Standard(models.Model):
    """What families can expect, under one pillar. Its words stand in its versions.

    Without a partnership it is starter content. What leads to and from it (tools, related
    standards, domains) is no matter of a version: it may change without anybody being asked
    again.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="standards"
    )
    pillar = models.ForeignKey(ModelPart, on_delete=models.PROTECT, related_name="standards")
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place under the pillar.")
    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_standards",
        help_text="Who is reminded of the review.",
    )
    review_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="From this day it is not in force any more."
    )
    tools = models.ManyToManyField(Resource, through="StandardTool", related_name="standards")
    related = models.ManyToManyField(
        "self", through="RelatedStandard", through_fields=("standard", "other"), symmetrical=False
    )
    request_key = models.UUIDField(null=True, unique=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["pillar__model", "pillar__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_standard_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) ^ ~Q(key=""), name="standard_of_somebody"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="pillar_of_one_partnership",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM practice_modelpart p
                                   JOIN practice_practicemodel m ON m.id = p.model_id
                                   WHERE p.id = NEW.pillar_id AND p.kind = 'pillar' AND
                                   m.partnership_id IS NOT DISTINCT FROM NEW.partnership_id) THEN
                        RAISE EXCEPTION 'A standard stands under a pillar of its own partnership.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'of_one_partnership';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"Standard {self.pk}"

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("standard", args=[partnership.slug, self.pk])

    @property
    def is_starter(self):
        """Whether it came with the portal."""
        return self.partnership_id is None


@tracked(within="standard")
class StandardTool(models.Model):
    """That a resource helps to work to a standard."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="tool_links")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="tool_links")

    class Meta:
        constraints = [models.UniqueConstraint("standard", "resource", name="tool_once")]
        triggers = [OfOnePartnership("resource", here=OF_STANDARD, or_nobodys=True)]

    def __str__(self):
        return f"{self.resource} helps with {self.standard}"


@tracked(within="standard")
class RelatedStandard(models.Model):
    """That who reads ``standard`` may want to read ``other``."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="related_links")
    other = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("standard", "other", name="related_once"),
            models.CheckConstraint(condition=~Q(standard=F("other")), name="related_to_another"),
        ]
        triggers = [OfOnePartnership("other", here=OF_STANDARD)]

    def __str__(self):
        return f"{self.standard} leads to {self.other}"


@tracked(within="standard")
class StandardServed(models.Model):
    """That an action of the register, or an organisation's pledge, serves a standard."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="served_by")
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="standards_served"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.CASCADE, null=True, blank=True, related_name="standards_served"
    )
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "standard", "action", "pledge", nulls_distinct=False, name="served_standard_once"
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=False) ^ Q(pledge__isnull=False),
                name="served_by_one_thing",
            ),
        ]
        triggers = [OfOnePartnership("action", "pledge", here=OF_STANDARD)]

    def __str__(self):
        return f"{self.action or self.pledge} serves {self.standard}"


class VersionState(models.TextChoices):
    """Whether a version is being written or stands."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


@tracked(within="standard")
class StandardVersion(models.Model):
    """The words of a standard. Once it is approved nothing in it changes: people committed to it.

    In force is the approved one with the highest number whose ``effective_on`` has come
    (``in_force``). A standard has one draft at most.
    """

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="1 for the first version.")
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    statement = models.CharField(max_length=300, help_text="One sentence that begins with We.")
    about = models.TextField(blank=True, help_text="Markdown.")
    descriptors = models.TextField(
        blank=True, help_text="What it means for practice: one sentence in each line."
    )
    amendment = models.TextField(
        blank=True, help_text="What changed and why; empty for the first version."
    )
    effective_on = models.DateField(null=True, blank=True)
    approved_name = models.CharField(
        max_length=150, blank=True, help_text="Who approved it, a person or a board."
    )
    approved_role = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_recorded_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = StandardVersionQuerySet.as_manager()

    class Meta:
        ordering = ["standard", "-number"]
        constraints = [
            models.UniqueConstraint("standard", "number", name="standard_version_once"),
            models.UniqueConstraint(
                "standard", condition=Q(state=VersionState.DRAFT), name="standard_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT)
                | Q(effective_on__isnull=False, approved_on__isnull=False) & ~Q(approved_name=""),
                name="version_approved_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=VersionState.APPROVED),
            )
        ]

    def __str__(self):
        return self.statement

    @property
    def descriptor_lines(self):
        """What it means for practice, one by one."""
        return [line.strip() for line in self.descriptors.splitlines() if line.strip()]


def of_an_approved_version(name):
    """What belongs to an approved version stays as it is, whoever asks."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF TG_OP <> 'INSERT' AND EXISTS (
                SELECT 1 FROM practice_standardversion v
                WHERE v.id = OLD.version_id AND v.state = 'approved'
            ) OR TG_OP <> 'DELETE' AND EXISTS (
                SELECT 1 FROM practice_standardversion v
                WHERE v.id = NEW.version_id AND v.state = 'approved'
            ) THEN
                RAISE EXCEPTION 'An approved version of a standard cannot change.'
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'approved_version_stays';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class SourceKind(models.TextChoices):
    """What a standard rests on."""

    LAW = "law", "Law"
    GUIDANCE = "guidance", "Statutory or national guidance"
    RESEARCH = "research", "Research"
    GRADE_DESCRIPTOR = "grade_descriptor", "Inspectors’ grade descriptor"
    CAPABILITIES = "capabilities", "Capabilities framework"
    LOCAL = "local", "Local agreement"


@tracked(within="version")
class StandardSource(models.Model):
    """A law, guidance or research that a version of a standard rests on."""

    version = models.ForeignKey(StandardVersion, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.CharField(max_length=300)
    link = models.URLField(blank=True, max_length=500)

    class Meta:
        ordering = ["version", "position", "pk"]
        triggers = [of_an_approved_version("source_stays")]

    def __str__(self):
        return self.title
