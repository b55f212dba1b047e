"""Partnerships, organisations, people and what each person is in each partnership."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from partnerships.querysets import (
    MembershipQuerySet,
    OrganisationQuerySet,
    PartnershipQuerySet,
    UserManager,
)
from rpcportal.kit.roles import GRANTS, Role


class User(AbstractBaseUser):
    """A person. The e-mail address is the name they sign in with."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Someone already has this e-mail address.",
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        """The name that other people see."""
        return str(self)


class Partnership(models.Model):
    """The local partnership, usually of one council area. Everything belongs to one."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    area = models.CharField(max_length=120, help_text="The area name on the recording sheet.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PartnershipQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partnership", args=[self.slug])


class Sector(models.TextChoices):
    """What kind of partner an organisation is."""

    COUNCIL = "council", "Council"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    EDUCATION = "education", "Schools and education"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary and community"
    JUSTICE = "justice", "Courts and justice"
    OTHER = "other", "Other"


class Organisation(models.Model):
    """A partner: a council service, the police, a school, a charity."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="organisations"
    )
    name = models.CharField(max_length=150)
    sector = models.CharField(max_length=20, choices=Sector)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "partnership", Lower("name"), name="organisation_name_once_in_a_partnership"
            ),
            models.CheckConstraint(
                condition=models.Q(sector__in=Sector.values), name="organisation_sector_known"
            ),
        ]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person in a partnership: their role, and the organisation they come from."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    job_title = models.CharField(max_length=120, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "partnership", name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display().lower()} of {self.partnership}"

    def may(self, permission):
        """Whether this member's role holds ``permission``."""
        return permission in GRANTS[Role(self.role)]
