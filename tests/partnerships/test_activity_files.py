"""What happened, as a file to keep."""

import csv
import io

import openpyxl
import pytest

from partnerships import activity
from partnerships.activity import Asked
from partnerships.models import Download, Organisation, User
from tests.factories.events import make_event, minutes_ago
from tests.factories.people import make_organisation
from tests.partnerships.telling import PATH, client_of, shown, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def as_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def as_excel(response):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_files_hold_exactly_what_is_narrowed_to_on_all_pages(area, library, client):
    write_lines(area, library, 60)
    who = str(area.editor)
    expected = [
        [who, f"changed the name of the organisation Line {number}", "Organisations"]
        for number in range(58, -1, -2)
    ]
    query = {"kind": "organisations", "person": str(area.editor.pk)}
    excel = as_excel(client.get(PATH[:-1] + ".xlsx", query))
    text = as_csv(client.get(PATH[:-1] + ".csv", query | {"older": "1.1.1"}))
    assert excel[0] == text[0] == ["When", "Who", "What", "Kind"]
    assert [row[1:] for row in excel[1:]] == expected
    assert [row[1:] for row in text[1:]] == expected


def test_times_in_the_files_are_those_of_the_clock_on_the_wall(area, three_days, client):
    query = {"kind": "organisations", "person": str(three_days.pk)}
    (excel,) = as_excel(client.get(PATH[:-1] + ".xlsx", query))[1:]
    (text,) = as_csv(client.get(PATH[:-1] + ".csv", query))[1:]
    assert excel[0].isoformat() == "2026-05-01T23:30:00"
    assert text[0] == "2026-05-01 23:30:00"


def test_a_file_is_read_in_pieces_and_holds_everything(area, library, monkeypatch):
    write_lines(area, library, 60)
    whole = activity.every_line(area.partnership, Asked())
    monkeypatch.setattr(activity, "READ_FOR_FILE", 7)
    assert activity.every_line(area.partnership, Asked()) == whole


def test_a_formula_in_a_name_is_no_formula_in_a_file(area, client):
    make_organisation(area.partnership, "=cmd|' /C calc'!A0")
    User.objects.filter(pk=area.editor.pk).update(name="=1+1")
    make_event(Organisation.objects.get(), at=minutes_ago(-1), by=area.editor, name="=2+2")
    row = as_csv(client.get(PATH[:-1] + ".csv"))[1]
    assert row[1:3] == ["'=1+1", "changed the name of the organisation =2+2"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_file_is_noted_and_the_note_is_told(area, client, ending):
    client.get(PATH[:-1] + f".{ending}")
    note = Download.objects.get()
    assert (note.what, note.user) == ("Activity", area.coordinator)
    assert note.partnership == area.partnership
    told = f"{area.coordinator} downloaded a file: Activity"
    assert told in shown(client.get(PATH))
    assert shown(client.get(PATH, {"kind": "downloads"})) == [told]


def test_looking_whether_a_file_is_there_is_not_noted(client):
    assert client.head(PATH[:-1] + ".csv").status_code == 200
    assert not Download.objects.exists()


def test_a_file_of_more_than_it_should_hold_is_refused_with_what_to_do(
    area, library, client, monkeypatch
):
    write_lines(area, library, 30)
    monkeypatch.setattr(activity, "MOST_IN_FILE", 20)
    monkeypatch.setattr(activity, "READ_FOR_FILE", 10)
    response = client.get(PATH[:-1] + ".csv", {"kind": "organisations"}, follow=True)
    assert response.redirect_chain == [(f"{PATH}?kind=organisations", 302)]
    assert "Choose a shorter time." in response.content.decode()
    assert not Download.objects.exists()


def test_the_page_leads_to_the_files_of_the_same(area, client):
    page = client.get(PATH, {"kind": "people", "older": "5.5.5"}).content.decode()
    for ending in ("csv", "xlsx"):
        assert f'href="{PATH[:-1]}.{ending}?kind=people"' in page
