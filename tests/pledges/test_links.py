"""The link of a reminder: for one person, one action, one update; and it ends."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.test import Client

from pledges import links
from pledges.actions import add_action
from pledges.models import Action, Update
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_area, make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 20)
BODY = {
    "text": "Six have been on the course.",
    "status": "in_progress",
    "rating": "green",
    "due_on-day": "20", "due_on-month": "11", "due_on-year": "2026",
}  # fmt: skip


@pytest.fixture
def area():
    area = make_area()
    homes = make_organisation(area.partnership)
    area.editor.memberships.get().organisations.add(homes)
    return area


@pytest.fixture
def action(area):
    return make(area)


def make(area, **words):
    return add_action(
        organisation=area.partnership.organisations.first(), by=area.coordinator,
        what="Train officers", owner=area.editor, due_on=DUE, **words,
    )  # fmt: skip


def path_of(user, action, nonce="a"):
    return f"/update/{links.token_for(user, action, nonce)}/"


def test_an_update_without_signing_in(area, action, client):
    path = path_of(area.editor, action)
    page = client.get(path)
    assert page.status_code == 200
    assert f"You write this as {area.editor.name}." in shown(page)
    assert not Update.objects.exists()
    assert client.post(path, BODY).url == path
    update = Update.objects.get()
    assert (update.action, update.written_by, update.text) == (action, area.editor, BODY["text"])
    assert Action.objects.get().rating == "green"
    assert "Thank you" in shown(client.get(path))
    events = Action.pgh_event_model.objects.filter(pgh_label="changed")
    assert {event.pgh_context["user"] for event in events} == {area.editor.pk}


def test_it_works_once(area, action, client):
    path = path_of(area.editor, action)
    client.post(path, BODY)
    again = client.post(path, BODY | {"text": "Another", "rating": "red"})
    assert "Thank you, that is noted" in shown(again)
    assert Update.objects.count() == 1
    assert Action.objects.get().rating == "green"
    assert client.get(path_of(area.editor, action, "b")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_are_one_update():
    area = make_area()
    homes = make_organisation(area.partnership)
    area.editor.memberships.get().organisations.add(homes)
    path = path_of(area.editor, make(area))
    answers = at_once(*[lambda: Client().post(path, BODY).status_code] * 6)
    assert set(answers) <= {302, 200}
    assert Update.objects.count() == 1


def test_looking_uses_nothing_up(area, action, client):
    path = path_of(area.editor, action)
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.post(path, BODY).status_code == 302


def test_what_is_missing_comes_back_with_the_words(area, action, client):
    path = path_of(area.editor, action)
    page = client.post(path, BODY | {"rating": "red", "text": ""})
    assert "Say why it is rated so." in shown(page)
    moved = client.post(path, BODY | {"due_on-month": "12"})
    assert "Say why the day was moved." in shown(moved)
    assert BODY["text"] in shown(moved)
    assert not Update.objects.exists()


def test_it_writes_as_its_own_person_whoever_is_signed_in(area, action):
    client = client_of(area.reader)
    client.post(path_of(area.editor, action), BODY)
    assert Update.objects.get().written_by == area.editor


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_changed_letter_opens_nothing(area, action, client, number):
    token = links.token_for(area.editor, action, "a")
    place = number % len(token)
    wrong = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    for answer in (client.get(f"/update/{wrong}/"), client.post(f"/update/{wrong}/", BODY)):
        assert answer.status_code == 404
        assert "This link does not work" in shown(answer)


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "ü", "9" * 3000, "..%2f"])
def test_nonsense_opens_nothing(client, token):
    assert client.get(f"/update/{token}/").status_code in {400, 404}


def test_another_secret_or_another_salt_opens_nothing(area, action, client):
    forged = signing.dumps([area.editor.pk, action.pk, "a"], salt=links.SALT, key="theirs")
    other = signing.dumps([area.editor.pk, action.pk, "a"], salt="something else")
    for token in (forged, other):
        assert client.get(f"/update/{token}/").status_code == 404


def test_it_ends_after_five_weeks(area, action, client, monkeypatch):
    path = path_of(area.editor, action)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + timedelta(days=34).total_seconds())
    assert client.get(path).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + timedelta(days=36).total_seconds())
    assert client.get(path).status_code == 404


def test_it_gives_no_more_than_signing_in(area, action, client):
    """Whoever has left, is switched off, or only reads by now, writes nothing."""
    path = path_of(area.editor, action)
    area.editor.memberships.update(role="reader")
    assert client.post(path, BODY).status_code == 403
    area.editor.memberships.all().delete()
    assert client.post(path, BODY).status_code == 404
    assert not Update.objects.exists()


def test_somebody_who_is_switched_off_writes_nothing(area, action, client):
    area.editor.is_active = False
    area.editor.save()
    assert client.post(path_of(area.editor, action), BODY).status_code == 404


def test_the_link_of_another_partnership_does_nothing(area, action, client):
    bolton = make_area("bolton", "Bolton", "Bolton")
    assert client.post(path_of(bolton.coordinator, action), BODY).status_code == 404
    assert not Update.objects.exists()


def test_another_site_cannot_use_it(area, action):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_of(area.editor, action), BODY).status_code == 403
    assert not Update.objects.exists()
