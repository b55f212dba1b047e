"""The pages of training: what they show, and the form with several rows."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from pledges.models import Attendance, Session, TrainingTarget
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.outreach import make_course, make_session, make_target
from tests.factories.people import client_of, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(area):
    return make_course(area.partnership)


@pytest.fixture
def school(area):
    return make_organisation(area.partnership, "Bamford School")


def path(area, name, *more, **query):
    return reverse(name, args=[area.partnership.slug, *more], query=query)


def sent(course, *rows, **more):
    """What a browser sends; ``rows``: (people, setting, organisation)."""
    body = {
        "course": course.pk,
        "held_on-day": "1",
        "held_on-month": "3",
        "held_on-year": "2026",
        "rows": str(len(rows)),
        "request_key": str(uuid.uuid4()),
    }
    for number, (people, setting, organisation) in enumerate(rows, start=1):
        body |= {
            f"row-{number}-people": people,
            f"row-{number}-setting": setting,
            f"row-{number}-organisation": (organisation and organisation.pk) or "",
        }
    return body | more


def stored():
    rows = Attendance.objects.order_by("pk")
    return list(rows.values_list("organisation__name", "setting", "people"))


def test_several_rows_are_recorded_at_once(area, course, school):
    body = sent(course, ("12", "schools", school), ("", "", None), ("3", "health", None))
    response = client_of(area.editor).post(path(area, "log_session"), body)
    assert response.status_code == 302
    assert stored() == [("Bamford School", "schools", 12), (None, "health", 3)]


def test_another_row_comes_without_losing_what_was_typed_or_saving_it(area, course, school):
    body = sent(
        course, ("12", "schools", school), ("much", "", None), add_row="yes", place="Tow\0n hall"
    )
    response = client_of(area.editor).post(path(area, "log_session"), body)
    page = html.fromstring(response.content.decode())
    assert response.status_code == 200
    assert page.xpath("//input[@name='rows']/@value") == ["3"]
    assert page.xpath("//input[@name='row-2-people']/@value") == ["much"]
    assert page.xpath("//select[@name='row-1-setting']/option[@selected]/@value") == ["schools"]
    assert page.xpath("//input[@name='place']/@value") == ["Town hall"]
    assert page.xpath("//input[@name='row-3-people']")
    assert not page.xpath("//*[contains(@class, 'govuk-error')]")
    assert page.xpath("//input[@name='request_key']/@value") == [body["request_key"]]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("", "", None)], "Write how many people were there"),
        ([("0", "health", None)], "Write how many people were there"),
        ([("", "health", None)], "Enter how many people there were, or 0 to leave the row out"),
        ([("4", "", None)], "Choose where these people work"),
        ([("many", "health", None)], "must be a whole number"),
        ([("-1", "health", None)], "must be 0 or more"),
        ([("999999999", "health", None)], "must be 5000 or less"),
        ([("4", "moon", None)], "has no such choice"),
        ([("4", "health", None), ("5", "health", None)], "Rows 1 and 2 are of the same"),
        ([("9" * TEN_MEGABYTES, "health", None)], "must be"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_nothing_is_saved(area, course, rows, sentence):
    response = client_of(area.editor).post(path(area, "log_session"), sent(course, *rows))
    assert sentence in shown(response)
    assert not Session.objects.exists()


def test_a_session_before_the_end_of_its_course_can_still_be_recorded(area, school):
    ended = make_course(area.partnership, ended_on=date(2026, 3, 2))
    client, row = client_of(area.editor), ("3", "schools", school)
    assert client.post(path(area, "log_session"), sent(ended, row)).status_code == 302
    late = sent(ended, row, **{"held_on-day": "2"})
    said = shown(client.post(path(area, "log_session"), late))
    assert "is no longer held from 2 March 2026: choose an earlier day" in said
    recorded = Session.objects.get()
    type(ended).objects.update(ended_on=date(2026, 2, 1))
    change = path(area, "change_session", recorded.pk)
    assert client.post(change, sent(ended, row, note="As it was")).status_code == 302
    assert Session.objects.get().note == "As it was"


@pytest.mark.parametrize("rows", ["", "-1", "NaN", "9999999", "٣"])
def test_a_strange_number_of_rows_does_no_harm(area, course, rows):
    body = sent(course, ("4", "health", None)) | {"rows": rows}
    assert client_of(area.editor).post(path(area, "log_session"), body).status_code in {200, 302}


def test_who_changed_the_session_meanwhile_is_heard(area, course):
    session = make_session(course, (None, "health", 4))
    address = path(area, "change_session", session.pk)
    client = client_of(area.editor)
    page = html.fromstring(client.get(address).content.decode())
    seen = page.xpath("//input[@name='seen']/@value")[0]
    session.attendances.update(people=5)
    response = client.post(address, sent(course, ("6", "health", None), seen=seen))
    assert "Someone else has changed this session meanwhile" in shown(response)
    assert "5 from elsewhere, or not said (Health)" in shown(response)
    assert stored() == [(None, "health", 5)]
    seen = html.fromstring(response.content.decode()).xpath("//input[@name='seen']/@value")[0]
    assert client.post(
        address, sent(course, ("6", "health", None), seen=seen)
    ).status_code == 302  # fmt: skip
    assert stored() == [(None, "health", 6)]


def test_the_page_shows_targets_numbers_and_years(area, course, school):
    make_session(course, (school, "schools", 12), held_on=date(2025, 5, 1))
    make_session(course, (None, "health", 30), held_on=date(2026, 5, 1))
    make_target(area.partnership, people=100)
    client = client_of(area.reader)
    page = shown(client.get(path(area, "training")))
    assert "42 people at 2 sessions" in page
    assert "30 of 100 people by 31 December 2026" in page
    assert "counts twice" in page
    assert "does not let you log readings" in page
    assert "12 people at 1 session" in shown(client.get(path(area, "training", year="2025")))
    for strange in ("99999", "0000", "x", "٢٠٢٥"):
        assert client.get(path(area, "training", year=strange)).status_code == 200


def test_the_page_takes_as_many_queries_for_3_as_for_60(area):
    client = client_of(area.coordinator)
    numbers = []
    for first, last in ((0, 3), (3, 60)):
        for number in range(first, last):
            course = make_course(area.partnership, f"Course {number}")
            organisation = make_organisation(area.partnership, f"Organisation {number}")
            make_session(course, (organisation, "health", 4))
            make_target(area.partnership, words=f"Target {number}")
        for name in ("training", "log_session"):
            client.get(path(area, name))  # what is looked up once a process
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path(area, name)).status_code == 200
            numbers.append(len(queries))
    assert numbers[:2] == numbers[2:]


def test_a_target_is_set_changed_and_removed(area):
    client = client_of(area.facilitator)
    body = {
        "words": "600 practitioners trained", "people": "600",
        "from_on-day": "1", "from_on-month": "4", "from_on-year": "2026",
        "by_on-day": "31", "by_on-month": "3", "by_on-year": "2027",
    }  # fmt: skip
    early = client.post(path(area, "add_training_target"), body | {"by_on-year": "2026"})
    assert "must be the same day as “Counted from” or later" in shown(early)
    for _ in range(2):
        assert client.post(path(area, "add_training_target"), body).status_code == 302
    target = TrainingTarget.objects.get()
    address = path(area, "change_training_target", target.pk)
    client.post(address, body | {"people": "700"})
    assert TrainingTarget.objects.get().people == 700
    client.post(path(area, "remove_training_target", target.pk))
    assert not TrainingTarget.objects.exists()


def test_files_hold_a_line_for_each_row_and_no_formula(area, course, school):
    make_session(course, (school, "schools", 12), (None, "health", 3), note="=1+1")
    response = client_of(area.reader).get(path(area, "training_csv"))
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Held on,Course")
    assert len(lines) == 3
    assert "'=1+1" in lines[1]
