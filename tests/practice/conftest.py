"""A partnership with its people."""

import pytest

from tests.factories.people import client_of, make_area


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)
