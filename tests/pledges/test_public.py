"""What of pledges and actions is public."""

from datetime import date

import pytest

from pledges.models import PledgeStatus
from pledges.public import MOST_DEEDS, Deed, public_register
from tests.factories.actions import make_plain_pledge, make_plan_action
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import add_signing, make_pledge
from tests.factories.public import make_public_page

pytestmark = pytest.mark.django_db
DONE = {"status": "complete", "completed_on": date(2026, 3, 1)}


@pytest.fixture
def page(area):
    return make_public_page(area.partnership, area.coordinator)


def pledges_of(page):
    return [each.organisation for each in public_register(page).pledges]


def deeds_of(page):
    return [each.what for each in public_register(page).deeds]


@pytest.mark.parametrize("status", PledgeStatus)
def test_only_a_pledge_that_stands_is_shown(area, page, status):
    organisation = make_organisation(area.partnership, "Homes First")
    lapsed_on = date(2026, 4, 1) if status == PledgeStatus.LAPSED else None
    make_pledge(organisation, area.coordinator, status=status, lapsed_on=lapsed_on)
    stands = status in {PledgeStatus.SIGNED, PledgeStatus.RENEWED}
    assert pledges_of(page) == (["Homes First"] if stands else [])


def test_a_pledge_that_its_organisation_does_not_want_shown_is_not_nor_what_it_did(area, page):
    organisation = make_organisation(area.partnership, "Homes First")
    make_pledge(organisation, area.coordinator, is_shown=False)
    make_plan_action(organisation, **DONE)
    make_plan_action(organisation, status="in_progress")
    shown = public_register(page)
    assert (shown.pledges, shown.deeds, shown.complete, shown.under_way) == ((), (), 0, 0)
    assert shown.changed_at is None


def test_an_organisation_that_took_its_pledge_back_is_not_named_for_what_it_did(area, page):
    organisation = make_organisation(area.partnership, "Homes First")
    make_pledge(organisation, area.coordinator, status=PledgeStatus.WITHDRAWN)
    make_plan_action(organisation, **DONE)
    assert deeds_of(page) == []


def test_organisations_without_a_pledge_and_with_a_lapsed_one_are_named_for_what_they_did(
    area, page
):
    make_plan_action(make_organisation(area.partnership, "Library"), what="Read", **DONE)
    lapsed = make_organisation(area.partnership, "Homes First")
    values = {"status": PledgeStatus.LAPSED, "lapsed_on": date(2026, 4, 1)}
    make_plain_pledge(lapsed, **values)
    make_plan_action(lapsed, what="Train", **DONE)
    assert sorted(deeds_of(page)) == ["Read", "Train"]


def test_what_was_signed_is_shown_with_its_days_and_without_a_name(area, page):
    organisation = make_organisation(area.partnership, "Homes First")
    pledge = make_pledge(organisation, area.coordinator, signed_on=date(2025, 3, 1))
    add_signing(pledge, area.coordinator, signed_on=date(2026, 3, 2))
    (shown,) = public_register(page).pledges
    assert (shown.role, shown.words) == ("Chief executive", "We train everybody.")
    assert (shown.first_signed_on, shown.signed_on) == (date(2025, 3, 1), date(2026, 3, 2))
    assert shown.renews
    assert "Ada Marsh" not in repr(shown)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "withdrawn"])
def test_what_is_not_finished_is_not_told(area, page, status):
    make_plan_action(area.partnership, status=status)
    shown = public_register(page)
    assert shown.deeds == ()
    assert (shown.complete, shown.under_way) == (0, int(status == "in_progress"))


def test_a_deed_says_what_it_made_of_difference_and_no_owner(area, page):
    organisation = make_organisation(area.partnership, "Homes First")
    make_plan_action(
        organisation, what="Train", owner=area.lead, owner_words="Dagny", measure="Secret",
        difference="83 of 100", where_seen="In the report", **DONE,
    )  # fmt: skip
    assert public_register(page).deeds == (
        Deed("Train", "Homes First", date(2026, 3, 1), "83 of 100", "In the report"),
    )


def test_the_newest_are_listed_and_all_are_counted(area, page):
    for day in range(1, MOST_DEEDS + 4):
        done_on = date(2026, 3, day)
        make_plan_action(
            area.partnership, what=f"Deed {day}", status="complete", completed_on=done_on
        )
    make_plan_action(area.partnership, status="in_progress")
    shown = public_register(page)
    assert [each.what for each in shown.deeds][:2] == ["Deed 23", "Deed 22"]
    assert (len(shown.deeds), shown.earlier) == (MOST_DEEDS, 3)
    assert shown.summary == "23 actions are complete and 1 is under way."


def test_the_page_says_whether_it_shows_them(area, page):
    organisation = make_organisation(area.partnership, "Homes First")
    make_pledge(organisation, area.coordinator)
    make_plan_action(organisation, **DONE)
    page.shows_pledges = False
    assert (pledges_of(page), len(deeds_of(page))) == ([], 1)
    page.shows_pledges, page.shows_actions = True, False
    assert (pledges_of(page), deeds_of(page)) == (["Homes First"], [])


def test_another_partnership_shows_nothing_of_this_one(area):
    make_pledge(make_organisation(area.partnership), area.coordinator)
    make_plan_action(area.partnership, **DONE)
    other = make_area("bury", "Bury Together", "Bury")
    shown = public_register(make_public_page(other.partnership, other.coordinator))
    assert (shown.pledges, shown.deeds, shown.complete) == ((), (), 0)
