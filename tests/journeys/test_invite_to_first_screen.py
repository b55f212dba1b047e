"""From a pasted list to the first screen of somebody who has never been here."""

import re

import pytest
from playwright.sync_api import expect

from partnerships.models import Invitation, Membership, OutgoingMail, User
from tests.factories.people import make_area, make_organisation, make_user
from tests.journeys.axe import check_accessible
from tests.journeys.steps import sign_in

SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
LIST = "Marsh, Ada <ada@police.example>; bea@homes.example\nCy Holt\tCY@Homes.example"


@pytest.fixture
def area(transactional_db):
    return make_area()


def link_in_newest_mail(to):
    """The path of the link in the newest e-mail to this address."""
    body = OutgoingMail.objects.filter(to=to).first().body
    return re.search(r"https?://[^/]+(/invitations/\S+)", body).group(1)


def invite(page, people, role="Partner editor"):
    page.goto("/partnerships/rochdale/invitations/new/")
    page.get_by_label("E-mail addresses").fill(people)
    page.get_by_label(role).check()
    page.get_by_role("button", name="Invite").click()


@SCRIPTS
def test_a_pasted_list_is_invited_and_one_of_them_is_in_within_a_minute(
    open_page, area, javascript
):
    make_organisation(area.partnership, "Neighbourhood policing")
    page = open_page(area.coordinator, javascript=javascript)
    page.goto("/partnerships/rochdale/people/")
    page.get_by_role("button", name="Invite people").click()
    page.get_by_label("E-mail addresses").fill(LIST)
    page.get_by_label("Partner lead").check()
    page.get_by_role("combobox", name="Organisation").select_option("Neighbourhood policing")
    page.get_by_role("button", name="Invite").dblclick()
    expect(page.get_by_role("link", name="cy@homes.example")).to_be_visible()
    assert Invitation.objects.count() == 3

    new = open_page(width=320, javascript=javascript)
    new.goto(link_in_newest_mail("ada@police.example"))
    new.goto(link_in_newest_mail("ada@police.example"))  # a mail scanner looked first
    expect(new.get_by_label("Your name")).to_have_value("Ada Marsh")
    if javascript:
        check_accessible(new)
    new.get_by_role("button", name="Join").click()
    expect(new.get_by_role("heading", level=1)).to_have_text("Rochdale Relationships")
    expect(new.get_by_text("Welcome. You are in Rochdale Relationships.")).to_be_visible()
    ada = Membership.objects.get(user__email="ada@police.example")
    assert (ada.role, [str(each) for each in ada.organisations.all()]) == (
        "lead",
        ["Neighbourhood policing"],
    )

    page.goto("/partnerships/rochdale/invitations/")
    row = page.get_by_role("row").filter(has_text="ada@police.example")
    expect(row).to_contain_text("Joined")


def test_an_address_that_is_none_comes_back_with_a_sentence_and_the_list(open_page, area):
    page = open_page(area.coordinator)
    invite(page, "ada@police.example\nthe new inspector")
    expect(page.locator("#main-content")).to_contain_text(
        "“the new inspector” holds no e-mail address."
    )
    expect(page.get_by_label("E-mail addresses")).to_have_value(
        "ada@police.example\nthe new inspector"
    )
    assert Invitation.objects.count() == 0
    invite(page, f"{area.reader.email}\nada@police.example")
    expect(page.get_by_text(f"{area.reader.email} is in the partnership already")).to_be_visible()
    expect(page.get_by_text("ada@police.example is invited.")).to_be_visible()


def test_sent_again_the_first_link_stops_working_and_taken_back_both_do(
    open_page, area, complaints
):
    complaints.expect("404")
    page = open_page(area.coordinator)
    invite(page, "ada@police.example")
    first = link_in_newest_mail("ada@police.example")
    page.get_by_role("link", name="ada@police.example").click()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("A new e-mail to ada@police.example is on its way.")).to_be_visible()
    second = link_in_newest_mail("ada@police.example")

    new = open_page()
    new.goto(first)
    expect(new.get_by_role("heading", level=1)).to_have_text("This link does not work")
    new.goto(second)
    expect(new.get_by_role("button", name="Join")).to_be_visible()
    page.get_by_role("link", name="ada@police.example").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("is taken back")).to_be_visible()
    new.get_by_label("Your name").fill("Ada Marsh")
    new.get_by_role("button", name="Join").click()
    expect(new.get_by_text("This invitation was taken back.")).to_be_visible()
    assert not User.objects.filter(email="ada@police.example").exists()


@SCRIPTS
def test_somebody_with_an_account_signs_in_and_is_in_both_partnerships(open_page, area, javascript):
    elsewhere = make_area("bury", "Bury Together", "Bury")
    invite(open_page(area.coordinator, javascript=javascript), elsewhere.partner.email, "Reader")
    theirs = open_page(javascript=javascript)
    theirs.goto(link_in_newest_mail(elsewhere.partner.email))
    theirs.get_by_role("button", name="Sign in").click()
    sign_in(theirs, elsewhere.partner)
    theirs.get_by_role("button", name="Join").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Rochdale Relationships")

    theirs.get_by_role("link", name="Your partnerships").click()
    theirs.get_by_role("link", name="Bury Together").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Bury Together")
    theirs.get_by_role("link", name="Your partnerships").click()
    theirs.get_by_role("link", name="Rochdale Relationships").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Rochdale Relationships")


def test_an_invitation_that_was_passed_on_says_whose_it_is(open_page, area):
    other = make_user("cy@else.example", "Cy Holt")
    invite(open_page(area.coordinator), "ada@police.example")
    theirs = open_page(other)
    theirs.goto(link_in_newest_mail("ada@police.example"))
    expect(theirs.get_by_text("The invitation is for ada@police.example")).to_be_visible()
    expect(theirs.get_by_role("button", name="Join")).to_have_count(0)


@SCRIPTS
def test_joining_by_a_double_click_makes_one_member_who_is_led_on(open_page, area, javascript):
    invite(open_page(area.coordinator, javascript=javascript), "ada@police.example")
    new = open_page(javascript=javascript)
    new.goto(link_in_newest_mail("ada@police.example"))
    new.get_by_label("Your name").fill("Ada Marsh")
    new.get_by_role("button", name="Join").dblclick()

    # Without scripts the second click may come before the first one's answer, and with it the
    # session, is there: then the page says that she has joined, and how to go on.
    first_screen, told = "Rochdale Relationships", "Sign in"
    expect(new.get_by_role("heading", level=1)).to_have_text(re.compile(f"{first_screen}|{told}"))
    if javascript:
        expect(new.get_by_role("heading", level=1)).to_have_text(first_screen)
    elif new.get_by_role("heading", level=1).inner_text() == told:
        expect(new.get_by_text("You have joined Rochdale Relationships.")).to_be_visible()
    assert User.objects.filter(email="ada@police.example").count() == 1
    assert Membership.objects.filter(user__email="ada@police.example").count() == 1
