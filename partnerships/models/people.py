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
from rpcportal.kit.tracking import tracked

FORMER_MEMBER = "Former member"


# The history keeps no name and no address: those must be forgettable, and it never forgets.
@tracked(
    fields=["id", "is_active", "is_portal_administrator"],
    noticed=["name", "email", "password", "anonymised_at"],
)
class User(AbstractBaseUser):
    """A person. The e-mail address is the name they sign in with."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_portal_administrator = models.BooleanField(
        default=False,
        help_text="Makes partnerships, names their coordinators, helps people who are locked out.",
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # When the account was last warned that it is unused, and when it was emptied for that.
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

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
            ),
            models.CheckConstraint(
                condition=models.Q(anonymised_at__isnull=True)
                | models.Q(is_active=False, name="", is_portal_administrator=False),
                name="user_anonymised_whole",
            ),
        ]

    def __str__(self):
        return FORMER_MEMBER if self.anonymised_at else self.name or self.email

    def get_full_name(self):
        """The name that other people see."""
        return str(self)

    # What Django's admin asks. It is for portal administrators, who may do all that it offers.

    @property
    def is_staff(self):
        """Whether Django's admin lets the person in."""
        return self.is_active and self.is_portal_administrator

    @property
    def is_superuser(self):
        """The same: there is one kind of portal administrator."""
        return self.is_staff

    def has_perm(self, perm, obj=None):
        """Whether the person may do ``perm`` in Django's admin."""
        return self.is_staff

    def has_module_perms(self, app_label):
        """Whether the person sees an app in Django's admin."""
        return self.is_staff


@tracked()
class Partnership(models.Model):
    """The local partnership, usually of one council area. Everything belongs to one."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    area = models.CharField(max_length=120, help_text="The area name on the recording sheet.")
    second_factor_required = models.BooleanField(
        "coordinators need a second step to sign in", default=False
    )
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


@tracked(within="partnership")
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


@tracked(exclude=["job_title"], noticed=["job_title"], within="partnership")
class Membership(models.Model):
    """A person in a partnership: their role, and the organisations they come from.

    A trigger refuses to take a partnership's last coordinator (migration 0004_guards).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="memberships"
    )
    organisations = models.ManyToManyField(
        Organisation, through="Affiliation", related_name="memberships", blank=True
    )
    role = models.CharField(max_length=20, choices=Role)
    job_title = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

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


@tracked(within="membership")
class Affiliation(models.Model):
    """That a member comes from an organisation. It is one of the same partnership (trigger)."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="affiliations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("membership", "organisation", name="affiliation_once"),
        ]

    def __str__(self):
        return f"{self.membership.user} of {self.organisation}"
