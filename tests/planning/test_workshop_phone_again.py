"""A phone that came in again after the door was opened with a new code is one phone still."""

import pytest

from planning import balloting, dots, running
from planning.models import Entry
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.joining import join_by_qr, phone_at

pytestmark = pytest.mark.django_db
POLICE = {"sector": "police"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(workshop):
    return phone_at(workshop.occasion, POLICE)


@pytest.fixture
def old(workshop, client):
    """The number of the first event; the door is opened anew, and the phone came in again."""
    before = workshop.occasion_id
    running.shut_door(workshop=workshop, by=workshop.created_by)
    running.open_workshop(workshop=workshop, hours=1, by=workshop.created_by)
    workshop.refresh_from_db()
    assert workshop.occasion_id != before
    assert join_by_qr(client, workshop.occasion, POLICE).status_code == 302
    return before


def opened(workshop):
    entry = entry_of(workshop.assessment, 1)
    return balloting.open_ballot(workshop=workshop, entry=entry, by=workshop.created_by)


def vote(client, occasion_pk, ballot, level, **headers):
    said = {"level": level, "reason": "", "revision": "0"}
    return client.post(f"/workshops/{occasion_pk}/votes/{ballot.pk}/", said, headers=headers)


def test_its_old_page_leads_to_the_new_one(client, workshop, old):
    new = f"/workshops/{workshop.occasion_id}/"
    assert client.get(f"/workshops/{old}/").url == new
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("first_by", ["old", "new"])
def test_an_old_tab_and_a_new_one_leave_one_vote(client, workshop, old, first_by, headers):
    ballot, new = opened(workshop), workshop.occasion_id
    one, other = (old, new) if first_by == "old" else (new, old)
    vote(client, one, ballot, "2", **headers)
    answer = vote(client, other, ballot, "3", **headers)
    assert [(each.level, each.participant.occasion_id) for each in ballot.votes.all()] == [(2, new)]
    assert "Your vote is 2: it was sent from another tab" in shown(answer)
    assert f"/workshops/{old}/" not in answer.content.decode()


def test_who_has_not_come_in_again_votes_as_before(workshop, client):
    before = workshop.occasion_id
    running.shut_door(workshop=workshop, by=workshop.created_by)
    running.open_workshop(workshop=workshop, hours=1, by=workshop.created_by)
    ballot = opened(workshop)
    assert vote(client, before, ballot, "2").url == f"/workshops/{before}/"
    assert ballot.votes.get().participant.occasion_id == before


def test_an_old_tab_and_a_new_one_place_their_dots_once(client, workshop, old):
    entry = entry_of(workshop.assessment, 1)
    dot_round = dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=3,
        items=[dots.Item(text, entry=entry) for text in ("One", "Two")],
        number=1,
        by=workshop.created_by,
    )
    first = dot_round.items.first()
    for pk, number in ((workshop.occasion_id, "1"), (old, "2")):
        said = {f"item-{first.pk}": number, "revision": "0"}
        client.post(f"/workshops/{pk}/dots/{dot_round.pk}/", said)
    assert dot_round.votes.get().items == [first.pk]


def test_a_level_that_a_scribe_changes_after_it_was_agreed_reaches_the_phones(client, workshop):
    entry = entry_of(workshop.assessment, 1)
    running.go_to(workshop=workshop, stage="domain", entry=entry, by=workshop.created_by)
    Entry.objects.filter(pk=entry.pk).update(level=2, agreed_in=workshop)
    page = client.get(f"/workshops/{workshop.occasion_id}/")
    assert "The room agreed: <strong>2</strong>" in shown(page)
    news = f"/workshops/{workshop.occasion_id}/news/?seen={page.context['stamp']}"
    assert client.get(news, headers=HTMX).status_code == 204
    Entry.objects.filter(pk=entry.pk).update(level=3)
    assert "The room agreed: <strong>3</strong>" in shown(client.get(news, headers=HTMX))
