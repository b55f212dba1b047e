"""Every list of partnerships and people. ``visible_to`` comes first, everywhere.

``administered_by`` is its counterpart for Django's admin, where portal administrators work.
"""

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from rpcportal.kit.roles import GRANTS, Permission, Role


class AdministeredQuerySet(QuerySet):
    """Rows that portal administrators look after."""

    def administered_by(self, user):
        """All of them for a portal administrator, none for anybody else."""
        return self.all() if user.is_staff else self.none()


class PartnershipQuerySet(AdministeredQuerySet):
    """Partnerships."""

    def visible_to(self, user):
        """Those that ``user`` is a member of."""
        return self.filter(memberships__user_id=user.pk).order_by("name")

    def with_role(self):
        """With ``member_role``: what the user of ``visible_to``, which comes first, is in each."""
        return self.annotate(member_role=F("memberships__role"))


class OrganisationQuerySet(AdministeredQuerySet):
    """Organisations."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def with_people_count(self):
        """With ``people_count``: how many of the partnership's people come from each."""
        return self.annotate(people_count=Count("memberships"))


class MembershipQuerySet(AdministeredQuerySet):
    """Memberships."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def of(self, user, partnership_id):
        """The one membership of ``user`` in a partnership, or None."""
        return self.filter(user_id=user.pk, partnership_id=partnership_id).first()

    def with_names(self):
        """With the person and the organisations that each names."""
        return self.select_related("user", "partnership").prefetch_related("organisations")

    def with_partnership(self):
        """With the partnership, in the order of their names."""
        return self.select_related("partnership").order_by("partnership__name")

    def by_name(self):
        """In the order of the people's names."""
        return self.order_by("user__name", "user__email")

    def who_may(self, permission):
        """Those whose role holds ``permission`` and whose accounts are in use."""
        roles = [role for role in Role if permission in GRANTS[role]]
        return self.filter(role__in=roles, user__is_active=True)

    def coordinators(self):
        """Those of the coordinators whose accounts are in use."""
        return self.filter(role=Role.COORDINATOR, user__is_active=True)

    def sharing_an_organisation_with(self, membership):
        """Those of the same partnership and at least one same organisation."""
        return self.filter(
            partnership_id=membership.partnership_id,
            organisations__in=membership.organisations.all(),
        ).distinct()


class InvitationQuerySet(AdministeredQuerySet):
    """Invitations."""

    def visible_to(self, user):
        """Those of the partnerships whose people ``user`` manages."""
        return self.filter(
            partnership__memberships__user_id=user.pk,
            partnership__memberships__role__in=[
                role for role in Role if Permission.MANAGE_PEOPLE in GRANTS[role]
            ],
        )

    def with_names(self):
        """With everything that each names."""
        return self.select_related("partnership", "organisation", "invited_by")

    def open(self):
        """Those that wait for an answer, the expired ones among them."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def to_address(self, email):
        """Those to this e-mail address, whatever its case."""
        return self.filter(email__iexact=email)


class OutgoingMailQuerySet(QuerySet):
    """The post."""

    def due(self, now):
        """What should be sent by now, oldest first."""
        return self.filter(state="waiting", next_try_at__lte=now).order_by("next_try_at", "pk")

    def about(self, subject):
        """What was sent about something, newest first."""
        return self.filter(about=subject).order_by("-created_at", "-pk")

    def ended_before(self, moment):
        """What was sent, or given up, before a moment, and has not been emptied since."""
        return self.filter(ended_at__lt=moment).exclude(to="")

    def to_be_read(self):
        """What the demo shows in place of sending it, newest first."""
        return self.exclude(to="").order_by("-created_at", "-pk")


class UserQuerySet(AdministeredQuerySet):
    """People."""

    def portal_administrators(self):
        """Those who look after the portal as a whole."""
        return self.filter(is_portal_administrator=True, is_active=True)

    def with_last_use(self):
        """With ``last_used_at``: when they signed in last, or else came."""
        return self.annotate(last_used_at=Coalesce("last_login", "joined_at"))

    def not_used_since(self, moment):
        """Those who have not signed in since, and are not emptied yet."""
        unused = self.with_last_use().filter(anonymised_at=None, last_used_at__lt=moment)
        return unused.order_by("pk")

    def with_what_every_page_asks(self):
        """With ``must_have_second_factor``, ``has_second_factor`` and ``is_in_several``.

        Portal administrators must have a second factor, and the coordinators of a
        partnership that asks for it. Who is in several partnerships may switch.
        """
        from allauth.mfa.models import Authenticator

        own = self.model.memberships.rel.related_model.objects.filter(user=OuterRef("pk"))
        asked = own.filter(
            role=Role.COORDINATOR,
            partnership__second_factor_required=True,
        )
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        return self.annotate(
            is_in_several=Exists(own.order_by("pk")[1:2]),
            must_have_second_factor=Q(is_portal_administrator=True) | Exists(asked),
            has_second_factor=Exists(factors),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes users; finds them by e-mail address whatever its case."""

    def create_user(self, email, name="", password=None):
        """A new user whose address somebody proved or vouched for.

        Without a password they sign in with a code sent to that address.
        """
        from allauth.account.models import EmailAddress

        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email):
        """The user with this e-mail address; upper and lower case are the same."""
        return self.get(email__iexact=email)


class ManifestoQuerySet(QuerySet):
    """Manifestos."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def newest(self, partnership):
        """The version that counts today, or None."""
        return self.filter(partnership=partnership).order_by("-number").first()


class OccasionQuerySet(QuerySet):
    """Events that people join without an account."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def open(self, now):
        """Those that can be joined at a moment."""
        return self.filter(closed_at__isnull=True, opened_at__lte=now, closes_at__gt=now)


class ParticipantQuerySet(QuerySet):
    """Phones that joined an event."""

    def with_occasion(self):
        """With the event and its partnership."""
        return self.select_related("occasion__partnership", "organisation")

    def of_events_that_ended_before(self, moment):
        """Those of events that ended, or were closed, before a moment."""
        over = Q(occasion__closes_at__lt=moment) | Q(occasion__closed_at__lt=moment)
        return self.filter(over)

    def that_nothing_refers_to(self):
        """Those of whom no room keeps anything."""
        relations = self.model._meta.related_objects
        return self.filter(**{f"{each.name}__isnull": True for each in relations})


class PublicPageQuerySet(QuerySet):
    """Partnerships' pages for everybody."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def published(self):
        """Those that everybody may see."""
        return self.filter(is_published=True).select_related("partnership")
