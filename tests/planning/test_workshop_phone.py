"""The phone of somebody at a workshop: no account, no name, one question at a time."""

import re
import uuid
from decimal import Decimal

import pytest

from partnerships import joining
from partnerships.models import Participant
from planning import balloting
from planning.models import Stage, Vote, Workshop
from planning.voting import CLOSED, GONE
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.joining import end, make_occasion, phone, phone_at
from tests.factories.people import client_of
from tests.factories.workshops import make_revealed, make_workshop
from tests.test_page_weight import LIMIT, STATIC, compressed

pytestmark = pytest.mark.django_db
POLICE = {"sector": "police"}
SAID = {"level": "2.5", "reason": "We meet each month", "revision": "0"}


@pytest.fixture
def client(workshop):
    return phone_at(workshop.occasion, POLICE)


@pytest.fixture
def ballot(workshop):
    return opened(workshop)


def opened(workshop, number=1, **values):
    entry = entry_of(workshop.assessment, number)
    return balloting.open_ballot(workshop=workshop, entry=entry, by=workshop.created_by, **values)


def path_of(workshop):
    return f"/workshops/{workshop.occasion_id}/"


def page_of(client, workshop, query=""):
    return shown(client.get(path_of(workshop) + query))


def vote(client, workshop, ballot, **said):
    path = f"{path_of(workshop)}votes/{ballot.pk}/"
    return client.post(path, {**SAID, **said})


def votes():
    return list(Vote.objects.order_by("pk").values_list("level", "reason"))


def test_joining_leads_to_the_phones_page_and_asks_for_a_sector_at_most(workshop):
    client = phone()
    page = shown(client.get(joining.join_path(workshop.occasion)))
    assert "Join the workshop" in page
    said = {"request_key": uuid.uuid4(), "sector": "police"}
    response = client.post(joining.join_path(workshop.occasion), said)
    assert response.url == path_of(workshop)
    page = page_of(client, workshop)
    assert "You are in" in page
    assert "The vote opens here by itself." in page
    assert "Look for news" in page


def test_an_open_vote_shows_the_domain_its_levels_and_what_happens_with_the_vote(
    client, workshop, ballot
):
    page = page_of(client, workshop)
    domain = entry_of(workshop.assessment, 1).domain
    assert domain.name in page
    for label in ("1/2", "2/3", "Don’t know", "Between 1 and 2", "What level 2 looks like"):
        assert label in page
    assert domain.descriptors.get(level__number=2).text in page
    assert "without your name" in page
    assert "Nobody can see who voted what" in page
    assert "Fewer than five votes are not shown." in page


def test_a_vote_is_kept_shown_and_can_be_changed(client, workshop, ballot):
    assert vote(client, workshop, ballot).url == path_of(workshop)
    page = page_of(client, workshop)
    assert "Your vote: 2/3" in page
    assert "You wrote: We meet each month" in page
    assert "You can change it until the vote closes." in page
    changed = client.get(path_of(workshop) + "?change=yes").content.decode()
    assert 'value="2.5" checked' in changed
    assert 'name="revision" value="1"' in changed
    assert vote(client, workshop, ballot, level="none", reason="", revision="1").status_code == 302
    assert "Your vote: don’t know" in page_of(client, workshop)
    assert votes() == [(None, "")]


def test_a_double_tap_is_one_vote(client, workshop, ballot):
    assert [vote(client, workshop, ballot).status_code for _ in range(3)] == [302, 302, 302]
    assert votes() == [(Decimal("2.5"), "We meet each month")]


def test_another_tab_gets_a_sentence_the_standing_vote_and_keeps_its_words(
    client, workshop, ballot
):
    vote(client, workshop, ballot)
    response = vote(client, workshop, ballot, level="1", reason="In the other tab")
    page = shown(response)
    assert "Your vote is 2/3: it was sent from another tab, or a moment ago." in page
    assert 'value="In the other tab"' in response.content.decode()
    assert votes() == [(Decimal("2.5"), "We meet each month")]
    revision = re.search(r'name="revision" value="(\d+)"', response.content.decode()).group(1)
    said = {"level": "1", "reason": "In the other tab", "revision": revision}
    assert vote(client, workshop, ballot, **said).status_code == 302
    assert votes() == [(Decimal(1), "In the other tab")]


def test_a_late_vote_gets_a_sentence_and_what_was_typed_is_still_there(client, workshop, ballot):
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    page = shown(vote(client, workshop, ballot, reason="Written in the tram"))
    assert CLOSED in page
    assert "You had chosen: <strong>2/3</strong>" in page
    assert "You had written: <strong>Written in the tram</strong>" in page
    assert "Talk about it" in page
    assert not votes()


def test_a_vote_that_was_called_off_says_so(client, workshop, ballot):
    balloting.call_off(ballot=ballot, by=workshop.created_by)
    page = shown(vote(client, workshop, ballot))
    assert GONE in page
    assert "You had written: <strong>We meet each month" in page


def test_a_late_vote_does_not_cover_the_next_question(client, workshop, ballot):
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    second = opened(workshop, 2)
    page = shown(vote(client, workshop, ballot))
    assert "This was not sent in time" in page
    assert entry_of(workshop.assessment, 2).domain.name in page
    vote(client, workshop, second, level="3")
    assert votes() == [(Decimal(3), "We meet each month")]


@pytest.mark.parametrize(
    "said",
    [
        {"level": ""},
        {"level": "7"},
        {"level": "2.25"},
        {"reason": "x" * 281},
        {"reason": "a\0b"},
        {"revision": "-1"},
        {"revision": "many"},
    ],
)
def test_what_cannot_be_kept_ends_in_a_sentence(client, workshop, ballot, said):
    page = shown(vote(client, workshop, ballot, **said))
    assert "There is a problem" in page
    assert not votes()


def test_ten_megabytes_end_in_a_sentence(client, workshop, ballot):
    page = shown(vote(client, workshop, ballot, reason="x" * 10 * 1024 * 1024))
    assert "has 10,485,760 characters; the most it can hold is 280" in page


def test_html_and_formulas_arrive_as_they_were_typed(client, workshop, ballot):
    vote(client, workshop, ballot, reason="<b>=1+1</b> 🙂")
    assert votes()[0][1] == "<b>=1+1</b> 🙂"
    assert "&lt;b&gt;=1+1&lt;/b&gt; 🙂" in client.get(path_of(workshop)).content.decode()


def test_a_vote_counts_after_the_door_has_closed(client, workshop, ballot):
    end(workshop.occasion)
    assert vote(client, workshop, ballot).status_code == 302
    assert len(votes()) == 1


def test_who_was_in_before_the_door_was_opened_again_is_still_in(client, workshop, ballot):
    path = path_of(workshop)
    occasion = make_occasion(workshop.partnership, workshop.created_by, kind="workshop")
    Workshop.objects.filter(pk=workshop.pk).update(occasion=occasion)
    assert client.get(path).status_code == 200
    assert client.get(f"{path}news/").status_code == 200
    assert client.post(f"{path}votes/{ballot.pk}/", SAID).url == path
    assert len(votes()) == 1


def test_who_is_not_in_is_sent_to_the_door_and_learns_nothing(world):
    here = world.workshops
    workshop, ballot = here.workshop, here.ballot
    launch = make_occasion(world.a.partnership, world.a.coordinator)
    theirs = make_workshop(world.of_b.draft, world.b.coordinator)
    before = votes()
    for client in (phone(), phone_at(launch), phone_at(theirs.occasion, POLICE)):
        for pk in (workshop.occasion_id, launch.pk, 987654321, 10**30):
            for path in ("", "news/"):
                response = client.get(f"/workshops/{pk}/{path}")
                assert (response.status_code, response.url) == (302, "/join/")
            response = client.post(f"/workshops/{pk}/votes/{ballot.pk}/", SAID)
            assert (response.status_code, response.url) == (302, "/join/")
    assert votes() == before


def test_a_ballot_of_another_workshop_takes_no_vote(world):
    theirs = make_workshop(world.of_b.draft, world.b.coordinator)
    client = phone_at(theirs.occasion, POLICE)
    before = votes()
    for pk in (world.workshops.ballot.pk, 987654321, 10**30):
        response = client.post(f"{path_of(theirs)}votes/{pk}/", SAID)
        assert (response.status_code, response.url) == (302, path_of(theirs))
    assert votes() == before


def test_nobody_can_tell_that_somebody_signed_in_voted(area, workshop, ballot):
    client = client_of(area.facilitator)
    client.post(
        joining.join_path(workshop.occasion), {"request_key": uuid.uuid4(), "sector": "police"}
    )
    assert vote(client, workshop, ballot).status_code == 302
    assert not hasattr(Vote, "pgh_event_model")
    assert vars(ballot.votes.get().participant).keys() == vars(Participant()).keys()
    assert area.facilitator.name not in page_of(client, workshop).partition("<main")[2]


def test_after_the_reveal_the_phone_shows_the_spread_and_what_was_said(client, workshop):
    make_revealed(workshop, ["1", "2", "2", "3", None])
    here = Workshop.objects.filter(pk=workshop.pk)
    here.update(stage=Stage.DOMAIN, entry=entry_of(workshop.assessment, 1))
    page = page_of(client, workshop)
    assert "Talk about it" in page
    assert "5 of 6 voted." in page


def test_a_rating_is_asked_with_a_comment(client, workshop):
    ballot = balloting.open_ballot(workshop=workshop, kind="rating", by=workshop.created_by)
    page = page_of(client, workshop)
    assert "How was this workshop?" in page
    assert "Don’t know" not in page
    assert vote(client, workshop, ballot, level="5", reason="Thank you").status_code == 302
    assert "Your rating: 5" in page_of(client, workshop)


def test_when_the_workshop_is_over_the_phone_says_what_happens_next(client, workshop):
    Workshop.objects.filter(pk=workshop.pk).update(
        closed_at=workshop.created_at, closed_by=workshop.created_by, what_next="We meet in May."
    )
    page = page_of(client, workshop)
    assert "The workshop is over" in page
    assert "We meet in May." in page


def test_the_page_and_a_vote_cost_the_same_however_many_are_in(
    client, workshop, ballot, django_assert_max_num_queries
):
    page_of(client, workshop)
    with django_assert_max_num_queries(6):
        client.get(path_of(workshop))
    with django_assert_max_num_queries(12):
        vote(client, workshop, ballot)


def test_the_first_view_is_light_and_asks_no_other_host(client, workshop, ballot):
    page = client.get(path_of(workshop)).content.decode()
    sent = client.get(path_of(workshop), headers={"Accept-Encoding": "gzip"}).content
    assert len(sent) + sum(map(compressed, set(STATIC.findall(page)))) < LIMIT
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
