"""Several phones, and several people, at the same moment."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from partnerships import joining
from practice import prompting
from practice.models import Prompt, PromptAnswer, YouSaid
from tests.factories.people import make_area
from tests.factories.prompts import make_answer, make_prompt
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def prompt(area):
    return make_prompt(area.partnership, area.coordinator)


def sending(prompt, phone, key=None):
    key = key or uuid.uuid4()
    return lambda: prompting.answer(participant=phone, prompt=prompt, words="Safe", request_key=key)


def phone_in(prompt):
    return joining.join(occasion=prompt.occasion, request_key=uuid.uuid4())


def test_of_ten_answers_of_one_phone_at_once_five_are_kept(prompt):
    phone = phone_in(prompt)
    results = at_once(*(sending(prompt, phone) for _ in range(10)))
    refused = [each for each in results if isinstance(each, ValidationError)]
    assert [each.code for each in refused] == ["enough"] * 5
    assert PromptAnswer.objects.count() == 5
    assert Prompt.objects.get().version == 5


def test_one_click_that_arrives_eight_times_is_one_answer(prompt):
    send = sending(prompt, phone_in(prompt), uuid.uuid4())
    assert len({each.pk for each in at_once(*[send] * 8)}) == 1
    assert Prompt.objects.get().version == 1


def test_answers_of_many_phones_at_once_are_all_counted(prompt):
    at_once(*(sending(prompt, phone_in(prompt)) for _ in range(8)))
    assert PromptAnswer.objects.count() == Prompt.objects.get().version == 8


def test_what_waited_for_the_close_is_not_kept(area, prompt):
    with meanwhile(sending(prompt, phone_in(prompt))) as outcome:
        prompting.close_prompt(prompt=prompt, by=area.coordinator)
    assert outcome[0].code == "closed"
    assert not PromptAnswer.objects.exists()


def test_two_who_tick_the_same_answer_at_once_do_not_both_get_it(area, prompt):
    answer = make_answer(prompt)
    results = at_once(
        *(
            lambda by=by, said=said: prompting.add_you_said(
                prompt=prompt, said=said, did="", did_on=None, answers=[answer], by=by
            )
            for by, said in ((area.coordinator, "Hear us"), (area.facilitator, "Listen"))
        )
    )
    assert sum(isinstance(each, ValidationError) for each in results) == 1
    assert YouSaid.objects.count() == 1


def test_one_you_said_that_is_sent_twice_at_once_is_one(area, prompt):
    answer = make_answer(prompt)
    add = lambda: prompting.add_you_said(  # noqa: E731 - the same call twice
        prompt=prompt, said="Hear us", did="", did_on=None, answers=[answer], by=area.coordinator
    )
    assert len({each.pk for each in at_once(add, add)}) == 1
