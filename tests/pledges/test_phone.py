"""The phone at a launch: sign, name a first action, correct it, and read it afterwards."""

import re

import pytest
from django.utils import timezone
from lxml import html

from partnerships import joining
from partnerships.models import Participant
from pledges import noting
from pledges.models import Launch, LaunchNote, NoteStatus
from pledges.starters import starters
from tests.factories.joining import (
    end,
    make_launch_to_join,
    make_occasion,
    make_participant,
    make_phone_note,
    phone,
    phone_at,
)
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import make_manifesto
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

NOTE = {
    "name": "Ada Marsh",
    "role": "Chief executive",
    "organisation_words": "Harbour Café",
    "first_action": "Name a champion",
    "idea": "none",
    "words": "We mean it.",
    "email": "ada@harbour.example",
}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def launch(area):
    return make_launch_to_join(area.partnership, area.coordinator)


@pytest.fixture
def client(launch):
    """A phone that is in."""
    return phone_at(launch.occasion)


def path_of(launch, *, change=False):
    return f"/launch/{launch.occasion_id}/{'change/' if change else ''}"


def text(response):
    """What people read, one space between the words."""
    page = html.fromstring(response.content.decode())
    return " ".join(page.text_content().split())


def seen_on(client, launch, **where):
    """What the page remembers of what it showed."""
    page = client.get(path_of(launch, **where)).content.decode()
    return re.search(r'name="seen" value="(\w+)"', page).group(1)


def sign(client, launch, seen=None, *, change=False, **said):
    seen = seen or seen_on(client, launch, change=change)
    return client.post(path_of(launch, change=change), {**NOTE, "seen": seen, **said})


def version_of(launch):
    return Launch.objects.values_list("version", flat=True).get(pk=launch.pk)


# --- Signing --------------------------------------------------------------------------------------


def test_the_page_shows_what_is_signed_and_knows_the_organisation(client, launch):
    response = client.get(path_of(launch))
    page = html.fromstring(response.content.decode())

    assert launch.manifesto.pledge in text(response)
    assert "Every child." in text(response)
    assert page.xpath("//input[@name='organisation_words']/@value") == ["Harbour Café"]
    assert "Please name no child or family." in text(response)
    assert "public page" in text(response)  # confirmed, the words and the job title may stand there
    for idea in starters():
        assert idea.what in text(response)


def test_what_is_signed_is_the_version_of_this_launch(area, client, launch):
    make_manifesto(area.partnership, pledge="Newer words.")

    assert "Newer words." not in text(client.get(path_of(launch)))


def test_one_click_signs_and_says_thank_you(client, launch):
    before = version_of(launch)
    response = sign(client, launch)

    assert (response.status_code, response.url) == (302, path_of(launch))
    note = LaunchNote.objects.get()
    assert {name: getattr(note, name) for name in NOTE if name != "idea"} == {
        name: value for name, value in NOTE.items() if name != "idea"
    }
    assert (note.launch, note.participant, note.signs) == (launch, Participant.objects.get(), True)
    assert version_of(launch) == before + 1
    page = text(client.get(path_of(launch)))
    assert "Thank you for signing" in page
    assert "What happens next" in page
    for word in NOTE.values():
        assert word == "none" or word in page


def test_name_and_job_title_and_organisation_are_enough(area, client, launch):
    housing = make_organisation(area.partnership)
    bare = {"first_action": "", "words": "", "email": "", "organisation_words": ""}
    assert sign(client, launch, **bare, organisation=housing.pk).status_code == 302

    note = LaunchNote.objects.get()
    assert (note.organisation, note.first_action) == (housing, "")
    assert "First action" not in text(client.get(path_of(launch)))


def test_an_idea_from_the_list_is_the_first_action(client, launch):
    sign(client, launch, first_action="", idea="2")

    assert LaunchNote.objects.get().first_action == starters()[1].what


def test_what_was_typed_comes_before_an_idea(client, launch):
    sign(client, launch, idea="2")

    assert LaunchNote.objects.get().first_action == NOTE["first_action"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Enter your name"),
        ({"role": " "}, "Enter your job title"),
        ({"organisation_words": ""}, "Choose your organisation, or type its name"),
        ({"email": "ada"}, "must be an e-mail address"),
        ({"email": "a" * 250 + "@b.example"}, "the most it can hold is 254"),
        ({"idea": "99"}, "has no such choice"),
        ({"idea": "-1"}, "has no such choice"),
        ({"first_action": "x" * 301}, "has 301 characters; the most it can hold is 300"),
        ({"words": "x" * 601}, "the most it can hold is 600"),
        ({"words": "a\0b"}, "invisible character"),
        ({"name": "x" * 151}, "the most it can hold is 150"),
        ({"name": "\u200b\u3164"}, "Enter your name"),
        ({"role": "\u2800\u200d"}, "Enter your job title"),
        ({"organisation_words": "\u200b\ufeff"}, "Choose your organisation, or type its name"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_kept(client, launch, said, sentence):
    response = sign(client, launch, **said)

    assert response.status_code == 200
    assert sentence in text(response)
    assert not LaunchNote.objects.exists()
    if "words" not in said:
        assert NOTE["words"] in text(response)


def test_html_is_text_on_the_phone(client, launch):
    sign(client, launch, words="<b>x</b>", first_action="=1+1")
    page = client.get(path_of(launch)).content.decode()

    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "=1+1" in page


# --- One note ------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [{}, {"first_action": "", "idea": "2"}])
def test_the_same_click_twice_is_one_note(client, launch, said):
    seen = seen_on(client, launch)
    answers = [sign(client, launch, seen, **said) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert LaunchNote.objects.count() == 1
    assert version_of(launch) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_click_at_the_same_moment_is_one_note():
    area = make_area()
    launch = make_launch_to_join(area.partnership, area.coordinator)
    client = phone_at(launch.occasion)
    seen = seen_on(client, launch)
    cookies = client.cookies

    def click():
        again = phone()
        again.cookies = cookies
        return sign(again, launch, seen)

    answers = at_once(*[click] * 8)

    assert {each.status_code for each in answers} == {302}
    assert LaunchNote.objects.count() == 1
    assert version_of(launch) == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_the_same_moment_do_not_overwrite_each_other_unseen():
    area = make_area()
    launch = make_launch_to_join(area.partnership, area.coordinator)
    client = phone_at(launch.occasion)
    seen = seen_on(client, launch)

    def click(action):
        again = phone()
        again.cookies = client.cookies
        return sign(again, launch, seen, first_action=action)

    first, second = at_once(lambda: click("Train everybody"), lambda: click("Ask parents"))

    assert sorted([first.status_code, second.status_code]) == [200, 302]
    refused = first if first.status_code == 200 else second
    kept = LaunchNote.objects.get().first_action
    assert f"First action: “{kept}”" in text(refused)


@pytest.mark.django_db(transaction=True)
def test_notes_of_many_phones_at_the_same_moment_are_all_counted():
    area = make_area()
    launch = make_launch_to_join(area.partnership, area.coordinator)
    phones = [phone_at(launch.occasion) for _ in range(8)]
    seen = seen_on(phones[0], launch)

    at_once(*[lambda each=each: sign(each, launch, seen) for each in phones])

    assert LaunchNote.objects.count() == 8
    assert version_of(launch) == 8


def test_a_second_tab_does_not_put_its_words_in_place_unseen(client, launch):
    seen = seen_on(client, launch)  # both tabs were opened before anything was signed
    sign(client, launch, seen)
    response = sign(client, launch, seen, first_action="Train everybody")

    assert response.status_code == 200
    assert "This phone has left a note already, for Harbour Café." in text(response)
    assert "“Name a champion”" in text(response)
    assert LaunchNote.objects.get().first_action == "Name a champion"
    again = re.search(r'name="seen" value="(\w+)"', response.content.decode()).group(1)
    assert sign(client, launch, again, first_action="Train everybody").status_code == 302
    assert LaunchNote.objects.get().first_action == "Train everybody"


def test_a_note_is_corrected_while_the_launch_is_open(client, launch):
    sign(client, launch)
    assert "Change it" in text(client.get(path_of(launch)))
    page = html.fromstring(client.get(path_of(launch, change=True)).content.decode())
    assert page.xpath("//input[@name='name']/@value") == ["Ada Marsh"]

    response = sign(client, launch, change=True, words="We changed it.")
    assert (response.status_code, response.url) == (302, path_of(launch))
    note = LaunchNote.objects.get()
    assert note.words == "We changed it."
    assert note.changed_at > note.written_at
    assert version_of(launch) == 2


def test_before_there_is_a_note_nothing_is_to_be_changed(client, launch):
    assert client.get(path_of(launch, change=True)).url == path_of(launch)


def test_what_the_coordinator_dealt_with_stays(area, client, launch):
    sign(client, launch)
    LaunchNote.objects.update(
        status=NoteStatus.CONFIRMED, settled_by=area.coordinator, settled_at=timezone.now()
    )
    seen = "0" * 16
    response = client.post(path_of(launch, change=True), {**NOTE, "seen": seen, "name": "Eve"})

    assert "has left a note already" in text(response)
    again = re.search(r'name="seen" value="(\w+)"', response.content.decode()).group(1)
    response = sign(client, launch, again, change=True, name="Eve")
    assert "The coordinator has dealt with your note already" in text(response)
    assert LaunchNote.objects.get().name == "Ada Marsh"
    page = text(client.get(path_of(launch)))
    assert "It is in the partnership’s register" in page
    assert "Change it" not in page


# --- After the launch -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["by itself", "by the coordinator"])
def test_after_the_launch_the_note_is_there_to_read(area, client, launch, how):
    sign(client, launch)
    close(launch, how, area)
    page = text(client.get(path_of(launch)))

    assert "Thank you for signing" in page
    assert NOTE["words"] in page
    assert "The launch has closed" in page
    assert "Change it" not in page
    assert client.get(path_of(launch, change=True)).url == path_of(launch)


@pytest.mark.parametrize("how", ["by itself", "by the coordinator"])
def test_what_comes_after_the_close_gets_a_sentence_and_is_not_kept(area, client, launch, how):
    seen = seen_on(client, launch)
    close(launch, how, area)
    response = sign(client, launch, seen)

    assert response.status_code == 200
    assert noting.CLOSED in text(response)
    assert NOTE["words"] in text(response)
    assert not LaunchNote.objects.exists()
    assert "Nothing was signed on this phone" in text(client.get(path_of(launch)))


def close(launch, how, area):
    if how == "by itself":
        end(launch.occasion)
    else:
        joining.close_occasion(occasion=launch.occasion, by=area.coordinator)


# --- Nobody else ----------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [False, True])
def test_who_is_not_in_is_sent_to_the_door(area, launch, change):
    never = f"/launch/987654321/{'change/' if change else ''}"
    for client in (phone(), phone_at(make_occasion(area.partnership, area.coordinator))):
        for path in (path_of(launch, change=change), never):
            for response in (client.get(path), client.post(path, NOTE)):
                assert (response.status_code, response.url) == (302, "/join/")
    assert not LaunchNote.objects.exists()


def test_a_phone_in_an_event_that_is_no_launch_is_sent_to_the_door(area):
    occasion = make_occasion(area.partnership, area.coordinator)

    assert phone_at(occasion).get(f"/launch/{occasion.pk}/").url == "/join/"


def test_a_number_that_is_none_breaks_nothing(client):
    assert client.get(f"/launch/{10**30}/").url == "/join/"


def test_no_organisation_of_another_partnership_is_taken(area, client, launch):
    make_organisation(area.partnership)
    foreign = make_organisation(make_area("bury", "Bury Together", "Bury").partnership)
    response = sign(client, launch, organisation=foreign.pk, organisation_words="")

    assert "has no such choice" in text(response)
    assert not LaunchNote.objects.exists()


def test_a_phone_reads_its_own_note_alone(client, launch):
    make_phone_note(make_participant(launch.occasion), launch, words="Somebody else’s words.")

    assert "Somebody else’s" not in client.get(path_of(launch)).content.decode()


def test_the_pages_of_a_phone_ask_little_of_the_database(
    area, client, launch, django_assert_max_num_queries
):
    for number in range(50):
        make_organisation(area.partnership, f"Organisation {number}")
    with django_assert_max_num_queries(5):
        client.get(path_of(launch))
    sign(client, launch)
    with django_assert_max_num_queries(2):
        client.get(path_of(launch))
