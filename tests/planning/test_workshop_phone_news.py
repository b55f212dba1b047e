"""What a phone at a workshop is told every two seconds: nothing, at the cost of one query."""

import re

import pytest
from django.test import Client

from partnerships import joining
from partnerships.doors import tell_screens
from planning import balloting, phone_pages
from planning.models import Workshop
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.joining import make_occasion, phone_at
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SAID = {"level": "2.5", "reason": "We meet each month", "revision": "0"}


@pytest.fixture
def client(workshop):
    return phone_at(workshop.occasion, {"sector": "police"})


def opened(workshop, number=1):
    entry = entry_of(workshop.assessment, number)
    return balloting.open_ballot(workshop=workshop, entry=entry, by=workshop.created_by)


def path_of(workshop):
    return f"/workshops/{workshop.occasion_id}/"


def poll_in(response):
    """Where this page, or this news, looks for news next."""
    found = re.search(r'id="poll".*?hx-get="([^"]+)"', response.content.decode())
    return found.group(1).replace("&amp;", "&")


def poll(client, workshop):
    return poll_in(client.get(path_of(workshop), headers={"Accept": "text/html"}))


def test_nothing_new_is_told_in_one_query_and_leaves_no_cookie(
    client, workshop, django_assert_num_queries
):
    here = poll(client, workshop)
    with django_assert_num_queries(1):
        response = client.get(here, headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_somebody_who_is_signed_in_costs_no_more(area, workshop, django_assert_num_queries):
    signed_in = client_of(area.facilitator)
    signed_in.cookies.update(phone_at(workshop.occasion, {"sector": "police"}).cookies)
    here = poll(signed_in, workshop)
    with django_assert_num_queries(1):
        assert signed_in.get(here, headers=HTMX).status_code == 204


def test_a_phone_from_before_the_door_was_opened_again_costs_no_more(
    client, workshop, django_assert_num_queries
):
    occasion = make_occasion(workshop.partnership, workshop.created_by, kind="workshop")
    Workshop.objects.filter(pk=workshop.pk).update(occasion=occasion)
    here = poll(client, workshop)
    with django_assert_num_queries(1):
        assert client.get(here, headers=HTMX).status_code == 204


def test_an_opened_vote_comes_with_its_form_and_is_said_once(client, workshop):
    here = poll(client, workshop)
    ballot = opened(workshop)
    news = client.get(here, headers=HTMX)
    page = news.content.decode()
    assert f'data-vote="{ballot.pk}"' in page
    assert phone_pages.TOKEN not in page
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    assert len(token) == 64
    assert "The vote is open: " in page
    assert client.get(poll_in(news), headers=HTMX).status_code == 204


def test_the_form_that_came_with_the_news_can_be_sent(workshop):
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(phone_at(workshop.occasion, {"sector": "police"}).cookies)
    here = poll(client, workshop)
    ballot = opened(workshop)
    page = client.get(here, headers=HTMX).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    path = f"{path_of(workshop)}votes/{ballot.pk}/"
    assert client.post(path, SAID).status_code == 403
    assert client.post(path, {**SAID, "csrfmiddlewaretoken": token}).status_code == 302


def test_what_else_happens_takes_no_form_from_under_a_finger(client, workshop):
    opened(workshop)
    here = poll(client, workshop)
    tell_screens(workshop)  # more time, a point on the parking list
    news = client.get(here, headers=HTMX)
    assert news.status_code == 200
    assert "hx-swap-oob" not in news.content.decode()
    assert client.get(poll_in(news), headers=HTMX).status_code == 204


def test_what_looks_as_before_is_not_swapped(client, workshop):
    here = poll(client, workshop)
    tell_screens(workshop)
    assert "hx-swap-oob" not in client.get(here, headers=HTMX).content.decode()


def test_the_reveal_and_the_next_vote_reach_the_phone(client, workshop):
    ballot = opened(workshop)
    here = poll(client, workshop)
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    news = client.get(here, headers=HTMX)
    assert "Talk about it" in shown(news)
    assert "The vote has closed." in shown(news)
    opened(workshop, 2)
    assert "The vote is open: " in shown(client.get(poll_in(news), headers=HTMX))


def test_a_phone_that_slept_over_its_own_vote_comes_back_to_it(client, workshop):
    here = poll(client, workshop)
    ballot = opened(workshop)
    client.post(f"{path_of(workshop)}votes/{ballot.pk}/", SAID)
    assert "Your vote: 2/3" in shown(client.get(here, headers=HTMX))


def test_a_vote_by_htmx_is_answered_in_its_place(client, workshop):
    ballot = opened(workshop)
    path = f"{path_of(workshop)}votes/{ballot.pk}/"
    answer = client.post(path, SAID, headers=HTMX)
    assert "Your vote: 2/3" in shown(answer)
    assert "<html" not in answer.content.decode()
    assert client.get(poll_in(answer), headers=HTMX).status_code == 204
    wrong = client.post(path, {"reason": "Only words"}, headers=HTMX)
    assert "Choose a level, or “Don’t know”" in shown(wrong)
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    late = client.post(path, SAID, headers=HTMX)
    assert "You had written: <strong>We meet each month" in shown(late)
    assert client.get(poll_in(late), headers=HTMX).status_code == 204


def test_all_phones_show_what_was_made_once(workshop, django_assert_num_queries):
    phones = [phone_at(workshop.occasion, {"sector": "police"}) for _ in range(3)]
    polls = [poll(each, workshop) for each in phones]
    opened(workshop)
    phones[0].get(polls[0], headers=HTMX)
    for client, here in zip(phones[1:], polls[1:], strict=True):
        with django_assert_num_queries(2):  # the poll, and whether this phone has voted
            client.get(here, headers=HTMX)


@pytest.mark.parametrize("query", ["", "?seen=", "?seen=%00", "?seen=9o&step=%F0%9F%98%80"])
def test_whatever_a_poll_says_it_has_seen_is_answered(client, workshop, query):
    response = client.get(f"{path_of(workshop)}news/{query}", headers=HTMX)
    assert response.status_code == 200
    assert "You are in" in shown(response)


def test_a_cookie_that_somebody_made_is_nobodys(workshop):
    client = Client()
    client.cookies[joining.cookie_name(workshop.occasion_id)] = "00000000:made:up"
    assert client.get(f"{path_of(workshop)}news/", headers=HTMX).url == "/join/"
