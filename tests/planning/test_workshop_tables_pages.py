"""The facilitator's pages of the tables: where they differ, settling, setting them up."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import TableEntry, Workshop, WorkshopTable
from tests.factories.assessments import agree, entry_of
from tests.factories.bad_input import shown
from tests.factories.people import client_of
from tests.planning.tables_at_work import lay, wrote

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def path(workshop, rest=""):
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/tables/{rest}"


def send(client, workshop, rest, body):
    return shown(client.post(path(workshop, rest), body, follow=True))


# --- Where they differ --------------------------------------------------------------------------


def test_the_page_says_where_the_tables_differ_in_words(client, workshop):
    one, two = lay(workshop)
    wrote(one, 2, level=1), wrote(two, 2, level="2.5")
    wrote(one, 1, level=2), wrote(two, 1, level=2)
    wrote(one, 3, level=3)
    page = shown(client.get(path(workshop)))
    assert "The tables differ on 1 domain." in page
    for words in ("Differ", "From 1 to 2/3", "Agree", "All 2", "So far 3; 1 table has not scored"):
        assert words in page
    assert page.index("2. ") < page.index("1. Purpose")
    in_order = shown(client.get(path(workshop, "?order=tool")))
    assert in_order.index("1. Purpose") < in_order.index("2. ")


def test_the_page_asks_as_often_for_two_tables_as_for_twenty(client, workshop):
    def queries(rest):
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(path(workshop, rest)).status_code == 200
        return len(counted)

    for table in lay(workshop, 2):
        wrote(table, 1, level=2, evidence="Minutes", taken_over_at=workshop.created_at)
    rests = ("", "domains/1/", "1/paper/", "1/")
    for rest in rests:
        queries(rest)
    few = [queries(rest) for rest in rests]
    for table in lay(workshop, 20)[2:]:
        for number in (1, 2, 3):
            wrote(table, number, level=3, evidence="Minutes", taken_over_at=workshop.created_at)
    assert [queries(rest) for rest in rests] == few
    assert max(few) < 20


def test_a_reader_of_the_sheet_does_not_run_the_room(area, workshop):
    lay(workshop)
    response = client_of(area.reader).get(path(workshop))
    assert response.status_code == 403
    assert "A coordinator or facilitator can" in shown(response)


# --- Settling -----------------------------------------------------------------------------------


def base_of(response):
    """What the page remembers of what it started from."""
    page = response.content.decode()
    found = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("base", "page")}
    return {name: html.unescape(match.group(1)) for name, match in found.items()}


def test_a_difference_is_settled_by_a_person_and_never_filled_in_from_the_tables(client, workshop):
    one, two = lay(workshop)
    workshop.assessment.entries.update(level=None)
    wrote(one, 1, level=1, evidence="Minutes"), wrote(two, 1, level=2, gaps="No lead")
    response = client.get(path(workshop, "domains/1/"))
    page = shown(response)
    assert "Minutes" in page
    assert "No lead" in page
    assert "checked" not in page.split("What the room agrees")[1]
    body = {"level": "2.5", "reason": "We saw more", "dissent": "One saw 1", **base_of(response)}
    assert "1. Purpose: recorded at" in send(client, workshop, "domains/1/", body)
    entry = entry_of(workshop.assessment, 1)
    assert (entry.level, entry.reason, entry.dissent) == (2.5, "We saw more", "One saw 1")
    assert "No lead" not in entry.gaps


def test_without_a_level_nothing_is_recorded(client, workshop):
    lay(workshop)
    page = send(client, workshop, "domains/1/", {"reason": "Because"})
    assert "There is a problem" in page
    assert "Because" in page
    assert entry_of(workshop.assessment, 1).reason == ""


def test_two_facilitators_who_settle_differently_keep_both(client, area, workshop):
    lay(workshop)
    other, here = client_of(area.coordinator), path(workshop, "domains/1/")
    ours, theirs = base_of(other.get(here)), base_of(client.get(here))
    send(other, workshop, "domains/1/", {"level": "3", "reason": "Ours", **ours})
    told = send(client, workshop, "domains/1/", {"level": "1", "reason": "Theirs", **theirs})
    assert "Both texts are kept" in told
    assert "Two texts for “Progress level”" in told
    assert entry_of(workshop.assessment, 1).level == 3


def test_the_words_go_on_the_sheet_by_a_button_once(client, workshop):
    (one, _) = lay(workshop)
    wrote(one, 1, evidence="Minutes")
    assert "in 1 domain." in send(client, workshop, "on-the-sheet/", {})
    assert "Nothing is new" in send(client, workshop, "on-the-sheet/", {"domain": "1"})
    assert entry_of(workshop.assessment, 1).evidence == "Table 1: Minutes"
    assert client.post(path(workshop, "on-the-sheet/"), {"domain": "99"}).status_code == 404


def test_changed_words_are_marked(client, workshop):
    (one, _) = lay(workshop)
    wrote(one, 1, evidence="Minutes")
    send(client, workshop, "on-the-sheet/", {})
    assert "It wrote more since" not in shown(client.get(path(workshop, "domains/1/")))
    TableEntry.objects.update(evidence="Minutes\nA plan")
    assert "It wrote more since" in shown(client.get(path(workshop, "domains/1/")))
    assert "Changed at 1 table" in shown(client.get(path(workshop)))


def test_an_agreed_sheet_shows_its_sentence_and_no_form(area, client, workshop):
    lay(workshop)
    workshop.assessment.entries.update(evidence="E")
    agree(workshop.assessment, by=area.coordinator)
    for rest in ("", "domains/1/", "1/paper/", "1/"):
        page = shown(client.get(path(workshop, rest)))
        assert "This sheet was agreed" in page
        assert '<button type="submit"' not in page.split("<main")[1]
    for rest in ("domains/1/", "on-the-sheet/"):
        assert client.post(path(workshop, rest), {"level": "1"}).status_code == 403


# --- Setting them up ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["", "1", "21", "x", "2.5", "-3", "9" * 40, "\0"])
def test_a_number_of_tables_that_cannot_be_ends_in_a_sentence(client, workshop, number):
    response = client.post(path(workshop, "lay/"), {"number": number})
    assert response.status_code == 422
    assert "There is a problem" in shown(response)
    assert not WorkshopTable.objects.exists()


def test_tables_are_set_up_renamed_and_removed(client, workshop):
    assert "There are 3 tables now." in send(client, workshop, "lay/", {"number": "3"})
    assert "The table is renamed." in send(client, workshop, "2/", {"name": "By the window"})
    assert "By the window" in shown(client.get(path(workshop)))
    assert "By the window is removed." in send(client, workshop, "2/", {"remove": "yes"})
    assert client.post(path(workshop, "2/"), {"remove": "yes"}).status_code == 302
    assert [table.number for table in workshop.tables.all()] == [1, 3]


def test_a_name_that_somebody_else_gave_meanwhile_is_not_lost_silently(client, workshop):
    table, _ = lay(workshop)
    page = shown(client.get(path(workshop, "1/")))
    seen = re.search('name="seen" value="([^"]*)"', page).group(1)
    WorkshopTable.objects.filter(pk=table.pk).update(name="Door")
    page = send(client, workshop, "1/", {"name": "Window", "seen": seen})
    assert "it is “Door” now" in page
    assert "Window" in page


def test_the_whole_room_on_paper_is_one_table(client, workshop):
    for _ in range(2):
        response = client.post(path(workshop, "lay/"), {"room": "yes"})
        assert response.url == path(workshop, "1/paper/")
    assert "Type the sheet of The room" in shown(client.get(response.url))
    Workshop.objects.update(closed_at=workshop.created_at)
    assert "The workshop is closed" in shown(client.get(path(workshop)))
