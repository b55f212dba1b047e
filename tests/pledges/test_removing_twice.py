"""What is removed by two clicks, or by two people: the second one comes where the first one did."""

from datetime import date

import pytest
from django.urls import reverse

from pledges.models import (
    Champion,
    Course,
    PeerReview,
    Publicity,
    Session,
    TrainingTarget,
)
from tests.factories.people import client_of, make_area
from tests.factories.reports import make_board_report

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def session(partnership, **words):
    return Session.objects.create(
        course=Course.objects.create(partnership=partnership, name="Noticing"), held_on=DAY
    )


def target(partnership, **words):
    return TrainingTarget.objects.create(
        partnership=partnership, words="Many", people=9, from_on=DAY, by_on=DAY
    )


def champion(partnership, **words):
    return Champion.objects.create(partnership=partnership, name="Ada", since=DAY)


def publicity(partnership, **words):
    return Publicity.objects.create(
        partnership=partnership, kind="event", title="Launch", held_on=DAY
    )


def review(partnership, **words):
    return PeerReview.objects.create(
        partnership=partnership, reviewer_words="Bury", subject_words="Us", held_on=DAY
    )


REMOVED = {
    "remove_session": (session, "training"),
    "remove_training_target": (target, "training"),
    "remove_champion": (champion, "champions"),
    "remove_publicity": (publicity, "publicity"),
    "remove_peer_review": (review, "peer_reviews"),
    "remove_board_report": (make_board_report, "board_reports"),
}


@pytest.mark.parametrize("name", REMOVED)
def test_the_second_click_leads_where_the_first_one_did(name):
    make, page = REMOVED[name]
    area = make_area()
    thing = make(area.partnership, by=area.coordinator)
    path = reverse(name, args=["rochdale", thing.pk])
    stranger = make_area("bury", "Bury Together", "Bury").coordinator
    assert client_of(stranger).post(path).status_code == 404
    for _ in range(2):
        answer = client_of(area.coordinator).post(path)
        assert (answer.status_code, answer.url) == (302, reverse(page, args=["rochdale"]))
    assert client_of(area.coordinator).get(path).status_code == 404
    assert client_of(stranger).post(path).status_code == 404
    never = reverse(name, args=["rochdale", thing.pk + 1])
    assert client_of(area.coordinator).post(never).status_code == 404


CHANGED = {
    "change_session": (session, "note"),
    "change_training_target": (target, "words"),
    "change_champion": (champion, "name"),
    "change_publicity": (publicity, "note"),
    "change_peer_review": (review, "findings"),
    "board_report": (make_board_report, "matters-words"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_words_about_something_that_was_removed_come_back(name):
    make, box = CHANGED[name]
    area = make_area()
    thing = make(area.partnership, by=area.coordinator)
    path, sent = reverse(name, args=["rochdale", thing.pk]), {box: "Two hours of <b>work</b>"}
    thing.delete()
    answer = client_of(area.coordinator).post(path, sent | {"seen": "fingerprint"})
    assert answer.status_code == 410
    said = answer.content.decode()
    assert "Two hours of &lt;b&gt;work&lt;/b&gt;" in said
    assert "fingerprint" not in said
    stranger = make_area("bury", "Bury Together", "Bury").coordinator
    assert client_of(stranger).post(path, sent).status_code == 404
