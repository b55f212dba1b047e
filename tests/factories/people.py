"""Partnerships and their people, as rows. Each call makes new ones."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from partnerships.inviting import digest, path_of
from partnerships.models import Invitation, Membership, Organisation, Partnership, Sector, User
from partnerships.models.invitations import LIFETIME
from rpcportal.kit.roles import Role

PASSWORD = "three-words-together"
_numbers = count(1)


@dataclass(frozen=True)
class Area:
    """A partnership and one member of each role, who can all sign in with ``PASSWORD``.

    ``partner`` is the partner editor: the role of most people who write.
    """

    partnership: Partnership
    coordinator: User
    facilitator: User
    lead: User
    partner: User
    reader: User

    @property
    def editor(self):
        return self.partner


def make_area(slug="rochdale", name="Rochdale Relationships", area="Rochdale"):
    """A partnership with a member of each role."""
    partnership = make_partnership(slug, name, area)
    members = {role.value: make_member(partnership, role) for role in Role}
    return Area(partnership, partner=members.pop("editor"), **members)


def make_partnership(slug="rochdale", name="Rochdale Relationships", area="Rochdale"):
    """A partnership that nobody belongs to yet."""
    return Partnership.objects.create(slug=slug, name=name, area=area)


def make_member(partnership, role, *, email="", name="", organisation=None):
    """A new person with this role; the address says role and partnership."""
    email = email or f"{Role(role).value}-{next(_numbers)}@{partnership.slug}.example"
    user = make_user(email, name or f"{Role(role).label} of {partnership.area}")
    make_membership(partnership, user, role, organisation=organisation)
    return user


def make_membership(partnership, user, role, *, organisation=None):
    """A person who is there already becomes a member."""
    membership = Membership.objects.create(user=user, partnership=partnership, role=role)
    if organisation:
        membership.organisations.add(organisation)
    return membership


def make_user(email="", name="", password=PASSWORD):
    """A person who belongs to no partnership; the address counts as verified."""
    return User.objects.create_user(
        email or f"person-{next(_numbers)}@else.example", name, password
    )


def make_organisation(partnership, name="Housing association", sector=Sector.HOUSING):
    """An organisation of the partnership."""
    return Organisation.objects.create(partnership=partnership, name=name, sector=sector)


def make_invitation(
    partnership, email="", *, role=Role.EDITOR, token="", age=timedelta(0), **values
):
    """An open invitation, ``age`` old; ``link_to`` gives the path of one with this ``token``."""
    number = next(_numbers)
    now = timezone.now() - age
    return Invitation.objects.create(
        partnership=partnership,
        email=email or f"invited-{number}@{partnership.slug}.example",
        role=role,
        token_digest=digest(token or f"token-{number}"),
        invited_at=now,
        expires_at=now + LIFETIME,
        **values,
    )


def link_to(token):
    """The path of the link that an invitation's e-mail holds."""
    return path_of(token)


def client_of(user=None, **options):
    """A browser in which this person is signed in, or nobody."""
    client = Client(**options)
    if user:
        client.force_login(user)
    return client
