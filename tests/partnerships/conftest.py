"""A partnership, and an invitation into it that nobody has used."""

import pytest

from rpcportal.kit.roles import Role
from tests.factories.invitations import invite_ada
from tests.factories.people import make_member, make_organisation, make_partnership


@pytest.fixture
def partnership(db):
    return make_partnership()


@pytest.fixture
def invitation(partnership):
    inviter = make_member(partnership, Role.COORDINATOR, name="Cora Rey")
    organisation = make_organisation(partnership)
    return invite_ada(partnership, organisation=organisation, invited_by=inviter)
