"""The phone of somebody in the room: no account, no name, one box."""

import re
import uuid

import pytest

from partnerships import joining
from partnerships.models import Participant
from practice.models import Prompt, PromptAnswer
from practice.prompting import CLOSED, ENOUGH
from tests.factories.bad_input import shown
from tests.factories.joining import end, make_occasion, phone, phone_at
from tests.factories.people import client_of, make_area
from tests.factories.prompts import make_answer, make_prompt, prompt_phone
from tests.partnerships.telling import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def prompt(area):
    return make_prompt(area.partnership, area.coordinator, help="One feeling in each answer.")


@pytest.fixture
def client(prompt):
    return prompt_phone(prompt)


def path_of(prompt):
    return f"/question/{prompt.occasion_id}/"


def send(client, prompt, words="Listened to", key=None):
    return client.post(path_of(prompt), {"words": words, "request_key": key or uuid.uuid4()})


def test_coming_in_asks_nothing_of_anybody(prompt):
    client = phone()
    page = shown(client.get(joining.join_path(prompt.occasion)))
    assert "Join the conversation" in page
    assert "nobody asks who you are" in page
    assert "organisation" not in page
    said = {"request_key": uuid.uuid4(), "organisation_words": "Homes First", "sector": "police"}
    response = client.post(joining.join_path(prompt.occasion), said)
    assert response.url == path_of(prompt)
    there = Participant.objects.get()
    assert (there.organisation, there.organisation_words, there.sector) == (None, "", "")


def test_the_code_from_the_screen_leads_in_and_a_wrong_one_does_not(prompt):
    client = phone()
    code = prompt.occasion.code
    assert client.post("/join/", {"code": code}).url == joining.join_path(prompt.occasion)
    wrong = "BBBBBB" if code != "BBBBBB" else "CCCCCC"
    assert "No event is open with this code." in shown(client.post("/join/", {"code": wrong}))
    end(prompt.occasion)
    assert "No event is open with this code." in shown(client.post("/join/", {"code": code}))


def test_an_answer_arrives_and_the_page_is_where_it_was_after_a_reload(client, prompt):
    page = shown(client.get(path_of(prompt)))
    assert prompt.question in page
    assert "One feeling in each answer." in page
    assert "Please name no child and no family." in page
    assert send(client, prompt).url == path_of(prompt)
    for _ in range(2):
        page = shown(client.get(path_of(prompt)))
        assert "You sent 1 answer." in page
        assert "Listened to" in page
        assert "You can send 4 more." in page


def test_sent_twice_is_once(client, prompt):
    key = re.search(
        r'name="request_key" value="([\w-]+)"', client.get(path_of(prompt)).content.decode()
    ).group(1)
    assert [send(client, prompt, key=key).status_code for _ in range(2)] == [302, 302]
    assert PromptAnswer.objects.count() == 1


def test_after_five_the_box_is_gone_and_a_sixth_gets_a_sentence(client, prompt):
    for number in range(5):
        send(client, prompt, f"Answer {number}")
    page = shown(client.get(path_of(prompt)))
    assert "That is the most that one phone can send." in page
    assert "<textarea" not in page
    page = shown(send(client, prompt, "One too many"))
    assert ENOUGH in page
    assert "One too many" in page
    assert PromptAnswer.objects.count() == 5


@pytest.mark.parametrize("words", ["", "  ", "\u200b\u2800", "\0", "x" * 281])
def test_what_cannot_be_kept_ends_in_a_sentence(client, prompt, words):
    page = shown(send(client, prompt, words))
    assert "There is a problem" in page
    assert not PromptAnswer.objects.exists()


def test_ten_megabytes_end_in_a_sentence(client, prompt):
    page = shown(send(client, prompt, "x" * 10 * 1024 * 1024))
    assert "has 10,485,760 characters; the most it can hold is 280" in page


def test_emoji_and_html_arrive_as_they_were_typed(client, prompt):
    for words in ("Safe 🙂👨‍👩‍👧", "<script>alert(1)</script>", "=1+1"):
        send(client, prompt, words)
    page = client.get(path_of(prompt)).content.decode()
    assert "Safe 🙂👨‍👩‍👧" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_after_the_close_there_is_a_sentence_and_what_comes_late_is_not_lost(client, prompt):
    send(client, prompt)
    end(prompt.occasion)
    page = shown(client.get(path_of(prompt)))
    assert "The question has closed." in page
    assert "Listened to" in page
    assert "<textarea" not in page
    page = shown(send(client, prompt, "Written in the tram"))
    assert CLOSED in page
    assert "Written in the tram" in page
    assert PromptAnswer.objects.count() == 1


def test_who_is_not_in_is_sent_to_the_door(area, prompt):
    launch = make_occasion(area.partnership, area.coordinator)
    elsewhere = make_prompt(make_area("bury", "Bury", "Bury").partnership, area.coordinator)
    for client in (phone(), phone_at(launch), prompt_phone(elsewhere)):
        for path in (path_of(prompt), "/question/987654321/", f"/question/{10**30}/"):
            for response in (client.get(path), client.post(path, {"words": "x"})):
                assert (response.status_code, response.url) == (302, "/join/")
    assert phone_at(launch).get(f"/question/{launch.pk}/").url == "/join/"
    assert not PromptAnswer.objects.exists()


def test_a_phone_reads_its_own_answers_alone(client, prompt):
    make_answer(prompt, "Somebody else’s")
    assert "Somebody else’s" not in shown(client.get(path_of(prompt)))


def test_nobody_can_tell_who_wrote_not_even_of_somebody_who_is_signed_in(area, prompt):
    client = client_of(area.facilitator)
    client.post(joining.join_path(prompt.occasion), {"request_key": uuid.uuid4()})
    assert send(client, prompt).status_code == 302
    event = PromptAnswer.pgh_event_model.objects.get()
    assert event.pgh_context["user"] is None
    told = sentences(area)
    assert f"Somebody in the room sent an answer to “{prompt.question}”" in told
    assert not any(each.startswith(area.facilitator.name) for each in told)


def test_the_page_costs_the_same_however_many_answered(
    client, prompt, django_assert_max_num_queries
):
    for number in range(50):
        make_answer(prompt, f"Answer {number}")
    with django_assert_max_num_queries(3):
        client.get(path_of(prompt))
    assert Prompt.objects.get().version == 50
