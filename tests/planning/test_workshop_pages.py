"""The pages of planning a workshop: the list, one workshop, its agenda, who is invited."""

import re
import uuid
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from planning.agenda import Line, lines_of, save_agenda
from planning.models import Invitee, Workshop
from tests.factories.assessments import entry_of, make_scored
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_organisation
from tests.factories.workshops import make_phones, make_workshop

pytestmark = pytest.mark.django_db

LIST = "/partnerships/rochdale/workshops/"
DAY = {"held_on-day": "2", "held_on-month": "3", "held_on-year": "2099"}


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


@pytest.fixture
def workshop(area, draft):
    return make_workshop(
        draft, area.coordinator, is_open=False, held_on=date(2099, 3, 2), starts_at=time(9, 30)
    )


def path_of(workshop, end=""):
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/{end}"


def typed(form):
    """What the page of an agenda sends when nobody changes anything."""
    body = {"rows": len(form.rows), "seen": form["seen"].value()}
    for row in form.rows:
        for name in ("entry", "title", "minutes", "place"):
            body[row.add_prefix(name)] = row[name].value() or ""
    return body


# --- The list, and where it is found ------------------------------------------------------------


def test_the_list_costs_the_same_for_3_and_for_300(area, draft, django_assert_num_queries):
    client = client_of(area.reader)
    for number in range(3):
        make_workshop(draft, area.coordinator, name=f"Number {number}").invitees.create(
            organisation_words="Harbour Café"
        )
    client.get(LIST)
    with django_assert_num_queries(6):
        page = shown(client.get(LIST))
    assert "Number 1" in page
    assert "Open to phones" in page
    Workshop.objects.bulk_create(
        Workshop(assessment=draft, name="x", held_on=date(2026, 1, 1), created_by=area.coordinator)
        for number in range(297)
    )
    with django_assert_num_queries(6):
        client.get(LIST)


def test_the_next_workshop_is_the_first_step_of_the_home_page(area, draft, workshop):
    make_workshop(
        draft, area.coordinator, is_open=False, held_on=timezone.localdate() - timedelta(1)
    )
    home = shown(client_of(area.reader).get("/partnerships/rochdale/"))
    assert "Next workshop: 2 March 2099, 09:30" in home
    assert LIST in home
    Workshop.objects.update(closed_at=timezone.now())
    assert "Next workshop" not in shown(client_of(area.reader).get("/partnerships/rochdale/"))


def test_a_workshop_is_planned_from_the_page_of_an_open_assessment(area, client, draft, agreed):
    assert f"/planning/{draft.pk}/workshops/new/" in shown(client.get(f"/planning/{draft.pk}/"))
    assert "workshops/new/" not in shown(client.get(f"/planning/{agreed.pk}/"))
    reading = shown(client_of(area.reader).get(f"/planning/{draft.pk}/"))
    assert "workshops/new/" not in reading
    refused = client.get(f"/planning/{agreed.pk}/workshops/new/")
    assert refused.status_code == 403
    assert "was agreed" in shown(refused)


def test_planned_with_an_end_of_scoring_beforehand_and_found_on_the_sheet(client, draft):
    path = f"/planning/{draft.pk}/workshops/new/"
    ends = {"prework_on-day": "28", "prework_on-month": "2", "prework_on-year": "2099"}
    body = {
        **DAY,
        **ends,
        "name": "Scoring\ntogether",
        "starts_at": "9.30",
        "prework_at": "12:00",
        "request_key": uuid.uuid4(),
        "to_read": "- <b>the tool</b>",
    }
    look = shown(client.post(path, {**body, "preview": "yes"}))
    assert "How it will look" in look
    assert not Workshop.objects.exists()
    for _ in range(2):
        response = client.post(path, body)
    made = Workshop.objects.get()
    assert (response.url, made.name) == (path_of(made), "Scoring together")
    assert made.starts_at == time(9, 30)
    assert timezone.localtime(made.prework_closes_at).isoformat() == "2099-02-28T12:00:00+00:00"
    page = client.get(path_of(made)).content.decode()
    assert "It is open until 12:00 on 28 February 2099." in page
    assert "&lt;b&gt;the tool&lt;/b&gt;" in page
    assert path_of(made) in shown(client.get(f"/planning/{draft.pk}/"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"starts_at": "half past"}, "must be a time, like 14:30"),
        ({"name": ""}, "Enter what the workshop is called"),
        ({"held_on-day": "31", "held_on-month": "2"}, "must be a real date"),
        ({"prework_on-day": "1", "prework_on-month": "1", "prework_on-year": "2026"}, "future"),
    ],
)
def test_what_cannot_be_planned_is_a_sentence(client, draft, body, said):
    whole = {**DAY, "name": "x", "request_key": uuid.uuid4(), **body}
    assert said in shown(client.post(f"/planning/{draft.pk}/workshops/new/", whole))
    assert not Workshop.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_said_and_not_overwritten(area, client, workshop):
    path = path_of(workshop, "change/")
    seen = client.get(path).context["form"]["seen"].value()
    Workshop.objects.update(place="Library", name="Theirs")
    body = {**DAY, "name": "Mine", "seen": seen}
    page = client.post(path, body)
    assert "It is now: “Theirs”, 2 March 2099, 09:30, Library." in shown(page)
    workshop.refresh_from_db()
    assert workshop.name == "Theirs"
    client.post(path, {**body, "seen": page.context["form"]["seen"].value()})
    workshop.refresh_from_db()
    assert (workshop.name, workshop.place) == ("Mine", "")


def test_what_was_counted_beforehand_does_not_stand_in_the_way_of_another_name(client, workshop):
    ended = timezone.now().replace(second=31) - timedelta(days=1)  # nobody types seconds
    Workshop.objects.update(prework_closes_at=ended, prework_counted_at=ended)
    path = path_of(workshop, "change/")
    form = client.get(path).context["form"]
    on = form["prework_on"].value()
    ends = {"prework_on-day": on.day, "prework_on-month": on.month, "prework_on-year": on.year}
    at = f"{form['prework_at'].value():%H:%M}"
    body = {**DAY, **ends, "prework_at": at, "name": "Renamed", "seen": form["seen"].value()}
    assert client.post(path, body).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.name, workshop.prework_closes_at) == ("Renamed", ended)
    assert "counted already" in shown(client.post(path, {**body, "seen": "", "prework_at": "1:00"}))


# --- One workshop -------------------------------------------------------------------------------


def test_the_steps_say_how_far_it_is(area, client, workshop):
    page = shown(client.get(path_of(workshop)))
    for words in ("No agenda yet.", "Nobody is invited yet.", "Not wanted for this workshop."):
        assert words in page
    lines = [Line(10, "Welcome"), Line(50, entry=entry_of(workshop.assessment, 1))]
    save_agenda(workshop=workshop, lines=lines, by=area.coordinator)
    workshop.invitees.create(organisation_words="Harbour Café", email="a@b.example")
    page = shown(client.get(path_of(workshop)))
    assert "2 lines, 1 hour." in page
    assert "1 invited, 1 of them with an e-mail address." in page
    assert re.search(r"09:40</td>.*1\. Purpose.*50</td>", page, re.S)


def test_a_closed_workshop_leads_to_what_is_kept_and_not_to_the_room(client, workshop):
    ways = [path_of(workshop, end) for end in ("console/", "screen/")]
    page = shown(client.get(path_of(workshop)))
    assert all(f'href="{way}"' in page for way in ways)
    Workshop.objects.update(closed_at=timezone.now())
    page = shown(client.get(path_of(workshop)))
    assert not any(f'href="{way}"' in page for way in ways)
    assert f'href="{path_of(workshop, "tables/")}"' in page


def test_readers_see_the_plan_and_no_way_to_change_it(area, workshop):
    client = client_of(area.reader)
    page = shown(client.get(path_of(workshop)))
    assert "A coordinator or facilitator can." in page
    assert path_of(workshop, "agenda/") not in page
    assert client.get(path_of(workshop, "invitees/")).status_code == 403


def test_an_open_workshop_shows_its_code_and_how_many_phones_are_in(area, client, draft):
    workshop = make_workshop(draft, area.coordinator)
    make_phones(workshop, 3)
    page = shown(client.get(path_of(workshop)))
    code = workshop.occasion.code
    assert "3 phones are in." in page
    assert f"{code[:3]} {code[3:]}" in page


def test_a_workshop_of_another_sheet_is_not_there(area, client, small, workshop):
    other = make_scored(area.partnership, small)
    assert client.get(f"/planning/{other.pk}/workshops/{workshop.pk}/").status_code == 404


# --- The agenda ---------------------------------------------------------------------------------


def test_a_proposal_is_only_kept_once_it_is_saved(client, workshop):
    path = path_of(workshop, "agenda/")
    page = client.get(path)
    assert "nothing is kept until you save it" in shown(page)
    assert "09:30 to 09:45" in shown(page)
    assert not workshop.agenda.exists()
    full = client.get(f"{path}?propose=full").context["form"]
    assert sum(line.title == "Lunch" for line in full.lines) == 1
    assert client.post(path, typed(page.context["form"])).url == path
    assert lines_of(workshop)[0].what == "Welcome, and how we score"
    page = client.get(path)
    assert "This is a proposal" not in shown(page)
    events = workshop.agenda.model.pgh_event_model.objects.count()
    client.post(path, typed(page.context["form"]))
    assert workshop.agenda.model.pgh_event_model.objects.count() == events


def test_lines_are_moved_by_their_position_removed_and_added(area, client, workshop):
    lines = [Line(5, each) for each in "ABCD"]
    save_agenda(workshop=workshop, lines=lines, by=area.coordinator)
    path = path_of(workshop, "agenda/")
    body = typed(client.get(path).context["form"])
    client.post(path, {**body, "row-4-place": "2", "row-1-out": "on"})
    assert [line.title for line in lines_of(workshop)] == ["D", "B", "C"]
    body = typed(client.get(path).context["form"])
    client.post(path, {**body, "row-1-place": "3"})
    assert [line.title for line in lines_of(workshop)] == ["B", "C", "D"]

    entry = entry_of(workshop.assessment, 2)
    body = typed(client.get(path).context["form"])
    page = client.post(path, {**body, "row-1-title": "Begin", "add": entry.pk, "add_row": "yes"})
    form = page.context["form"]
    assert len(form.rows) == 4
    assert form.rows[3].domain == entry
    assert form.rows[0]["title"].value() == "Begin"
    assert str(entry.pk) not in dict(form.fields["add"].choices)
    client.post(path, typed(form))
    assert [line.what for line in lines_of(workshop)] == ["Begin", "C", "D", str(entry.domain)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"row-1-minutes": ""}, "Enter the minutes of “A”, or tick “Remove”"),
        ({"row-1-minutes": "601"}, "must be 600 or less"),
        ({"row-1-title": ""}, "Enter what line 1 is, or tick “Remove”"),
        ({"row-1-out": "on"}, "An agenda has one line at least"),
        ({"rows": "2", "row-2-entry": "987654"}, "Enter what line 2 is"),
    ],
)
def test_what_is_no_agenda_is_a_sentence_and_changes_nothing(area, client, workshop, change, said):
    save_agenda(workshop=workshop, lines=[Line(5, "A")], by=area.coordinator)
    path = path_of(workshop, "agenda/")
    body = {**typed(client.get(path).context["form"]), **change}
    assert said in shown(client.post(path, body))
    assert lines_of(workshop) == [Line(5, "A")]


def test_a_domain_is_on_the_agenda_once(area, client, workshop):
    entry = entry_of(workshop.assessment, 1)
    row = {"minutes": "5", "place": "1", "entry": entry.pk}
    body = {f"row-{number}-{name}": each for number in (1, 2) for name, each in row.items()}
    page = shown(client.post(path_of(workshop, "agenda/"), {**body, "rows": "2"}))
    assert "is there twice: remove one of its lines" in page
    assert not workshop.agenda.exists()


@pytest.mark.parametrize("began_with", ["nothing", "a line"])
def test_two_who_change_an_agenda_at_once_do_not_overwrite_each_other(
    area, client, workshop, began_with
):
    if began_with == "a line":
        save_agenda(workshop=workshop, lines=[Line(5, "A")], by=area.coordinator)
    path = path_of(workshop, "agenda/")
    mine = typed(client.get(path).context["form"])
    save_agenda(workshop=workshop, lines=[Line(7, "Theirs")], by=area.coordinator)
    page = client.post(path, mine)
    assert "It is now: Theirs, 7 minutes." in shown(page)
    assert lines_of(workshop) == [Line(7, "Theirs")]
    client.post(path, {**mine, "seen": page.context["form"]["seen"].value()})
    assert lines_of(workshop) != [Line(7, "Theirs")]


# --- Who is invited -----------------------------------------------------------------------------


def test_the_list_of_those_invited_costs_the_same_for_3_and_for_300(
    area, client, workshop, django_assert_num_queries
):
    homes = make_organisation(area.partnership, "Leaf Housing")

    def invite(number):
        Invitee.objects.bulk_create(
            Invitee(workshop=workshop, organisation=homes, email=f"{uuid.uuid4()}@homes.example")
            for _ in range(number)
        )

    invite(3)
    path = path_of(workshop, "invitees/")
    client.get(path)
    with django_assert_num_queries(6):
        client.get(path)
    invite(297)
    with django_assert_num_queries(6):
        client.get(path)


def test_invited_changed_and_removed_by_clicks_that_may_come_twice(area, client, workshop):
    homes = make_organisation(area.partnership, "Leaf Housing")
    path = path_of(workshop, "invitees/")
    assert "Choose an organisation, or write" in shown(client.post(path, {"name": "Ada"}))
    for _ in range(2):
        client.post(path, {"organisation": homes.pk, "email": "ada@homes.example"})
    row = workshop.invitees.get()
    Invitee.objects.update(invited_at=timezone.now())
    body = {"organisation": homes.pk, "email": "bee@homes.example"}
    for _ in range(2):
        assert client.post(f"{path}{row.pk}/", body).url == path
    other = workshop.invitees.get()
    assert (other.email, other.pk == row.pk) == ("bee@homes.example", False)
    for _ in range(2):
        assert client.post(f"{path}{other.pk}/remove/").url == path
    lost = client.post(f"{path}{other.pk}/", {**body, "name": "Bee"})
    assert "Somebody has taken this line off the list meanwhile" in shown(lost)
    assert 'value="Bee"' in shown(lost)
    assert client.get(f"{path}{other.pk}/").status_code == 404
    assert not workshop.invitees.exists()
    client.post(f"{path}all/")
    assert workshop.invitees.count() == area.partnership.organisations.count()


def test_a_pasted_list(client, workshop):
    path = path_of(workshop, "invitees/paste/")
    assert "holds no e-mail address" in shown(client.post(path, {"people": "somebody"}))
    page = client.post(path, {"people": "Ada Marsh <ada@x.example>; bee@y.example"}, follow=True)
    assert "2 people added." in shown(page)
    assert re.search(r"x\.example.*Ada Marsh.*ada@x\.example", shown(page), re.S)


def test_nobody_is_invited_to_a_closed_workshop(client, workshop):
    Workshop.objects.update(closed_at=timezone.now())
    path = path_of(workshop, "invitees/")
    page = shown(client.get(path))
    assert "closed, so its plan stays" in page
    assert "Add one" not in page
    for end in ("", "all/", "paste/"):
        answer = client.post(f"{path}{end}", {"organisation_words": "x", "people": "a@b.example"})
        assert (answer.status_code, "closed, so its plan stays" in shown(answer)) == (403, True)
    assert client.get(path_of(workshop, "agenda/")).status_code == 403


def test_a_workshop_costs_the_same_with_3_lines_and_with_50(
    area, client, workshop, django_assert_num_queries
):
    def fill(number):
        save_agenda(workshop=workshop, lines=[Line(5, "x")] * number, by=area.coordinator)
        for each in range(number):
            add_words = {"organisation_words": f"Organisation {each}"}
            Invitee.objects.get_or_create(workshop=workshop, **add_words)

    fill(3)
    client.get(path_of(workshop))
    with CaptureQueriesContext(connection) as few:
        client.get(path_of(workshop))
    fill(50)
    with django_assert_num_queries(len(few)):
        client.get(path_of(workshop))
