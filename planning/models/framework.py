"""A framework: one version of a planning tool, as data.

Names, order, levels, descriptors and the number of domains all come from here, never from
code. Once an assessment uses a framework, the database refuses to change it (migration
0002): a changed tool is a new framework beside the old one.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from planning.querysets import FrameworkQuerySet
from rpcportal.kit.tracking import tracked


@tracked()
class Framework(models.Model):
    """One version of a planning tool."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    published = models.DateField(help_text="When the tool this follows was published.")
    source = models.TextField(help_text="Where names, order and texts come from.")
    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of the content it was loaded from."
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "slug"]

    def __str__(self):
        return f"{self.name} ({self.version})"


@tracked()
class ProgressLevel(models.Model):
    """A whole level of the scale. Half steps lie between two of them and have no text."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    summary = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("framework", "number", name="progress_level_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=9), name="progress_level_1_to_9"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


@tracked()
class Dimension(models.Model):
    """A group of domains: Plan, Lead, Deliver or Evaluate in 2018."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="dimensions")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("framework", "position", name="dimension_position_once")
        ]

    def __str__(self):
        return self.name


@tracked()
class Domain(models.Model):
    """A row of the tool that gets a progress level. Its publisher says “key element”."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="domains")
    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="domains")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    about = models.TextField()
    question = models.TextField(blank=True, help_text="Opens the discussion in the room.")
    abuse_boundary = models.BooleanField(
        default=False,
        help_text="Conflict could be mistaken for abuse here: show the difference and the help.",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("framework", "number", name="domain_number_once")]

    def __str__(self):
        return f"{self.number}. {self.name}"


@tracked()
class Dependency(models.Model):
    """One domain leans on another, and why."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="dependencies")
    depends_on = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="supports")
    because = models.TextField()

    class Meta:
        ordering = ["depends_on__number"]
        constraints = [
            models.UniqueConstraint("domain", "depends_on", name="dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(domain=models.F("depends_on")), name="dependency_not_on_itself"
            ),
        ]

    def __str__(self):
        return f"{self.domain} depends on {self.depends_on}"


@tracked()
class Descriptor(models.Model):
    """What one level of one domain looks like, and examples of evidence for it."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(ProgressLevel, on_delete=models.CASCADE, related_name="descriptors")
    text = models.TextField()
    evidence_examples = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["level__number"]
        constraints = [models.UniqueConstraint("domain", "level", name="descriptor_once")]

    def __str__(self):
        return f"{self.domain}, level {self.level}"
