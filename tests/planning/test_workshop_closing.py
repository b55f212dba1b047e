"""The end of a workshop: who came, what happens next, and the close."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships.doors import is_open
from planning import balloting, dots, running
from planning import workshop_closing as closing
from planning.models import Stage, Workshop, WorkshopAttendance
from tests.factories.assessments import entry_of
from tests.factories.people import make_organisation
from tests.factories.workshops import make_ballot, make_phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def police(area):
    return make_organisation(area.partnership, name="Harbour Police")


def came(workshop):
    found = closing.attendance_of(Workshop.objects.get(pk=workshop.pk))
    return {each.group.name: (each.people, each.phones, each.is_kept) for each in found}


def close(workshop):
    return closing.close_workshop(workshop=workshop, by=workshop.created_by)


def save(workshop, *people):
    groups = {each.group.name: each.group for each in closing.attendance_of(workshop)}
    pairs = [(groups.get(name) or closing.Group(None, name, "", name), n) for name, n in people]
    closing.save_attendance(workshop=workshop, people=pairs, by=workshop.created_by)


def test_who_came_is_counted_from_the_phones(workshop, police):
    for _ in range(2):
        make_phone(workshop, "", organisation=police)
    make_phone(workshop, "charity", organisation_words="Harbour Café")
    make_phone(workshop, "", organisation_words="harbour  café ")
    make_phone(workshop, "health", organisation_words="")
    make_phone(workshop, "", organisation_words="")
    found = came(workshop)
    cafe = next(name for name in found if name.casefold().startswith("harbour c"))
    assert found.pop(cafe) == (2, 2, False)
    sectors = dict(WorkshopAttendance._meta.get_field("sector").choices)
    assert found == {
        "Harbour Police": (2, 2, False),
        sectors["health"]: (1, 1, False),
        closing.NOT_SAID: (1, 1, False),
    }
    assert not WorkshopAttendance.objects.exists()


def test_numbers_can_be_put_right_and_stay_so_while_more_phones_join(workshop, police):
    make_phone(workshop, "", organisation=police)
    save(workshop, ("Harbour Police", 4), ("Library", 2))
    make_phone(workshop, "", organisation=police)
    make_phone(workshop, "health")
    found = came(workshop)
    assert found["Harbour Police"] == (4, 2, True)
    assert found["Library"] == (2, 0, True)
    save(workshop, ("Harbour Police", 0))
    assert came(workshop)["Harbour Police"] == (0, 2, True)


def test_the_close_writes_down_who_came_and_leaves_corrections_alone(workshop, police):
    make_phone(workshop, "", organisation=police)
    make_phone(workshop, "health")
    save(workshop, ("Harbour Police", 4))
    closed = close(workshop)
    assert closed.closed_by == workshop.created_by
    assert not is_open(closed)
    assert closed.stage == Stage.CLOSING
    assert [each[2] for each in came(workshop).values()] == [True, True]
    assert sorted(WorkshopAttendance.objects.values_list("people", flat=True)) == [1, 4]
    again = close(workshop)
    assert again.closed_at == closed.closed_at
    assert WorkshopAttendance.objects.count() == 2


def test_phones_of_a_door_that_was_opened_anew_are_not_counted_twice(workshop, police):
    for _ in range(3):
        make_phone(workshop, "", organisation=police)
    running.shut_door(workshop=workshop, by=workshop.created_by)
    anew = running.open_workshop(workshop=workshop, hours=1, by=workshop.created_by)
    for _ in range(2):
        make_phone(anew, "", organisation=police)
    make_phone(anew, "health")
    assert came(workshop)["Harbour Police"] == (3, 3, False)
    assert len(came(workshop)) == 2


def test_who_was_invited_and_is_not_there_is_named_once(workshop, police, area):
    other = make_organisation(area.partnership, name="A School")
    for number in range(2):
        workshop.invitees.create(organisation=other, email=f"{number}@a.example")
    workshop.invitees.create(organisation=police)
    workshop.invitees.create(organisation_words="LIBRARY")
    make_phone(workshop, "", organisation=police)
    save(workshop, ("Library", 1))
    absent = partial(closing.absent, workshop)
    assert absent(closing.attendance_of(workshop)) == ["A School"]
    save(workshop, ("Harbour Police", 0))
    assert absent(closing.attendance_of(workshop)) == ["A School", "Harbour Police"]


@pytest.mark.parametrize("what", ["vote", "rating", "dots"])
def test_it_cannot_be_closed_while_something_is_open(workshop, what):
    if what == "dots":
        items = [dots.Item(text, entry=entry_of(workshop.assessment, 1)) for text in "ab"]
        by = workshop.created_by
        dots.open_dots(workshop=workshop, about="gaps", dots=3, items=items, number=1, by=by)
    else:
        rating = {"kind": "rating", "entry": None} if what == "rating" else {}
        make_ballot(workshop, **rating)
    with pytest.raises(ValidationError, match="A vote or dots are open"):
        close(workshop)
    workshop.refresh_from_db()
    assert workshop.closed_at is None
    assert is_open(Workshop.objects.get())


def test_what_was_closed_by_mistake_goes_on(workshop):
    close(workshop)
    with pytest.raises(ValidationError, match="Open it again"):
        balloting.open_ballot(workshop=workshop, kind="rating", by=workshop.created_by)
    for _ in range(2):
        closing.reopen_workshop(workshop=workshop, by=workshop.created_by)
    assert Workshop.objects.get().closed_by is None
    assert balloting.open_ballot(workshop=workshop, kind="rating", by=workshop.created_by).is_open


def test_screens_are_told_once_of_what_changed(workshop):
    def version():
        return Workshop.objects.get().version

    before = version()
    for _ in range(2):
        closing.say_what_next(
            workshop=workshop, what_next="We meet in May.", by=workshop.created_by
        )
    assert version() == before + 1
    close(workshop)
    closed = version()
    assert closed > before + 1
    close(workshop)
    assert version() == closed


@pytest.mark.parametrize(
    "verb",
    [
        closing.close_workshop,
        closing.reopen_workshop,
        partial(closing.say_what_next, what_next="x"),
        partial(closing.save_attendance, people=[]),
    ],
)
def test_only_those_who_run_the_workshop_end_it(workshop, area, verb):
    with pytest.raises(PermissionDenied):
        verb(workshop=workshop, by=area.lead)
