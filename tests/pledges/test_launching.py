"""Verbs on launches: who may, what opens and closes, and that twice is once."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships import joining
from partnerships.models import Occasion
from pledges import confirming, launching
from pledges.models import Launch
from tests.factories.joining import end
from tests.factories.launches import close, make_launch, make_note
from tests.factories.people import make_area
from tests.factories.pledges import make_manifesto

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def planned(area):
    make_manifesto(area.partnership)
    return make_launch(area.partnership, area.coordinator, is_open=False)


def test_planned_twice_by_one_page_is_one_launch(area):
    words = {
        "partnership": area.partnership, "name": "Launch", "held_on": timezone.localdate(),
        "place": "", "request_key": uuid.uuid4(),
    }  # fmt: skip
    first = launching.plan_launch(**words, by=area.coordinator)
    assert launching.plan_launch(**words, by=area.coordinator) == first
    with pytest.raises(ValidationError, match="sent before"):
        launching.plan_launch(**words, by=area.facilitator)
    with pytest.raises(ValidationError, match="sent before"):
        launching.plan_launch(**words | {"name": "Another"}, by=area.coordinator)


@pytest.mark.parametrize("role", ["lead", "partner", "reader"])
def test_only_those_who_hold_launches_may(area, planned, role):
    person = getattr(area, role)
    verbs = [
        lambda: launching.open_launch(launch=planned, hours=3, by=person),
        lambda: launching.close_launch(launch=planned, by=person),
        lambda: launching.extend_launch(launch=planned, hours=3, by=person),
    ]
    for verb in verbs:
        with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
            verb()


def test_without_a_manifesto_nothing_opens(area):
    launch = make_launch(area.partnership, area.coordinator, is_open=False)
    with pytest.raises(ValidationError, match="nothing to sign yet"):
        launching.open_launch(launch=launch, hours=3, by=area.coordinator)
    assert not Occasion.objects.exists()


def test_opening_fixes_the_newest_manifesto_and_twice_is_once(area, planned):
    newest = make_manifesto(area.partnership, pledge="We act.")
    opened = launching.open_launch(launch=planned, hours=3, by=area.facilitator)
    again = launching.open_launch(launch=planned, hours=8, by=area.facilitator)

    assert (opened.manifesto, again.occasion) == (newest, opened.occasion)
    assert opened.occasion.is_open(timezone.now() + timedelta(hours=2, minutes=59))
    assert not opened.occasion.is_open(timezone.now() + timedelta(hours=3, minutes=1))


@pytest.mark.parametrize("how", ["closed", "over"])
def test_opening_again_makes_a_new_code_and_keeps_notes_and_words(area, planned, how):
    first = launching.open_launch(launch=planned, hours=3, by=area.coordinator)
    make_note(first)
    make_manifesto(area.partnership, pledge="Other words.")
    if how == "closed":
        launching.close_launch(launch=first, by=area.coordinator)
    else:
        end(first.occasion)
    again = launching.open_launch(launch=planned, hours=1, by=area.coordinator)

    assert again.occasion != first.occasion
    assert again.manifesto == first.manifesto
    assert again.notes.count() == 1
    assert joining.occasion_of_key(first.occasion.key).closed_at is not None


def test_a_launch_that_nobody_wrote_at_is_opened_with_the_newest_words(area, planned):
    launching.close_launch(
        launch=launching.open_launch(launch=planned, hours=3, by=area.coordinator),
        by=area.coordinator,
    )
    newest = make_manifesto(area.partnership, pledge="Other words.")
    again = launching.open_launch(launch=planned, hours=3, by=area.coordinator)
    assert again.manifesto == newest


def test_a_trial_that_was_set_aside_fixes_no_words_and_is_not_on_the_wall(area, planned):
    first = launching.open_launch(launch=planned, hours=1, by=area.coordinator)
    trial = make_note(first)
    version = Launch.objects.get(pk=planned.pk).version
    confirming.set_aside(note=trial, is_aside=True, by=area.coordinator)
    launching.close_launch(launch=first, by=area.coordinator)
    newest = make_manifesto(area.partnership, pledge="Other words.")
    again = launching.open_launch(launch=planned, hours=3, by=area.coordinator)

    assert again.manifesto == newest
    assert not again.notes.on_the_wall().exists()
    assert Launch.objects.get(pk=planned.pk).version > version
    with pytest.raises(ValidationError, match="other words"):
        confirming.set_aside(note=trial, is_aside=False, by=area.coordinator)


def test_it_can_be_kept_open_longer_but_not_once_it_is_closed(area, planned):
    opened = launching.open_launch(launch=planned, hours=1, by=area.coordinator)
    launching.extend_launch(launch=opened, hours=8, by=area.coordinator)
    opened.occasion.refresh_from_db()
    assert opened.occasion.is_open(timezone.now() + timedelta(hours=7))
    launching.close_launch(launch=opened, by=area.coordinator)
    with pytest.raises(ValidationError, match="is closed"):
        launching.extend_launch(launch=opened, hours=8, by=area.coordinator)


def test_whatever_the_wall_shows_counts_as_news(area, planned):
    def version():
        return Launch.objects.get(pk=planned.pk).version

    opened = launching.open_launch(launch=planned, hours=1, by=area.coordinator)
    note = make_note(opened)
    seen = version()
    launching.hide_note(note=note, is_hidden=True, by=area.coordinator)
    launching.hide_note(note=note, is_hidden=True, by=area.coordinator)
    assert version() == seen + 1
    assert not opened.notes.on_the_wall().exists()
    launching.hide_note(note=note, is_hidden=False, by=area.coordinator)
    assert version() == seen + 2
    launching.close_launch(launch=opened, by=area.coordinator)
    launching.close_launch(launch=opened, by=area.coordinator)
    assert version() == seen + 3


def test_a_note_of_a_closed_launch_can_still_be_hidden(area):
    launch = close(make_launch(area.partnership, area.coordinator))
    note = make_note(launch)
    launching.hide_note(note=note, is_hidden=True, by=area.facilitator)
    note.refresh_from_db()
    assert note.hidden_at is not None
