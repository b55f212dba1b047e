"""Partnerships and their people, as rows. Each call makes new ones."""

from dataclasses import dataclass
from itertools import count

from partnerships.models import Membership, Organisation, Partnership, Sector, User
from rpcportal.kit.roles import Role

PASSWORD = "three-words-together"
_numbers = count(1)


@dataclass(frozen=True)
class Area:
    """A partnership and one member of each role, who can all sign in with ``PASSWORD``."""

    partnership: Partnership
    coordinator: User
    facilitator: User
    partner: User
    reader: User


def make_area(slug="rochdale", name="Rochdale Relationships", area="Rochdale"):
    """A partnership with a coordinator, a facilitator, a partner and a reader."""
    partnership = make_partnership(slug, name, area)
    members = {role.value: make_member(partnership, role) for role in Role}
    return Area(partnership, **members)


def make_partnership(slug="rochdale", name="Rochdale Relationships", area="Rochdale"):
    """A partnership that nobody belongs to yet."""
    return Partnership.objects.create(slug=slug, name=name, area=area)


def make_member(partnership, role, *, email="", name="", organisation=None):
    """A new person with this role; the address says role and partnership."""
    email = email or f"{Role(role).value}-{next(_numbers)}@{partnership.slug}.example"
    user = make_user(email, name or f"{Role(role).label} of {partnership.area}")
    Membership.objects.create(
        user=user, partnership=partnership, role=role, organisation=organisation
    )
    return user


def make_user(email="", name="", password=PASSWORD):
    """A person who belongs to no partnership."""
    return User.objects.create_user(
        email or f"person-{next(_numbers)}@else.example", name, password
    )


def make_organisation(partnership, name="Housing association", sector=Sector.HOUSING):
    """An organisation of the partnership."""
    return Organisation.objects.create(partnership=partnership, name=name, sector=sector)
