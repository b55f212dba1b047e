"""What a partnership shows to the public, once its coordinator chose so."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from partnerships.models.people import Partnership, User
from partnerships.querysets import PublicPageQuerySet
from rpcportal.kit.tracking import tracked

CONTACT = ["contact_name", "contact_email", "contact_phone"]


# How to reach somebody must be forgettable, and the history never forgets.
@tracked(exclude=["logo", *CONTACT], noticed=CONTACT, within="partnership")
class PublicPage(models.Model):
    """A partnership's page for everybody. Without ``is_published`` nobody outside sees it.

    What it shows of pledges and actions is read from these; the vision and the manifesto are
    those of the manifesto's newest version.
    """

    partnership = models.OneToOneField(
        Partnership, on_delete=models.CASCADE, related_name="public_page"
    )
    is_published = models.BooleanField(default=False)
    campaign = models.CharField(
        max_length=120, blank=True, help_text="The name under which people know it."
    )
    introduction = models.TextField(blank=True, help_text="Markdown.")
    hashtag = models.CharField(max_length=60, blank=True, help_text="Without the sign before it.")
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")],
        help_text="The brand's colour, as #rrggbb. White words must be readable on it.",
    )
    logo = models.BinaryField(null=True, blank=True, help_text="A PNG or JPEG, made small.")
    logo_words = models.CharField(max_length=200, blank=True, help_text="What it shows.")
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    help_words = models.TextField(
        blank=True, help_text="Local help for families, as Markdown, beside the national lines."
    )
    shows_pledges = models.BooleanField(default=True)
    shows_actions = models.BooleanField(default=True, help_text="What was done, no names.")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PublicPageQuerySet.as_manager()

    def __str__(self):
        return f"Public page of {self.partnership}"
