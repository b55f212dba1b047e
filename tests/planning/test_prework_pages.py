"""Scoring beforehand in the browser: a link, a paper, one domain at a time; no account."""

import re
import uuid
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from partnerships import limits
from planning import prework
from planning.models import Paper, PaperScore, Workshop
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_organisation
from tests.factories.workshops import make_linked_paper, make_workshop

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def workshop(area, draft):
    closes_at = timezone.now() + HOUR
    return make_workshop(draft, area.coordinator, is_open=False, prework_closes_at=closes_at)


@pytest.fixture
def paper(workshop):
    return make_linked_paper(workshop)


@pytest.fixture
def client():
    return Client()


def path_of(paper, number=None):
    return f"/prework/papers/{paper.link}/" + (f"{number}/" if number else "")


def send(client, paper, number=1, **values):
    said = {"level": "2", "strength": "", "improvement": "", "revision": "0", **values}
    return client.post(path_of(paper, number), said)


def begin(client, path, **values):
    return client.post(path, {"request_key": uuid.uuid4(), "sector": "health", **values})


def end(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(prework_closes_at=timezone.now() - HOUR)


# --- Coming in ----------------------------------------------------------------------------------


def test_the_common_link_makes_each_a_paper_of_their_own(client, workshop):
    path = f"/prework/{workshop.prework_key}/"
    page = shown(client.get(path))
    assert "You need no account." in page
    assert "nobody can tell who said what" in page
    assert not Paper.objects.exists()  # a link that is looked at makes none
    first, second = begin(client, path), begin(Client(), path)
    assert first.url != second.url
    assert Paper.objects.count() == 2
    assert {paper.sector for paper in Paper.objects.all()} == {"health"}
    page = shown(client.get(first.url))
    assert f"http://testserver{first.url}" in page
    assert "0 of 3 domains answered." in page


def test_who_is_asked_reads_when_and_where_it_is_and_what_to_read_before(client, workshop, paper):
    Workshop.objects.update(starts_at=time(9, 30), place="Town hall", to_read="- the *tool*")
    when_and_where = f"{workshop.held_on:%-d %B %Y}, 09:30, Town hall"
    for path in (f"/prework/{workshop.prework_key}/", path_of(paper)):
        page = shown(client.get(path))
        assert when_and_where in page
        assert "What to read before" in page
        assert "<em>tool</em>" in page
    Workshop.objects.update(to_read="")
    assert "What to read before" not in shown(client.get(path_of(paper)))


def test_the_same_click_twice_is_one_paper(client, workshop):
    path, key = f"/prework/{workshop.prework_key}/", uuid.uuid4()
    assert begin(client, path, request_key=key).url == begin(client, path, request_key=key).url
    assert Paper.objects.count() == 1


def test_the_sector_is_asked_and_need_not_be_said(client, workshop):
    path = f"/prework/{workshop.prework_key}/"
    assert "Choose a sector" in shown(begin(client, path, sector=""))
    assert "no such choice" in shown(begin(client, path, sector="royalty"))
    begin(client, path, sector="unsaid")
    assert Paper.objects.get().sector == ""


def test_an_invitees_link_knows_the_sector_and_leads_to_the_same_paper_everywhere(area, workshop):
    organisation = make_organisation(area.partnership, sector="police")
    invitee = workshop.invitees.create(organisation=organisation, email="a@b.example")
    path = f"/prework/papers/{prework.key_for(invitee.pk)}/"
    page = shown(Client().get(path))
    assert "yours alone" in page
    assert "sector" not in page
    assert not Paper.objects.exists()
    assert begin(Client(), path, sector="").url == path
    assert begin(Client(), path).url == path
    Client().post(f"{path}1/", {"level": "3", "revision": "0"})
    assert Paper.objects.get().sector == "police"
    assert "1 of 3 domains answered." in shown(Client().get(path))


def test_links_that_lead_nowhere_all_show_the_same(client, workshop):
    for path in ("", "1/", "99/"):
        response = client.get(f"/prework/papers/{uuid.uuid4()}/{path}")
        assert response.status_code == 404
        assert "There are no answers at this address" in shown(response)
    assert client.get(f"/prework/{uuid.uuid4()}/").status_code == 404
    plain = make_workshop(workshop.assessment, workshop.created_by)
    assert client.get(f"/prework/{plain.prework_key}/").status_code == 404


def test_no_domain_of_another_tool_has_a_page(client, paper):
    assert client.get(path_of(paper, 99)).status_code == 404
    assert send(client, paper, 99).status_code == 404


def test_nobody_fills_a_workshop_with_papers(client, workshop, monkeypatch):
    few = limits.Limit("scored beforehand, address", 2, 3600)
    monkeypatch.setattr(prework, "PAPERS_FROM_ADDRESS", few)
    path = f"/prework/{workshop.prework_key}/"
    statuses = [begin(client, path).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("number", [None, 1])
def test_no_page_is_kept_listed_or_told_to_others(client, paper, number):
    response = client.get(path_of(paper, number))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"


# --- Answering ----------------------------------------------------------------------------------


def test_an_answer_is_kept_and_the_next_domain_comes(client, paper):
    response = send(client, paper, level="2.5", strength="We meet", then="next")
    assert response.url == path_of(paper, 2)
    assert send(client, paper, 2, level="dk", then="list").url == path_of(paper)
    assert send(client, paper, 2, level="dk", then="back", revision="1").url == path_of(paper, 1)
    first, second = PaperScore.objects.order_by("pk")
    assert (first.level, first.strength, first.does_not_know) == (Decimal("2.5"), "We meet", False)
    assert (second.level, second.does_not_know) == (None, True)
    page = shown(client.get(path_of(paper)))
    assert "2 of 3 domains answered." in page
    assert "Level 2/3" in page
    assert "Don’t know" in page
    page = client.get(path_of(paper, 1)).content.decode()
    assert re.search(r'value="2.5"[^>]* checked', page)
    assert "We meet" in page


def test_all_answered_there_is_nothing_to_send(client, paper):
    for number in (1, 2, 3):
        send(client, paper, number)
    page = shown(client.get(path_of(paper)))
    assert "3 of 3 domains answered. Thank you. There is nothing to send" in page


def test_who_sends_from_an_older_page_sees_both_and_chooses(client, paper):
    send(client, paper, level="2", strength="From the phone")
    page = shown(send(Client(), paper, level="3", strength="From the laptop"))
    assert "You have answered this elsewhere meanwhile" in page
    assert "From the phone" in page
    assert "From the laptop" in page
    assert "Level 2" in page
    assert PaperScore.objects.get().strength == "From the phone"
    again = send(client, paper, level="3", strength="From the laptop", revision="1")
    assert again.status_code == 302
    assert PaperScore.objects.get().strength == "From the laptop"


def test_the_page_shown_after_a_clash_can_replace_what_stands(client, paper):
    send(client, paper, strength="From the phone")
    page = send(Client(), paper, strength="From the laptop").content.decode()
    assert re.search(r'name="revision" value="1"', page)


@pytest.mark.parametrize("values", [{"level": "9"}, {"level": "x"}, {"strength": "x" * 2001}])
def test_what_cannot_be_kept_ends_in_a_sentence_with_all_that_was_typed(client, paper, values):
    page = shown(send(client, paper, **{"improvement": "Typed on a train", **values}))
    assert "There is a problem" in page
    assert "Typed on a train" in page
    assert not PaperScore.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "²", "-1", "9" * 30, "\0"])
def test_nonsense_in_the_hidden_box_is_a_page_that_has_seen_nothing(client, paper, revision):
    assert send(client, paper, revision=revision).status_code in {302, 422}
    send(client, paper, level="4", revision=revision)
    assert PaperScore.objects.filter(level=4).count() == 0


# --- After the end ------------------------------------------------------------------------------


def test_after_the_end_there_is_a_sentence_and_what_was_typed_can_be_copied(client, paper):
    send(client, paper)
    end(paper.workshop)
    for path in (path_of(paper), path_of(paper, 1), f"/prework/{paper.workshop.prework_key}/"):
        assert "Scoring beforehand has ended" in shown(client.get(path))
    page = shown(send(client, paper, 2, level="dk", strength="Written in the <b>tram</b>"))
    assert "It came too late to be saved." in page
    assert "Written in the <b>tram</b>" in page
    assert "<b>tram" not in send(client, paper, 2, strength="<b>tram").content.decode()
    assert PaperScore.objects.count() == 1


def test_what_was_typed_is_there_to_copy_even_when_the_paper_is_counted_and_gone(client, paper):
    end(paper.workshop)
    prework.count_prework(workshop=paper.workshop)
    response = send(client, paper, strength="Written in the tram")
    assert response.status_code == 404
    assert "Written in the tram" in shown(response)
    invitee = paper.workshop.invitees.create(organisation_words="A", email="a@b.example")
    path = f"/prework/papers/{prework.key_for(invitee.pk)}/"
    assert "Scoring beforehand has ended" in shown(client.get(path))
    page = shown(client.post(f"{path}1/", {"improvement": "From the tram"}))
    assert "From the tram" in page


# --- For those who run it -----------------------------------------------------------------------


def test_before_the_end_they_see_how_many_and_nothing_else(area, workshop, paper):
    client = client_of(area.facilitator)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/"
    send(Client(), paper, strength="A secret for now")
    page = shown(client.get(path))
    assert "1 person has answered so far." in page
    assert f"/prework/{workshop.prework_key}/" in page
    assert str(paper.link) not in page
    assert "A secret for now" not in page
    assert client.get(f"{path[:-1]}.pdf").status_code == 404


def test_the_link_is_sent_by_a_button_and_the_page_says_to_how_many(area, workshop):
    client = client_of(area.facilitator)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/"
    workshop.invitees.create(organisation_words="A", email="a@b.example")
    assert "Send the link to 1 person" in shown(client.get(path))
    page = shown(client.post(f"{path}send/", {"to": "new"}, follow=True))
    assert "The link was sent to 1 person." in page
    assert "Send the link to" not in page
    page = shown(client.post(f"{path}send/", {"to": "again"}, follow=True))
    assert "Everybody was written to a moment ago" in page


def test_ending_it_asks_first_and_leads_to_the_report(area, workshop, paper):
    client = client_of(area.facilitator)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/"
    send(Client(), paper, strength="We meet")
    page = shown(client.get(f"{path}end/"))
    assert "1 person has answered." in page
    assert Paper.objects.exists()
    for _ in range(2):
        page = shown(client.post(f"{path}end/", follow=True))
        assert "Scored before the workshop" in page
        assert "We meet" in page
    assert client.get(f"{path}end/").url == path


def test_the_report_counts_what_nobody_has_counted_yet(area, workshop, paper):
    send(Client(), paper)
    end(workshop)
    client = client_of(area.facilitator)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/"
    assert "Scored before the workshop" in shown(client.get(path))
    assert not Paper.objects.exists()


def test_the_list_asks_as_much_for_ten_papers_as_for_one(
    client, paper, django_assert_max_num_queries
):
    for number in (1, 2, 3):
        PaperScore.objects.create(paper=paper, entry=entry_of(paper.workshop.assessment, number))
    with django_assert_max_num_queries(3):
        client.get(path_of(paper))
