"""The pages of the training map."""

import csv
import html
import io

import pytest
from django.utils import timezone
from lxml import html as lxml_html

from practice.models import CourseNeed
from tests.factories.bad_input import TEN_MEGABYTES
from tests.factories.outreach import make_course, make_session
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.factories.serving import make_need
from tests.practice.asking import queries

MAP = "/partnerships/rochdale/practice/training-map/"


@pytest.fixture
def course(area):
    return make_course(area.partnership, "Noticing conflict")


def words_of(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def cells(response):
    """The texts of the tables' cells."""
    found = lxml_html.fromstring(words_of(response)).xpath("//tbody/tr/*")
    return [" ".join(" ".join(each.itertext()).split()) for each in found]


def test_the_map_shows_roles_and_courses(area, client, course):
    make_standard(make_part(make_practice_model(area.partnership)))
    make_session(course, (None, "health", 20), held_on=timezone.localdate())
    make_need(course, again_after_months=24, people=1200)
    make_need(course, "Health visitor", need="recommended")
    assert cells(client.get(MAP)) == [
        *("Allocated practitioner", "Not said", "–", "–"),
        *("Health visitor", "Not said", "–", "Noticing conflict"),
        *("Team manager", "1,200", "Noticing conflict, again after 24 months", "–"),
        "Noticing conflict",
        "Required: team manager Recommended: Health visitor",
        *("1,200", "20 in the last 24 months"),
    ]
    assert "whatever their role" in words_of(client.get(MAP))


def test_an_empty_map_says_so(client):
    page = words_of(client.get(MAP))
    assert "No role is known yet" in page
    assert "Download" not in page


def test_a_need_is_added_changed_and_taken_off(area, client, course):
    assert "There is no course yet" not in words_of(client.get(f"{MAP}new/"))
    body = {"role": "team manager", "course": course.pk, "need": "required", "people": "12"}
    for _ in range(2):  # the same click twice
        added = client.post(f"{MAP}new/", body, follow=True)
        assert "It stands on the training map." in words_of(added)
    need = CourseNeed.objects.get()
    assert "12 people work in this role." in words_of(added)
    assert cells(added) == [
        *("Noticing conflict", "Required", "Once is enough"),
        *("0 in the last 12 months", "Change Noticing conflict"),
    ]
    path = f"{MAP}{need.pk}/"
    client.post(path, {"need": "recommended", "again_after_months": "6", "people": ""})
    need.refresh_from_db()
    assert (need.need, need.again_after_months, need.people) == ("recommended", 6, None)
    assert "Take this course off" in words_of(client.get(f"{path}remove/"))
    for _ in range(2):
        assert client.post(f"{path}remove/").status_code == 302
    assert not CourseNeed.objects.exists()
    gone = client.post(path, {"need": "required"})
    assert gone.status_code == 410


def test_the_form_begins_with_the_role_that_was_asked_for(client, course):
    make_need(course, people=12)
    page = words_of(client.get(f"{MAP}new/", {"role": "team manager"}))
    assert 'value="team manager"' in page
    assert 'value="12"' in page
    assert 'list="known-roles"' in page
    assert '<option value="team manager"></option>' in page


def test_a_course_that_is_over_or_somebody_elses_cannot_be_chosen(area, client, course):
    over = make_course(area.partnership, "Over", ended_on=timezone.localdate())
    theirs = make_course(make_area("bury", "Bury", "Bury").partnership, "Theirs")
    page = words_of(client.get(f"{MAP}new/"))
    assert "Over" not in page
    assert "Theirs" not in page
    for each in (over, theirs):
        body = {"role": "x", "course": each.pk, "need": "required"}
        assert "has no such choice" in words_of(client.post(f"{MAP}new/", body))


BAD = {
    "nothing": ({"role": ""}, "Enter the role"),
    "no course": ({"course": ""}, "Choose the course"),
    "no need": ({"need": ""}, "Choose how much they need it"),
    "NUL": ({"role": "a\0b"}, "invisible character"),
    "10 MB": ({"role": "x" * TEN_MEGABYTES}, "the most it can hold is 80"),
    "months": ({"again_after_months": "0"}, "must be 1 or more"),
    "many months": ({"again_after_months": "121"}, "must be 120 or less"),
    "people": ({"people": "-1"}, "must be 0 or more"),
    "words": ({"people": "many"}, "must be a whole number"),
    "long number": ({"people": "9" * 300}, "must be 1000000 or less"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_in_a_sentence(client, course, what):
    body, sentence = BAD[what]
    body = {"role": "x", "course": course.pk, "need": "required", **body}
    assert sentence in words_of(client.post(f"{MAP}new/", body))
    assert not CourseNeed.objects.exists()


@pytest.mark.parametrize("role", ["nobody", "a\0b", "x" * 5000, "<script>alert(1)</script>", "%s"])
def test_any_role_can_be_asked_for(client, role):
    page = client.get(MAP, {"role": role})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_somebody_elses_change_is_not_overwritten_unseen(area, client, course):
    need = make_need(course)
    path = f"{MAP}{need.pk}/"
    seen = words_of(client.get(path)).split('name="seen" value="')[1].split('"')[0]
    client_of(area.facilitator).post(path, {"need": "recommended", "people": "4"})
    mine = {"need": "required", "people": "9"}
    clash = words_of(client.post(path, {**mine, "seen": seen}))
    assert "It is now: Recommended; people in the role: 4." in clash
    need.refresh_from_db()
    assert need.people == 4
    again = clash.split('name="seen" value="')[1].split('"')[0]
    assert client.post(path, {**mine, "seen": again}).status_code == 302
    assert client.post(path, {**mine, "seen": seen}).status_code == 302  # the same click twice


def test_readers_see_the_map_and_no_buttons(area, course):
    need = make_need(course)
    reader = client_of(area.reader)
    for query in ({}, {"role": "team manager"}):
        page = words_of(reader.get(MAP, query))
        assert "Noticing conflict" in page
        assert "training-map/new/" not in page
        assert f"{MAP}{need.pk}/" not in page
    for path in ("new/", f"{need.pk}/", f"{need.pk}/remove/"):
        assert reader.get(f"{MAP}{path}").status_code == 403


def test_another_partnerships_need_is_what_never_existed(client):
    theirs = make_need(make_course(make_area("bury", "Bury", "Bury").partnership))
    for path in ("", "remove/"):
        assert client.get(f"{MAP}{theirs.pk}/{path}").status_code == 404
    assert client.get(MAP.replace("rochdale", "bury")).status_code == 404


def test_the_file_holds_the_map_and_no_formula(client, course):
    make_need(course, "=cmd()", again_after_months=24, people=3)
    answer = client.get("/partnerships/rochdale/practice/training-map.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header[:3] == ["Role", "People in the role", "Course"]
    assert row == ["'=cmd()", "3", "Noticing conflict", "Required", "24", "24", "0"]


def test_a_courses_page_says_who_needs_it(client, course):
    page = course.get_absolute_url()
    assert "No role is named yet." in words_of(client.get(page))
    make_need(course, again_after_months=1, people=3)
    assert "Team manager: required, again after 1 month (3 in this role)" in words_of(
        client.get(page)
    )


def test_three_and_thirty_take_the_same_queries(area, client, course):
    pillar = make_part(make_practice_model(area.partnership))
    paths = [MAP, f"{MAP}?role=team manager", f"{MAP}new/", course.get_absolute_url()]

    def add(first, last):
        for number in range(first, last):
            other = make_course(area.partnership, f"Course {number}")
            make_session(other, (None, "health", 2))
            make_need(other, again_after_months=number + 1)
            make_need(course, f"Role {number}")
            make_standard(pillar, position=number + 1)

    add(0, 3)
    few = queries(client, *paths, warm=True)
    add(3, 30)
    assert queries(client, *paths, warm=True) == few


def test_the_activity_tells_of_it(client, course):
    body = {"role": "team manager", "course": course.pk, "need": "required"}
    client.post(f"{MAP}new/", body)
    path = f"{MAP}{CourseNeed.objects.get().pk}/"
    client.post(path, {"need": "recommended"})
    client.post(f"{path}remove/")
    told = words_of(client.get("/partnerships/rochdale/activity/?kind=training_map"))
    for sentence in (
        "put on the training map that the role “team manager” needs “Noticing conflict”",
        "changed how much it is needed of what the role “team manager” needs of",
        "took off the training map that the role “team manager” needs “Noticing conflict”",
    ):
        assert sentence in told
