"""Measures and readings as files: all of them, as text that no spreadsheet works out."""

import csv
import io
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from partnerships.models import Download
from pledges.measure_files import MEASURE_COLUMNS, READING_COLUMNS
from tests.factories.measures import NO_LINE, make_measure, make_reading
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db
ROOM = "/partnerships/rochdale"


def sheets(area):
    response = client_of(area.reader).get(f"{ROOM}/measures.xlsx")
    book = load_workbook(io.BytesIO(response.content))
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def csv_rows(area):
    response = client_of(area.reader).get(f"{ROOM}/measures.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def measure(area):
    library = make_organisation(area.partnership, "Library")
    measure = make_measure(area.partnership, organisation=library, owner=area.lead)
    make_reading(measure, area.lead, 140, source="Return", comment="Two are missing")
    make_measure(area.partnership, name="Unread", **NO_LINE)
    make_measure(make_area("bury", "Bury Together", "Bury").partnership, name="Of Bury")
    return measure


def test_the_workbook_has_all_measures_and_all_readings(area, measure):
    measures, readings = sheets(area)
    assert [tuple(measures[0]), tuple(readings[0])] == [MEASURE_COLUMNS, READING_COLUMNS]
    assert [row[0] for row in measures[1:]] == ["Couples helped", "Unread"]
    told = dict(zip(READING_COLUMNS, readings[1], strict=True))
    assert len(readings) == 2
    assert told["Day"] == datetime(2025, 12, 31)  # noqa: DTZ001
    assert told["Figure"] == 140
    assert (told["Rating"], told["Rated by"]) == ("Amber: at risk", "the rule")
    assert (told["Source"], told["Recorded by"]) == ("Return", str(area.lead))


def test_the_csv_has_the_readings(area, measure):
    head, row = csv_rows(area)
    assert tuple(head) == READING_COLUMNS
    assert row[:4] == ["Couples helped", "Library", "2025-12-31", "140.00"]


def test_formulas_stay_text(area):
    evil = "=HYPERLINK(1)"
    measure = make_measure(area.partnership, name=evil, meaning=evil, unit_words=evil, source=evil)
    make_reading(measure, area.lead, source=evil, comment=evil, rating="red", rating_reason=evil)
    assert csv_rows(area)[1].count(f"'{evil}") == 5
    response = client_of(area.reader).get(f"{ROOM}/measures.xlsx")
    for sheet in load_workbook(io.BytesIO(response.content)):
        kinds = {cell.data_type for row in sheet for cell in row if cell.value == evil}
        assert kinds == {"s"}


def test_whoever_takes_a_file_is_noted_but_not_for_asking_how_large_it_is(area, measure):
    client = client_of(area.reader)
    client.head(f"{ROOM}/measures.csv")
    client.head(f"{ROOM}/measures.xlsx")
    assert not Download.objects.exists()
    client.get(f"{ROOM}/measures.xlsx")
    sum(1 for _ in client.get(f"{ROOM}/measures.csv").streaming_content)
    assert list(Download.objects.values_list("what", flat=True)) == ["Measures"] * 2


def test_many_are_written_in_as_many_queries_as_few(area, measure):
    counts = set()
    for how_many in (1, 30):
        for each in range(how_many):
            make_reading(make_measure(area.partnership, name=f"{how_many} {each}"), area.lead)
        with CaptureQueriesContext(connection) as context:
            sheets(area)
        counts.add(len(context))
    assert len(counts) == 1
