"""The verbs of those who run a room: door, stage, timer, remarks, parking list, agreeing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships.doors import is_open
from planning import agreeing, balloting, parking, running
from planning.merging import Save, fingerprint
from planning.models import Entry, ParkedPoint, Remark, Stage, UnsettledText, Workshop
from tests.factories.assessments import agree, entry_of, make_assessment
from tests.factories.workshops import make_ballot, make_phone, make_revealed

pytestmark = pytest.mark.django_db


def standing(workshop):
    return Workshop.objects.with_context().get(pk=workshop.pk)


def version(workshop):
    return Workshop.objects.get(pk=workshop.pk).version


def go(workshop, number, by=None):
    return running.go_to(
        workshop=workshop,
        stage=Stage.DOMAIN,
        entry=entry_of(workshop.assessment, number),
        by=by or workshop.created_by,
    )


VERBS = {
    "open": lambda w, by: running.open_workshop(workshop=w, hours=1, by=by),
    "extend": lambda w, by: running.extend_workshop(workshop=w, hours=1, by=by),
    "shut": lambda w, by: running.shut_door(workshop=w, by=by),
    "go": lambda w, by: go(w, 1, by),
    "timer": lambda w, by: running.set_timer(workshop=w, minutes=5, seen="", by=by),
    "park": lambda w, by: parking.park(
        workshop=w, text="A point", entry=None, request_key=uuid.uuid4(), by=by
    ),
    "agree": lambda w, by: agreeing.agree_level(
        workshop=w,
        entry=entry_of(w.assessment, 1),
        save=Save(texts={"reason": "Because"}, base={"reason": fingerprint("")}, page="p"),
        by=by,
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_room_is_run_by_a_coordinator_or_facilitator_alone(area, workshop, verb):
    VERBS[verb](workshop, area.facilitator)
    for person in (area.lead, area.editor, area.reader):
        with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
            VERBS[verb](workshop, person)


# --- The door ---------------------------------------------------------------------------------


def test_a_door_whose_time_ran_out_opens_again_with_its_code_and_its_phones(area, workshop):
    phone, before = make_phone(workshop), workshop.occasion
    type(before).objects.update(
        opened_at=timezone.now() - timedelta(hours=3), closes_at=timezone.now()
    )
    assert not is_open(standing(workshop))
    opened = running.open_workshop(workshop=workshop, hours=2, by=area.coordinator)
    assert (is_open(opened), opened.occasion) == (True, before)
    assert balloting.phones_in(standing(workshop)) == 1
    assert phone.occasion == before


def test_a_door_that_somebody_closed_gets_a_new_code_but_not_in_the_middle_of_a_vote(
    area, workshop
):
    before, ballot = workshop.occasion, make_ballot(workshop)
    running.shut_door(workshop=workshop, by=area.coordinator)
    with pytest.raises(ValidationError, match="Close the vote first"):
        running.open_workshop(workshop=workshop, hours=2, by=area.coordinator)
    balloting.reveal(ballot=ballot, by=area.coordinator)
    opened = running.open_workshop(workshop=workshop, hours=2, by=area.coordinator)
    assert opened.occasion != before
    again = running.open_workshop(workshop=workshop, hours=8, by=area.coordinator)
    assert again.occasion == opened.occasion


def test_a_workshop_that_was_closed_goes_on_when_it_is_opened(area, workshop):
    running.shut_door(workshop=workshop, by=area.coordinator)
    Workshop.objects.update(closed_at=timezone.now(), closed_by=area.coordinator)
    with pytest.raises(ValidationError, match="This workshop is closed"):
        go(workshop, 1)
    running.open_workshop(workshop=workshop, hours=1, by=area.facilitator)
    assert standing(workshop).closed_at is None
    assert go(workshop, 1).stage == "domain"


# --- Where the room is ------------------------------------------------------------------------


def test_a_room_is_not_led_away_while_it_votes(workshop):
    go(workshop, 1)
    ballot = make_ballot(workshop)
    with pytest.raises(ValidationError, match="A vote is open"):
        go(workshop, 2)
    assert go(workshop, 1).entry == entry_of(workshop.assessment, 1)  # it is there already
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    assert go(workshop, 2).entry == entry_of(workshop.assessment, 2)


def test_going_where_the_room_is_tells_nothing_to_its_screens(workshop):
    go(workshop, 1)
    before = version(workshop)
    go(workshop, 1)
    assert version(workshop) == before
    go(workshop, 2)
    assert version(workshop) == before + 1


def test_a_domain_of_another_sheet_is_refused(area, small, workshop):
    other = make_assessment(area.partnership, small)
    with pytest.raises(ValidationError, match="not on the sheet"):
        running.go_to(
            workshop=workshop, stage=Stage.DOMAIN, entry=entry_of(other, 1), by=area.coordinator
        )


# --- The timer --------------------------------------------------------------------------------


def set_timer(workshop, minutes, seen):
    by = workshop.created_by
    return running.set_timer(workshop=workshop, minutes=minutes, seen=seen, by=by)


def test_five_more_minutes_pressed_twice_are_five(workshop):
    first = set_timer(workshop, 5, "")
    seen, ends = running.timer_seen(first), first.timer_ends_at
    for _ in range(2):
        assert set_timer(workshop, 5, seen).timer_ends_at == ends + timedelta(minutes=5)
    assert version(workshop) == 2


def test_a_timer_that_ran_out_begins_from_now(workshop):
    Workshop.objects.update(timer_ends_at=timezone.now() - timedelta(hours=1))
    found = standing(workshop)
    ends = set_timer(found, 5, running.timer_seen(found)).timer_ends_at
    assert timedelta(minutes=4) < ends - timezone.now() < timedelta(minutes=6)


def test_a_timer_is_stopped_and_does_not_follow_to_another_domain(workshop):
    first = set_timer(workshop, 5, "")
    assert set_timer(workshop, running.STOP, running.timer_seen(first)).timer_ends_at is None
    set_timer(workshop, 5, "")
    assert go(workshop, 1).timer_ends_at is None
    set_timer(workshop, 5, "")
    balloting.open_ballot(workshop=workshop, kind="rating", by=workshop.created_by)
    assert Workshop.objects.get().timer_ends_at is None  # the vote's is not the rating's


# --- Remarks ----------------------------------------------------------------------------------


def test_a_remark_is_taken_off_the_screen_and_put_back(area, workshop):
    ballot = make_revealed(workshop, ["1"] * 5)
    remark = Remark.objects.create(ballot=ballot, kind="reason", text="Rude")
    before = version(workshop)
    for is_hidden, told in ((True, 1), (True, 1), (False, 2)):
        running.hide_remark(remark=remark, is_hidden=is_hidden, by=area.facilitator)
        assert Remark.objects.shown().exists() is not is_hidden
        assert version(workshop) == before + told
    with pytest.raises(PermissionDenied):
        running.hide_remark(remark=remark, is_hidden=True, by=area.editor)


# --- The parking list -------------------------------------------------------------------------


def test_a_point_is_parked_once_settled_once_and_can_come_back(area, workshop):
    by, key = area.coordinator, uuid.uuid4()
    ask = {"workshop": workshop, "entry": None, "request_key": key, "by": by}
    point = parking.park(text="Money", **ask)
    assert parking.park(text="Money", **ask) == point
    with pytest.raises(ValidationError, match="sent before, with other words"):
        parking.park(text="Other words", **ask)
    for _ in range(2):
        parking.settle(point=point, outcome="An action", by=by)
    with pytest.raises(ValidationError, match="“An action”"):
        parking.settle(point=point, outcome="Not needed", by=area.facilitator)
    assert ParkedPoint.objects.get().outcome == "An action"
    for _ in range(2):
        parking.bring_back(point=point, by=area.facilitator)
    assert ParkedPoint.objects.get().settled_at is None
    assert version(workshop) == 3


# --- Agreeing ---------------------------------------------------------------------------------


def saving(entry, page, **texts):
    """A save of a page that was made with what stands now."""
    fresh = Entry.objects.get(pk=entry.pk)
    base = {part: fingerprint(getattr(fresh, part, "")) for part in texts if part != "level"}
    level = "" if fresh.level is None else str(fresh.level.normalize())
    return Save(texts=texts, base=base | {"level": fingerprint(level)}, page=page)


def test_two_facilitators_who_agree_at_once_lose_nothing(area, workshop):
    entry = entry_of(workshop.assessment, 2)
    one = saving(entry, "one", level="2", reason="Ours")
    other = saving(entry, "other", level="2", reason="Theirs", dissent="Two said 1")
    call = {"workshop": workshop, "entry": entry}
    agreeing.agree_level(**call, save=one, by=area.coordinator)
    saved = agreeing.agree_level(**call, save=other, by=area.facilitator)
    assert [name.field for name in saved.clashes] == ["reason"]
    entry.refresh_from_db()
    assert (entry.level, entry.reason, entry.dissent) == (2, "Ours", "Two said 1")
    assert UnsettledText.objects.get().text == "Theirs"
    assert version(workshop) == 2


def test_nothing_is_agreed_on_a_sheet_that_was_agreed(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    save = saving(entry, "one", reason="Late")
    agree(workshop.assessment, by=area.coordinator)
    with pytest.raises(PermissionDenied, match="was agreed on"):
        agreeing.agree_level(workshop=workshop, entry=entry, save=save, by=area.coordinator)
    assert Entry.objects.get(pk=entry.pk).reason != "Late"
