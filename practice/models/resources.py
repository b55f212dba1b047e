"""What helps to work to the standards: tools, templates, programmes, services, guides."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from practice.querysets import ResourceQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


class ResourceKind(models.TextChoices):
    """What a resource is."""

    TOOLKIT = "toolkit", "Toolkit"
    TEMPLATE = "template", "Template"
    ASSESSMENT_FORM = "assessment_form", "Assessment form"
    SUPERVISION_FORM = "supervision_form", "Supervision form"
    AGENDA = "agenda", "Agenda"
    PROGRAMME = "programme", "Programme"
    SERVICE = "service", "Service"
    GUIDE = "guide", "Guide"
    LANGUAGE_GUIDE = "language_guide", "Language guide"


@tracked(exclude=["request_key"], within="partnership")
class Resource(models.Model):
    """A link or a file, with what it is for and for whom.

    Without a partnership it is starter content. A partnership's own copy of one says so in
    ``copied_from``, and stands in its place.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, null=True, blank=True, related_name="resources"
    )
    key = models.SlugField(
        blank=True, help_text="By which starter content is loaded again without doubling."
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    kind = models.CharField(max_length=20, choices=ResourceKind)
    name = models.CharField(max_length=200)
    what = models.TextField(blank=True, help_text="What it is, in Markdown.")
    audience = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    methods = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="For example, signs of safety, restorative.",
    )
    length = models.CharField(max_length=120, blank=True, help_text="Of a programme: six weeks.")
    stage = models.CharField(
        max_length=120, blank=True, help_text="When it helps: early, in need, after separation."
    )
    link = models.URLField(blank=True, max_length=500)
    source = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_resources",
        help_text="Who is reminded of the review.",
    )
    review_on = models.DateField(null=True, blank=True)
    request_key = models.UUIDField(null=True, unique=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("key", condition=~Q(key=""), name="starter_resource_once"),
            models.UniqueConstraint("partnership", "copied_from", name="resource_copied_once"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) ^ ~Q(key=""), name="resource_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ResourceKind.values), name="resource_kind_known"
            ),
        ]
        triggers = [OfOnePartnership("copied_from", or_nobodys=True)]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.page_in(self.partnership)

    def page_in(self, partnership):
        """The address of its page in the library of a partnership, its own or a reader's."""
        return reverse("resource", args=[partnership.slug, self.pk])

    @property
    def is_starter(self):
        """Whether it came with the portal."""
        return self.partnership_id is None


@tracked(exclude=["content"], within="resource")
class ResourceFile(models.Model):
    """The file of a resource. In the database, so that a backup holds it and a guess finds none."""

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=200, help_text="Under which it is downloaded.")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")
    content = models.BinaryField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty")]

    def __str__(self):
        return self.name
