"""Events and publicity: what is recorded, and the totals by year."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from pledges import outreach
from pledges.models import Publicity
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.outreach import make_publicity
from tests.factories.people import client_of, make_organisation

pytestmark = pytest.mark.django_db


def path(area, name, *more, **query):
    return reverse(name, args=[area.partnership.slug, *more], query=query)


def sent(**more):
    return {
        "title": "Launch", "kind": "event", "reached": "120",
        "held_on-day": "1", "held_on-month": "3", "held_on-year": "2026",
        "request_key": str(uuid.uuid4()),
    } | more  # fmt: skip


def test_an_event_is_recorded_once_changed_and_removed(area):
    client, body = client_of(area.editor), sent()
    for _ in range(2):
        assert client.post(path(area, "add_publicity"), body).status_code == 302
    entry = Publicity.objects.get()
    client.post(path(area, "change_publicity", entry.pk), sent(reached=""))
    assert Publicity.objects.get().reached is None
    client.post(path(area, "remove_publicity", entry.pk))
    assert not Publicity.objects.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": ""}, "Enter what it was"),
        ({"kind": "rumour"}, "has no such choice"),
        ({"reached": "many"}, "must be a whole number"),
        ({"reached": "-1"}, "must be 0 or more"),
        ({"link": "javascript:alert(1)"}, "must be a web address"),
        ({"note": "Z" * TEN_MEGABYTES}, "the most it can hold is 5,000"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(area, words, sentence):
    response = client_of(area.editor).post(path(area, "add_publicity"), sent(**words))
    assert sentence in shown(response)
    assert not Publicity.objects.exists()


def test_totals_by_year_say_how_many_were_not_counted(area):
    for year, reached in ((2025, 10), (2026, 1200), (2026, None)):
        make_publicity(area.partnership, f"In {year}", held_on=date(year, 5, 1), reached=reached)
    page = html.fromstring(client_of(area.reader).get(path(area, "publicity")).content.decode())
    rows = page.xpath("//table[.//caption[contains(., 'By year')]]/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert cells == [["2026", "2", "1,200 (1 not counted)"], ["2025", "1", "10"]]
    narrowed = shown(client_of(area.reader).get(path(area, "publicity", year="2025")))
    assert "In 2025" in narrowed
    assert "In 2026" not in narrowed


def test_the_first_and_the_last_day_count(area):
    for day in (1, 2, 3):
        make_publicity(area.partnership, str(day), held_on=date(2026, 3, day))
    found = outreach.publicity_of(area.partnership, date(2026, 3, 2), date(2026, 3, 3))
    assert [each.title for each in found] == ["3", "2"]


def test_lists_take_as_many_queries_for_3_as_for_60(area):
    client = client_of(area.coordinator)
    numbers = []
    for first, last in ((0, 3), (3, 60)):
        for number in range(first, last):
            organisation = make_organisation(area.partnership, f"Organisation {number}")
            make_publicity(area.partnership, organisation=organisation)
        client.get(path(area, "publicity"))
        with CaptureQueriesContext(connection) as queries:
            client.get(path(area, "publicity"))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
