"""Two people, two browsers, one assessment: neither's words are overwritten."""

import pytest
from playwright.sync_api import expect

from planning.models import UnsettledText
from tests.factories.assessments import entry_of, make_action, make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.journeys.axe import check_accessible
from tests.journeys.steps import box, domain_path, row_box, settled, state, wait_until_saved


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


@pytest.fixture
def ada(open_page, area, draft):
    return _at_domain_1(open_page(area.facilitator), draft)


@pytest.fixture
def ben(open_page, area, draft):
    return _at_domain_1(open_page(area.partner), draft)


def _at_domain_1(page, draft):
    page.goto(domain_path(draft))
    return page


def both_write(ada, ben):
    box(ada, "evidence").fill("Ada was here.")
    settled(ada)
    box(ben, "evidence").fill("Ben was here.")
    expect(state(ben)).to_contain_text("Someone else wrote in the same box")


CHOICES = {
    "Keep what is on the sheet": "Ada was here.",
    "instead": "Ben was here.",
    "Keep both, one after the other": "Ada was here.\n\nBen was here.",
}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_second_in_a_box_sees_both_texts_and_decides(ada, ben, area, draft, choice):
    both_write(ada, ben)
    panel = ben.get_by_role("region", name="Two texts for “Evidence of current progress”")
    expect(panel.get_by_text("Ada was here.")).to_be_visible()
    expect(panel.get_by_text("Ben was here.")).to_be_visible()
    assert entry_of(draft, 1).evidence == "Ada was here."
    if choice == "instead":
        check_accessible(ben)
    panel.get_by_role("button", name=choice).click()

    expect(ben.get_by_text("Settled.")).to_be_visible()
    expect(box(ben, "evidence")).to_have_value(CHOICES[choice])
    assert entry_of(draft, 1).evidence == CHOICES[choice]
    assert not UnsettledText.objects.exists()


def test_a_decision_stands_although_other_boxes_were_typed_in_meanwhile(ada, ben, draft):
    both_write(ada, ben)
    box(ben, "gaps").fill("Typed just before")
    ben.get_by_role("button", name="Keep what is on the sheet").click()

    expect(ben.get_by_text("Settled.")).to_be_visible()
    expect(box(ben, "evidence")).to_have_value("Ada was here.")
    expect(box(ben, "gaps")).to_have_value("Typed just before")
    assert entry_of(draft, 1).gaps == "Typed just before"
    assert not UnsettledText.objects.exists()


def test_without_scripts_the_second_decides_just_the_same(open_page, area, draft):
    ada, ben = (
        _at_domain_1(open_page(person, javascript=False), draft)
        for person in (area.facilitator, area.partner)
    )
    box(ada, "gaps").fill("Ada was here.")
    ada.get_by_role("button", name="Save and go on").click()
    box(ben, "gaps").fill("Ben was here.")
    ben.get_by_role("button", name="Save and go on").click()
    expect(ben.get_by_text("Both texts are kept: please settle")).to_be_visible()
    ben.get_by_role("button", name="Keep both, one after the other").click()

    expect(box(ben, "gaps")).to_have_value("Ada was here.\n\nBen was here.")


def test_different_boxes_of_one_domain_merge(ada, ben, draft):
    box(ada, "evidence").fill("Ada was here.")
    settled(ada)
    box(ben, "gaps").fill("Ben was here.")
    wait_until_saved(ben)
    expect(state(ben)).to_contain_text("Someone else has changed: Evidence of current progress")
    ben.reload()

    expect(box(ben, "evidence")).to_have_value("Ada was here.")
    expect(box(ben, "gaps")).to_have_value("Ben was here.")
    assert not UnsettledText.objects.exists()


def test_rows_that_one_adds_do_not_stop_the_other(ada, ben, draft):
    ada.get_by_role("button", name="Add a piece of evidence").click()
    row_box(ada, "reference", "title").fill("Ada's minutes")
    row_box(ada, "action", "what").fill("Ada acts")
    settled(ada)
    row_box(ben, "action", "what").fill("Ben acts")
    ben.get_by_role("button", name="Save and go on").click()

    expect(ben.get_by_role("heading", level=1)).to_contain_text("2.")
    words = set(draft.priority_actions.values_list("what", flat=True))
    assert words == {"Ada acts", "Ben acts"}
    assert entry_of(draft, 1).references.get().title == "Ada's minutes"


def test_different_domains_at_once_never_clash(ada, ben, draft):
    ben.goto(domain_path(draft, 2))
    box(ada, "evidence").press_sequentially("Strategy, ")
    box(ben, "evidence").press_sequentially("Commissioning, ")
    box(ada, "evidence").press_sequentially("written at once")
    box(ben, "evidence").press_sequentially("written at once")
    settled(ada)
    settled(ben)

    assert entry_of(draft, 1).evidence == "Strategy, written at once"
    assert entry_of(draft, 2).evidence == "Commissioning, written at once"


def test_an_action_that_serves_two_domains_is_written_by_both(ada, ben, draft):
    make_action(draft, [1, 2], what="Shared")
    ada.reload()
    ben.goto(domain_path(draft, 2))
    row_box(ada, "action", "owner", 0).fill("Ada")
    row_box(ben, "action", "measure", 0).fill("Ben counts")
    settled(ada)
    wait_until_saved(ben)

    action = draft.priority_actions.get()
    assert (action.owner, action.measure) == ("Ada", "Ben counts")
    assert not UnsettledText.objects.exists()
