"""Choosing a file, its preview, and the button that imports it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pledges.import_form import SHOWN
from pledges.models import Action, PlanImport
from tests.factories.actions import make_plan_action, make_plan_actions, make_update
from tests.factories.imports import csv_of, make_plan_import
from tests.factories.people import client_of, make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def upload(client, area, data, name="Plan.csv"):
    path = f"/partnerships/{area.partnership.slug}/actions/import/"
    return client.post(path, {"file": SimpleUploadedFile(name, data)}, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_file_leads_to_its_preview_and_writes_nothing(client, area, library):
    page = words(upload(client, area, csv_of(["Organisation", "Action"], ["Library", "Train"])))
    assert "1 new action" in page
    assert "Row 2: Train" in page
    assert not Action.objects.exists()


def test_no_file_and_a_bad_file_come_back_with_a_sentence(client, area, library):
    path = f"/partnerships/{area.partnership.slug}/actions/import/"
    assert "Choose a spreadsheet" in words(client.post(path))
    assert "No row of the file names its columns." in words(upload(client, area, b"a,b\n1,2"))
    assert "must be text" not in words(client.post(path, {"file": "no file"}))
    assert not PlanImport.objects.exists()


def test_the_preview_says_what_would_change_and_escapes_it(client, area, library):
    make_plan_action(library, measure="Ten")
    data = csv_of(["No.", "How we will know"], [1, "<script>alert(1)</script>"])
    page = words(upload(client, area, data))
    assert "1 action to change" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_wrong_row_stops_the_import_until_the_others_are_asked_for(client, area, library):
    held = make_plan_import(
        area.partnership, by=area.coordinator,
        data=csv_of(["Organisation", "Action"], ["Library", "x"], ["Museum", "y"]),
    )  # fmt: skip
    path = f"/partnerships/{area.partnership.slug}/actions/import/{held.pk}/"
    assert "Nothing was imported, because some rows cannot be read." in words(client.post(path))
    assert not Action.objects.exists()

    response = client.post(path, {"partly": "yes"}, follow=True)
    assert "Imported: 1 action is new, 0 were changed." in words(response)
    assert "This file was imported already." in words(client.post(path, follow=True))
    assert Action.objects.count() == 1


def test_what_changed_meanwhile_waits_for_another_look(client, area, library):
    action = make_plan_action(library)
    held = make_plan_import(
        area.partnership, by=area.coordinator, data=csv_of(["No.", "Action"], [1, "Anew"])
    )
    make_update(action, by=area.coordinator, status="in_progress", text="Begun")
    path = f"/partnerships/{area.partnership.slug}/actions/import/{held.pk}/"
    assert "1 action changed meanwhile" in words(client.get(path))
    client.post(path, {"again": "yes"})
    assert "1 action to change" in words(client.get(path))
    client.post(path)
    action.refresh_from_db()
    assert action.what == "Anew"


def test_somebody_else_is_refused_and_a_stranger_finds_nothing(area, library):
    held = make_plan_import(
        area.partnership, by=area.coordinator, data=csv_of(["No.", "Action"], ["", "x"])
    )
    path = f"/partnerships/{area.partnership.slug}/actions/import/{held.pk}/"
    stranger = make_area("bury", "Bury Together", "Bury").coordinator
    assert client_of(area.facilitator).get(path).status_code == 403
    assert client_of(stranger).get(path).status_code == 404


def test_a_long_preview_shows_the_first_rows_and_asks_as_often_as_a_short_one(
    client, area, library, django_assert_max_num_queries
):
    make_plan_actions(library, 300)
    for number in (3, 300):
        rows = [[each, f"Anew {each}"] for each in range(1, number + 1)]
        held = make_plan_import(
            area.partnership, by=area.coordinator, data=csv_of(["No.", "Action"], *rows)
        )
        path = f"/partnerships/{area.partnership.slug}/actions/import/{held.pk}/"
        with django_assert_max_num_queries(25):
            page = words(client.get(path))
        assert page.count("<h3") == min(number, SHOWN)
