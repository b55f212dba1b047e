"""An area with its people, and assessments of a small framework, for whoever asks by name."""

import pytest

from tests.factories.assessments import entry_of, make_agreed, make_assessment, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_workshop


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def small():
    return make_small_framework()


@pytest.fixture
def draft(area, small):
    return make_scored(area.partnership, small)


@pytest.fixture
def agreed(area, small):
    return make_agreed(area.partnership, small, by=area.coordinator, note="Who took part")


@pytest.fixture
def assessment(area, small):
    return make_assessment(area.partnership, small)


@pytest.fixture
def entry(assessment):
    return entry_of(assessment, 1)


@pytest.fixture
def workshop(area, draft):
    """One on the draft, which phones can join for an hour."""
    return make_workshop(draft, area.coordinator)
