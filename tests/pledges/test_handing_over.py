"""Whose open actions and pledges go to a colleague, when somebody leaves; what is over stays."""

from datetime import date

import pytest

from partnerships.handing_over import hand_over, open_work
from pledges.models import Deputy, PledgeStatus
from tests.factories.actions import make_plain_pledge, make_plan_action
from tests.factories.people import client_of, make_area, make_organisation
from tests.partnerships.telling import by, done
from tests.pledges.reading import read

pytestmark = pytest.mark.django_db
COMPLETE = {"status": "complete", "completed_on": date(2026, 1, 31)}


def member(area, user):
    return area.partnership.memberships.get(user=user)


def from_editor_to_lead(area):
    """How many pieces of work moved."""
    return hand_over(
        membership=member(area, area.editor), to=member(area, area.lead), by=area.coordinator
    )


def stand_in(action):
    return set(action.deputies.all())


def test_open_work_is_listed_by_what_it_is(area, library):
    make_plan_action(library, what="Late", owner=area.editor)
    make_plan_action(library, what="Soon", owner=area.editor, due_on=date(2026, 1, 31))
    make_plan_action(library, what="Beside", deputies=[area.editor])
    make_plain_pledge(library, lead=area.editor)
    assert open_work(area.editor, area.partnership) == [
        ("Sees to actions", ["2. Soon", "1. Late"]),
        ("Stands in on actions", ["3. Beside"]),
        ("Lead contact of pledges", ["Pledge of Library"]),
    ]
    assert open_work(area.lead, area.partnership) == []


def test_what_is_open_moves_and_what_is_over_stays(area, library):
    words = {"owner": area.editor, "deputies": [area.editor]}
    for status in ("not_started", "in_progress"):
        make_plan_action(library, status=status, **words)
    make_plan_action(library, **words, **COMPLETE)
    make_plan_action(library, **words, status="withdrawn")
    assert from_editor_to_lead(area) == 4
    people = [(each.owner, stand_in(each)) for each in library.actions.order_by("number")]
    assert people == [(area.lead, set())] * 2 + [(area.editor, {area.editor})] * 2
    assert open_work(area.editor, area.partnership) == []


def test_whoever_stands_in_goes_on_to_a_colleague(area, library):
    action = make_plan_action(
        library, owner=area.coordinator, deputies=[area.editor, area.facilitator]
    )
    assert from_editor_to_lead(area) == 1
    assert stand_in(action) == {area.lead, area.facilitator}


def test_nobody_stands_in_twice_or_for_themselves(area, library):
    twice = make_plan_action(library, deputies=[area.editor, area.lead])
    own = make_plan_action(library, owner=area.lead, deputies=[area.editor])
    taken_on = make_plan_action(library, owner=area.editor, deputies=[area.lead])
    assert from_editor_to_lead(area) == 3
    assert (stand_in(twice), stand_in(own), stand_in(taken_on)) == ({area.lead}, set(), set())
    taken_on.refresh_from_db()
    assert taken_on.owner == area.lead
    assert Deputy.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (PledgeStatus.INVITED, True),
        (PledgeStatus.SIGNED, True),
        (PledgeStatus.LAPSED, True),
        (PledgeStatus.WITHDRAWN, False),
    ],
)
def test_the_lead_of_a_pledge_moves_unless_it_is_withdrawn(area, library, status, moves):
    lapsed_on = date(2026, 1, 31) if status == PledgeStatus.LAPSED else None
    pledge = make_plain_pledge(library, lead=area.editor, status=status, lapsed_on=lapsed_on)
    assert from_editor_to_lead(area) == moves
    pledge.refresh_from_db()
    assert pledge.lead == (area.lead if moves else area.editor)


def test_what_one_has_elsewhere_stays(area, library):
    bury = make_area("bury", "Bury Together", "Bury")
    theirs = make_plan_action(bury.partnership, owner=area.editor, deputies=[area.editor])
    school = make_organisation(bury.partnership, name="School")
    pledge = make_plain_pledge(school, lead=area.editor)
    assert from_editor_to_lead(area) == 0
    theirs.refresh_from_db()
    pledge.refresh_from_db()
    assert (theirs.owner, stand_in(theirs), pledge.lead) == (
        area.editor,
        {area.editor},
        area.editor,
    )


def test_the_work_of_others_stays(area, library):
    action = make_plan_action(library, owner=area.coordinator, deputies=[area.facilitator])
    assert from_editor_to_lead(area) == 0
    assert stand_in(action) == {area.facilitator}


def test_it_is_told_as_any_change(area, library):
    make_plan_action(library, owner=area.editor)
    make_plan_action(library, deputies=[area.editor])
    with by(area.coordinator):
        told = done(area, lambda: from_editor_to_lead(area))
    assert set(told) == {
        f"{area.coordinator} changed who sees to it of action 1 “Train the practitioners”",
        f"{area.coordinator} had {area.lead} stand in on action 2 “Train the practitioners”",
    }


def test_the_pages_ask_before_somebody_goes(area, library):
    make_plan_action(library, what="Train everybody", owner=area.editor)
    path = f"/partnerships/rochdale/people/{member(area, area.editor).pk}/"
    assert "Sees to actions 1. Train everybody" in read(area.coordinator, path)
    body = {"to": member(area, area.lead).pk}
    assert client_of(area.coordinator).post(f"{path}hand-over/", body).status_code == 302
    assert library.actions.get().owner == area.lead
