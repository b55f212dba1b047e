"""The page for everybody: who sees what of it, and how it is kept."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships import publishing
from partnerships.models import PublicPage
from tests.factories.actions import make_plan_action
from tests.factories.assessments import make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge
from tests.factories.public import make_public_page, make_statement, picture

pytestmark = pytest.mark.django_db
PATH = "/public/rochdale/"
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def area():
    return make_area()


def get(path=PATH, **headers):
    return Client().get(path, headers=headers)


def page_of(area, **values):
    return make_public_page(area.partnership, area.coordinator, **values)


# --- Only what a coordinator published is there -----------------------------------------------


@pytest.mark.parametrize("path", ["", "logo/"])
def test_what_is_not_published_is_what_never_existed(area, path):
    page_of(area, is_published=False, with_logo=True)
    for person in (None, area.reader, area.coordinator):
        client = client_of(person)
        here, never = client.get(PATH + path), client.get(f"/public/atlantis/{path}")
        assert (here.status_code, never.status_code) == (404, 404)
        assert TOKEN.sub(b"", here.content) == TOKEN.sub(b"", never.content)
        kept = {name for name in here.headers if name not in {"X-Request-ID"}}
        assert {name: here.headers[name] for name in kept} == {
            name: never.headers[name] for name in kept
        }


def test_a_partnership_without_a_page_has_none(area):
    assert get().status_code == 404


def test_taken_offline_it_is_gone_at_once_for_who_kept_it_too(area):
    page_of(area)
    kept = get().headers["ETag"]
    publishing.take_offline(partnership=area.partnership, by=area.coordinator)
    assert get(**{"If-None-Match": kept}).status_code == 404


def test_nothing_of_planning_and_nobodys_name_or_address_is_on_it(area):
    framework = load_rpc_2018()
    make_full(area.partnership, framework, note="Kanarienvogel", by=area.coordinator)
    organisation = make_organisation(area.partnership, "Homes First")
    make_pledge(organisation, area.coordinator, lead=area.lead, champion="Dagny Oyelaran")
    make_plan_action(organisation, number=1, what="Train", owner=area.lead, status="in_progress")
    make_statement(area.partnership, claim="Not ticked")
    page_of(area)
    words = get().content.decode()

    assert "Homes First" in words
    assert "Chief executive" in words  # the job title of who signed
    for secret in ("Kanarienvogel", "Ada Marsh", "Dagny", "Evidence of domain", "Not ticked", "@"):
        assert secret not in words
    for person in (area.coordinator, area.lead, area.partner):
        assert person.name not in words


def test_it_shows_the_newest_manifesto_and_the_brand(area):
    make_manifesto(area.partnership, vision="Old vision", body="Old words")
    make_manifesto(area.partnership, vision="Every child", body="# Why\n\n<b>Because</b>")
    page_of(
        area, campaign="Good Terms", hashtag="GoodTerms", colour="#5b2a6e", with_logo=True,
        contact_email="ask@example.org", contact_phone="01706 (000) 000", contact_name="Team",
        introduction="We **help**", help_words="[Hub](https://hub.example.org/)",
    )  # fmt: skip
    words = get().content.decode()

    assert "Old" not in words
    for shown in (
        "<title>Good Terms – RPC Portal</title>",
        '<h1 class="rpc-public__title">Good Terms</h1>',
        "#GoodTerms",
        '<h3 class="govuk-heading-m">Why</h3>',
        "&lt;b&gt;Because&lt;/b&gt;",
        "<strong>help</strong>",
        'href="/brand/5b2a6e.css"',
        'src="/public/rochdale/logo/" alt="A teal field"',
        'href="mailto:ask@example.org"',
        'href="tel:01706000000"',
        '<a href="https://hub.example.org/" rel="noopener noreferrer" class="govuk-link">Hub</a>',
        '<meta name="robots" content="index, follow">',
        '<meta property="og:description" content="Every child">',
    ):
        assert shown in words, shown


def test_the_line_between_conflict_and_abuse_and_where_help_is_stand_always(area):
    page_of(area)
    words = get().content.decode()
    for shown in ("call 999", "0808 2000 247", "0808 801 0327", "0808 800 5000"):
        assert shown in words


def test_html_in_any_box_is_text(area):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    names = ("campaign", "introduction", "contact_name", "help_words", "logo_words")
    page_of(area, **dict.fromkeys(names, evil))
    organisation = make_organisation(area.partnership, evil[:60])
    make_pledge(organisation, area.coordinator, words=evil)
    make_statement(area.partnership, claim=evil, source=evil, is_public=True)
    words = get().content.decode()
    assert "<script>alert" not in words
    assert "<img src=x" not in words


# --- The same page for whoever asks, kept and asked about -------------------------------------


def test_it_sets_no_cookie_and_knows_nobody(area):
    page_of(area)
    stranger = get()
    assert stranger.cookies == {}
    assert "csrfmiddlewaretoken" not in stranger.content.decode()
    assert client_of(area.coordinator).get(PATH).content == stranger.content


@pytest.mark.parametrize("path", [PATH, f"{PATH}logo/", "/brand/14505c.css", "/robots.txt"])
def test_who_has_it_already_gets_no_second_copy(area, path):
    page_of(area, with_logo=True)
    first = get(path)
    again = get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Cache-Control"].startswith("public, ")


def test_what_is_new_is_another_copy(area):
    page = page_of(area)
    kept = get().headers["ETag"]
    PublicPage.objects.filter(pk=page.pk).update(campaign="New")
    assert get(**{"If-None-Match": kept}).status_code == 200


def test_the_logo_comes_as_the_picture_that_it_is(area):
    page_of(area, with_logo=True)
    answer = get(f"{PATH}logo/")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"\x89PNG")
    assert answer.content != picture()


def test_a_page_without_a_logo_has_none(area):
    page_of(area)
    assert get(f"{PATH}logo/").status_code == 404
    assert "<img" not in get().content.decode()


@pytest.mark.parametrize(
    "colour", ["eeeeee", "14505C", "145", "#14505c", "14505c;}", "teal", "777777", "１4505c"]
)
def test_no_style_sheet_says_anything_but_a_readable_colour(colour):
    assert get(f"/brand/{colour}.css").status_code == 404


def test_the_style_sheet_says_one_colour():
    answer = get("/brand/5b2a6e.css")
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.content == b":root { --rpc-public-colour: #5b2a6e; }\n"


def test_search_engines_may_read_what_is_published_alone():
    assert get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Allow: /public/",
        "Allow: /brand/",
        "Allow: /static/",
        "Disallow: /",
    ]


# --- As many queries for much as for little ---------------------------------------------------


def queries():
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert get().status_code == 200
    return len(captured)


def fill(area, first, last):
    for number in range(first, last):
        organisation = make_organisation(area.partnership, f"Organisation {number}")
        make_pledge(organisation, area.coordinator)
        make_plan_action(
            organisation, number=number, what=f"Deed {number}", status="complete",
            completed_on="2026-03-01", difference="Much", where_seen="Here",
        )  # fmt: skip
        make_statement(area.partnership, claim=f"Claim {number}", is_public=True)


def test_three_and_thirty_of_everything_take_the_same_queries(area):
    page_of(area)
    fill(area, 1, 4)
    few = queries()
    fill(area, 4, 31)
    words = get().content.decode()
    assert queries() == few <= 8
    assert "Organisation 30" in words
    assert "Claim 30" in words


# --- Last updated -----------------------------------------------------------------------------


def test_last_updated_is_the_day_of_the_newest_that_is_shown(area):
    page = page_of(area)
    PublicPage.objects.filter(pk=page.pk).update(changed_at="2026-01-05T12:00Z")
    assert "Last updated on 5 January 2026." in get().content.decode()
    own = make_statement(area.partnership, is_public=True, written_at="2026-02-06T12:00Z")
    assert "Last updated on 6 February 2026." in get().content.decode()
    own.is_public = False
    own.save()
    assert "Last updated on 5 January 2026." in get().content.decode()
    organisation = make_organisation(area.partnership)
    make_plan_action(organisation, status="in_progress", updated_at="2026-03-07T23:30Z")
    assert "Last updated on 7 March 2026." in get().content.decode()
    PublicPage.objects.filter(pk=page.pk).update(shows_actions=False)
    assert "Last updated on 5 January 2026." in get().content.decode()


def test_its_address_is_the_one_that_members_are_told(area):
    assert reverse("public_page", args=["rochdale"]) == PATH
