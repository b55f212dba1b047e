"""What a person reads of launches among what is held about them."""

import pytest

from pledges import confirming, launch_holdings
from tests.factories.launches import make_launch, make_note
from tests.factories.people import make_area, make_user

pytestmark = pytest.mark.django_db


def test_launches_that_one_planned_and_notes_under_ones_address():
    area = make_area()
    launch = make_launch(area.partnership, area.coordinator)
    make_note(launch, "Homes First", email=area.lead.email.upper())
    aside = make_note(launch, "Harbour Café", email="ada@harbour.example")
    confirming.set_aside(note=aside, is_aside=True, by=area.facilitator)

    (row,) = launch_holdings.planned(area.coordinator)
    assert (row["Launch"].text, row["Launch"].path) == ("Pledge launch", launch.get_absolute_url())
    (row,) = launch_holdings.notes(area.lead)
    assert (row["Organisation"], row["Your address is on it"]) == ("Homes First", "Yes")
    (row,) = launch_holdings.notes(area.facilitator)
    assert (row["Organisation"], row["Seen to by you"]) == ("Harbour Café", "Yes")
    assert launch_holdings.notes(area.reader) == []


def test_a_note_of_another_partnership_under_ones_address_is_not_shown():
    area, stranger = make_area(), make_user("ada@harbour.example")
    make_note(make_launch(area.partnership, area.coordinator), email=stranger.email)
    assert launch_holdings.notes(stranger) == []
