"""The register as a board and on a timeline."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from pledges.actions import add_action
from pledges.board import MOST_CARDS, board
from pledges.models import Action, ActionStatus
from pledges.timeline import WIDTH, Scale, timeline
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db

HERE = "/partnerships/rochdale/actions/"
TODAY = date(2026, 11, 22)


@pytest.fixture
def area():
    area = make_area()
    make_organisation(area.partnership)
    return area


def make(area, what="Train officers", **words):
    return add_action(
        organisation=area.partnership.organisations.get(), by=area.coordinator, what=what, **words
    )


def found(area):
    return Action.objects.of(area.partnership).with_names()


def test_each_status_has_a_column_with_the_most_urgent_on_top(area):
    make(area, "No day")
    make(area, "Later", due_on=TODAY + timedelta(days=9))
    make(area, "Late", due_on=TODAY - timedelta(days=1))
    first, *others = board(found(area), TODAY)
    assert [card.action.what for card in first.cards] == ["Late", "Later", "No day"]
    assert [card.is_overdue for card in first.cards] == [True, False, False]
    assert [column.status for column in (first, *others)] == list(ActionStatus)
    assert all(column.number == 0 for column in others)


def test_what_does_not_fit_is_counted_and_in_the_list(area):
    for _ in range(MOST_CARDS + 2):
        make(area)
    column = board(found(area), TODAY)[0]
    assert (len(column.cards), column.number, column.more) == (MOST_CARDS, MOST_CARDS + 2, 2)
    assert "2 more in the list" in shown(client_of(area.reader).get(f"{HERE}board/"))


def test_a_card_leads_to_an_update_with_its_new_status(area):
    make(area)
    client = client_of(area.coordinator)
    page = client.get(f"{HERE}board/").content.decode()
    assert f'href="{HERE}1/update/?status=complete"' in page
    form = client.get(f"{HERE}1/update/?status=complete").context["form"]
    assert form["status"].value() == "complete"
    strange = client.get(f"{HERE}1/update/?status=nonsense").context["form"]
    assert strange["status"].value() == "not_started"
    assert "/update/?status=" not in client_of(area.reader).get(f"{HERE}board/").content.decode()


@pytest.mark.parametrize("way", ["board", "timeline"])
def test_it_shows_what_the_address_asks_for_and_costs_the_same_for_many(
    area, way, django_assert_num_queries
):
    make(area, "Train officers", due_on=TODAY)
    client = client_of(area.coordinator)
    with CaptureQueriesContext(connection) as for_one:
        client.get(f"{HERE}{way}/")
    for _ in range(20):
        make(area, "Print leaflets", due_on=TODAY)
    with django_assert_num_queries(len(for_one)):
        client.get(f"{HERE}{way}/")
    page = shown(client.get(f"{HERE}{way}/?text=officers"))
    assert "Train officers" in page
    assert "Print leaflets" not in page


def test_bars_run_from_start_to_end_on_whole_months(area):
    make(area, starts_on=date(2026, 11, 1), due_on=date(2026, 11, 30))
    make(area, "By a day", due_on=date(2026, 12, 31))
    make(area, "No day")
    shown_now = timeline(found(area), TODAY)
    first, second = shown_now.bars
    assert (first.x, first.open_start, second.open_start) == (0, False, True)
    assert first.x + first.width == shown_now.months[1][0]
    assert second.x + second.width == WIDTH
    assert [name for _, name in shown_now.months] == ["Nov 2026", "Dec"]
    assert shown_now.without_day == 1
    assert 0 < shown_now.today_x < WIDTH


def test_without_any_day_there_is_a_sentence(area):
    make(area)
    page = shown(client_of(area.reader).get(f"{HERE}timeline/"))
    assert "No action that was asked for has a day yet." in page
    assert "1 without a day" in page


class Dated:
    def __init__(self, starts_on, due_on):
        self.starts_on, self.due_on = starts_on, due_on


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(st.lists(st.tuples(st.none() | days, days), min_size=1, max_size=20), days)
def test_every_day_stands_on_the_line(pairs, today):
    actions = [Dated(start, due) for start, due in pairs]
    scale = Scale.over(actions, today)
    assert scale.first <= today <= scale.last
    for _, due in pairs:
        assert 0 <= scale.x(due) <= WIDTH
    ticks = list(scale.months())
    assert len(ticks) <= 40
    assert [x for x, _ in ticks] == sorted(x for x, _ in ticks)
