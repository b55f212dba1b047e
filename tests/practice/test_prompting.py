"""Questions to a room: who may ask, the door, answers, and what became of them."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships import joining
from partnerships.models import Participant
from practice import prompting
from practice.models import Prompt, PromptAnswer, YouSaid
from practice.prompting import CLOSED, ENOUGH, SENT_BEFORE, TAKEN
from tests.factories.joining import end
from tests.factories.people import make_area
from tests.factories.prompts import make_answer, make_prompt, make_you_said

DAY = timezone.localdate()
WORDS = {"question": "Which values should show?", "help": "", "asked_on": DAY, "where": ""}


@pytest.fixture
def prompt(area):
    return make_prompt(area.partnership, area.coordinator)


def ask(area, by, key=None, **words):
    return prompting.ask(
        partnership=area.partnership, by=by, request_key=key or uuid.uuid4(), **{**WORDS, **words}
    )


def phone_in(prompt):
    return joining.join(occasion=prompt.occasion, request_key=uuid.uuid4())


def send(prompt, phone, words="Safe", key=None):
    key = key or uuid.uuid4()
    return prompting.answer(participant=phone, prompt=prompt, words=words, request_key=key)


def group(prompt, by, *answers, said="Hear us", did="", did_on=None):
    return prompting.add_you_said(
        prompt=prompt, said=said, did=did, did_on=did_on, answers=answers, by=by
    )


def regroup(one, by, *answers, said="Hear us", did="", did_on=None):
    return prompting.change_you_said(
        you_said=one, said=said, did=did, did_on=did_on, answers=answers, by=by
    )


# --- Who may, and the door ----------------------------------------------------------------------


def test_coordinators_and_facilitators_ask_and_nobody_else(area):
    for by in (area.coordinator, area.facilitator):
        assert ask(area, by).made_by == by
    for by in (area.lead, area.partner, area.reader):
        with pytest.raises(PermissionDenied):
            ask(area, by)


@pytest.mark.parametrize(
    "deed",
    [
        lambda prompt, by: prompting.change_prompt(prompt=prompt, by=by, **WORDS),
        lambda prompt, by: prompting.open_prompt(prompt=prompt, hours=1, by=by),
        lambda prompt, by: prompting.extend_prompt(prompt=prompt, hours=1, by=by),
        lambda prompt, by: prompting.close_prompt(prompt=prompt, by=by),
        lambda prompt, by: prompting.hide_answer(answer=make_answer(prompt), is_hidden=True, by=by),
        group,
        lambda prompt, by: regroup(make_you_said(prompt), by),
        lambda prompt, by: prompting.remove_you_said(you_said=make_you_said(prompt), by=by),
    ],
)
def test_a_lead_and_somebody_of_another_partnership_may_do_none_of_it(area, prompt, deed):
    for by in (area.lead, make_area("bury", "Bury Together", "Bury").coordinator):
        with pytest.raises(PermissionDenied):
            deed(prompt, by)
        YouSaid.objects.all().delete()


def test_asking_twice_from_one_page_is_asking_once(area):
    key = uuid.uuid4()
    assert ask(area, area.coordinator, key) == ask(area, area.coordinator, key)
    with pytest.raises(ValidationError, match="This page was sent before"):
        ask(area, area.coordinator, key, question="Another?")
    assert Prompt.objects.count() == 1


def test_it_is_opened_kept_open_closed_and_opened_again_with_a_new_code(area):
    planned = make_prompt(area.partnership, area.coordinator, is_open=False)
    by = {"by": area.facilitator}
    opened = prompting.open_prompt(prompt=planned, hours=1, **by)
    assert opened.occasion.kind == "prompt"
    assert prompting.open_prompt(prompt=opened, hours=1, **by).occasion == opened.occasion
    prompting.extend_prompt(prompt=opened, hours=3, **by)
    for _ in range(2):
        closed = prompting.close_prompt(prompt=opened, **by)
    with pytest.raises(ValidationError, match="is closed"):
        prompting.extend_prompt(prompt=closed, hours=1, **by)
    again = prompting.open_prompt(prompt=closed, hours=1, **by)
    assert again.occasion.code != opened.occasion.code
    # Opened, kept open, closed, opened: each is news for the screens.
    assert Prompt.objects.get().version == 4


def test_one_whose_time_ran_out_is_opened_again(area, prompt):
    first = end(prompt.occasion)
    again = prompting.open_prompt(prompt=prompt, hours=1, by=area.coordinator)
    first.refresh_from_db()
    assert first.closed_at is not None
    assert again.occasion != first


def test_the_words_of_an_answered_question_stay(area, prompt):
    words = {**WORDS, "question": prompt.question, "help": "One feeling each."}
    make_answer(prompt)
    changed = prompting.change_prompt(prompt=prompt, by=area.coordinator, **words)
    assert changed.help == "One feeling each."
    with pytest.raises(ValidationError) as refused:
        prompting.change_prompt(prompt=prompt, by=area.coordinator, **WORDS)
    assert refused.value.message_dict == {"question": [prompting.ANSWERED]}


# --- Answers ------------------------------------------------------------------------------------


def test_a_phone_sends_five_answers_and_not_a_sixth(prompt):
    phone, other = phone_in(prompt), phone_in(prompt)
    for number in range(5):
        send(prompt, phone, f"Answer {number}")
    with pytest.raises(ValidationError, match=ENOUGH):
        send(prompt, phone, "One too many")
    send(prompt, other)
    assert PromptAnswer.objects.count() == 6
    assert Prompt.objects.get().version == 6


def test_an_answer_sent_twice_is_one_also_when_it_was_the_last_or_the_door_has_closed(prompt):
    phone, keys = phone_in(prompt), [uuid.uuid4() for _ in range(5)]
    for key in keys:
        send(prompt, phone, key=key)
    assert send(prompt, phone, key=keys[4]).request_key == keys[4]
    end(prompt.occasion)
    send(prompt, phone, key=keys[0])
    assert PromptAnswer.objects.count() == 5
    with pytest.raises(ValidationError, match="This page was sent before"):
        send(prompt, phone, "Other words", keys[0])


def test_a_key_of_somebody_elses_page_gives_nothing_of_theirs(prompt):
    key = uuid.uuid4()
    send(prompt, phone_in(prompt), "Hers", key)
    with pytest.raises(ValidationError, match=SENT_BEFORE):
        send(prompt, phone_in(prompt), "Hers", key)
    assert PromptAnswer.objects.count() == 1


def test_after_it_has_closed_nothing_is_kept_and_after_it_opened_again_a_phone_is_still_in(
    area, prompt
):
    phone = phone_in(prompt)
    send(prompt, phone)
    prompting.close_prompt(prompt=prompt, by=area.coordinator)
    with pytest.raises(ValidationError, match=CLOSED):
        send(prompt, phone)
    again = prompting.open_prompt(prompt=prompt, hours=1, by=area.coordinator)
    assert prompting.prompt_at(phone) == again
    send(again, phone)
    assert [each.words for each in prompting.answers_of(again, phone)] == ["Safe", "Safe"]


def test_hiding_and_showing_again_are_news_and_twice_is_once(area, prompt):
    answer = make_answer(prompt)
    for is_hidden in (True, False):
        before = Prompt.objects.get().version
        for _ in range(2):
            prompting.hide_answer(answer=answer, is_hidden=is_hidden, by=area.coordinator)
        answer.refresh_from_db()
        assert bool(answer.hidden_at) == is_hidden
        assert Prompt.objects.get().version == before + 1


def test_a_phone_with_an_answer_is_kept_and_says_nothing_of_whose_it_is(prompt):
    used, unused = phone_in(prompt), phone_in(prompt)
    send(prompt, used)
    joining.forget_unused_participants(timezone.now() + timedelta(days=40))
    kept = Participant.objects.get()
    assert (kept, unused.pk in {kept.pk}) == (used, False)
    assert (kept.organisation, kept.organisation_words, kept.sector) == (None, "", "")


# --- You said, we did ---------------------------------------------------------------------------


def test_each_answer_is_under_one_you_said(area, prompt):
    first, second = make_answer(prompt), make_answer(prompt, "Seen")
    heard = group(prompt, area.coordinator, first, said="Hear us")
    with pytest.raises(ValidationError) as refused:
        group(prompt, area.coordinator, first, second, said="See us")
    assert refused.value.message_dict == {"answers": [TAKEN]}
    seen = group(prompt, area.coordinator, second, said="See us")
    regroup(heard, area.coordinator)  # its answer is free again
    regroup(seen, area.coordinator, first, said="See us")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.you_said, second.you_said) == (seen, None)


def test_no_answer_of_another_question_is_taken(area, prompt):
    other = make_answer(make_prompt(area.partnership, area.coordinator))
    with pytest.raises(ValidationError, match="One of the answers"):
        group(prompt, area.coordinator, other)
    with pytest.raises(ValidationError, match="One of the answers"):
        regroup(make_you_said(prompt), area.coordinator, other)


def test_the_same_you_said_twice_is_one(area, prompt):
    answer = make_answer(prompt)
    made = {group(prompt, area.coordinator, answer).pk for _ in range(2)}
    assert len(made) == YouSaid.objects.count() == 1


def test_a_hidden_answer_stays_where_it_is_when_the_rest_is_changed(area, prompt):
    hidden, shown = make_answer(prompt, "Rude"), make_answer(prompt)
    one = make_you_said(prompt, hidden, shown)
    prompting.hide_answer(answer=hidden, is_hidden=True, by=area.coordinator)
    regroup(one, area.coordinator)
    assert list(one.answers.all()) == [hidden]


@pytest.mark.parametrize(
    ("did", "did_on", "field"),
    [
        ("We listen first.", None, "did_on"),
        ("", DAY, "did"),
        ("We will.", DAY + timedelta(days=1), "did_on"),
    ],
)
def test_what_was_done_has_a_day_that_is_past(area, prompt, did, did_on, field):
    for deed in (
        lambda: group(prompt, area.coordinator, did=did, did_on=did_on),
        lambda: regroup(make_you_said(prompt), area.coordinator, did=did, did_on=did_on),
    ):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert list(refused.value.message_dict) == [field]


def test_what_was_done_is_written_later_by_whoever_did_it_and_removed_again(area, prompt):
    answer = make_answer(prompt)
    one = make_you_said(prompt, answer)
    done = regroup(one, area.facilitator, answer, did="We listen first.", did_on=DAY)
    assert (done.did, done.written_by) == ("We listen first.", area.facilitator)
    for _ in range(2):
        prompting.remove_you_said(you_said=one, by=area.coordinator)
    answer.refresh_from_db()
    assert answer.you_said is None
    assert not YouSaid.objects.exists()
