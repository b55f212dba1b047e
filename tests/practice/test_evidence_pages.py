"""The pages of evidence statements."""

import re

import pytest

from practice.bearing import levels_by_domain, set_bearings
from practice.indexing import refresh
from practice.models import EvidenceStatement
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area
from tests.factories.public import make_starter, make_statement
from tests.practice.asking import queries

LIST = "/partnerships/rochdale/evidence/"
KEY = "00000000-0000-4000-8000-000000000001"


def rows(response):
    return re.findall(r'evidence/\d+/"[^>]*>([^<]+)</a></th>', shown(response))


def test_ones_own_stand_before_what_came_with_the_portal(area, client):
    make_starter(claim="A starter")
    make_statement(area.partnership, claim="Ours", is_public=True)
    other = make_area("bury", "Bury", "Bury")
    make_statement(other.partnership, claim="Theirs")
    page = client.get(LIST)
    assert rows(page) == ["Ours", "A starter"]
    assert "Ours, on the public page" in shown(page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["One in ten", "Babies"]),
        ("TEN", ["One in ten"]),
        ("survey ten", ["One in ten"]),
        ("survey babies", []),
        ("months", ["Babies"]),
        ("%", ["One in ten"]),
        ("10_", []),
    ],
)
def test_search_by_words(area, client, asked, found):
    make_statement(area.partnership, claim="One in ten", figure="10%", source="A survey")
    make_starter(claim="Babies", population="From six months")
    page = client.get(LIST, {"words": asked})
    assert rows(page) == found
    if not found:
        assert "No statement holds these words." in shown(page)


def test_a_search_that_cannot_be_read_ends_in_a_sentence(area, client):
    assert "invisible character" in shown(client.get(LIST, {"words": "a\0b"}))
    assert "the most it can hold is 200" in shown(client.get(LIST, {"words": "x" * 900}))


def test_what_has_no_source_is_marked_wherever_it_stands(area, client):
    own = make_statement(area.partnership)
    make_statement(area.partnership, claim="With one", source="A survey")
    assert shown(client.get(LIST)).count("No source yet") == 1
    assert "No source yet" in shown(client.get(f"{LIST}{own.pk}/"))


def test_three_and_three_hundred_take_the_same_queries(area, client, index_left_alone):
    for number in range(3):
        make_statement(area.partnership, claim=f"Claim {number}")
    few = queries(client, LIST)
    EvidenceStatement.objects.bulk_create(
        EvidenceStatement(partnership=area.partnership, claim=f"More {number}")
        for number in range(297)
    )
    assert queries(client, LIST) == few
    assert "of <strong>300</strong> statements" in shown(client.get(LIST))


def test_a_statement_is_written_changed_and_removed(area, client):
    body = {
        "claim": "One in ten", "figure": "10%", "source": "A survey",
        "link": "example.org/survey", "request_key": KEY,
        "checked_on-day": "1", "checked_on-month": "2", "checked_on-year": "2026",
    }  # fmt: skip
    written = client.post(f"{LIST}new/", body, follow=True)
    assert "The statement is in your library." in shown(written)
    own = EvidenceStatement.objects.get()
    assert (own.link, own.written_by) == ("https://example.org/survey", area.coordinator)
    assert 'href="https://example.org/survey" rel="noopener noreferrer"' in shown(written)

    client.post(f"{LIST}{own.pk}/change/", {"claim": "Nine in ten"})
    own.refresh_from_db()
    assert (own.claim, own.source, own.checked_on) == ("Nine in ten", "", None)

    assert "Remove this statement?" in shown(client.get(f"{LIST}{own.pk}/remove/"))
    for _ in range(2):  # a second press of the button ends on the list as well
        assert client.post(f"{LIST}{own.pk}/remove/").url == LIST
    assert not EvidenceStatement.objects.exists()


BAD = {
    "nothing": ({"claim": ""}, "Enter what is known"),
    "NUL": ({"claim": "a\0b"}, "invisible character"),
    "10 MB": ({"claim": "x" * TEN_MEGABYTES}, "the most it can hold is 500"),
    "script": ({"link": "javascript:alert(1)"}, "must be a web address"),
    "ftp": ({"link": "ftp://example.org/a", "source": "A"}, "must be a web address"),
    "link alone": ({"link": "https://example.org"}, "Say who published it"),
    "future": (
        {"checked_on-day": "1", "checked_on-month": "1", "checked_on-year": "2099"},
        "“Checked on” must be today or in the past",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_in_a_sentence(area, client, what):
    body, sentence = BAD[what]
    response = client.post(f"{LIST}new/", {"claim": "One", "request_key": KEY, **body})
    assert response.status_code == 200
    assert sentence in shown(response)
    assert not EvidenceStatement.objects.exists()


def test_what_came_with_the_portal_is_used_and_not_changed(area, client):
    starter = make_starter()
    assert "Use this" in shown(client.get(f"{LIST}{starter.pk}/"))
    for path in ("change/", "remove/"):
        refused = client.post(f"{LIST}{starter.pk}/{path}", {"claim": "Ours"})
        assert refused.status_code == 403
        assert "This statement came with the portal" in shown(refused)
    assert client.post(f"{LIST}{starter.pk}/show/", {"shown": "yes"}).status_code == 403

    copy = client.post(f"{LIST}{starter.pk}/use/", follow=True)
    assert "The statement is one of your own now." in shown(copy)
    client.post(f"{LIST}{starter.pk}/use/")
    assert EvidenceStatement.objects.filter(partnership=area.partnership).count() == 1
    assert "uses it already" in shown(client.get(f"{LIST}{starter.pk}/"))


def test_on_which_domains_a_statement_bears_is_ticked_and_copied(area, client):
    framework = make_small_framework()
    make_assessment(area.partnership, framework)
    first, second = framework.domains.order_by("number")[:2]
    starter = make_starter(claim="One in ten")
    set_bearings(starter, {first.pk: [2, 3]})
    refresh(starter)
    page = shown(client.get(f"{LIST}{starter.pk}/"))
    assert f"{first}: helps to reach levels 2 and 3" in page

    copy = client.post(f"{LIST}{starter.pk}/use/").url
    own = EvidenceStatement.objects.get(partnership=area.partnership)
    assert levels_by_domain(own) == {first.pk: [2, 3]}
    form = shown(client.get(f"{copy}change/"))
    ticked = rf'<input[^>]*name="levels_{first.pk}"[^>]*value="(.)"[^>]* checked'
    assert re.findall(ticked, form) == ["2", "3"]
    client.post(
        f"{copy}change/",
        {"claim": "One in ten", "bears_on": [second.pk], f"levels_{second.pk}": ["4"],
         f"levels_{first.pk}": ["1"]},
    )  # fmt: skip
    assert levels_by_domain(own) == {second.pk: [4]}
    assert levels_by_domain(starter) == {first.pk: [2, 3]}


def test_domains_of_a_planning_tool_that_is_not_in_use_any_more_stay(area, client):
    before, now = make_small_framework(slug="before"), make_small_framework(slug="now")
    make_assessment(area.partnership, now)
    own = make_statement(area.partnership, claim="One in ten")
    old, new = before.domains.first(), now.domains.first()
    set_bearings(own, {old.pk: [1]})
    refresh(own)
    client.post(f"{LIST}{own.pk}/change/", {"claim": "One in ten", "bears_on": [new.pk]})
    assert levels_by_domain(own) == {old.pk: [1], new.pk: []}


def test_a_domain_of_nobody_cannot_be_ticked(area, client):
    own = make_statement(area.partnership, claim="One in ten")
    stray = make_small_framework().domains.first()
    response = client.post(
        f"{LIST}{own.pk}/change/", {"claim": "One in ten", "bears_on": [stray.pk]}
    )
    assert "has no such choice" in shown(response)
    assert levels_by_domain(own) == {}


def test_somebody_elses_tick_is_not_overwritten_unseen(area, client):
    framework = make_small_framework()
    make_assessment(area.partnership, framework)
    own = make_statement(area.partnership, claim="First")
    path, ticked = f"{LIST}{own.pk}/change/", [framework.domains.first().pk]
    seen = shown(client.get(path)).split('name="seen" value="')[1].split('"')[0]
    client_of(area.facilitator).post(path, {"claim": "First", "bears_on": ticked})
    clash = client.post(path, {"claim": "First", "seen": seen})
    assert "Someone else has changed this statement meanwhile." in shown(clash)
    assert own.bearings.count() == 1


def test_using_ones_own_changes_nothing(area, client):
    own = make_statement(area.partnership)
    assert client.post(f"{LIST}{own.pk}/use/").url == own.get_absolute_url()
    assert EvidenceStatement.objects.count() == 1


def test_a_statement_of_another_partnership_is_what_never_existed(area, client):
    other = make_area("bury", "Bury", "Bury")
    theirs = make_statement(other.partnership)
    for path in ("", "change/", "remove/"):
        assert client.get(f"{LIST}{theirs.pk}/{path}").status_code == 404
    for path in ("use/", "show/"):
        assert client.post(f"{LIST}{theirs.pk}/{path}").status_code == 404


def test_a_reader_reads_and_is_told_who_writes(area):
    own = make_statement(area.partnership)
    client = client_of(area.reader)
    for page in (client.get(LIST), client.get(f"{LIST}{own.pk}/")):
        assert "A coordinator" in shown(page)
        assert "Add a statement" not in shown(page)
        assert "Remove it" not in shown(page)


def test_somebody_elses_change_is_not_overwritten_unseen(area, client):
    own = make_statement(area.partnership, claim="First")
    path = f"{LIST}{own.pk}/change/"
    seen = shown(client.get(path)).split('name="seen" value="')[1].split('"')[0]
    client_of(area.facilitator).post(path, {"claim": "Theirs"})
    clash = client.post(path, {"claim": "Mine", "seen": seen})
    assert "It now says: “Theirs”" in shown(clash)
    own.refresh_from_db()
    assert own.claim == "Theirs"
    again = shown(clash).split('name="seen" value="')[1].split('"')[0]
    assert client.post(path, {"claim": "Mine", "seen": again}).status_code == 302


@pytest.mark.parametrize(("ticked", "is_public"), [("yes", True), ("no", False), ("", False)])
def test_a_coordinator_ticks_what_the_public_sees(area, client, ticked, is_public):
    own = make_statement(area.partnership, is_public=not is_public)
    client.post(f"{LIST}{own.pk}/show/", {"shown": ticked})
    own.refresh_from_db()
    assert own.is_public is is_public


def test_the_activity_tells_of_it(area, client):
    own = make_statement(area.partnership, claim="One in ten")
    client.post(f"{LIST}{own.pk}/show/", {"shown": "yes"})
    client.post(f"{LIST}{own.pk}/change/", {"claim": "Nine in ten"})
    client.post(f"{LIST}{own.pk}/remove/")
    told = shown(client.get("/partnerships/rochdale/activity/?kind=evidence"))
    for sentence in (
        "wrote the evidence statement “One in ten”",
        "put the evidence statement “One in ten” on the public page",
        "changed the words of the evidence statement “Nine in ten”",
        "removed the evidence statement “Nine in ten”",
    ):
        assert sentence in told
