"""The door of an event: opened, kept open, closed, and what screens and pages show of it.

A launch stands for every event here.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships import doors
from partnerships.door_forms import HoursForm
from partnerships.models import Occasion
from pledges.models import Launch
from rpcportal.kit.forms import saved
from tests.factories.joining import end
from tests.factories.launches import make_launch
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db
CLOSED = "This launch is closed. Open it again to let phones in."


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def event(area):
    """One that was never open."""
    return make_launch(area.partnership, area.coordinator, is_open=False)


@pytest.fixture
def open_it(area, event):
    return partial(doors.open_door, event, kind="launch", hours=3, by=area.coordinator)


def stored():
    return Launch.objects.with_door().get()


def absolute(path):
    return f"https://www.portal.example{path}"


# --- Verbs ------------------------------------------------------------------------------------


def test_it_opens_for_so_many_hours_and_a_second_click_changes_nothing(area, event, open_it):
    open_it()
    open_it(hours=8)

    occasion = Occasion.objects.get()
    assert (occasion.kind, occasion.partnership, occasion.opened_by) == (
        "launch",
        area.partnership,
        area.coordinator,
    )
    assert occasion.closes_at - occasion.opened_at < timedelta(hours=3, minutes=1)
    assert (stored().occasion, stored().version) == (occasion, 1)
    assert doors.is_open(event)
    assert not doors.is_open(event, timezone.now() + timedelta(hours=3, minutes=1))


def test_what_opens_with_it_is_saved_in_the_same_step_and_nothing_else_is(event, open_it):
    steps = Launch.pgh_event_model.objects
    before = steps.count()
    event.name, event.place = "The day", "Not asked for"
    open_it(also=["name"])

    assert (stored().name, stored().place) == ("The day", "")
    assert steps.count() == before + 1


@pytest.mark.parametrize("how", ["closed", "over"])
def test_opened_again_it_has_a_new_code_and_the_old_one_is_free(area, event, open_it, how):
    open_it()
    first = event.occasion
    if how == "closed":
        doors.close_door(event, by=area.coordinator)
    else:
        event.occasion = end(first)
    open_it()

    first.refresh_from_db()
    assert first.closed_at is not None
    assert stored().occasion != first
    assert doors.is_open(stored())


def test_it_is_kept_open_from_now_on(area, event, open_it):
    open_it(hours=1)
    doors.extend_door(event, hours=8, by=area.coordinator, called="launch")

    for each in (event, stored()):
        assert doors.is_open(each, timezone.now() + timedelta(hours=7, minutes=59))
        assert not doors.is_open(each, timezone.now() + timedelta(hours=8, minutes=1))
    assert stored().version == 2


@pytest.mark.parametrize("how", ["planned", "closed", "over"])
def test_one_that_is_not_open_is_not_kept_open(area, event, open_it, how):
    if how != "planned":
        open_it()
    if how == "closed":
        doors.close_door(event, by=area.coordinator)
    if how == "over":
        event.occasion = end(event.occasion)
    before = stored().version
    with pytest.raises(ValidationError) as refused:
        doors.extend_door(event, hours=8, by=area.coordinator, called="launch")

    assert refused.value.messages == [CLOSED]
    assert not doors.is_open(stored())
    assert stored().version == before


def test_closed_twice_is_closed_once(area, event, open_it):
    doors.close_door(event, by=area.coordinator)
    assert stored().version == 0
    open_it()
    doors.close_door(event, by=area.coordinator)
    first = stored().occasion.closed_at
    doors.close_door(event, by=area.coordinator)

    assert not doors.is_open(event)
    assert (stored().occasion.closed_at, stored().version) == (first, 2)


def test_screens_are_told_of_each_of_two_that_write_at_once(event):
    for each in (stored(), stored()):
        doors.tell_screens(each)
    assert stored().version == 2


# --- What screens and pages show ----------------------------------------------------------------


def test_the_stamp_is_another_one_after_news_and_when_its_time_runs_out(area, event, open_it):
    stamps, tags = [doors.stamp_of(event)], [doors.door_tag(event)]
    open_it()
    stamps.append(doors.stamp_of(stored()))
    tags.append(doors.door_tag(stored()))
    end(event.occasion)
    stamps.append(doors.stamp_of(stored()))
    tags.append(doors.door_tag(stored()))

    assert stamps == ["0c", "1o", "1c"]
    for tag, word in zip(tags, ("Planned", "Open", "Closed"), strict=True):
        assert word in tag


def test_the_door_says_what_to_scan_and_what_to_type(event, open_it):
    assert doors.Door.of(event, absolute) is None
    open_it()
    door = doors.Door.of(event, absolute)

    code = event.occasion.code
    assert (door.address, door.code) == ("portal.example/join", f"{code[:3]} {code[3:]}")
    assert f"<title>{doors.QR_TITLE}</title>" in door.qr
    end(event.occasion)
    assert doors.Door.of(stored(), absolute) is None


# --- The form -----------------------------------------------------------------------------------


def test_the_form_asks_for_hours_and_does_what_it_is_for():
    asked = []
    form = HoursForm({"hours": "8"}, verb=lambda *, hours: asked.append(hours) or "done")
    assert form.is_valid()
    assert saved(form) == "done"
    assert asked == [8]
    for missing in ({}, {"hours": "24"}):
        assert list(HoursForm(missing).errors) == ["hours"]


def test_what_the_verb_refuses_is_an_error_of_the_form(area, event):
    verb = partial(doors.extend_door, event, by=area.coordinator, called="launch")
    form = HoursForm({"hours": "3"}, verb=verb)
    assert form.is_valid()
    assert saved(form) is None
    assert form.non_field_errors() == [CLOSED]
