"""The pages of launches: the list, one launch, what the projector shows, and what becomes of
the notes.
"""

import uuid
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from partnerships.doors import stamp_of
from partnerships.models import Download, Invitation
from pledges.models import Action, Launch, LaunchNote, NoteStatus, Signing
from tests.factories.bad_input import shown
from tests.factories.joining import end
from tests.factories.launches import close, make_launch, make_note, make_notes
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.pledges import make_manifesto

pytestmark = pytest.mark.django_db

LIST = "/partnerships/rochdale/launches/"
TODAY = {"held_on-day": "2", "held_on-month": "3", "held_on-year": "2026"}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def launch(area):
    return make_launch(area.partnership, area.coordinator, name="Town hall")


def path_of(launch, end=""):
    return f"{LIST}{launch.pk}/{end}"


# --- The list and the forms ---------------------------------------------------------------------


def test_the_list_costs_the_same_for_1_and_for_20(area, launch, django_assert_num_queries):
    client = client_of(area.reader)
    client.get(LIST)
    make_notes(launch, 3)
    with django_assert_num_queries(6):
        text = shown(client.get(LIST))
    assert "Town hall" in text
    for _ in range(19):
        make_notes(make_launch(area.partnership, area.coordinator), 2)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_a_launch_is_planned_and_changed(area):
    client = client_of(area.facilitator)
    body = {**TODAY, "name": "Town hall", "place": "", "request_key": uuid.uuid4()}
    for _ in range(2):
        response = client.post(f"{LIST}new/", body)
    launch = Launch.objects.get()
    assert response.url == path_of(launch)
    client.post(path_of(launch, "change/"), {**TODAY, "name": "School hall"})
    launch.refresh_from_db()
    assert launch.name == "School hall"


def test_what_somebody_else_changed_is_not_overwritten(area, launch):
    client = client_of(area.coordinator)
    seen = client.get(path_of(launch, "change/")).context["form"].initial["seen"]
    Launch.objects.update(name="School hall")
    body = {**TODAY, "name": "Great hall", "seen": seen}
    page = client.post(path_of(launch, "change/"), body)
    assert "It is now: “School hall”" in shown(page)
    again = {**body, "seen": page.context["form"].data["seen"]}
    assert client.post(path_of(launch, "change/"), again).status_code == 302


def test_without_a_manifesto_the_page_leads_to_it(area):
    launch = make_launch(area.partnership, area.coordinator, is_open=False)
    page = client_of(area.coordinator).get(path_of(launch))
    assert "There is nothing to sign yet" in shown(page)
    assert b"/manifesto/" in page.content
    page = client_of(area.facilitator).post(path_of(launch, "open/"), {"hours": "3"})
    assert "Publish it, then open the launch." in shown(page)


def test_it_is_opened_for_some_hours_kept_open_and_closed(area):
    make_manifesto(area.partnership)
    launch = make_launch(area.partnership, area.coordinator, is_open=False)
    client = client_of(area.coordinator)
    assert "Choose for how long" in shown(client.post(path_of(launch, "open/"), {}))
    assert client.post(path_of(launch, "open/"), {"hours": "1"}).url == path_of(launch)
    launch.refresh_from_db()
    code = f"{launch.occasion.code[:3]} {launch.occasion.code[3:]}"
    assert code in shown(client.get(path_of(launch)))
    client.post(path_of(launch, "extend/"), {"hours": "8"})
    client.post(path_of(launch, "close/"))
    launch.occasion.refresh_from_db()
    assert launch.occasion.closed_at is not None
    assert "is closed" in shown(client.post(path_of(launch, "extend/"), {"hours": "8"}))


def test_the_page_costs_the_same_for_3_and_for_20_notes(area, launch, django_assert_num_queries):
    client = client_of(area.coordinator)
    make_notes(launch, 3)
    client.get(path_of(launch))
    with django_assert_num_queries(8):
        client.get(path_of(launch))
    make_notes(launch, 20)
    with django_assert_num_queries(8):
        client.get(path_of(launch))


# --- What the projector shows -------------------------------------------------------------------


def test_the_screen_shows_how_to_join_while_it_is_open(area, launch):
    client = client_of(area.reader)
    text = shown(client.get(path_of(launch, "screen/")))
    assert f"{launch.occasion.code[:3]} {launch.occasion.code[3:]}" in text
    assert "testserver/join" in text
    make_note(launch)
    assert "<strong>1</strong> organisation has signed" in shown(
        client.get(path_of(launch, "screen/"))
    )
    close(launch)
    text = shown(client.get(path_of(launch, "screen/")))
    assert "The launch is closed" in text
    assert launch.occasion.code[:3] not in text


def test_before_it_is_opened_the_screen_says_so(area):
    launch = make_launch(area.partnership, area.coordinator, is_open=False)
    text = shown(client_of(area.reader).get(path_of(launch, "screen/")))
    assert "You can sign here soon" in text


def test_the_wall_shows_no_name_and_no_address(area, launch):
    make_note(launch, "Harbour Café", email="ada@harbour.example")
    make_note(launch, "Rude Ltd", hidden_at=timezone.now())
    text = client_of(area.reader).get(path_of(launch, "wall/")).content.decode()
    for words in ("Harbour Café", "Chief executive", "Name a staff champion", "1 organisation"):
        assert words in text
    for words in ("Ada Marsh", "ada@harbour.example", "Rude Ltd"):
        assert words not in text


def test_a_card_of_many_short_lines_does_not_fill_the_wall(area, launch):
    make_note(launch, "Rude Ltd", words="N\n\no\n" * 100)
    text = client_of(area.reader).get(path_of(launch, "wall/")).content.decode()
    assert "“N o N o" in text


def test_what_is_set_aside_is_not_on_the_wall_and_its_page_says_so(area, launch):
    make_note(
        launch, "Joke Ltd", status=NoteStatus.SET_ASIDE, settled_at=timezone.now(),
        settled_by=area.coordinator,
    )  # fmt: skip
    client = client_of(area.coordinator)
    assert "Joke Ltd" not in client.get(path_of(launch, "wall/")).content.decode()
    page = shown(client.get(path_of(launch)))
    assert "Not shown" in page
    assert "Hide it" not in page


def test_a_poll_that_finds_nothing_new_costs_one_query(area, launch, django_assert_num_queries):
    client = client_of(area.reader)
    make_notes(launch, 3)
    news = f"{path_of(launch, 'wall/news/')}?seen={stamp_of(launch)}&newest=1"
    client.get(news)
    with django_assert_num_queries(3):  # with session and user
        response = client.get(news)
    assert (response.status_code, response.content) == (204, b"")


def test_a_poll_after_a_note_brings_it_and_marks_it_new(area, launch):
    client = client_of(area.reader)
    old, seen = make_note(launch, "Harbour Café"), stamp_of(launch)
    new = make_note(launch, "Quay School")
    path = f"{path_of(launch, 'wall/news/')}?seen={seen}&newest={old.pk}&said=1-1"
    page = client.get(path).content.decode()
    assert f'rpc-note--new" id="note-{new.pk}"' in page
    assert f'class="rpc-note" id="note-{old.pk}"' in page
    assert page.index("Quay School") < page.index("Harbour Café")
    assert f"seen={stamp_of(launch)}&amp;newest={new.pk}&amp;said=2-2" in page
    assert 'hx-swap-oob="innerHTML:#count">2 organisations' in page
    # What was said aloud already is not said again.
    assert "#count" not in client.get(path.replace("said=1-1", "said=2-2")).content.decode()


def test_that_time_ran_out_is_news(area, launch):
    client = client_of(area.reader)
    path = f"{path_of(launch, 'screen/news/')}?seen={stamp_of(launch)}"
    assert client.get(path).status_code == 204
    end(launch.occasion)
    assert "The launch is closed" in shown(client.get(path))


def test_a_rude_note_is_hidden_and_shown_again(area, launch):
    client, note = client_of(area.coordinator), make_note(launch, "Rude Ltd")
    hide = path_of(launch, f"notes/{note.pk}/hide/")
    page = client.post(hide, {"hidden": "yes"}, follow=True)
    assert "The note of Rude Ltd is hidden from the wall." in shown(page)
    assert "Show it again" in shown(page)
    client.post(hide, {"hidden": "no"})
    note.refresh_from_db()
    assert note.hidden_at is None
    assert client.post(hide, {"hidden": "maybe"}).status_code == 404


# --- What becomes of the notes ------------------------------------------------------------------


def test_the_notes_that_wait_are_listed_with_what_comes_of_them(
    area, launch, django_assert_num_queries
):
    homes = make_organisation(area.partnership, "Homes First")
    make_note(launch, homes)
    make_note(launch, homes, name="Bo Lund")
    make_note(launch, "Harbour Café", email="bo@harbour.example")
    client = client_of(area.coordinator)
    text = shown(client.get(path_of(launch, "notes/")))
    assert "1 is clear" in text
    for words in (
        "Signed by Ada Marsh, Chief executive.",
        "Another note of the same organisation comes first, and signs.",
        "A new organisation: none of this name is in the list.",
        "bo@harbour.example",
    ):
        assert words in text
    with django_assert_num_queries(11):
        client.get(path_of(launch, "notes/"))
    make_notes(launch, 20)
    with django_assert_num_queries(11):
        client.get(path_of(launch, "notes/"))


def body_of(page, **values):
    form = page.context["form"]
    initial = {name: form[name].value() for name in form.fields if name != "due_on"}
    body = {name: value for name, value in initial.items() if value not in {None, False}}
    return {**body, **values}


def test_one_note_is_confirmed_by_its_page(area, launch):
    note = make_note(launch, "Harbour Café", email="ada@harbour.example")
    client, path = client_of(area.coordinator), path_of(launch, f"notes/{note.pk}/")
    page = client.get(path)
    missing = client.post(path, body_of(page))
    assert "Choose the sector of the new organisation" in shown(missing)

    body = body_of(page, sector="voluntary", action="Train everybody", invites="on")
    done = client.post(path, body, follow=True)
    action = Action.objects.get()
    assert f"In the register for Harbour Café: the signature and action {action.number}." in shown(
        done
    )
    assert action.what == "Train everybody"
    assert Invitation.objects.get().organisation == action.organisation
    # The same click once more, and the page itself.
    assert client.post(path, body).url == path_of(launch, "notes/")
    assert Signing.objects.count() == 1


def test_a_note_that_its_phone_changed_meanwhile_is_shown_again(area, launch):
    homes = make_organisation(area.partnership, "Homes First")
    note = make_note(launch, homes)
    client, path = client_of(area.facilitator), path_of(launch, f"notes/{note.pk}/")
    body = body_of(client.get(path))
    LaunchNote.objects.update(first_action="Something else")
    assert "First action: “Something else”" in shown(client.post(path, body))
    assert not Signing.objects.exists()


def test_a_facilitator_is_told_who_adds_and_who_invites(area, launch):
    note = make_note(launch, "Harbour Café", email="ada@harbour.example")
    client, path = client_of(area.facilitator), path_of(launch, f"notes/{note.pk}/")
    page = client.get(path)
    text = shown(page)
    assert "A coordinator can add an organisation that is not in the list." in text
    assert "A coordinator can invite them." in text
    refused = client.post(path, body_of(page, new_name="Harbour Café", sector="other"))
    assert "Choose an organisation of the list." in shown(refused)


def test_a_note_with_nothing_to_make_of_it_says_so(area, launch):
    homes = make_organisation(area.partnership, "Homes First")
    note = make_note(launch, homes)
    client, path = client_of(area.coordinator), path_of(launch, f"notes/{note.pk}/")
    body = body_of(client.get(path), action="")
    del body["signs"]
    assert "Or set the note aside." in shown(client.post(path, body))


def test_all_that_are_clear_are_confirmed_by_one_button(area, launch):
    for name in ("Homes First", "Quay School"):
        make_note(launch, make_organisation(area.partnership, name), email=f"{name[0]}@a.example")
    make_note(launch, "Harbour Café")
    client = client_of(area.coordinator)
    for text in ("2 notes are in the register. 1 left", "0 notes are in the register. 1 left"):
        page = client.post(path_of(launch, "notes/confirm/"), {"invites": "on"}, follow=True)
        assert text in shown(page)
    assert Invitation.objects.count() == 2


def test_a_note_is_set_aside_and_taken_up_again(area, launch):
    client, note = client_of(area.coordinator), make_note(launch, "Joke Ltd")
    aside = path_of(launch, f"notes/{note.pk}/aside/")
    page = client.post(aside, {"aside": "yes"}, follow=True)
    assert "Set aside" in shown(page)
    assert "Take it up again" in shown(client.get(path_of(launch, f"notes/{note.pk}/")))
    client.post(aside, {"aside": "no"})
    note.refresh_from_db()
    assert note.status == "waiting"


def test_the_notes_as_a_spreadsheet_are_noted_as_a_download(area, launch):
    make_note(launch, "=1+1", name="Ada Marsh", email="ada@harbour.example")
    response = client_of(area.facilitator).get(f"{LIST}{launch.pk}/notes.xlsx")
    sheet = load_workbook(BytesIO(response.content)).active
    head, row = sheet.iter_rows(values_only=True)
    assert head[:4] == ("Organisation", "Name", "Job title", "E-mail address")
    assert row[:5] == ("=1+1", "Ada Marsh", "Chief executive", "ada@harbour.example", "Yes")
    assert sheet["A2"].data_type == "s"
    assert Download.objects.get().what == "Notes of a launch"
