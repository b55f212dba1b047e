"""The page of a workshop's end, and the record that is left of it."""

import re

import pytest

from planning import workshop_closing as closing
from planning.models import Stage, Workshop, WorkshopAttendance
from tests.factories.bad_input import shown
from tests.factories.joining import phone_at
from tests.factories.people import client_of, make_organisation
from tests.factories.workshops import make_phone, make_phones, make_revealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


@pytest.fixture
def police(area):
    return make_organisation(area.partnership, name="Harbour Police")


def path_of(workshop, end="closing/"):
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/{end}"


def page_of(client, workshop, end="closing/"):
    return shown(client.get(path_of(workshop, end)))


def said_on(client, workshop, form):
    """What the boxes of a form on the page hold: its hidden fields and its numbers."""
    page = client.get(path_of(workshop)).content.decode()
    part = page[page.index(form) :].partition("</form>")[0]
    tags = re.findall(r"<input[^>]*>", part)
    pairs = (
        (re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags
    )
    return {name.group(1): value.group(1) if value else "" for name, value in pairs if name}


def attendance(client, workshop, **more):
    body = said_on(client, workshop, "closing/attendance/")
    return {**body, **more}


def box_of(client, workshop, label):
    page = client.get(path_of(workshop)).content.decode()
    return re.search(rf'for="id_(came-\w+)">\s*{label}', page).group(1)


def kept():
    return {str(each): each.people for each in WorkshopAttendance.objects.all()}


def test_who_came_is_put_right_and_an_organisation_is_added(client, workshop, police):
    make_phone(workshop, "", organisation=police)
    box = box_of(client, workshop, "Harbour Police")
    body = attendance(client, workshop, **{box: "4", "added_words": "Library", "added_people": "2"})
    response = client.post(path_of(workshop, "closing/attendance/"), body)
    assert response.url == path_of(workshop) + "#attendance"
    assert kept() == {"Harbour Police": 4, "Library": 2}
    page = page_of(client, workshop)
    assert "6 people" in page
    assert "1 phone" in page


def test_a_name_that_is_in_the_list_is_that_organisation(client, workshop, police):
    make_phone(workshop, "", organisation=police)
    body = attendance(client, workshop, added_words="harbour police", added_people="7")
    client.post(path_of(workshop, "closing/attendance/"), body)
    assert kept() == {"Harbour Police": 7}


def test_two_who_write_down_who_came_do_not_overwrite_each_other(client, workshop, police):
    make_phone(workshop, "", organisation=police)
    box = box_of(client, workshop, "Harbour Police")
    mine, theirs = (attendance(client, workshop, **{box: number}) for number in "45")
    client.post(path_of(workshop, "closing/attendance/"), theirs)
    response = client.post(path_of(workshop, "closing/attendance/"), mine)
    page = shown(response)
    assert response.status_code == 422
    assert "It is now: Harbour Police: 5." in page
    assert kept() == {"Harbour Police": 5}
    seen = re.search(r'name="seen" value="(\w+)"', response.content.decode()).group(1)
    client.post(path_of(workshop, "closing/attendance/"), {**mine, "seen": seen})
    assert kept() == {"Harbour Police": 4}


def test_a_phone_that_joins_meanwhile_is_no_obstacle(client, workshop, police):
    make_phone(workshop, "", organisation=police)
    body = attendance(client, workshop)
    make_phone(workshop, "health")
    assert client.post(path_of(workshop, "closing/attendance/"), body).status_code == 302
    assert kept() == {"Harbour Police": 1}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"added_words": "Library"}, "Enter how many people of this organisation came"),
        ({"added_people": "2"}, "Say which organisation these people came for"),
        ({"added_words": "x" * 151, "added_people": "2"}, "the most it can hold is 150"),
        ({"added_words": "a\0b", "added_people": "2"}, "invisible character"),
        ({"added_words": "Library", "added_people": "1000"}, "must be 999 or less"),
        ({"added_words": "Library", "added_people": "2.5"}, "must be a whole number"),
        ({"added_organisation": "987654321", "added_people": "2"}, "choose one that is listed"),
        ({"box": ""}, "Enter how many came of “Harbour Police”, or 0 for nobody"),
        ({"box": "-1"}, "must be 0 or more"),
    ],
)
def test_what_cannot_be_kept_ends_in_a_sentence(client, workshop, police, more, sentence):
    make_phone(workshop, "", organisation=police)
    if "box" in more:
        more = {box_of(client, workshop, "Harbour Police"): more["box"]}
    response = client.post(
        path_of(workshop, "closing/attendance/"), attendance(client, workshop, **more)
    )
    assert response.status_code == 422
    assert sentence in shown(response)
    assert not kept()


def test_what_happens_next_is_on_the_phones_and_the_screen_at_the_end(client, workshop):
    body = said_on(client, workshop, "closing/next/") | {"what_next": "We meet in May."}
    response = client.post(path_of(workshop, "closing/next/"), body)
    assert response.url == path_of(workshop) + "#next"
    move = {"stage": "closing", "from": "closing"}
    assert client.post(path_of(workshop, "move/"), move).url.startswith(path_of(workshop))
    phone = phone_at(workshop.occasion, {"sector": "police"})
    for page in (
        shown(phone.get(f"/workshops/{workshop.occasion_id}/")),
        page_of(client, workshop, "screen/"),
    ):
        assert "We meet in May." in page


def test_two_who_write_what_happens_next_do_not_overwrite_each_other(client, workshop):
    body = said_on(client, workshop, "closing/next/")
    path = path_of(workshop, "closing/next/")
    client.post(path, {**body, "what_next": "Theirs"})
    page = shown(client.post(path, {**body, "what_next": "Mine"}))
    assert "It is now: “Theirs”" in page
    assert "Mine" in page
    assert Workshop.objects.get().what_next == "Theirs"
    assert client.post(path, {}).status_code == 422
    assert Workshop.objects.get().what_next == "Theirs"


def test_the_rating_is_opened_counted_and_shown_on_this_page(client, workshop):
    page = page_of(client, workshop)
    assert "Ask how it was" in page
    body = {"kind": "rating", "number": "1", "from": "closing"}
    for _ in range(2):
        response = client.post(path_of(workshop, "ballots/open/"), body)
        assert response.url == path_of(workshop) + "#rating"
    make_phones(workshop, 3)
    page = page_of(client, workshop)
    assert "Nobody has" in page
    assert "Close it and show it" in page
    ballot = workshop.ballots.get()
    client.post(path_of(workshop, f"ballots/{ballot.pk}/reveal/"), {"from": "closing"})
    page = page_of(client, workshop)
    assert "Fewer than five votes are not shown" in page
    assert "Ask once more" in page


def test_a_point_is_settled_from_here(client, workshop):
    point = workshop.parked_points.create(
        text="Data sharing", parked_by=workshop.created_by, request_key="0" * 32
    )
    assert "Data sharing" in page_of(client, workshop)
    body = {f"point-{point.pk}-outcome": "Action 3", "from": "closing"}
    response = client.post(path_of(workshop, f"parking/{point.pk}/settle/"), body)
    assert response.url == path_of(workshop) + "#parking"
    assert "Nothing waits." in page_of(client, workshop)


def test_the_sheet_is_checked_and_the_way_to_sign_it_is_there(client, workshop):
    page = page_of(client, workshop)
    assert "Agree and sign the sheet" in page
    assert "Download it as PDF" in page
    workshop.assessment.entries.filter(domain__number=1).update(level=None)
    page = page_of(client, workshop)
    assert "Before it can be agreed" in page
    assert "Choose a progress level" in page


def test_the_workshop_is_closed_once_and_can_be_opened_again(client, workshop):
    for _ in range(2):
        response = client.post(path_of(workshop, "close/"))
        assert response.url == path_of(workshop, "")
    assert "It was closed on" in page_of(client, workshop)
    assert "The workshop is over" in shown(
        phone_at_after(workshop).get(f"/workshops/{workshop.occasion_id}/")
    )
    assert client.post(path_of(workshop, "reopen/")).url == path_of(workshop)
    assert Workshop.objects.get().closed_at is None


def phone_at_after(workshop):
    """A phone that was in before the door was closed."""
    occasion = workshop.occasion
    occasion.closed_at = None
    occasion.save()
    return phone_at(occasion, {"sector": "police"})


def test_a_vote_that_is_open_is_closed_first(client, workshop):
    client.post(path_of(workshop, "ballots/open/"), {"kind": "rating", "number": "1"})
    page = shown(client.post(path_of(workshop, "close/"), follow=True))
    assert "Close them, or call them off, and then close the workshop." in page
    assert Workshop.objects.get().closed_at is None


def test_the_record_stands_on_the_workshops_page_for_everybody(client, workshop, area, police):
    make_phone(workshop, "", organisation=police)
    other = make_organisation(area.partnership, name="A School")
    workshop.invitees.create(organisation=other)
    make_revealed(workshop, ["5", "4", "4", "5", "3"], kind="rating", entry=None)
    workshop.parked_points.create(
        text="Data sharing", parked_by=workshop.created_by, request_key="0" * 32
    )
    closing.say_what_next(workshop=workshop, what_next="We meet in May.", by=area.coordinator)
    assert "Harbour Police" not in page_of(client, workshop, "")
    closing.close_workshop(workshop=workshop, by=area.coordinator)
    page = page_of(client_of(area.reader), workshop, "")
    for words in (
        *("Harbour Police", "6 people", "Invited and not there: 1", "A School", "5 of 6 voted."),
        *("We meet in May.", "Data sharing", "Still open"),
    ):
        assert words in page
    assert Workshop.objects.get().stage == Stage.CLOSING


@pytest.mark.parametrize("end", ["closing/", ""])
def test_the_pages_cost_the_same_for_a_few_and_for_many(
    client, workshop, area, end, django_assert_max_num_queries
):
    def cost(number):
        there = len(kept())
        for each in range(number):
            organisation = make_organisation(area.partnership, name=f"School {there + each}")
            workshop.attendances.create(organisation=organisation, people=1)
            workshop.invitees.create(organisation_words=f"Club {there + each}")
            workshop.parked_points.create(
                text="Parked",
                parked_by=workshop.created_by,
                request_key=f"{there + each:032x}",
            )
        with django_assert_max_num_queries(45) as queries:
            client.get(path_of(workshop, end))
        return len(queries)

    closing.close_workshop(workshop=workshop, by=area.coordinator)
    client.get(path_of(workshop, end))
    assert cost(3) == cost(60)
