"""The page of one file of an audit: what it takes, and that no words are lost."""

import pytest

from practice.models import Audit, Finding
from tests.factories.audits import find, finish
from tests.factories.bad_input import shown
from tests.practice.asking import box, file_page, says, seen_on


def test_a_file_is_saved_and_the_next_one_opened(client, audit, asked):
    sent = {box(asked[0], "outcome"): "met", box(asked[1], "outcome"): "not_applicable",
            box(asked[1], "note"): "Early help", "then": "next", "reference": "A7"}  # fmt: skip
    assert client.post(file_page(audit), sent).url == file_page(audit, 2)
    assert [(each.outcome, each.note) for each in Finding.objects.all()] == [
        ("met", ""), ("not_applicable", "Early help")
    ]  # fmt: skip
    said = says(client, file_page(audit, 2))
    assert "1 of 3 files done" in said
    assert "No names of families, no birthdays, no addresses." in said
    assert "Go on with file 2" in says(client, audit.get_absolute_url())


def test_the_last_file_leads_back_to_the_audit(client, audit, asked):
    sent = {box(asked[0], "outcome"): "met", "then": "next"}
    assert client.post(file_page(audit, 3), sent).url == audit.get_absolute_url()


def test_a_note_without_an_answer_comes_back_with_everything_else(client, audit, asked):
    sent = {box(asked[0], "note"): "Nowhere to be seen", box(asked[1], "outcome"): "met",
            "reference": "A7"}  # fmt: skip
    words = shown(client.post(file_page(audit), sent))
    assert "Choose what the file shows of measure 1: it has a note" in words
    assert "Nowhere to be seen" in words
    assert 'value="A7"' in words
    assert not Finding.objects.exists()


@pytest.mark.parametrize("text", ["a\0b", "x" * 2_001, "x" * 10_000_000])
def test_strange_notes_come_back_with_a_sentence(client, audit, asked, text):
    sent = {box(asked[0], "outcome"): "met", box(asked[0], "note"): text}
    answer = client.post(file_page(audit), sent)
    assert answer.status_code in (200, 413)
    assert not Finding.objects.exists()


def test_a_strange_answer_or_reference_is_a_sentence(client, audit, asked):
    sent = {box(asked[0], "outcome"): "excellent", "reference": "x" * 41}
    words = shown(client.post(file_page(audit), sent))
    assert "has no such choice" in words
    assert "“Reference” has 41 characters" in words


def test_two_on_one_file_the_second_sees_what_the_first_wrote(client, audit, asked):
    seen = seen_on(client, file_page(audit))
    client.post(file_page(audit), {box(asked[0], "outcome"): "met", "seen": seen})
    mine = {box(asked[0], "outcome"): "not", box(asked[0], "note"): "Mine", "seen": seen}
    answer = client.post(file_page(audit), mine)
    words = shown(answer)
    assert "Someone else has saved this file meanwhile. It now says: measure 1: met." in words
    assert "Mine" in words
    assert Finding.objects.get().outcome == "met"
    mine["seen"] = answer.context["form"]["seen"].value()
    assert client.post(file_page(audit), mine).status_code == 302
    assert Finding.objects.get().note == "Mine"


def test_the_same_click_twice_is_no_clash(client, audit, asked):
    sent = {box(asked[0], "outcome"): "met", "seen": seen_on(client, file_page(audit))}
    assert [client.post(file_page(audit), sent).status_code for _ in range(2)] == [302, 302]
    assert Finding.objects.count() == 1


def test_an_answer_can_be_taken_back(client, audit, asked):
    find(audit, 1, "met", "not")
    client.post(file_page(audit), {box(asked[0], "outcome"): "", box(asked[1], "outcome"): "not"})
    assert [each.audit_measure for each in Finding.objects.all()] == [asked[1]]


def test_words_on_a_measure_that_was_taken_out_come_back(client, audit, asked):
    audit.measures.get(pk=asked[0].pk).delete()
    sent = {box(asked[0], "outcome"): "not", box(asked[0], "note"): "Two weeks late",
            box(asked[1], "outcome"): "met"}  # fmt: skip
    words = shown(client.post(file_page(audit), sent))
    assert "A measure was taken out of this audit meanwhile." in words
    assert "“Two weeks late”" in words


def test_words_on_a_measure_that_was_taken_out_come_back_beside_another_mistake(
    client, audit, asked
):
    audit.measures.get(pk=asked[0].pk).delete()
    sent = {box(asked[0], "note"): "Two weeks late", box(asked[1], "note"): "No answer yet"}
    words = shown(client.post(file_page(audit), sent))
    assert "“Two weeks late”" in words
    assert "it has a note" in words


def test_words_on_a_file_that_was_taken_out_or_an_audit_that_was_removed_come_back(
    client, audit, asked
):
    sent = {box(asked[0], "outcome"): "not", box(asked[0], "note"): "Two weeks late"}
    paths = file_page(audit, 3), file_page(audit, 1)
    audit.files.get(position=3).delete()
    for path in paths:
        answer = client.post(path, sent)
        Audit.objects.all().delete()
        assert answer.status_code == 410
        assert "Two weeks late" in shown(answer)


def test_words_on_a_file_of_an_audit_that_was_finished_come_back(client, area, audit, asked):
    find(audit, 2, "met")
    finish(audit, area.facilitator)
    sent = {box(asked[0], "outcome"): "not", box(asked[0], "note"): "Two weeks late"}
    words = shown(client.post(file_page(audit), sent))
    assert "This audit is finished, so it cannot change any more." in words
    assert "Two weeks late" in words
    assert client.get(file_page(audit)).url == audit.get_absolute_url()


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_file_that_never_was_is_not_found(client, audit, number):
    assert client.get(file_page(audit, number)).status_code == 404
    assert client.post(file_page(audit, number), {}).status_code == 404
