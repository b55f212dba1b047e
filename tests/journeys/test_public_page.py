"""A coordinator writes, previews and publishes the page for everybody; a stranger reads it."""

import pytest
from playwright.sync_api import expect

from partnerships.models import PublicPage
from tests.factories.actions import make_plan_action
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge
from tests.factories.public import make_starter, picture
from tests.journeys.axe import check_accessible
from tests.journeys.conftest import PHONE

PUBLIC = "/public/rochdale/"
EDIT = "/partnerships/rochdale/public-page/"
CLAIM = "One child in ten has a parent who reports distress."


@pytest.fixture
def area(transactional_db):
    area = make_area()
    make_manifesto(area.partnership, vision="Every child grows up without harm from rows.")
    homes = make_organisation(area.partnership, "Homes First")
    make_pledge(homes, area.coordinator, words="We train every housing officer.")
    make_plan_action(
        homes, what="Train every officer", status="complete", completed_on="2026-03-01",
        difference="Officers begin the talk.", where_seen="The yearly survey",
    )  # fmt: skip
    make_starter(claim=CLAIM, source="A national survey")
    return area


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_page_is_written_previewed_published_read_and_taken_offline(
    open_page, area, complaints, javascript
):
    complaints.expect("404")
    page = open_page(area.coordinator, javascript=javascript)
    stranger = open_page(width=PHONE, javascript=javascript)
    write(page, javascript)
    assert stranger.goto(PUBLIC).status == 404

    choose_logo(page, javascript)
    use_evidence(page, javascript)
    publish(page, javascript)
    read(stranger, javascript)

    page.goto(EDIT)
    page.get_by_role("link", name="Take it offline").click()
    page.get_by_role("button", name="Take it offline").click()
    expect(page.get_by_text("The public page is offline.")).to_be_visible()
    assert stranger.goto(PUBLIC).status == 404
    assert not PublicPage.objects.get().is_published


def write(page, javascript):
    page.goto(EDIT)
    page.get_by_label("Name of your campaign").fill("Good Terms")
    page.get_by_label("Colour").fill("#f2b872")
    page.get_by_label("E-mail address to ask at").fill("ask@example.org")
    page.get_by_label("Help for families in your area").fill("- Family hubs")
    page.get_by_role("button", name="Save and look at it").click()
    link = page.get_by_role("link", name="White words would be hard to read")
    if javascript:
        check_accessible(page)
        link.click()
        expect(page.get_by_label("Colour")).to_be_focused()
    page.get_by_label("Colour").fill("#5b2a6e")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_text("The page is not published")).to_be_visible()
    expect(page.get_by_role("heading", name="Good Terms")).to_be_visible()
    if javascript:
        check_accessible(page)
    page.get_by_role("link", name="Change it, or publish it").click()


def choose_logo(page, javascript):
    page.get_by_role("link", name="Choose a logo").click()
    words = page.get_by_label("What the logo shows")
    words.fill("A plum field")
    broken = {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg/>"}
    page.get_by_label("Logo", exact=False).first.set_input_files(broken)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="The file is no PNG or JPEG picture")).to_be_visible()
    right = {"name": "logo.png", "mimeType": "image/png", "buffer": picture(colour="#5b2a6e")}
    page.locator('input[type="file"]').set_input_files(right)
    if javascript:
        check_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The logo is saved.")).to_be_visible()


def use_evidence(page, javascript):
    page.get_by_role("link", name="Choose evidence statements to show").click()
    page.get_by_role("link", name=CLAIM).click()
    page.get_by_role("button", name="Use this").click()
    page.get_by_role("button", name="Show it on the public page").click()
    expect(page.get_by_text("Shown, while the page is published")).to_be_visible()
    if javascript:
        check_accessible(page)


def publish(page, javascript):
    page.goto(EDIT)
    page.get_by_role("link", name="Publish it: see first what becomes public").click()
    expect(page.get_by_text("Homes First")).to_be_visible()
    if javascript:
        check_accessible(page)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Everybody can read it now.")).to_be_visible()


def read(stranger, javascript):
    assert stranger.goto(PUBLIC).status == 200
    for words in (
        "Every child grows up without harm from rows.",
        "We train every housing officer.",
        "Officers begin the talk.",
        CLAIM,
        "A national survey",
        "Family hubs",
        "ask@example.org",
    ):
        expect(stranger.get_by_text(words)).to_be_visible()
    head = stranger.locator(".rpc-public__head")
    expect(head).to_have_css("background-color", "rgb(91, 42, 110)")
    logo = stranger.get_by_alt_text("A plum field")
    expect(logo).to_be_visible()
    expect(logo).to_have_js_property("naturalWidth", 60)
    if javascript:
        check_accessible(stranger)
    stranger.emulate_media(media="print")
    expect(head).to_have_css("color", "rgb(0, 0, 0)")
    stranger.emulate_media(media="screen")
    assert stranger.context.cookies() == []
