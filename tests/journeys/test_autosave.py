"""Nobody's typing is ever lost: saving while people type, and what may go wrong meanwhile."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from planning.models import UnsettledText
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.journeys.steps import (
    box,
    choose_level,
    domain_path,
    row_box,
    settled,
    sign_in,
    state,
    wait_until_nothing_is_kept_here,
)


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


def evidence_of(draft):
    return entry_of(draft, 1).evidence


def test_a_page_saves_as_people_type_and_a_reload_shows_the_words(open_page, area, draft):
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    choose_level(page, "2/3")
    box(page, "evidence").press_sequentially("A plan names it.")
    page.get_by_role("button", name="Add a piece of evidence").click()
    row_box(page, "reference", "title").fill("The plan")
    row_box(page, "action", "what").fill("Write it down")
    settled(page)
    page.reload()

    expect(box(page, "evidence")).to_have_value("A plan names it.")
    expect(page.locator('[name="level"][value="2.5"]')).to_be_checked()
    expect(row_box(page, "reference", "title", 0)).to_have_value("The plan")
    expect(row_box(page, "action", "what", 0)).to_have_value("Write it down")
    assert draft.priority_actions.count() == 1


def test_words_typed_without_a_network_are_sent_when_it_is_back(open_page, area, draft, complaints):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    page.context.set_offline(True)
    box(page, "evidence").fill("Typed in a cellar.")
    expect(state(page)).to_contain_text("there is no connection")
    page.context.set_offline(False)

    settled(page)
    assert evidence_of(draft) == "Typed in a cellar."


def test_without_a_network_a_button_keeps_people_where_their_words_are(
    open_page, area, draft, complaints
):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    page.context.set_offline(True)
    box(page, "evidence").fill("Typed in a cellar.")
    page.get_by_role("button", name="Save and see all domains").click()

    expect(state(page)).to_contain_text("there is no connection")
    expect(box(page, "evidence")).to_have_value("Typed in a cellar.")


def test_words_that_were_never_sent_are_back_when_the_page_is_opened_again(
    open_page, area, draft, complaints
):
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    page.context.set_offline(True)
    choose_level(page, "3")
    box(page, "evidence").fill("The lid was closed.")
    row_box(page, "action", "what").fill("Charge the battery")
    expect(state(page)).to_contain_text("there is no connection")
    page.close()
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(domain_path(draft))

    expect(box(again, "evidence")).to_have_value("The lid was closed.")
    settled(again)
    assert evidence_of(draft) == "The lid was closed."
    assert draft.priority_actions.get().what == "Charge the battery"
    assert not UnsettledText.objects.exists()


def test_a_session_that_ends_while_someone_types_costs_no_words(open_page, area, draft, complaints):
    complaints.expect("403")
    page = open_page()
    page.goto("/")
    sign_in(page, area.partner)
    page.goto(domain_path(draft))
    box(page, "evidence").fill("Before.")
    settled(page)
    Session.objects.all().delete()
    box(page, "evidence").fill("Before. And after.")
    expect(state(page)).to_contain_text("Sign in again in another tab")
    other = page.context.new_page()
    other.goto("/")
    sign_in(other, area.partner)

    settled(page)
    assert evidence_of(draft) == "Before. And after."
    page.get_by_role("button", name="Save and see all domains").click()
    expect(page.get_by_role("heading", name="Score your area")).to_be_visible()


def test_a_reply_lost_after_the_save_makes_no_clash_with_oneself(
    open_page, area, draft, complaints
):
    complaints.expect("ERR_FAILED")
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    lost = []

    def lose(route):
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/domains/1/", lose)
    box(page, "evidence").fill("First")
    expect(state(page)).to_contain_text("there is no connection")
    assert evidence_of(draft) == "First"
    box(page, "evidence").fill("First and second")
    settled(page)

    assert set(lost) == {200}
    assert evidence_of(draft) == "First and second"
    assert not UnsettledText.objects.exists()


def lose_replies(page):
    """The server gets what is sent and answers; the answers never arrive."""

    def lose(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/domains/1/", lose)


def test_a_reload_in_the_middle_of_a_save_shows_the_newest_words(
    open_page, area, draft, complaints
):
    complaints.expect("ERR_FAILED|ERR_INTERNET_DISCONNECTED")
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    lose_replies(page)
    box(page, "evidence").fill("First")
    expect(state(page)).to_contain_text("there is no connection")
    page.context.set_offline(True)
    box(page, "evidence").fill("First and second")
    page.unroute("**/domains/1/")
    page.context.set_offline(False)
    page.reload()

    expect(box(page, "evidence")).to_have_value("First and second")
    wait_until_nothing_is_kept_here(page)
    words = [evidence_of(draft), *UnsettledText.objects.values_list("text", flat=True)]
    assert "First and second" in words


def test_going_back_shows_what_was_saved_and_not_an_old_page(open_page, area, draft):
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    box(page, "evidence").fill("Typed")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.")
    page.go_back()

    expect(box(page, "evidence")).to_have_value("Typed")
    box(page, "evidence").fill("Typed again")
    settled(page)
    assert evidence_of(draft) == "Typed again"
    assert not UnsettledText.objects.exists()


def test_leaving_by_a_link_at_once_still_saves(open_page, area, draft):
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    box(page, "evidence").fill("In a hurry")
    page.get_by_role("link", name="All domains").click()
    expect(page.get_by_role("heading", name="Score your area")).to_be_visible()
    page.goto(domain_path(draft))

    expect(box(page, "evidence")).to_have_value("In a hurry")
    wait_until_nothing_is_kept_here(page)
    assert evidence_of(draft) == "In a hurry"


def test_a_day_half_typed_holds_no_other_words_back(open_page, area, draft):
    page = open_page(area.partner)
    page.goto(domain_path(draft))
    row_box(page, "action", "what").fill("Do it")
    row_box(page, "action", "due-day").fill("31")
    box(page, "evidence").fill("Words beside it")
    expect(state(page)).to_have_text(re.compile("Saved .*All but this: “By when” must include"))

    assert evidence_of(draft) == "Words beside it"
    assert draft.priority_actions.get().what == "Do it"
    page.reload()
    expect(row_box(page, "action", "due-day", 0)).to_have_value("31")
    row_box(page, "action", "due-month", 0).fill("12")
    row_box(page, "action", "due-year", 0).fill("2026")
    settled(page)
    assert str(draft.priority_actions.get().due) == "2026-12-31"
    assert not UnsettledText.objects.exists()


def test_a_reader_gets_no_boxes(open_page, area, draft):
    page = open_page(area.reader)
    page.goto(domain_path(draft))

    expect(page.locator("textarea, input:not([type=hidden])")).to_have_count(0)
    expect(
        page.get_by_text("A coordinator, facilitator, partner lead or partner editor can.")
    ).to_be_visible()
