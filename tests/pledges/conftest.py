"""An area with its people, an organisation of it by this or that name, and a measure."""

import pytest

from tests.factories.measures import make_measure
from tests.factories.people import make_area, make_organisation


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def library(area):
    return make_organisation(area.partnership, "Library")


@pytest.fixture
def homes(area):
    return make_organisation(area.partnership, "Homes First")


@pytest.fixture
def ours(area):
    """The organisation that the partner lead comes from."""
    ours = make_organisation(area.partnership, "Ours")
    area.partnership.memberships.get(user=area.lead).organisations.add(ours)
    return ours


@pytest.fixture
def measure(area):
    return make_measure(area.partnership)
