"""Ninety days after a launch, names that no pledge needs are forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships import daily
from pledges.launch_forgetting import KEPT
from pledges.models import LaunchNote, NoteStatus
from tests.factories.joining import HOUR, make_launch_to_join, make_participant, make_phone_note
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def launch(area):
    return make_launch_to_join(area.partnership, area.coordinator)


def test_names_that_no_pledge_needs_are_forgotten_after_ninety_days(area, launch):
    settled = {"settled_by": area.coordinator, "settled_at": timezone.now()}
    notes = {
        status: make_phone_note(
            make_participant(launch.occasion),
            launch,
            status=status,
            **({} if status == NoteStatus.WAITING else settled),
        )
        for status in NoteStatus
    }
    forget = daily.JOBS["names at launches"]
    day = timezone.now() + KEPT

    forget(day)
    assert {each.email for each in LaunchNote.objects.all()} == {"ada@harbour.example"}
    for _ in range(2):
        forget(day + timedelta(days=1) + HOUR)
    for status, note in notes.items():
        note.refresh_from_db()
        kept = status == NoteStatus.CONFIRMED
        assert (note.name, note.role) == (("Ada Marsh", "Chief executive") if kept else ("", ""))
        assert note.email == ""
        assert note.words == "We mean it."
    events = LaunchNote.pgh_event_model.objects.all()
    assert not any("Ada" in str(vars(each)) for each in events)
