"""The pages of resources."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practice import resources
from practice.models import Resource
from rpcportal.kit.forms import saved
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area
from tests.factories.practice import (
    library_of,
    make_part,
    make_practice_model,
    make_resource,
    make_standard,
)
from tests.factories.resources import bear, make_file

LIST = "/partnerships/rochdale/practice/resources/"
KEY = "00000000-0000-4000-8000-000000000001"
WHOLE = {
    "kind": "programme",
    "name": "Talking together",
    "what": "# Six weeks\n\nWith **both** parents.",
    "link": "example.org/talking",
    "audience": "Parents\n  Social   workers \nParents",
    "methods": "Restorative practice",
    "length": "Six weeks",
    "stage": "Early",
    "source": "A charity, 2024",
    "review_on-day": "1",
    "review_on-month": "2",
    "review_on-year": "2030",
    "request_key": KEY,
}


@pytest.fixture
def domains(area):
    framework = make_small_framework()
    make_assessment(area.partnership, framework)
    return list(framework.domains.order_by("number"))


def rows(response):
    return re.findall(r'resources/\d+/"[^>]*>([^<]+)</a></th>', shown(response))


# --- The list -----------------------------------------------------------------------------------


def test_ones_own_copy_stands_in_the_place_of_what_came_with_the_portal(area, client):
    starter = make_resource(name="Genogram")
    make_resource(name="Chronology")
    resources.use_starter(partnership=area.partnership, starter=starter, by=area.coordinator)
    other = make_area("bury", "Bury", "Bury")
    make_resource(other.partnership, name="Theirs")
    assert rows(client.get(LIST)) == ["Genogram", "Chronology"]
    assert rows(client_of(other.coordinator).get(LIST.replace("rochdale", "bury"))) == [
        "Theirs", "Chronology", "Genogram",
    ]  # fmt: skip


ASKED = {
    "all": ({}, ["Agenda", "Genogram"]),
    "kind": ({"kind": "agenda"}, ["Agenda"]),
    "audience": ({"audience": "Schools"}, ["Agenda"]),
    "method": ({"method": "Restorative"}, ["Genogram"]),
    "words": ({"words": "schools AGE"}, ["Agenda"]),
    "words of the file": ({"words": "family.docx"}, ["Genogram"]),
    "words that no one has": ({"words": "agenda genogram"}, []),
    "due": ({"review": "due"}, ["Genogram"]),
    "what is no choice": ({"kind": "x"}, ["Agenda", "Genogram"]),
}


@pytest.mark.parametrize("what", ASKED)
def test_the_list_is_narrowed(area, client, what):
    asked, found = ASKED[what]
    today = timezone.localdate()
    make_resource(
        area.partnership, name="Agenda", kind="agenda", audience=["Schools"],
        review_on=today + timezone.timedelta(days=1),
    )  # fmt: skip
    genogram = make_resource(
        area.partnership, name="Genogram", methods=["Restorative"], review_on=today
    )
    make_file(genogram, name="Our family.docx")
    page = client.get(LIST, asked)
    assert rows(page) == found
    assert ("Show all resources" in shown(page)) is (bool(asked) and asked != {"kind": "x"})
    if not found:
        assert "There is no such resource" in shown(page)


def test_the_list_is_narrowed_by_domain(area, client, domains):
    bear(make_resource(area.partnership, name="For one"), {domains[0]: [2]})
    bear(make_resource(name="For two"), {domains[1]: []})
    assert rows(client.get(LIST, {"domain": domains[1].pk})) == ["For two"]


def test_a_review_that_is_due_is_said(area, client):
    own = make_resource(area.partnership, review_on=timezone.localdate())
    assert "Review due" in shown(client.get(LIST))
    assert "Its review was due on" in shown(client.get(f"{LIST}{own.pk}/"))


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    assert not any('"content"' in each["sql"] for each in captured.captured_queries)
    return len(captured)


def test_three_and_three_hundred_take_the_same_queries_and_load_no_file(
    area, client, index_left_alone
):
    for number in range(3):
        make_file(make_resource(area.partnership, name=f"Tool {number}"))
    few = queries(client)
    Resource.objects.bulk_create(
        Resource(partnership=area.partnership, kind="guide", name=f"More {number}")
        for number in range(297)
    )
    assert queries(client) == few
    assert "of <strong>300</strong> resources" in shown(client.get(LIST))


# --- One resource -------------------------------------------------------------------------------


def test_a_resource_is_added_changed_and_removed(area, client, domains):
    library = library_of(area.partnership)
    body = {
        **WHOLE,
        "owner": area.coordinator.pk,
        "standards": [library.standard.pk],
        "bears_on": [domains[0].pk, domains[1].pk],
        f"levels_{domains[0].pk}": ["3", "2"],
    }
    added = client.post(f"{LIST}new/", body, follow=True)
    assert "The resource is in your library." in shown(added)
    assert "<strong>both</strong>" in shown(added)
    assert f"{domains[0]}: helps to reach levels 2 and 3" in shown(added)
    assert f"{domains[1]}: helps to reach every level" in shown(added)
    assert "We listen." in shown(added)
    own = Resource.objects.get(name="Talking together")
    assert own.link == "https://example.org/talking"
    assert own.audience == ["Parents", "Social workers"]
    assert own.owner == own.written_by == area.coordinator

    path = f"{LIST}{own.pk}/"
    client.post(f"{path}change/", {"kind": "guide", "name": "Talking"})
    own.refresh_from_db()
    assert (own.kind, own.name, own.audience, own.owner) == ("guide", "Talking", [], None)
    assert not own.bearings.exists()
    assert not own.tool_links.exists()

    assert "Remove this resource?" in shown(client.get(f"{path}remove/"))
    for _ in range(2):
        assert client.post(f"{path}remove/").url == LIST
    assert not Resource.objects.filter(pk=own.pk).exists()


def test_the_same_click_twice_adds_one(area, client):
    first, second = (client.post(f"{LIST}new/", WHOLE) for _ in range(2))
    assert first.url == second.url
    assert Resource.objects.count() == 1
    other = client.post(f"{LIST}new/", {**WHOLE, "name": "Another"})
    assert "is in the library already" in shown(other)


def test_where_to_go_next_is_chosen_with_the_button(area, client):
    response = client.post(f"{LIST}new/", {**WHOLE, "then": "file"})
    assert response.url == f"{LIST}{Resource.objects.get().pk}/file/choose/"


def test_a_preview_shows_the_words_and_saves_nothing(area, client):
    seen = client.post(f"{LIST}new/", {**WHOLE, "kind": "", "preview": "yes"})
    assert "There is a problem" not in shown(seen)
    assert "How it will look" in shown(seen)
    assert '<h2 class="govuk-heading-m">Six weeks</h2>' in shown(seen)
    assert "# Six weeks" in shown(seen)
    assert 'value="Talking together"' in shown(seen)
    assert not Resource.objects.exists()


def test_markdown_that_means_ill_is_text(area, client):
    what = "<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://evil.example/x.png)"
    own = make_resource(area.partnership, what=what)
    for page in (
        client.get(f"{LIST}{own.pk}/"),
        client.post(f"{LIST}new/", {**WHOLE, "what": what, "preview": "yes"}),
    ):
        raw = page.content.decode()
        assert "<script>alert" not in raw
        assert 'href="javascript' not in raw
        assert "<img" not in raw


BAD = {
    "no kind": ({"kind": ""}, "Choose a kind"),
    "no name": ({"name": ""}, "Enter its name"),
    "NUL": ({"what": "a\0b"}, "invisible character"),
    "10 MB": ({"what": "x" * TEN_MEGABYTES}, "the most it can hold is 20,000"),
    "script": ({"link": "javascript:alert(1)"}, "must be a web address"),
    "ftp": ({"link": "ftp://example.org/a"}, "must be a web address"),
    "data": ({"link": "data:text/html,x"}, "must be a web address"),
    "long line": ({"audience": "x" * 81}, "has 81 characters"),
    "many lines": ({"methods": "\n".join(map(str, range(21)))}, "has 21 lines"),
    "day": ({"review_on-month": "13"}, "Review it on"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_in_a_sentence(area, client, what):
    body, sentence = BAD[what]
    response = client.post(f"{LIST}new/", {**WHOLE, **body})
    assert response.status_code == 200
    assert sentence in shown(response)
    assert not Resource.objects.exists()


def test_an_owner_can_write_the_library(area, client):
    response = client.post(f"{LIST}new/", {**WHOLE, "owner": area.reader.pk})
    assert "has no such choice" in shown(response)


def test_somebody_elses_change_is_not_overwritten_unseen(area, client, domains):
    own = make_resource(area.partnership, name="First")
    path = f"{LIST}{own.pk}/change/"
    seen = shown(client.get(path)).split('name="seen" value="')[1].split('"')[0]
    body = {"kind": "template", "name": "First"}
    client_of(area.facilitator).post(path, {**body, "bears_on": [domains[0].pk]})
    clash = client.post(path, {**body, "seen": seen})
    assert "Someone else has changed this resource meanwhile." in shown(clash)
    assert own.bearings.count() == 1
    again = shown(clash).split('name="seen" value="')[1].split('"')[0]
    assert client.post(path, {**body, "seen": again}).status_code == 302
    assert not own.bearings.exists()


def test_what_was_typed_comes_back_when_the_resource_was_removed_meanwhile(area, client):
    own = make_resource(area.partnership)
    resources.remove_resource(resource=own, by=area.coordinator)
    gone = client.post(f"{LIST}{own.pk}/change/", {"kind": "guide", "name": "My words"})
    assert gone.status_code == 410
    assert "My words" in shown(gone)


# --- What came with the portal ------------------------------------------------------------------


def test_what_came_with_the_portal_is_used_and_not_changed(area, client, domains):
    starter = make_resource(name="Genogram")
    bear(starter, {domains[0]: [2]})
    path = f"{LIST}{starter.pk}/"
    for page in ("change/", "remove/", "file/choose/", "file/remove/"):
        refused = client.post(f"{path}{page}", {"kind": "guide", "name": "Ours"})
        assert refused.status_code == 403
        assert "came with the portal" in shown(refused)
    assert "Use this" in shown(client.get(path))
    copy = client.post(f"{path}use/", follow=True)
    assert "The resource is one of your own now." in shown(copy)
    client.post(f"{path}use/")
    own = Resource.objects.get(partnership=area.partnership)
    assert (own.copied_from, own.bearings.get().levels) == (starter, [2])
    assert "uses it already" in shown(client.get(path))


def test_a_standard_leads_to_the_copy_from_then_on(area, client):
    starter = make_resource(name="Genogram")
    pillar = make_part(make_practice_model(area.partnership))
    standard = make_standard(pillar)
    standard.tool_links.create(resource=starter)
    client.post(f"{LIST}{starter.pk}/use/")
    assert standard.tools.get().partnership == area.partnership


def test_a_starter_of_a_model_that_was_taken_on_names_ones_own_standards_alone(area, client):
    starter, model = make_resource(name="Genogram"), make_practice_model()
    make_standard(make_part(model), statement="We came along.").tool_links.create(resource=starter)
    path = f"{LIST}{starter.pk}/"
    assert "We came along." in shown(client.get(path))
    own = make_practice_model(area.partnership, copied_from=model)
    make_standard(make_part(own), statement="We took over.").tool_links.create(resource=starter)
    page = shown(client.get(path))
    assert "We took over." in page
    assert "We came along." not in page


def test_using_ones_own_changes_nothing(area, client):
    own = make_resource(area.partnership)
    assert client.post(f"{LIST}{own.pk}/use/").url == own.get_absolute_url()
    assert Resource.objects.count() == 1


# --- Who may ------------------------------------------------------------------------------------


def test_a_reader_reads_and_is_told_who_writes(area):
    own = make_resource(area.partnership)
    client = client_of(area.reader)
    for page in (client.get(LIST), client.get(f"{LIST}{own.pk}/")):
        assert "A coordinator or facilitator can." in shown(page)
        assert "Add a resource" not in shown(page)
        assert "Change it" not in shown(page)


def test_the_activity_tells_of_it(area, client):
    client.post(f"{LIST}new/", WHOLE)
    own = Resource.objects.get()
    client.post(f"{LIST}{own.pk}/change/", {**WHOLE, "name": "Talking"})
    starter = make_resource(name="Genogram")
    client.post(f"{LIST}{starter.pk}/use/")
    client.post(f"{LIST}{own.pk}/remove/")
    told = shown(client.get("/partnerships/rochdale/activity/?kind=resources"))
    for sentence in (
        "added the resource “Talking together”",
        "changed the name of the resource “Talking”",
        "took the resource “Genogram” over from the portal’s",
        "removed the resource “Talking”",
    ):
        assert sentence in told


def test_what_was_typed_is_shown_when_it_is_removed_in_the_very_moment(area, client, monkeypatch):
    own = make_resource(area.partnership, name="Genogram")

    def removed_first(form):
        resources.remove_resource(resource=own, by=area.coordinator)
        return saved(form)

    monkeypatch.setattr("practice.views.resources.saved", removed_first)
    late = client.post(f"{LIST}{own.pk}/change/", {**WHOLE, "name": "Typed late"})
    assert late.status_code == 410
    assert "Typed late" in shown(late)


def test_other_ticks_from_a_page_that_was_sent_are_not_lost_in_silence(area, client, domains):
    client.post(f"{LIST}new/", WHOLE)
    again = client.post(f"{LIST}new/", {**WHOLE, "bears_on": [domains[0].pk]})
    assert "is in the library already" in shown(again)
    assert Resource.objects.count() == 1
