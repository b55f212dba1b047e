"""What a workshop’s screens show: the projector, the news of both, the bar for a scribe."""

import pytest
from django.test import Client
from django.utils import timezone

from planning import balloting, running
from planning.console_pages import Remarks
from planning.levels_on_screen import LevelsOnScreen
from planning.models import Remark, Stage, Workshop
from planning.outline import OutlineLevel
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_area
from tests.factories.workshops import (
    make_ballot,
    make_phones,
    make_revealed,
    vote_of,
)
from tests.planning.in_the_room import at_domain, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def page(client, workshop, end):
    return shown(client.get(path_of(workshop, end)))


# --- News -------------------------------------------------------------------------------------


def news(client, workshop, seen, **more):
    query = {"seen": seen.stamp, "newest": seen.newest, "said": seen.said, **more}
    return client.get(path_of(workshop, "console/news/"), query)


def test_the_console_is_told_of_votes_at_once_and_of_a_change_once(
    area, client, workshop, django_assert_num_queries
):
    at_domain(workshop)
    ballot, phones = make_ballot(workshop), make_phones(workshop, 2)
    seen = client.get(path_of(workshop, "console/")).context["wall"]
    with django_assert_num_queries(4):
        assert news(client, workshop, seen).status_code == 204
    vote_of(ballot, phones[0])
    told = news(client, workshop, seen)
    assert "1 of 2 has voted." in shown(told)
    assert "changed elsewhere" not in shown(told)
    balloting.reveal(ballot=ballot, by=area.coordinator)
    seen = told.context["wall"]
    moved = news(client, workshop, seen, told="")
    assert "the vote is revealed" in shown(moved)
    assert "Show the newest" in shown(moved)
    again = news(client, workshop, moved.context["wall"], told=moved.context["wall"].told)
    assert again.status_code == 204
    make_phones(workshop, 1)  # something else to tell: what was told already is not told again
    later = news(client, workshop, moved.context["wall"], told=moved.context["wall"].told)
    assert later.status_code == 200
    assert "changed elsewhere" not in shown(later)


# --- The scribe -------------------------------------------------------------------------------


def test_a_scribe_sees_where_the_room_is_and_goes_there(area, workshop):
    scribe = client_of(area.editor)
    at_domain(workshop, 2)
    domain = f"/planning/{workshop.assessment_id}/domains/"
    bar = shown(scribe.get(f"{domain}1/"))
    where = scribe.get(f"{domain}1/").context["room"].where
    assert f"Workshop is at {where}." in bar
    assert scribe.get(path_of(workshop, "now/")).url == f"{domain}2/"
    assert scribe.get(path_of(workshop, "bar/"), {"at": where}).status_code == 204
    at_domain(workshop, 3)
    assert "is at 3." in shown(scribe.get(path_of(workshop, "bar/"), {"at": where}))
    running.go_to(workshop=workshop, stage=Stage.CLOSING, by=area.coordinator)
    assert scribe.get(path_of(workshop, "now/")).url == f"/planning/{workshop.assessment_id}/"
    running.shut_door(workshop=workshop, by=area.coordinator)
    assert "Go where the room is" not in shown(scribe.get(f"{domain}1/"))


def test_where_the_room_is_belongs_to_the_partnership(workshop):
    bury = make_area("bury", "Bury Together", "Bury")
    assert client_of(bury.coordinator).get(path_of(workshop, "now/")).status_code == 404
    assert Client().get(path_of(workshop, "now/")).url.startswith("/sign-in/")


# --- The projector ----------------------------------------------------------------------------


def test_the_projector_shows_how_to_join_then_the_domain_then_the_votes(area, client, workshop):
    code = f"{workshop.occasion.code[:3]} {workshop.occasion.code[3:]}"
    assert code in page(client, workshop, "screen/")
    at_domain(workshop)
    assert entry_of(workshop.assessment, 1).domain.name in page(client, workshop, "screen/")
    make_revealed(workshop, ["1", "2", "2", "3", "3"], round=0)
    ballot = make_ballot(workshop)
    for phone in make_phones(workshop, 5):
        vote_of(ballot, phone, "3.5", "Because of the plan")
    voting = page(client, workshop, "screen/")
    assert "5 of 10 have voted." in voting
    assert "Because of the plan" not in voting
    balloting.reveal(ballot=ballot, by=area.coordinator)
    revealed = page(client, workshop, "screen/")
    assert "Because of the plan" in revealed
    assert "Before the workshop" in revealed


def test_the_projector_says_why_it_shows_no_levels_of_fewer_than_five(client, workshop):
    at_domain(workshop)
    assert "No phone is in yet." in page(client, workshop, "screen/")
    make_revealed(workshop, ["1", "2"], round=1)
    heading = page(client, workshop, "screen/").partition("rpc-workshop__question")[2]
    assert "2 voted. Fewer than five votes are not shown by level" in heading


@pytest.mark.parametrize("is_shortened", [True, False])
def test_the_projector_says_where_the_rest_of_shortened_levels_is(
    client, workshop, monkeypatch, is_shortened
):
    at_domain(workshop)
    levels = ((OutlineLevel(1, "Basic", ""), "A plan is there."),)
    shown_levels = LevelsOnScreen(levels, "large", is_shortened=is_shortened)
    monkeypatch.setattr(LevelsOnScreen, "of", lambda domain: shown_levels)
    screen = page(client, workshop, "screen/")
    assert "A plan is there." in screen
    assert ("The levels in full are on your phone." in screen) == is_shortened


def test_a_closed_workshop_says_so_on_its_console_and_leads_nobody_on(client, workshop):
    assert "Go on to" in page(client, workshop, "console/")
    Workshop.objects.update(closed_at=timezone.now())
    console = page(client, workshop, "console/")
    assert "The workshop is closed. To go on," in console
    assert "Go on to" not in console


def test_the_projectors_poll_costs_four_queries_and_draws_anew_only_what_changed(
    area, client, workshop, django_assert_num_queries
):
    at_domain(workshop)
    ballot, (phone,) = make_ballot(workshop), make_phones(workshop, 1)
    wall = client.get(path_of(workshop, "screen/")).context["wall"]
    path = path_of(workshop, "screen/news/")
    with django_assert_num_queries(4):
        assert client.get(path, {"seen": wall.stamp}).status_code == 204
    vote_of(ballot, phone)
    counted = client.get(path, {"seen": wall.stamp, "said": wall.said})
    assert "1 has voted." in shown(counted)
    assert "#screen" not in shown(counted)
    balloting.reveal(ballot=ballot, by=area.coordinator)
    drawn = client.get(path, {"seen": counted.context["wall"].stamp})
    assert "innerHTML:#screen" in shown(drawn)


def remarks(*texts):
    return Remarks.of([Remark(text=text) for text in texts])


def test_what_does_not_fit_on_the_screen_is_told_by_its_number():
    assert remarks("Short").size == "large"
    many = remarks(*(f"Reason {number} " + "x" * 120 for number in range(24)))
    assert (many.size, len(many.texts) + many.more) == ("small", 24)
    assert many.more > 0
