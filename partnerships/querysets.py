"""Every list of partnerships and people. ``visible_to`` comes first, everywhere."""

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Count, F, QuerySet


class PartnershipQuerySet(QuerySet):
    """Partnerships."""

    def visible_to(self, user):
        """Those that ``user`` is a member of."""
        return self.filter(memberships__user_id=user.pk).order_by("name")

    def with_role(self):
        """With ``member_role``: what the user of ``visible_to``, which comes first, is in each."""
        return self.annotate(member_role=F("memberships__role"))


class OrganisationQuerySet(QuerySet):
    """Organisations."""

    def visible_to(self, user):
        """Those of the partnerships that ``user`` is a member of."""
        return self.filter(partnership__memberships__user_id=user.pk)

    def with_people_count(self):
        """With ``people_count``: how many of the partnership's people come from each."""
        return self.annotate(people_count=Count("memberships"))


class MembershipQuerySet(QuerySet):
    """Memberships."""

    def of(self, user, partnership_id):
        """The one membership of ``user`` in a partnership, or None."""
        return self.filter(user_id=user.pk, partnership_id=partnership_id).first()

    def with_names(self):
        """With the person and the organisation that each names."""
        return self.select_related("user", "organisation")


class UserManager(BaseUserManager):
    """Makes users; finds them by e-mail address whatever its case."""

    def create_user(self, email, name="", password=None):
        """A new user. Without a password nobody can sign in until a one-time link sets one."""
        user = self.model(email=email.strip(), name=name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        """The user with this e-mail address; upper and lower case are the same."""
        return self.get(email__iexact=email)
