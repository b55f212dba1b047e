"""Phones at a table: choose it, write in its copy, and nobody's words are lost."""

import html
import re
import uuid

import pytest
from django.test import Client

from partnerships import joining
from planning.models import Assessment, TableEntry, Workshop
from tests.factories.assessments import agree
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.joining import end, phone_at
from tests.factories.people import client_of, make_area
from tests.factories.workshops import make_workshop
from tests.planning.tables_at_work import base, lay, texts_at, write, wrote

pytestmark = pytest.mark.django_db
IN = {"sector": "council"}


@pytest.fixture
def table(workshop):
    return lay(workshop)[0]


@pytest.fixture
def client(workshop):
    return phone_at(workshop.occasion, IN)


def path(workshop, rest=""):
    return f"/workshops/{workshop.occasion_id}/tables/{rest}"


def send(client, workshop, **boxes):
    body = {"level": "", "evidence": "", "gaps": "", "actions": "", "base": base(), **boxes}
    return client.post(path(workshop, "1/1/"), body)


def test_a_phone_chooses_its_table_and_sees_what_the_table_has(client, workshop, table):
    wrote(table, 2, level="2.5", evidence="Minutes")
    page = shown(client.get(path(workshop)))
    assert path(workshop, "1/") in page
    page = shown(client.get(path(workshop, "1/")))
    assert "Level 2/3, evidence" in page
    assert page.count("Nothing yet") == 2


def test_what_it_writes_is_its_tables_alone(client, workshop, table):
    response = send(client, workshop, level="2.5", evidence="Minutes", actions="Name a lead")
    assert response.url == path(workshop, "1/?saved=1")
    assert "Saved: 1. Purpose" in shown(client.get(response.url))
    assert texts_at(table) == {
        "level": "2.5",
        "evidence": "Minutes",
        "gaps": "",
        "actions": "Name a lead",
    }
    assert TableEntry.objects.count() == 1
    assert send(client, workshop).status_code == 302  # an older page that changed nothing
    assert texts_at(table)["evidence"] == "Minutes"


def test_the_link_stands_on_the_phones_own_page_when_there_are_tables(client, workshop):
    own = f"/workshops/{workshop.occasion_id}/"
    assert path(workshop) not in shown(client.get(own))
    lay(workshop)
    assert path(workshop) in shown(client.get(own))


def test_two_phones_in_one_box_see_both_texts_and_choose(client, workshop, table):
    other = phone_at(workshop.occasion, IN)
    send(other, workshop, evidence="Theirs", level="2")
    response = send(client, workshop, evidence="Mine", gaps="No lead")
    page, sent = shown(response), response.content.decode()
    assert "Somebody else wrote in “Evidence of current progress” meanwhile" in page
    assert "Theirs" in page
    assert "Mine" in page
    hidden = {
        name: html.unescape(re.search(f'name="{name}" value="([^"]*)"', sent).group(1))
        for name in ("base", "met")
    }
    assert hidden["met"] == "evidence"
    boxes = {**hidden, "evidence": "Mine", "gaps": "No lead", "choose_evidence": "both"}
    assert send(client, workshop, **boxes).status_code == 302
    assert texts_at(table) == {
        "level": "2",
        "evidence": "Theirs\n\nMine",
        "gaps": "No lead",
        "actions": "",
    }


def test_nobody_can_tell_who_wrote_not_even_of_somebody_who_is_signed_in(area, workshop, table):
    client = client_of(area.facilitator)
    client.post(joining.join_path(workshop.occasion), {"request_key": uuid.uuid4(), **IN})
    assert send(client, workshop, evidence="Minutes").status_code == 302
    event = TableEntry.pgh_event_model.objects.get()
    assert event.pgh_context["user"] is None


def test_the_door_may_close_while_a_table_writes(client, workshop, table):
    end(workshop.occasion)
    assert send(client, workshop, evidence="Minutes").status_code == 302
    assert texts_at(table)["evidence"] == "Minutes"


@pytest.mark.parametrize("ends", ["workshop", "sheet"])
def test_what_comes_too_late_gets_a_sentence_and_stays_on_the_page(
    area, client, workshop, table, ends
):
    if ends == "workshop":
        Workshop.objects.update(closed_at=workshop.created_at)
    else:
        workshop.assessment.entries.update(evidence="E")
        agree(Assessment.objects.get(), by=area.coordinator)
    page = shown(send(client, workshop, evidence="Written in the tram"))
    assert {"workshop": "The workshop is closed", "sheet": "This sheet was agreed"}[ends] in page
    assert "Written in the tram" in page
    assert not TableEntry.objects.exists()


def test_a_table_or_a_domain_that_is_not_there_leads_back(client, workshop, table):
    for rest in ("9/", "9/1/", "1/99/", f"{10**30}/", f"1/{10**30}/"):
        assert client.get(path(workshop, rest)).url == path(workshop)
    assert client.post(path(workshop, "9/1/"), {"evidence": "x"}).url == path(workshop)


def test_who_is_not_in_is_sent_to_the_door(workshop, table):
    elsewhere = make_workshop(
        Assessment.objects.create(
            partnership=make_area("bury", "Bury", "Bury").partnership,
            framework=workshop.assessment.framework,
            assessed_on=workshop.held_on,
        ),
        workshop.created_by,
    )
    for client in (Client(), phone_at(elsewhere.occasion, IN), client_of(workshop.created_by)):
        for rest in ("", "1/", "1/1/"):
            assert client.get(path(workshop, rest)).url == "/join/"
        assert send(client, workshop, evidence="x").url == "/join/"
    assert not TableEntry.objects.exists()


def test_a_level_that_is_not_offered_gets_a_sentence(client, workshop, table):
    for level in ("9", "0", "2.7", "x", "na"):
        page = shown(send(client, workshop, level=level, evidence="Minutes"))
        assert "There is a problem" in page
        assert "Minutes" in page
    assert not TableEntry.objects.exists()


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_strange_words_are_text(client, workshop, table, words):
    assert send(client, workshop, gaps=words).status_code == 302
    page = client.get(path(workshop, "1/1/")).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("words", ["\0", "x" * TEN_MEGABYTES])
def test_what_cannot_be_kept_ends_in_a_sentence(client, workshop, table, words):
    assert "There is a problem" in shown(send(client, workshop, evidence=words))
    assert not TableEntry.objects.exists()


def test_pages_ask_as_often_for_two_tables_as_for_twenty(
    client, workshop, table, django_assert_num_queries
):
    write(table, 1, {"evidence": "Minutes"})
    for rest, queries in (("", 3), ("1/", 5), ("1/1/", 5)):
        client.get(path(workshop, rest))
        with django_assert_num_queries(queries):
            client.get(path(workshop, rest))
    for each in lay(workshop, 20)[1:]:
        wrote(each, 1, evidence="Minutes")
    for rest, queries in (("", 3), ("1/", 5), ("1/1/", 5)):
        with django_assert_num_queries(queries):
            client.get(path(workshop, rest))
