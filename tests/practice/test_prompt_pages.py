"""The pages of questions to a room: the list, one question, the screen, you said and we did."""

import uuid
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from partnerships.doors import stamp_of
from practice.models import Prompt, PromptAnswer, YouSaid
from practice.prompt_wall import MOST_CARDS
from practice.prompting import ANSWERED
from tests.factories.bad_input import shown
from tests.factories.joining import end
from tests.factories.people import client_of, make_area
from tests.factories.prompts import make_answer, make_answers, make_prompt, make_you_said

pytestmark = pytest.mark.django_db

LIST = "/partnerships/rochdale/practice/prompts/"
SAID = "/partnerships/rochdale/practice/you-said/"
DAY = {"asked_on-day": "2", "asked_on-month": "3", "asked_on-year": "2026"}
DONE = {"did_on-day": "2", "did_on-month": "3", "did_on-year": "2026"}


@pytest.fixture
def prompt(area):
    return make_prompt(area.partnership, area.coordinator)


def path_of(prompt, end=""):
    return f"{LIST}{prompt.pk}/{end}"


def seen_on(client, path):
    return client.get(path).context["form"].initial["seen"]


# --- The list and the question ------------------------------------------------------------------


def test_the_list_costs_the_same_for_1_and_for_20(area, prompt, django_assert_num_queries):
    client = client_of(area.reader)
    make_you_said(prompt, make_answer(prompt))
    client.get(LIST)
    with django_assert_num_queries(8):
        page = shown(client.get(LIST))
    assert "We want to be listened to." in page
    assert "Not yet" in page
    for number in range(19):
        other = make_prompt(area.partnership, area.coordinator, question=f"Question {number}?")
        make_you_said(other, make_answer(other), did="Done.", did_on=timezone.localdate())
    with django_assert_num_queries(8):
        client.get(LIST)


def test_what_was_written_last_comes_first_and_only_of_ones_own_partnership(area, prompt):
    make_you_said(prompt, said="The older one")
    make_you_said(prompt, said="The newer one")
    bury = make_area("bury", "Bury Together", "Bury")
    make_you_said(make_prompt(bury.partnership, bury.coordinator), said="Said in Bury")
    page = shown(client_of(area.reader).get(LIST))
    assert page.index("The newer one") < page.index("The older one")
    assert "Said in Bury" not in page


def test_a_question_is_asked_changed_opened_and_closed(area):
    client = client_of(area.facilitator)
    body = {**DAY, "question": "Which\nvalues?", "request_key": uuid.uuid4()}
    for _ in range(2):
        response = client.post(f"{LIST}new/", body)
    prompt = Prompt.objects.get()
    assert (response.url, prompt.question) == (path_of(prompt), "Which values?")
    client.post(path_of(prompt, "change/"), {**DAY, "question": "Which ones?", "where": "Hall"})
    assert "Choose for how long" in shown(client.post(path_of(prompt, "open/"), {}))
    client.post(path_of(prompt, "open/"), {"hours": "1"})
    prompt = Prompt.objects.get()
    assert (prompt.question, prompt.where) == ("Which ones?", "Hall")
    code = f"{prompt.occasion.code[:3]} {prompt.occasion.code[3:]}"
    assert code in shown(client.get(path_of(prompt)))
    client.post(path_of(prompt, "extend/"), {"hours": "8"})
    client.post(path_of(prompt, "close/"))
    prompt.occasion.refresh_from_db()
    assert prompt.occasion.closed_at is not None
    assert "is closed" in shown(client.post(path_of(prompt, "extend/"), {"hours": "8"}))


def test_what_somebody_else_changed_is_not_overwritten_unseen(area, prompt):
    client = client_of(area.coordinator)
    path = path_of(prompt, "change/")
    body = {**DAY, "question": "Ours?", "seen": seen_on(client, path)}
    Prompt.objects.update(question="Theirs?")
    page = client.post(path, body)
    assert "It is now: “Theirs?”" in shown(page)
    again = {**body, "seen": page.context["form"].data["seen"]}
    assert client.post(path, again).status_code == 302


def test_another_question_than_was_answered_is_refused_in_a_sentence(area, prompt):
    make_answer(prompt)
    body = {**DAY, "question": "Something else?"}
    page = client_of(area.coordinator).post(path_of(prompt, "change/"), body)
    assert ANSWERED in shown(page)


def test_the_page_costs_the_same_for_3_and_for_300_answers(area, prompt, django_assert_num_queries):
    client = client_of(area.coordinator)
    make_answers(prompt, 3)
    make_you_said(prompt, *PromptAnswer.objects.all())
    client.get(path_of(prompt))
    with django_assert_num_queries(8):
        client.get(path_of(prompt))
    make_answers(prompt, 300)
    make_you_said(prompt, *PromptAnswer.objects.all()[50:], said="Another one")
    with django_assert_num_queries(8):
        client.get(path_of(prompt))


def test_who_may_not_run_it_reads_and_has_no_button(area, prompt):
    make_answer(prompt)
    make_you_said(prompt)
    page = shown(client_of(area.lead).get(path_of(prompt)))
    assert "A coordinator or facilitator can." in page
    assert "Hide it" not in page
    assert "Say what was done" not in page


# --- The screen ---------------------------------------------------------------------------------


def test_the_screen_shows_the_question_the_way_in_and_the_answers_newest_first(area, prompt):
    make_answer(prompt, "Safe")
    make_answer(prompt, "<b>Seen</b>\n\nand believed")
    make_answer(prompt, "Rude", hidden_at=timezone.now())
    page = client_of(area.reader).get(path_of(prompt, "screen/")).content.decode()
    code = f"{prompt.occasion.code[:3]} {prompt.occasion.code[3:]}"
    for words in (prompt.question, "testserver/join", code, "<strong>2</strong> answers"):
        assert words in page
    assert page.index("&lt;b&gt;Seen&lt;/b&gt; and believed") < page.index("Safe")
    assert "Rude" not in page
    end(prompt.occasion)
    page = shown(client_of(area.reader).get(path_of(prompt, "screen/")))
    assert "The question is closed. Thank you." in page
    assert code not in page


def test_before_it_is_open_the_screen_says_so(area):
    planned = make_prompt(area.partnership, area.coordinator, is_open=False)
    page = shown(client_of(area.reader).get(path_of(planned, "screen/")))
    assert "You can answer here soon" in page


def test_a_poll_that_finds_nothing_new_costs_one_query(area, prompt, django_assert_num_queries):
    client = client_of(area.reader)
    make_answers(prompt, 3)
    news = f"{path_of(prompt, 'screen/news/')}?seen={stamp_of(prompt)}&newest=1"
    client.get(news)
    with django_assert_num_queries(3):  # with session and user
        response = client.get(news)
    assert (response.status_code, response.content) == (204, b"")


def test_a_poll_after_an_answer_brings_it_and_costs_one_query_more_however_many(
    area, prompt, django_assert_num_queries
):
    client = client_of(area.reader)
    old, seen = make_answer(prompt, "Safe"), stamp_of(prompt)
    new = make_answer(prompt, "Seen")
    path = f"{path_of(prompt, 'screen/news/')}?seen={seen}&newest={old.pk}&said=1"
    with django_assert_num_queries(4):
        page = client.get(path).content.decode()
    assert f'rpc-note--new" id="answer-{new.pk}"' in page
    assert f'class="rpc-note" id="answer-{old.pk}"' in page
    assert f"seen={stamp_of(prompt)}&amp;newest={new.pk}&amp;said=2" in page
    assert 'hx-swap-oob="innerHTML:#count"><strong>2</strong> answers' in page
    # What was said aloud already is not said again.
    assert "#count" not in client.get(path.replace("said=1", "said=2")).content.decode()
    make_answers(prompt, 300)
    with django_assert_num_queries(4):
        page = client.get(path).content.decode()
    assert page.count("<li") == MOST_CARDS
    assert f"<strong>302</strong> answers, the newest {MOST_CARDS} here" in page


def test_that_time_ran_out_is_news(area, prompt):
    path = f"{path_of(prompt, 'screen/news/')}?seen={stamp_of(prompt)}"
    end(prompt.occasion)
    assert "The question is closed" in shown(client_of(area.reader).get(path))


def test_an_answer_is_hidden_and_shown_again(area, prompt):
    client, answer = client_of(area.facilitator), make_answer(prompt, "Rude")
    path = path_of(prompt, f"answers/{answer.pk}/hide/")
    for hidden, is_there in (("yes", False), ("no", True)):
        assert client.post(path, {"hidden": hidden}).url == path_of(prompt)
        page = client.get(path_of(prompt, "screen/")).content.decode()
        assert ("Rude" in page) == is_there
    assert client.post(path, {"hidden": "perhaps"}).status_code == 404
    other = make_prompt(area.partnership, area.coordinator)
    wrong = path_of(other, f"answers/{answer.pk}/hide/")
    assert client.post(wrong, {"hidden": "yes"}).status_code == 404


# --- You said, we did ---------------------------------------------------------------------------


def test_answers_are_ticked_under_you_said_and_what_was_done_comes_later(area, prompt):
    client = client_of(area.coordinator)
    first, second = make_answer(prompt, "Safe"), make_answer(prompt, "Heard")
    body = {"said": "Hear us", "answers": [first.pk]}
    for _ in range(2):
        assert client.post(path_of(prompt, "you-said/new/"), body).url == path_of(prompt)
    one = YouSaid.objects.get()
    page = shown(client.get(path_of(prompt)))
    assert "You said: Hear us" in page
    assert "Nothing has been done yet." in page
    offered = client.get(path_of(prompt, "you-said/new/")).context["form"]["answers"]
    assert [choice.choice_label for choice in offered] == ["Heard"]
    taken = client.post(
        path_of(prompt, "you-said/new/"), {"said": "See us", "answers": [first.pk, second.pk]}
    )
    assert "belongs to another “You said” by now" in shown(taken)
    change = f"{SAID}{one.pk}/change/"
    body |= {"did": "We listen first.", "answers": [first.pk, second.pk]}
    page = shown(client.post(change, {**body, "seen": seen_on(client, change)}))
    assert "Enter the day on which it was done" in page
    client.post(change, {**body, **DONE, "seen": seen_on(client, change)})
    assert set(one.answers.all()) == {first, second}
    page = shown(client.get(LIST))
    assert "We listen first." in page
    assert "2 March 2026" in page


def test_somebody_elses_change_of_it_is_shown_before_it_is_replaced(area, prompt):
    client, answer = client_of(area.coordinator), make_answer(prompt)
    one = make_you_said(prompt)
    change = f"{SAID}{one.pk}/change/"
    body = {"said": "Ours", "seen": seen_on(client, change)}
    PromptAnswer.objects.filter(pk=answer.pk).update(you_said=one)
    page = client.post(change, body)
    assert "Someone else has changed this meanwhile." in shown(page)
    assert "Answers: 1." in shown(page)
    again = {**body, "seen": page.context["form"].data["seen"]}
    assert client.post(change, again).status_code == 302


def test_it_is_removed_and_a_second_click_leads_to_the_list(area, prompt):
    client, one = client_of(area.coordinator), make_you_said(prompt)
    path = f"{SAID}{one.pk}/"
    assert client.post(f"{path}remove/").url == path_of(prompt)
    assert client.post(f"{path}remove/").url == LIST
    typed = client.post(f"{path}change/", {"said": "Typed at length"})
    assert (typed.status_code, "Typed at length" in shown(typed)) == (410, True)


def test_it_can_be_taken_into_the_register(area, prompt):
    make_you_said(prompt, said="Hear us & wait")
    page = client_of(area.coordinator).get(path_of(prompt)).content.decode()
    assert "actions/new/?measure=People%20said%3A%20Hear%20us%20%26%20wait" in page


def test_html_and_long_words_are_text(area, prompt):
    client = client_of(area.coordinator)
    path = path_of(prompt, "you-said/new/")
    assert "has 301 characters" in shown(client.post(path, {"said": "x" * 301}))
    assert "invisible character" in shown(client.post(path, {"said": "a\0b"}))
    client.post(path, {"said": "<script>alert(1)</script>"})
    for where in (LIST, path_of(prompt)):
        assert "<script>alert" not in client.get(where).content.decode()


# --- Files --------------------------------------------------------------------------------------


def test_the_files_hold_answers_and_what_became_of_them_and_nobody(area, prompt):
    client, answer = client_of(area.reader), make_answer(prompt, "=1+1")
    make_answer(prompt, "Rude", hidden_at=timezone.now())
    make_you_said(prompt, answer, said="Sum us up", did="Done.", did_on=timezone.localdate())
    csv = client.get(path_of(prompt, "answers.csv")).getvalue().decode()
    assert "'=1+1,Shown,Sum us up" in csv
    assert "Rude" not in csv
    run = client_of(area.facilitator)
    assert "Rude,Hidden," in run.get(path_of(prompt, "answers.csv")).getvalue().decode()
    assert "Rude" not in shown(client.get(path_of(prompt)))
    assert "Rude" in shown(run.get(path_of(prompt)))
    assert "Sum us up,1,Done." in client.get(f"{LIST}you-said.csv").getvalue().decode()
    for path, column, words in (
        (path_of(prompt, "answers.xlsx"), 3, "=1+1"),
        (f"{LIST}you-said.xlsx", 3, "Sum us up"),
    ):
        rows = list(load_workbook(BytesIO(client.get(path).content)).active.values)
        assert rows[1][column] == words
