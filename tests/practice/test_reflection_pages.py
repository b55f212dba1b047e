"""Questions to reflect on, and answering them."""

import re

import pytest
from django.utils import timezone

from practice.models import QuestionSet, Reflection
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.people import client_of, make_organisation
from tests.factories.practice import make_question_set
from tests.factories.reflections import make_reflection
from tests.practice.asking import queries

LIST = "/partnerships/rochdale/practice/reflections/"
SETS = "/partnerships/rochdale/practice/questions/"
KEY = "00000000-0000-4000-8000-000000000001"
ANSWERS = {"q1": "I listen.", "q2": "7", "q3": "with", "request_key": KEY}


@pytest.fixture
def questions(area):
    return make_question_set(area.partnership)


@pytest.fixture
def reader(area):
    return client_of(area.reader)


@pytest.fixture
def team(area):
    organisation = make_organisation(area.partnership, "Riverside")
    area.partnership.memberships.get(user=area.reader).organisations.add(organisation)
    return organisation


def answer(client, questions, **body):
    return client.post(f"{SETS}{questions.pk}/answer/", {**ANSWERS, **body}, follow=True)


def test_a_reader_answers_alone_changes_it_and_removes_it(reader, questions):
    page = shown(answer(reader, questions))
    for words in ("Only you see this.", "I listen.", "7 of 10", "WITH: high challenge"):
        assert words in page
    kept = Reflection.objects.get()
    assert (kept.organisation, kept.is_of_team) == (None, False)
    answer(reader, questions)
    assert Reflection.objects.count() == 1
    assert "is kept already" in shown(answer(reader, questions, q1="Another"))

    path = f"{LIST}{kept.pk}/"
    questions.questions.filter(position=2).update(help="0 is never, 10 is always.")
    page = shown(reader.get(f"{path}change/"))
    assert "I listen." in page
    assert "0 is never, 10 is always." in page
    reader.post(f"{path}change/", {"q1": "I ask.", "q2": ""})
    stored = [(each.words, each.number, each.pane) for each in kept.answers.all()]
    assert stored == [("I ask.", None, ""), ("", None, ""), ("", None, "")]

    assert "for good" in shown(reader.get(f"{path}remove/"))
    assert reader.post(f"{path}remove/").url == LIST
    assert reader.post(f"{path}remove/").url == LIST
    assert not Reflection.objects.exists()


def test_a_team_answers_together(area, reader, questions, team):
    assert "My team at Riverside" in shown(reader.get(f"{SETS}{questions.pk}/answer/"))
    answer(reader, questions, whose=str(team.pk))
    kept = Reflection.objects.get()
    assert (kept.organisation, kept.is_of_team) == (team, True)
    refused = reader.post(f"{LIST}{kept.pk}/share/", {"organisation": ""})
    assert (refused.status_code, "stays with the team" in shown(refused)) == (403, True)


def test_one_shares_with_ones_own_team_alone(area, reader, questions, team):
    other = make_organisation(area.partnership, "Another")
    assert "has no such choice" in shown(answer(reader, questions, whose=str(other.pk)))
    answer(reader, questions)
    kept = Reflection.objects.get()
    assert reader.post(f"{LIST}{kept.pk}/share/", {"organisation": other.pk}).status_code == 403
    assert reader.post(f"{LIST}{kept.pk}/share/", {"organisation": "x"}).status_code == 404


def test_two_windows_do_not_overwrite_each_other(area, reader, questions):
    kept = make_reflection(questions, area.reader)
    path = f"{LIST}{kept.pk}/change/"
    seen = re.search(r'name="seen" value="(\w+)"', shown(reader.get(path)))[1]
    reader.post(path, {"q1": "First", "seen": seen})
    second = shown(reader.post(path, {"q1": "Second", "seen": seen}))
    assert "in another window meanwhile" in second
    assert "Second" in second
    assert kept.answers.first().words == "First"
    assert reader.post(path, {"q1": "First", "seen": seen}).status_code == 302


def test_what_was_typed_about_one_that_is_gone_comes_back(area, reader, questions):
    path = f"{LIST}{make_reflection(questions, area.reader).pk}/"
    reader.post(f"{path}remove/")
    assert reader.get(f"{path}change/").status_code == 404
    late = reader.post(f"{path}change/", {"q1": "Typed late"})
    assert late.status_code == 404  # as for one of somebody else’s
    assert "Typed late" in shown(late)


def test_the_same_answers_for_other_eyes_are_not_the_same_click(reader, questions, team):
    answer(reader, questions, whose=team.pk)
    assert "members of" in shown(answer(reader, questions, whose=team.pk))
    assert "is kept already" in shown(answer(reader, questions))
    assert Reflection.objects.count() == 1


BAD = {
    "nothing": ({"q1": "", "q2": "", "q3": ""}, "Answer at least one question"),
    "NUL": ({"q1": "a\0b"}, "invisible character"),
    "10 MB": ({"q1": "x" * TEN_MEGABYTES}, "the most it can hold is 5,000"),
    "eleven": ({"q2": "11"}, "must be 10 or less"),
    "minus": ({"q2": "-1"}, "must be 0 or more"),
    "word": ({"q2": "seven"}, "must be a whole number"),
    "pane": ({"q3": "above"}, "has no such choice"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_in_a_sentence(reader, questions, what):
    body, sentence = BAD[what]
    page = answer(reader, questions, **body)
    assert (page.status_code, sentence in shown(page)) == (200, True)
    assert not Reflection.objects.exists()


def test_html_is_shown_as_it_was_typed(reader, questions):
    page = answer(reader, questions, q1="<script>alert(1)</script>").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_every_box_for_words_says_that_no_family_belongs_there(reader, questions):
    page = shown(reader.get(f"{SETS}{questions.pk}/answer/"))
    assert page.count("write nothing about a family") == page.count("<textarea")


# --- Questions ----------------------------------------------------------------------------------


def rows(*questions, **values):
    body = {"rows": str(len(questions)), "name": "Ours", "request_key": KEY, **values}
    for number, (words, kind) in enumerate(questions, start=1):
        body |= {f"row-{number}-words": words, f"row-{number}-kind": kind}
    return body


def asked(question_set):
    return [(each.words, each.kind) for each in question_set.questions.all()]


def test_a_set_is_written_changed_reordered_and_retired(area, client, reader):
    body = rows(("How was it?", "scale"), ("", "text"), ("What next?", "text"))
    client.post(f"{SETS}new/", body)
    client.post(f"{SETS}new/", body)
    ours = QuestionSet.objects.get()
    assert asked(ours) == [("How was it?", "scale"), ("What next?", "text")]
    kept = make_reflection(ours, area.reader)

    body = rows(("How was it?", "scale"), ("What now?", "pane"))
    body |= {"row-1-place": "2", "row-2-place": "1"}
    client.post(f"{SETS}{ours.pk}/change/", body)
    assert asked(ours) == [("What now?", "pane"), ("How was it?", "scale")]
    assert [each.question for each in kept.answers.all()] == ["How was it?", "What next?"]

    client.post(f"{SETS}{ours.pk}/retire/", {"retired": "yes"})
    assert "Ours" not in re.findall(r"<h3[^>]*>([^<]+)<", shown(reader.get(LIST)))
    assert "are retired" in shown(reader.get(f"{SETS}{ours.pk}/"))
    assert answer(reader, ours).status_code == 403
    assert reader.get(kept.get_absolute_url()).status_code == 200
    client.post(f"{SETS}{ours.pk}/retire/", {"retired": "no"})
    assert reader.get(f"{SETS}{ours.pk}/answer/").status_code == 200


def test_a_row_is_added_and_what_was_typed_stays(client):
    body = rows(("How was it?", "scale"), add_row="yes")
    page = shown(client.post(f"{SETS}new/", body))
    assert 'name="row-2-words"' in page
    assert 'value="How was it?"' in page
    assert not QuestionSet.objects.exists()


def test_questions_that_cannot_be_asked_are_told(client):
    page = shown(client.post(f"{SETS}new/", rows(("", "text"))))
    assert "Write at least one question" in page
    page = shown(client.post(f"{SETS}new/", rows(("Why?", "text"), ("Why?", "scale"))))
    assert "Question 2 is the same as question 1" in page
    page = shown(client.post(f"{SETS}new/", rows(("x" * 301, "text"), name="")))
    assert "the most it can hold is 300" in page
    assert "Enter what these questions are called" in page
    assert not QuestionSet.objects.exists()


def test_what_came_with_the_portal_is_answered_and_not_changed(area, client):
    starter = make_question_set(name="Four questions")
    assert "Write your own, beginning with these" in shown(client.get(f"{SETS}{starter.pk}/"))
    assert "Question 3?" in shown(client.get(f"{SETS}new/", {"from": starter.pk}))
    for path, body in (("change", rows(("Why?", "text"))), ("retire", {"retired": "yes"})):
        refused = client.post(f"{SETS}{starter.pk}/{path}/", body)
        assert (refused.status_code, "came with the portal" in shown(refused)) == (403, True)
    answer(client, starter)
    assert Reflection.objects.get().partnership == area.partnership


def test_two_coordinators_do_not_overwrite_each_other(area, client, questions):
    path = f"{SETS}{questions.pk}/change/"
    seen = re.search(r'name="seen" value="(\w+)"', shown(client.get(path)))[1]
    client_of(area.facilitator).post(path, rows(("Theirs?", "text"), seen=seen))
    page = shown(client.post(path, rows(("Mine?", "text"), seen=seen)))
    assert "Someone else has changed these questions meanwhile" in page
    assert asked(questions) == [("Theirs?", "text")]


# --- Over time ----------------------------------------------------------------------------------


def test_a_scale_is_drawn_over_time_for_oneself_and_for_ones_team_apart(
    area, reader, questions, team
):
    page = f"{SETS}{questions.pk}/"
    days = [timezone.now() - timezone.timedelta(days=each) for each in (60, 30, 0)]
    make_reflection(questions, area.reader, number=3, written_at=days[0])
    assert "Over time" not in shown(reader.get(page))
    make_reflection(questions, area.reader, number=8, written_at=days[2])
    make_reflection(questions, area.lead, number=1, written_at=days[1])
    for number, day in ((4, days[0]), (5, days[1])):
        make_reflection(
            questions, area.lead, number=number, written_at=day, organisation=team, is_of_team=True
        )
    words = shown(reader.get(page))
    numbers = re.findall(r'cell--numeric">(\d+)<', words)
    assert numbers == ["3", "8", "4", "5"]
    assert words.count('role="img" aria-labelledby="course-') == 2
    assert "Your team at Riverside: Question 2?" in words


@pytest.mark.parametrize("path", [LIST, f"{SETS}%s/"])
def test_three_and_three_hundred_take_the_same_queries(area, reader, questions, team, path):
    path = path % questions.pk if "%" in path else path
    for _ in range(3):
        make_reflection(questions, area.reader, organisation=team)
    few = queries(reader, path)
    for _ in range(297):
        make_reflection(questions, area.reader, organisation=team)
    for number in range(20):
        make_question_set(area.partnership, name=f"Set {number}")
    assert queries(reader, path) == few
