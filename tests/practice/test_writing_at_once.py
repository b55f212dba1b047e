"""Two people who begin a draft, or approve one, in the very moment."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from practice import writing
from practice.models import Standard, StandardVersion, VersionState
from practice.versions import fingerprint_of
from tests.factories.bad_input import shown
from tests.factories.editing import approve, begin, write_measure
from tests.factories.people import client_of
from tests.factories.practice import make_part, make_practice_model
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
APPROVAL = {
    "name": "Ruth Ellis",
    "role": "Director",
    "on-day": "2",
    "on-month": "3",
    "on-year": "2026",
    "effective_on-day": "1",
    "effective_on-month": "4",
    "effective_on-year": "2026",
}


@pytest.fixture
def standard(area):
    return begin(make_part(make_practice_model(area.partnership)), area.coordinator)


def path(name, thing):
    return reverse(name, args=[thing.partnership.slug, thing.pk])


def test_two_who_change_the_words_open_one_draft(area, standard):
    write_measure(standard, area.coordinator)
    approve(standard, area.coordinator)
    clients = [client_of(person) for person in (area.coordinator, area.facilitator) * 3]
    address = path("change_words", standard)
    answers = at_once(*(lambda c=each: c.post(address) for each in clients))
    assert [each.status_code for each in answers] == [302] * 6
    draft = StandardVersion.objects.drafts().get()
    assert (draft.number, draft.measures.count()) == (2, 1)


def test_two_who_begin_standards_get_places_of_their_own(area, standard):
    address = reverse("add_standard", args=[area.partnership.slug, standard.pillar_id])

    def post(client, number):
        return client.post(address, {"statement": f"We {number}.", "request_key": uuid.uuid4()})

    clients = [client_of(area.coordinator) for _ in range(4)]
    at_once(*(lambda c=each, n=n: post(c, n) for n, each in enumerate(clients)))
    places = Standard.objects.order_by("position").values_list("position", flat=True)
    assert list(places) == [1, 2, 3, 4, 5]


def test_of_two_who_approve_one_is_the_approval(area, standard):
    seen = fingerprint_of([writing.draft_of(standard)])
    people = (area.coordinator, area.facilitator)
    clients = [client_of(person) for person in people]
    address = path("approve_draft", standard)

    def post(client, name):
        return client.post(address, {**APPROVAL, "name": name, "seen": seen})

    answers = at_once(lambda: post(clients[0], "Ruth Ellis"), lambda: post(clients[1], "Ada Marsh"))
    assert {each.status_code for each in answers} <= {200, 302}
    version = StandardVersion.objects.get()
    assert version.state == VersionState.APPROVED
    by_name = dict(zip(("Ruth Ellis", "Ada Marsh"), people, strict=True))
    assert version.approved_recorded_by == by_name[version.approved_name]


def test_who_approves_while_somebody_writes_is_shown_what_stands_there_now(area, standard):
    client = client_of(area.coordinator)
    address = path("approve_draft", standard)
    seen = client.get(address).context["form"]["seen"].value()
    with meanwhile(lambda: client.post(address, {**APPROVAL, "seen": seen})) as outcome:
        write_measure(standard, area.facilitator, text="Written in that moment")
    (answer,) = outcome
    assert answer.status_code == 200
    words = shown(answer)
    assert "Somebody has changed what waits for approval" in words
    assert "Written in that moment" in words
    assert 'value="Ruth Ellis"' in words
    assert StandardVersion.objects.get().state == VersionState.DRAFT
    again = answer.context["form"]["seen"].value()
    assert client.post(address, {**APPROVAL, "seen": again}).status_code == 302
    assert StandardVersion.objects.get().effective_on == date(2026, 4, 1)


def test_nothing_is_written_into_a_draft_that_is_being_approved(area, standard):
    client = client_of(area.facilitator)
    address = path("standard_draft", standard)
    seen = client.get(address).context["form"]["seen"].value()
    body = {"statement": "We type on.", "seen": seen}
    with meanwhile(lambda: client.post(address, body)) as outcome:
        approve(standard, area.coordinator)
    (answer,) = outcome
    assert answer.status_code == 200
    assert "This standard has no draft any more" in shown(answer)
    assert "We type on." in shown(answer)
    assert StandardVersion.objects.get().statement == "We are family focused."
